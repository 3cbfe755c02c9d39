/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registration desk of a library that is tried out: a child process on loopback, its data beside the library. */
#pragma once

#include "app/hall-problem.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HALL_TYPE_DEMO_DESK (hall_demo_desk_get_type ())
G_DECLARE_FINAL_TYPE (HallDemoDesk, hall_demo_desk, HALL, DEMO_DESK, GObject)

HallDemoDesk *hall_demo_desk_new       (const char     *library_path);
gboolean      hall_demo_desk_is_there  (HallDemoDesk   *self);
char         *hall_demo_desk_start     (HallDemoDesk   *self,
                                        GError        **error);
char         *hall_demo_desk_add_token (HallDemoDesk   *self,
                                        GCancellable   *cancellable,
                                        GError        **error);
void          hall_demo_desk_stop      (HallDemoDesk   *self);

G_END_DECLS
