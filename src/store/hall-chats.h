/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a list of chats shows beside each of them. */
#pragma once

#include "store/hall-database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 starts_at; /* microseconds since 1970, UTC */
  gint64 going;
  gint64 waitlist;
  gint64 questions; /* all that were asked */
  gint64 open_questions;
} HallChatCounts;

gboolean hall_chats_count (HallDatabase    *db,
                           const char      *chat,
                           HallChatCounts  *counts,
                           GError         **error);

G_END_DECLS
