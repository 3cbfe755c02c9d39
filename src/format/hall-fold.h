/* SPDX-License-Identifier: GPL-3.0-or-later
 * Letters for searching: without regard to accents or case. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hall_fold (const char *text);

G_END_DECLS
