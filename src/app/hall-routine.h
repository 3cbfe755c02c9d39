/* SPDX-License-Identifier: GPL-3.0-or-later
 * Going by itself: when it is time, as long as there is a network and its bytes cost nothing. */
#pragma once

#include "app/hall-dispatch.h"
#include "model/hall-clock.h"

G_BEGIN_DECLS

#define HALL_TYPE_ROUTINE (hall_routine_get_type ())
G_DECLARE_FINAL_TYPE (HallRoutine, hall_routine, HALL, ROUTINE, GObject)

/* Signal "changed": something of what the functions below tell, or only that words such as "2 min ago" grew old. */
HallRoutine *hall_routine_new             (HallDispatch    *dispatch,
                                           const HallClock *clock,
                                           GNetworkMonitor *monitor);
void         hall_routine_go              (HallRoutine     *self);
void         hall_routine_go_soon         (HallRoutine     *self);
void         hall_routine_rest            (HallRoutine     *self);
void         hall_routine_be_answered     (HallRoutine     *self);
gint64       hall_routine_plan            (HallRoutine     *self);
gboolean     hall_routine_is_offline      (HallRoutine     *self);
gboolean     hall_routine_asks            (HallRoutine     *self);

G_END_DECLS
