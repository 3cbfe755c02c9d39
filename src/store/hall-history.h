/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every row was before it was changed. */
#pragma once

#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

typedef enum {
  HALL_HISTORY_HOST,    /* changed here */
  HALL_HISTORY_SERVICE, /* changed by what a service told */
} HallHistoryOrigin;

typedef struct {
  HallHistoryOrigin origin;
  HallValue        *before; /* absent when the row was new */
  HallValue        *after;  /* absent when it was removed */
} HallHistoryChange;

gboolean hall_history_add   (HallDatabase      *db,
                             HallHistoryOrigin  origin,
                             gconstpointer      before,
                             gconstpointer      after,
                             gint64             made_at,
                             GError           **error);
gboolean hall_history_add_along (HallDatabase  *db,
                             gconstpointer      before,
                             const char        *chat,
                             gint64             made_at,
                             GError           **error);
gpointer hall_history_find_removed (HallDatabase *db,
                             const HallKind    *kind,
                             const char        *id,
                             GError           **error);
gboolean hall_history_prune (HallDatabase      *db,
                             gint64             before,
                             GError           **error);

GPtrArray *hall_history_list (HallDatabase    *db,
                              const HallKind  *kind,
                              const char      *id,
                              GError         **error);

G_END_DECLS
