/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program with its window: one process for each library. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_APPLICATION (hall_application_get_type ())
G_DECLARE_FINAL_TYPE (HallApplication, hall_application, HALL, APPLICATION, AdwApplication)

HallApplication *hall_application_new (const char *library_path,
                                       gboolean    demo);

G_END_DECLS
