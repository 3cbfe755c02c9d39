/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who signed up for a chat: a table, and where it is narrow a list. */
#pragma once

#include "ui/hall-keeper.h"
#include "ui/hall-value-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_ATTENDEE_TABLE (hall_attendee_table_get_type ())
G_DECLARE_FINAL_TYPE (HallAttendeeTable, hall_attendee_table, HALL, ATTENDEE_TABLE, AdwBreakpointBin)

/* Signals: "address-wanted" (): the host wants to see the sign-up address. */
void hall_attendee_table_show   (HallAttendeeTable *self,
                                 HallKeeper        *keeper,
                                 HallValueItem     *chat);
void hall_attendee_table_search (HallAttendeeTable *self);

G_END_DECLS
