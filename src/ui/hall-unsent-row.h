/* SPDX-License-Identifier: GPL-3.0-or-later
 * One edit that waits to be sent, and what can be done about it. */
#pragma once

#include "app/hall-unsent.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_UNSENT_ROW (hall_unsent_row_get_type ())
G_DECLARE_FINAL_TYPE (HallUnsentRow, hall_unsent_row, HALL, UNSENT_ROW, GtkListBoxRow)

/* Signals: "retry" (), "discard" (), "choose" (). */
HallUnsentRow        *hall_unsent_row_new      (GPtrArray            *edits,
                                                const HallUnsentEdit *edit,
                                                gint64                now);
const HallUnsentEdit *hall_unsent_row_get_edit (HallUnsentRow        *self);

G_END_DECLS
