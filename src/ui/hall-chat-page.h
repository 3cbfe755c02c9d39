/* SPDX-License-Identifier: GPL-3.0-or-later
 * One chat: overview, attendees, questions. */
#pragma once

#include "ui/hall-keeper.h"
#include "ui/hall-value-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_CHAT_PAGE (hall_chat_page_get_type ())
G_DECLARE_FINAL_TYPE (HallChatPage, hall_chat_page, HALL, CHAT_PAGE, AdwNavigationPage)

HallChatPage *hall_chat_page_new    (HallKeeper    *keeper);
void          hall_chat_page_show   (HallChatPage  *self,
                                     HallValueItem *item);
void          hall_chat_page_search (HallChatPage  *self);

G_END_DECLS
