/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cursors. One is good only while that very change is in the record and nothing after it has been pruned. */
#include "server/hall-cursor.h"

#include <string.h>

/* Before the first change. */
#define NO_MARK "0000000000000000"

static gboolean
parse (const char  *text,
       HallCursor  *cursor)
{
  const char      *dash = strchr (text, '-');
  g_autofree char *digits = dash != NULL ? g_strndup (text, dash - text) : NULL;
  guint64          seq;

  if (digits == NULL || !g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, &seq, NULL))
    return FALSE;

  hall_cursor_set (cursor, seq, dash + 1);
  return TRUE;
}

/**
 * hall_cursor_clear:
 * @cursor: a cursor
 *
 * Lets go of what it holds.
 */
void
hall_cursor_clear (HallCursor *cursor)
{
  g_return_if_fail (cursor != NULL);

  g_clear_pointer (&cursor->mark, g_free);
}

/**
 * hall_cursor_set:
 * @cursor: (out): a cursor, set before or all zero
 * @seq: number of a change
 * @mark: its mark
 */
void
hall_cursor_set (HallCursor *cursor,
                 gint64      seq,
                 const char *mark)
{
  g_return_if_fail (cursor != NULL && mark != NULL);

  cursor->seq = seq;
  g_set_str (&cursor->mark, mark);
}

/**
 * hall_cursor_write:
 * @cursor: a cursor that was set
 *
 * Returns: (transfer full): as clients are given it
 */
char *
hall_cursor_write (const HallCursor *cursor)
{
  g_return_val_if_fail (cursor != NULL && cursor->mark != NULL, NULL);

  return g_strdup_printf ("%" G_GINT64_FORMAT "-%s", cursor->seq, cursor->mark);
}

/**
 * hall_cursor_read:
 * @visit: the request being answered
 * @text: (nullable): what a client was given once; NULL is the beginning, which is always kept
 * @cursor: (out): where it points; the beginning when it is not kept
 * @standing: (out): whether the record goes on from there without a gap
 * @error: HALL_STORE_ERROR
 *
 * Tells a cursor that is older than what is kept from one whose change is not this desk's: a backup was restored,
 * or it is another desk. A pruned change has left no mark, so that of a cursor as old as that is not looked at.
 *
 * Returns: whether it could be told
 */
gboolean
hall_cursor_read (const HallVisit     *visit,
                  const char          *text,
                  HallCursor          *cursor,
                  HallCursorStanding  *standing,
                  GError             **error)
{
  g_auto (HallCursor) asked = { 0, NULL };
  g_autoptr (GError)  fault = NULL;
  g_autofree char    *mark = NULL;
  gint64              kept_since;

  g_return_val_if_fail (visit != NULL && cursor != NULL && standing != NULL, FALSE);

  hall_cursor_set (cursor, 0, NO_MARK);
  *standing = HALL_CURSOR_KEPT;
  if (text == NULL || strcmp (text, "0-" NO_MARK) == 0)
    return TRUE;

  *standing = HALL_CURSOR_RESTORED;
  if (!parse (text, &asked))
    return TRUE;

  kept_since = hall_database_get_int (visit->db, &fault,
                                      "SELECT CAST (value AS INTEGER) FROM facts WHERE name = 'kept_since'", "");
  if (fault == NULL)
    mark = hall_database_get_text (visit->db, &fault, "SELECT mark FROM changes WHERE seq = ?", "i", asked.seq);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  if (mark != NULL ? strcmp (mark, asked.mark) != 0 : asked.seq >= kept_since)
    return TRUE;

  *standing = asked.seq < kept_since ? HALL_CURSOR_PRUNED : HALL_CURSOR_KEPT;
  if (*standing == HALL_CURSOR_KEPT)
    hall_cursor_set (cursor, asked.seq, asked.mark);

  return TRUE;
}

/**
 * hall_cursor_find_newest:
 * @visit: the request being answered
 * @cursor: (out): where the record ends; the beginning when it is empty
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be told
 */
gboolean
hall_cursor_find_newest (const HallVisit  *visit,
                         HallCursor       *cursor,
                         GError          **error)
{
  g_autoptr (HallStatement) query = NULL;
  gboolean                  found;

  g_return_val_if_fail (visit != NULL && cursor != NULL, FALSE);

  hall_cursor_set (cursor, 0, NO_MARK);
  query = hall_database_prepare (visit->db, "SELECT seq, mark FROM changes ORDER BY seq DESC LIMIT 1", error);
  if (query == NULL || !hall_statement_step (query, &found, error))
    return FALSE;
  if (found)
    hall_cursor_set (cursor, hall_statement_get_int (query, 0), hall_statement_get_text (query, 1));

  return TRUE;
}
