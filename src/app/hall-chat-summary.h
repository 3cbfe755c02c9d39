/* SPDX-License-Identifier: GPL-3.0-or-later
 * A chat with its numbers, for lists of chats: one reading for all of them, no attendee loaded. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-chat.h"

G_BEGIN_DECLS

#define HALL_TYPE_CHAT_SUMMARY (hall_chat_summary_get_type ())
G_DECLARE_FINAL_TYPE (HallChatSummary, hall_chat_summary, HALL, CHAT_SUMMARY, GObject)

const HallChat *hall_chat_summary_get_chat           (HallChatSummary     *self);
gint64          hall_chat_summary_get_starts_at      (HallChatSummary     *self);
guint           hall_chat_summary_get_going          (HallChatSummary     *self);
guint           hall_chat_summary_get_waitlist       (HallChatSummary     *self);
guint           hall_chat_summary_get_questions      (HallChatSummary     *self);
guint           hall_chat_summary_get_open_questions (HallChatSummary     *self);

/* Every chat by its start when no id is given, else that one alone (empty when it is gone). */
void            hall_chat_summary_list_async         (HallLibrary         *library,
                                                      const char          *chat,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
GPtrArray      *hall_chat_summary_list_finish        (HallLibrary         *library,
                                                      GAsyncResult        *result,
                                                      GError             **error);

G_END_DECLS
