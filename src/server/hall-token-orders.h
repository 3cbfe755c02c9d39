/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands behind "token" on the command line of hallwayd. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int hall_token_orders_run (const char        *data,
                           const char        *scope,
                           const char *const *words);

G_END_DECLS
