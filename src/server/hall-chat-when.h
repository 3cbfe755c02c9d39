/* SPDX-License-Identifier: GPL-3.0-or-later
 * When a chat is, as people say it. */
#pragma once

#include "model/hall-chat.h"

G_BEGIN_DECLS

typedef enum {
  HALL_CHAT_AHEAD,
  HALL_CHAT_ON_NOW,
  HALL_CHAT_PAST,
} HallChatPhase;

HallChatPhase hall_chat_when_phase   (const HallChat *chat,
                                      gint64          now);
char         *hall_chat_when_machine (const HallChat *chat);
char         *hall_chat_when_day     (const HallChat *chat);
char         *hall_chat_when_clock   (const HallChat *chat);
char         *hall_chat_when_utc     (const HallChat *chat);
char         *hall_chat_when_length  (const HallChat *chat);
char         *hall_chat_when_format  (const HallChat *chat,
                                      const char     *format);

G_END_DECLS
