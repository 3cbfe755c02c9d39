/* SPDX-License-Identifier: GPL-3.0-or-later
 * The editor of a post: title, front matter, text; saves as one types. */
#pragma once

#include "ui/hall-keeper.h"
#include "ui/hall-value-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_POST_PAGE (hall_post_page_get_type ())
G_DECLARE_FINAL_TYPE (HallPostPage, hall_post_page, HALL, POST_PAGE, AdwNavigationPage)

HallPostPage *hall_post_page_new   (HallKeeper    *keeper);
void          hall_post_page_show  (HallPostPage  *self,
                                    HallValueItem *item);
void          hall_post_page_write (HallPostPage  *self);

G_END_DECLS
