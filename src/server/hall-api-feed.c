/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages of the record of changes: each row's newest change only, in order, with the row or a tombstone. */
#include "server/hall-api-feed.h"

#include "server/hall-cursor.h"
#include "server/hall-feed-page.h"
#include "server/hall-refusal.h"

/* Appends changes after @cursor, which then names the last of them. */
static gboolean
append_changes (const HallVisit  *visit,
                GString          *page,
                gint64            limit,
                HallCursor       *cursor,
                GError          **error)
{
  g_autoptr (HallStatement) changes = NULL;
  gboolean                  found = TRUE;

  changes = hall_database_prepare (visit->db,
                                   "SELECT seq, mark, kind, id, deleted + erased FROM changes "
                                   "WHERE newest AND seq > ? ORDER BY seq LIMIT ?", error);
  if (changes == NULL)
    return FALSE;

  hall_statement_bind (changes, "ii", cursor->seq, limit);
  while (page->len < HALL_FEED_PAGE_LARGE) {
    const char *mark;

    if (!hall_statement_step (changes, &found, error))
      return FALSE;
    if (!found)
      break;

    mark = hall_statement_get_text (changes, 1);
    if (!hall_feed_page_append (visit, page, hall_statement_get_text (changes, 2), hall_statement_get_text (changes, 3),
                                mark, hall_statement_get_int (changes, 4), error))
      return FALSE;
    hall_cursor_set (cursor, hall_statement_get_int (changes, 0), mark);
  }

  return TRUE;
}

/**
 * hall_api_feed_answer:
 * @visit: a GET of /v1/changes, by somebody who may
 * @error: HALL_STORE_ERROR
 *
 * Answers with at most "limit" changes after the cursor "since"; from the beginning without one. A cursor from
 * which the record does not go on without a gap gets 410 and why.
 *
 * Returns: (transfer full): the reply; NULL with @error set
 */
HallReply *
hall_api_feed_answer (const HallVisit  *visit,
                      GError          **error)
{
  g_autoptr (HallForm) query = NULL;
  g_autoptr (GString)  page = NULL;
  g_autoptr (GBytes)   body = NULL;
  g_auto (HallCursor)  cursor = { 0, NULL };
  g_autofree char     *next = NULL;
  HallCursorStanding   standing;
  gint64               limit, remaining;

  g_return_val_if_fail (visit != NULL, NULL);

  query = hall_form_read (visit->request->query, -1);
  if (query == NULL || !hall_feed_page_read_limit (query, &limit))
    return hall_refusal_new (HALL_PROBLEM_BAD_REQUEST, "“limit” is a number from 1, “since” a cursor");

  if (!hall_cursor_read (visit, hall_form_get (query, "since"), &cursor, &standing, error))
    return NULL;
  if (standing != HALL_CURSOR_KEPT)
    return hall_refusal_new_resync (standing == HALL_CURSOR_PRUNED);

  page = g_string_new ("{\"changes\":[");
  if (!append_changes (visit, page, limit, &cursor, error))
    return NULL;

  remaining = hall_database_get_int (visit->db, error, "SELECT count(*) FROM changes WHERE newest AND seq > ?", "i",
                                     cursor.seq);
  if (remaining < 0)
    return NULL;

  next = hall_cursor_write (&cursor);
  g_string_append_printf (page, "],\"next\":\"%s\",\"has_more\":%s,\"remaining\":%" G_GINT64_FORMAT "}",
                          next, remaining > 0 ? "true" : "false", remaining);
  body = g_string_free_to_bytes (g_steal_pointer (&page));

  return hall_reply_new (200, "application/json", body);
}
