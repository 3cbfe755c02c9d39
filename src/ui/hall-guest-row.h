/* SPDX-License-Identifier: GPL-3.0-or-later
 * A guest of a chat: one line that opens to be edited, and saves by itself. */
#pragma once

#include "ui/hall-keeper.h"
#include "ui/hall-value-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_GUEST_ROW (hall_guest_row_get_type ())
G_DECLARE_FINAL_TYPE (HallGuestRow, hall_guest_row, HALL, GUEST_ROW, AdwExpanderRow)

GtkWidget *hall_guest_row_new (HallKeeper    *keeper,
                               HallValueItem *item);

G_END_DECLS
