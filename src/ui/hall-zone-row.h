/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row to choose a time zone in, by typing part of its name. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_ZONE_ROW (hall_zone_row_get_type ())
G_DECLARE_FINAL_TYPE (HallZoneRow, hall_zone_row, HALL, ZONE_ROW, AdwComboRow)

/* What is chosen: notify::selected-item. */
const char *hall_zone_row_get_zone (HallZoneRow *self);
void        hall_zone_row_set_zone (HallZoneRow *self,
                                    const char  *zone);

G_END_DECLS
