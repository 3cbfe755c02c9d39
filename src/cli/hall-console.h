/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway [--library FILE] NOUN VERB …` from its first word to its exit code. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int hall_console_run (const char        *library_path,
                      const char *const *arguments);

G_END_DECLS
