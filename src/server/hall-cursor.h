/* SPDX-License-Identifier: GPL-3.0-or-later
 * A place in the record of changes: "SEQ-MARK" of one of them. */
#pragma once

#include "server/hall-visit.h"

G_BEGIN_DECLS

typedef struct {
  gint64  seq;
  char   *mark;
} HallCursor;

typedef enum {
  HALL_CURSOR_KEPT,
  HALL_CURSOR_PRUNED,   /* older than what is kept */
  HALL_CURSOR_RESTORED, /* of a change that this desk never had, or has no more */
} HallCursorStanding;

void     hall_cursor_clear       (HallCursor          *cursor);
void     hall_cursor_set         (HallCursor          *cursor,
                                  gint64               seq,
                                  const char          *mark);
char    *hall_cursor_write       (const HallCursor    *cursor);
gboolean hall_cursor_read        (const HallVisit     *visit,
                                  const char          *text,
                                  HallCursor          *cursor,
                                  HallCursorStanding  *standing,
                                  GError             **error);
gboolean hall_cursor_find_newest (const HallVisit     *visit,
                                  HallCursor          *cursor,
                                  GError             **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HallCursor, hall_cursor_clear)

G_END_DECLS
