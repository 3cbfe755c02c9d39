/* SPDX-License-Identifier: GPL-3.0-or-later
 * The middle pane: the list of one place, with its search and its empty state. */
#pragma once

#include "ui/hall-place.h"
#include "ui/hall-value-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_PANE (hall_pane_get_type ())
G_DECLARE_FINAL_TYPE (HallPane, hall_pane, HALL, PANE, AdwNavigationPage)

/* Signals: "opened" (HallValueItem, gboolean forward): the host wants to see it; forward says to go there when the
 * panes are folded; "emptied" (): there is nothing to be seen any more. */
HallPane        *hall_pane_new       (const HallPlace *place,
                                      HallKeeper      *keeper);
const HallPlace *hall_pane_get_place (HallPane        *self);
HallValueList   *hall_pane_get_list  (HallPane        *self);
void             hall_pane_set_fold  (HallPane        *self,
                                      gboolean         folded);
void             hall_pane_select    (HallPane        *self,
                                      const char      *id,
                                      gboolean         forward);
void             hall_pane_search    (HallPane        *self);

G_END_DECLS
