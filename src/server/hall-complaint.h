/* SPDX-License-Identifier: GPL-3.0-or-later
 * What hallwayd says to whoever started it when it cannot do what they want. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int hall_complaint_print        (const char   *sentence);
int hall_complaint_print_use    (const char   *sentence);
int hall_complaint_print_folder (const char   *folder,
                                 const GError *error);

G_END_DECLS
