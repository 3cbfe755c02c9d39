/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows to say when a chat is: typed as people write it, and read back in full. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_TIME_GROUP (hall_time_group_get_type ())
G_DECLARE_FINAL_TYPE (HallTimeGroup, hall_time_group, HALL, TIME_GROUP, AdwPreferencesGroup)

/* Properties: "valid" (gboolean): what is typed is a time. Signals: "activated" (): Return was pressed. */
void        hall_time_group_begin       (HallTimeGroup *self,
                                         HallKeeper    *keeper,
                                         const char    *text,
                                         const char    *zone,
                                         gint64         minutes);
gboolean    hall_time_group_is_valid    (HallTimeGroup *self);
const char *hall_time_group_get_text    (HallTimeGroup *self);
const char *hall_time_group_get_zone    (HallTimeGroup *self);
int         hall_time_group_get_fold    (HallTimeGroup *self);
gint64      hall_time_group_get_minutes (HallTimeGroup *self);

G_END_DECLS
