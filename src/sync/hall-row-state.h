/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything the library knows of one row. */
#pragma once

#include "model/hall-value.h"
#include "store/hall-conflicts.h"
#include "store/hall-outbox.h"

G_BEGIN_DECLS

typedef struct {
  const HallKind *kind;
  char           *id;
  HallValue      *mine;     /* as it is here; absent when it is not */
  char           *mark;     /* of the base */
  HallValue      *base;     /* as the service last told it; absent when it never did, has deleted or forgotten it */
  HallValue      *forgotten; /* as it told it before it came back from a backup without it; absent otherwise */
  HallOperation  *first;    /* the oldest operation that waits, or absent */
  HallOperation  *newest;   /* the newest one; absent when there is none, of the same order when there is one */
  HallConflict   *conflict; /* the open one, or absent */
} HallRowState;

gboolean hall_row_state_load      (HallRowState        *row,
                                   HallDatabase        *db,
                                   const HallKind      *kind,
                                   const char          *id,
                                   GError             **error);
void     hall_row_state_clear     (HallRowState        *row);

gboolean hall_row_state_is_frozen (const HallOperation *operation);
gboolean hall_row_state_drop_all  (const HallRowState  *row,
                                   HallDatabase        *db,
                                   GError             **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HallRowState, hall_row_state_clear)

G_END_DECLS
