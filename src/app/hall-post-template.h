/* SPDX-License-Identifier: GPL-3.0-or-later
 * The text a new post begins with. */
#pragma once

#include "model/hall-chat.h"

G_BEGIN_DECLS

char *hall_post_template_date     (gint64      now,
                                   const char *zone);
char *hall_post_template_announce (GPtrArray  *chats);
char *hall_post_template_fill     (const char *title,
                                   const char *date,
                                   GPtrArray  *chats);

G_END_DECLS
