/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the cells of the attendee table show. The values behind them come late. */
#pragma once

#include "ui/hall-keeper.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  HALL_ATTENDEE_CELL_NAME,
  HALL_ATTENDEE_CELL_ADDRESS,
  HALL_ATTENDEE_CELL_STATUS,
  HALL_ATTENDEE_CELL_TIME,
  HALL_ATTENDEE_CELL_QUESTION,
  HALL_ATTENDEE_CELL_ALL, /* everything in two lines */
} HallAttendeeCell;

GtkListItemFactory *hall_attendee_cell_make_factory (HallAttendeeCell  cell,
                                                     HallKeeper       *keeper);

G_END_DECLS
