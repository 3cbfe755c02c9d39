/* SPDX-License-Identifier: GPL-3.0-or-later
 * A third version made from mine and theirs, field by field. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_THIRD_PAGE (hall_third_page_get_type ())
G_DECLARE_FINAL_TYPE (HallThirdPage, hall_third_page, HALL, THIRD_PAGE, AdwNavigationPage)

/* Signals: "made" (): what is chosen and typed is to be kept. */
HallThirdPage         *hall_third_page_new          (HallKeeper            *keeper,
                                                     GPtrArray             *cases,
                                                     const HallSettlerCase *found);
const HallSettlerCase *hall_third_page_get_case     (HallThirdPage         *self);
gpointer               hall_third_page_make         (HallThirdPage         *self);
void                   hall_third_page_set_busy     (HallThirdPage         *self,
                                                     gboolean               busy);
void                   hall_third_page_show_problem (HallThirdPage         *self,
                                                     const char            *sentence);

G_END_DECLS
