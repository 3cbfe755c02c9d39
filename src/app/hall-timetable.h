/* SPDX-License-Identifier: GPL-3.0-or-later
 * When a courier goes without being asked: soon after an edit, when the network comes back, when a pause has ended,
 * and now and then. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HALL_TYPE_TIMETABLE (hall_timetable_get_type ())
G_DECLARE_FINAL_TYPE (HallTimetable, hall_timetable, HALL, TIMETABLE, GObject)

/* Signals: "due": it is time to go; "tick": words such as "2 min ago" have grown old; "network": it has come, gone,
 * or costs money now, or no longer. */
HallTimetable *hall_timetable_new        (GNetworkMonitor *monitor);
void           hall_timetable_go_soon    (HallTimetable   *self);
void           hall_timetable_go_after   (HallTimetable   *self,
                                          gint64           span);
void           hall_timetable_rest       (HallTimetable   *self);
gboolean       hall_timetable_is_online  (HallTimetable   *self);
gboolean       hall_timetable_is_metered (HallTimetable   *self);

G_END_DECLS
