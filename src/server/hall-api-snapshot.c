/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages of all rows, pinned to one change: the newest when the first page was asked for. Nothing is kept between
 * pages. A row that changes meanwhile is left out, for it comes in the changes since then. */
#include "server/hall-api-snapshot.h"

#include "server/hall-cursor.h"
#include "server/hall-feed-page.h"
#include "server/hall-refusal.h"

#include <string.h>

/* A token is the pin, a dot, and the number of the last change that was shown. */
static gboolean
read_token (const char *token,
            char      **at,
            gint64     *shown)
{
  const char *dot = strrchr (token, '.');
  guint64     number;

  if (dot == NULL || !g_ascii_string_to_unsigned (dot + 1, 10, 0, G_MAXINT64, &number, NULL))
    return FALSE;

  *at = g_strndup (token, dot - token);
  *shown = number;

  return TRUE;
}

/* Appends rows whose newest change comes after @shown, which then is the last of them, and not after @at. */
static gboolean
append_rows (const HallVisit  *visit,
             GString          *page,
             gint64            limit,
             gint64            at,
             gint64           *shown,
             GError          **error)
{
  g_autoptr (HallStatement) rows = NULL;
  gboolean                  found = TRUE;

  rows = hall_database_prepare (visit->db,
                                "SELECT seq, mark, kind, id FROM changes "
                                "WHERE newest AND NOT deleted AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?", error);
  if (rows == NULL)
    return FALSE;

  hall_statement_bind (rows, "iii", *shown, at, limit);
  while (page->len < HALL_FEED_PAGE_LARGE) {
    if (!hall_statement_step (rows, &found, error))
      return FALSE;
    if (!found)
      break;
    if (!hall_feed_page_append (visit, page, hall_statement_get_text (rows, 2), hall_statement_get_text (rows, 3),
                                hall_statement_get_text (rows, 1), HALL_FEED_ROW, error))
      return FALSE;
    *shown = hall_statement_get_int (rows, 0);
  }

  return TRUE;
}

static HallReply *
make_page (const HallVisit   *visit,
           const HallCursor  *at,
           gint64             shown,
           gint64             limit,
           GError           **error)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autoptr (GBytes)  body = NULL;
  g_autofree char    *pin = hall_cursor_write (at);
  gint64              remaining;

  g_string_append_printf (page, "{\"at\":\"%s\",\"rows\":[", pin);
  if (!append_rows (visit, page, limit, at->seq, &shown, error))
    return NULL;

  remaining = hall_database_get_int (visit->db, error,
                                     "SELECT count(*) FROM changes WHERE newest AND NOT deleted AND seq > ? AND seq <= ?",
                                     "ii", shown, at->seq);
  if (remaining < 0)
    return NULL;

  g_string_append (page, "],\"next\":");
  if (remaining > 0)
    g_string_append_printf (page, "\"%s.%" G_GINT64_FORMAT "\"", pin, shown);
  else
    g_string_append (page, "null");
  g_string_append_printf (page, ",\"remaining\":%" G_GINT64_FORMAT "}", remaining);
  body = g_string_free_to_bytes (g_steal_pointer (&page));

  return hall_reply_new (200, "application/json", body);
}

/**
 * hall_api_snapshot_answer:
 * @visit: a GET of /v1/snapshot, by somebody who may
 * @error: HALL_STORE_ERROR
 *
 * Answers with at most "limit" rows, in the order of their newest changes, after those that were shown before
 * the token "after" was given; with the first ones without it. Rows that were deleted, or that changed after the
 * snapshot was begun, are left out, so a row may come before its parent. Who has all pages goes on with the
 * changes since "at". When those are not kept any more the answer is 410.
 *
 * Returns: (transfer full): the reply; NULL with @error set
 */
HallReply *
hall_api_snapshot_answer (const HallVisit  *visit,
                          GError          **error)
{
  g_autoptr (HallForm) query = NULL;
  g_auto (HallCursor)  at = { 0, NULL };
  g_autofree char     *pin = NULL;
  HallCursorStanding   standing;
  const char          *token;
  gint64               shown = 0;
  gint64               limit;

  g_return_val_if_fail (visit != NULL, NULL);

  query = hall_form_read (visit->request->query, -1);
  if (query == NULL || !hall_feed_page_read_limit (query, &limit))
    return hall_refusal_new (HALL_PROBLEM_BAD_REQUEST, "“limit” is a number from 1, “after” what the last page said");

  token = hall_form_get (query, "after");
  if (token == NULL)
    return hall_cursor_find_newest (visit, &at, error) ? make_page (visit, &at, 0, limit, error) : NULL;

  if (!read_token (token, &pin, &shown))
    return hall_refusal_new_resync (FALSE);
  if (!hall_cursor_read (visit, pin, &at, &standing, error))
    return NULL;
  if (standing != HALL_CURSOR_KEPT)
    return hall_refusal_new_resync (standing == HALL_CURSOR_PRUNED);

  return make_page (visit, &at, shown, limit, error);
}
