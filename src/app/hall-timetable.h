/* SPDX-License-Identifier: GPL-3.0-or-later
 * When a courier goes without being asked: soon after an edit, when the network comes back, and now and then. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HALL_TYPE_TIMETABLE (hall_timetable_get_type ())
G_DECLARE_FINAL_TYPE (HallTimetable, hall_timetable, HALL, TIMETABLE, GObject)

/* Signals: "due": it is time to go, and bytes cost nothing; "tick": words such as "2 min ago" have grown old. */
HallTimetable *hall_timetable_new     (void);
void           hall_timetable_go_soon (HallTimetable *self);

G_END_DECLS
