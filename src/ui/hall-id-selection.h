/* SPDX-License-Identifier: GPL-3.0-or-later
 * A selection of one item that remembers its id, not its position, so that it stays when the list changes. */
#pragma once

#include "ui/hall-value-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HALL_TYPE_ID_SELECTION (hall_id_selection_get_type ())
G_DECLARE_FINAL_TYPE (HallIdSelection, hall_id_selection, HALL, ID_SELECTION, GObject)

/* Properties: "selected-id" (nullable text). */
HallIdSelection *hall_id_selection_new    (HallValueList   *list);
const char      *hall_id_selection_get_id (HallIdSelection *self);
void             hall_id_selection_set_id (HallIdSelection *self,
                                           const char      *id);

G_END_DECLS
