/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of a chat. */
#include "model/hall-chat.h"

static const HallField fields[] = {
  HALL_FIELD (HallChat, account,     HALL_FIELD_TEXT,   HALL_FIELD_LOCAL),
  HALL_FIELD (HallChat, series,      HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallChat, occurrence,  HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallChat, title,       HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallChat, slug,        HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallChat, summary,     HALL_FIELD_TEXT,   HALL_FIELD_LONG),
  HALL_FIELD (HallChat, wall,        HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallChat, fold,        HALL_FIELD_INT,    HALL_FIELD_DEFAULT),
  HALL_FIELD (HallChat, zone,        HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallChat, duration,    HALL_FIELD_INT,    HALL_FIELD_DEFAULT),
  HALL_FIELD (HallChat, capacity,    HALL_FIELD_INT,    HALL_FIELD_DEFAULT),
  HALL_FIELD (HallChat, status,      HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallChat, recording,   HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallChat, sign_up_url, HALL_FIELD_TEXT,   HALL_FIELD_SERVICE),
};

const HallKind hall_chat_kind = { "chat", "chats", sizeof (HallChat), fields, G_N_ELEMENTS (fields), TRUE };
