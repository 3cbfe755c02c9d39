/* SPDX-License-Identifier: GPL-3.0-or-later
 * Mail addresses: when two are one and the same. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean hall_address_is_valid  (const char *address);
char    *hall_address_normalise (const char *address);

G_END_DECLS
