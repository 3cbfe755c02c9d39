/* SPDX-License-Identifier: GPL-3.0-or-later
 * The difference of two texts marked up for a label, and told in words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hall_difference_text_markup (const char *before,
                                   const char *after);
char *hall_difference_text_say    (const char *before,
                                   const char *after);

G_END_DECLS
