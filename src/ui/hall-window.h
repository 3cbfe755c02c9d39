/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window: places, a list, the thing itself. */
#pragma once

#include "app/hall-library.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_WINDOW (hall_window_get_type ())
G_DECLARE_FINAL_TYPE (HallWindow, hall_window, HALL, WINDOW, AdwApplicationWindow)

HallWindow *hall_window_new          (AdwApplication *application);
void        hall_window_show_opening (HallWindow     *self);
void        hall_window_show_problem (HallWindow     *self,
                                      const char     *path,
                                      const GError   *problem);
void        hall_window_show_library (HallWindow     *self,
                                      HallLibrary    *library,
                                      gboolean        demo);

G_END_DECLS
