/* SPDX-License-Identifier: GPL-3.0-or-later
 * Posts in and out of the library as files, and new ones from a template. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-post.h"

G_BEGIN_DECLS

void      hall_publisher_import_async  (HallLibrary         *library,
                                        GFile               *file,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
HallPost *hall_publisher_import_finish (HallLibrary         *library,
                                        GAsyncResult        *result,
                                        GError             **error);
void      hall_publisher_export_async  (HallLibrary         *library,
                                        const char          *post,
                                        GFile               *folder,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GFile    *hall_publisher_export_finish (HallLibrary         *library,
                                        GAsyncResult        *result,
                                        GError             **error);

/* Not yet saved: hall_library_save_async() does that. "chats" are the HallChats the post announces, or NULL. */
HallPost *hall_publisher_new_post      (HallLibrary         *library,
                                        const char          *title,
                                        const char          *zone,
                                        GPtrArray           *chats);
HallPost *hall_publisher_with_text     (const HallPost      *post,
                                        const char          *text,
                                        gint64               edited_at);

G_END_DECLS
