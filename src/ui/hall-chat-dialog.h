/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scheduling a chat, or moving one that is scheduled. */
#pragma once

#include "model/hall-chat.h"
#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_CHAT_DIALOG (hall_chat_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HallChatDialog, hall_chat_dialog, HALL, CHAT_DIALOG, AdwDialog)

/* Signals: "done" (const char *id): the chat is in the library as it was asked for. */
HallChatDialog *hall_chat_dialog_new (HallKeeper     *keeper,
                                      const HallChat *chat);

G_END_DECLS
