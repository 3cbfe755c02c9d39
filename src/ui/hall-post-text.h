/* SPDX-License-Identifier: GPL-3.0-or-later
 * A post's text in the two buffers it is edited in: the front matter, and what follows. */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define HALL_TYPE_POST_TEXT (hall_post_text_get_type ())
G_DECLARE_FINAL_TYPE (HallPostText, hall_post_text, HALL, POST_TEXT, GObject)

/* Signals: "typed" (): the host has changed something. */
HallPostText    *hall_post_text_new       (void);
GtkSourceBuffer *hall_post_text_get_front (HallPostText  *self);
GtkSourceBuffer *hall_post_text_get_body  (HallPostText  *self);
char            *hall_post_text_get       (HallPostText  *self);
void             hall_post_text_begin     (HallPostText  *self,
                                           const char    *text);
void             hall_post_text_follow    (HallPostText  *self,
                                           const char    *text);
gboolean         hall_post_text_set_title (HallPostText  *self,
                                           const char    *title,
                                           GError       **error);

G_END_DECLS
