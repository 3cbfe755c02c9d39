/* SPDX-License-Identifier: GPL-3.0-or-later
 * Taking a command to the desk of a folder, whether one is running there or not. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The desk refused; there is one code, 0. */
#define HALL_TOKEN_ERRAND_ERROR (hall_token_errand_error_quark ())

GQuark hall_token_errand_error_quark (void);
char  *hall_token_errand_run         (const char  *path,
                                      const char  *command,
                                      GError     **error);

G_END_DECLS
