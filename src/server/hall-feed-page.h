/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a page of changes and a page of the whole have in common: how long they may be, and one row in them. */
#pragma once

#include "server/hall-form.h"
#include "server/hall-visit.h"

G_BEGIN_DECLS

#define HALL_FEED_PAGE_LONGEST 500              /* rows */
#define HALL_FEED_PAGE_LARGE   (4 * 1024 * 1024) /* bytes, after which no more rows are begun: posts are long */

/* As "deleted" and "erased" of a change add up. */
typedef enum {
  HALL_FEED_ROW,
  HALL_FEED_TOMBSTONE,
  HALL_FEED_ERASED, /* a tombstone of a person who is to be forgotten */
} HallFeedEntry;

gboolean hall_feed_page_read_limit (const HallForm    *query,
                                    gint64            *limit);
gboolean hall_feed_page_append     (const HallVisit   *visit,
                                    GString           *page,
                                    const char        *name,
                                    const char        *id,
                                    const char        *mark,
                                    HallFeedEntry      entry,
                                    GError           **error);

G_END_DECLS
