/* SPDX-License-Identifier: GPL-3.0-or-later
 * Somebody who signed up: their chats, their questions, and the host's private notes. */
#pragma once

#include "ui/hall-keeper.h"
#include "ui/hall-value-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_PERSON_PAGE (hall_person_page_get_type ())
G_DECLARE_FINAL_TYPE (HallPersonPage, hall_person_page, HALL, PERSON_PAGE, AdwNavigationPage)

HallPersonPage *hall_person_page_new  (HallKeeper     *keeper);
void            hall_person_page_show (HallPersonPage *self,
                                       HallValueItem  *item);

G_END_DECLS
