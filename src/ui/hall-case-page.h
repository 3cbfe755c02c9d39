/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing that was changed in both places: before, mine and theirs, to choose from. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_CASE_PAGE (hall_case_page_get_type ())
G_DECLARE_FINAL_TYPE (HallCasePage, hall_case_page, HALL, CASE_PAGE, AdwNavigationPage)

/* Signals: "chosen" (int choice, a HallChoice); "edit-wanted" (). */
HallCasePage          *hall_case_page_new      (HallKeeper            *keeper,
                                                GPtrArray             *cases,
                                                const HallSettlerCase *found);
const HallSettlerCase *hall_case_page_get_case (HallCasePage          *self);
void                   hall_case_page_set_busy (HallCasePage          *self,
                                                gboolean               busy);

G_END_DECLS
