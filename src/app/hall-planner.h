/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scheduling chats: what a host asks for, checked before it becomes a chat. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-chat.h"

G_BEGIN_DECLS

typedef struct {
  const char *title;
  const char *at;       /* as people write it: "2016-05-30 15:30", "Thu 2 June 11am PDT", "next Tuesday 15:30" */
  const char *zone;     /* tz database name; NULL for the host's */
  int         fold;     /* -1: not said; 0 or 1: first or second of a time that happens twice */
  gint64      duration; /* minutes; 0 for an hour */
  const char *slug;     /* NULL to make one of the title */
  const char *summary;  /* or absent */
  const char *series;   /* id, or absent */
} HallChatWish;

void      hall_planner_add_chat_async    (HallLibrary         *library,
                                          const HallChatWish  *wish,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
HallChat *hall_planner_add_chat_finish   (HallLibrary         *library,
                                          GAsyncResult        *result,
                                          GError             **error);
void      hall_planner_find_chat_async   (HallLibrary         *library,
                                          const char          *slug,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
HallChat *hall_planner_find_chat_finish  (HallLibrary         *library,
                                          GAsyncResult        *result,
                                          GError             **error);

/* A time as people write it, read without a library: for the line under the entry. */
gboolean  hall_planner_read_time         (const char          *at,
                                          const char          *zone,
                                          int                  fold,
                                          gint64               now,
                                          char               **wall,
                                          gint64              *wall_fold,
                                          char               **wall_zone,
                                          GError             **error);

/* Edited copies, to be given to hall_library_save_async(). */
HallChat *hall_planner_retime            (const HallChat      *chat,
                                          const char          *at,
                                          const char          *zone,
                                          int                  fold,
                                          gint64               now,
                                          GError             **error);
HallChat *hall_planner_retitle           (const HallChat      *chat,
                                          const char          *title);
HallChat *hall_planner_cancel            (const HallChat      *chat);

G_END_DECLS
