/* SPDX-License-Identifier: GPL-3.0-or-later
 * All there is to say about a chat, edited where it stands. */
#pragma once

#include "ui/hall-keeper.h"
#include "ui/hall-value-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_CHAT_OVERVIEW (hall_chat_overview_get_type ())
G_DECLARE_FINAL_TYPE (HallChatOverview, hall_chat_overview, HALL, CHAT_OVERVIEW, AdwBin)

/* Signals: "go" (const char *tab): the host wants to see "attendees" or "questions". */
void hall_chat_overview_show (HallChatOverview *self,
                              HallKeeper       *keeper,
                              HallValueItem    *item);

G_END_DECLS
