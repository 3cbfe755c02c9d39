/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages of the record of changes: each row's newest change only, in order, with the row or a tombstone. A cursor
 * is "SEQ-MARK" of the last change that was read, and is good only while that very change is in the record. */
#include "server/hall-api-feed.h"

#include "server/hall-desk-rows.h"
#include "server/hall-form.h"
#include "server/hall-refusal.h"

#include "format/hall-wire.h"
#include "model/hall-kinds.h"

#include <string.h>

/* A page ends early when it has grown so large: posts are long. */
#define LARGE_PAGE (4 * 1024 * 1024)

#define NO_MARK "0000000000000000"

typedef struct {
  gint64 seq;
  char  *mark;
} Cursor;

static void
clear_cursor (Cursor *cursor)
{
  g_free (cursor->mark);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cursor, clear_cursor)

static void
set_cursor (Cursor     *cursor,
            gint64      seq,
            const char *mark)
{
  cursor->seq = seq;
  g_set_str (&cursor->mark, mark);
}

/* Whether @text names a change that is in the record; nothing at all names the beginning. */
static gboolean
read_cursor (const HallVisit  *visit,
             const char       *text,
             Cursor           *cursor,
             gboolean         *known,
             GError          **error)
{
  const char      *dash = text != NULL ? strchr (text, '-') : NULL;
  g_autofree char *digits = NULL;
  guint64          seq = 0;
  gint64           n;

  set_cursor (cursor, 0, NO_MARK);
  *known = text == NULL || strcmp (text, "0-" NO_MARK) == 0;
  if (*known || dash == NULL)
    return TRUE;

  digits = g_strndup (text, dash - text);
  if (!g_ascii_string_to_unsigned (digits, 10, 1, G_MAXINT64, &seq, NULL))
    return TRUE;

  n = hall_database_get_int (visit->db, error, "SELECT count(*) FROM changes WHERE seq = ? AND mark = ?", "it",
                             (gint64) seq, dash + 1);
  *known = n > 0;
  if (*known)
    set_cursor (cursor, seq, dash + 1);

  return n >= 0;
}

static gboolean
append_change (const HallVisit  *visit,
               GString          *page,
               HallStatement    *change,
               GError          **error)
{
  const HallKind       *kind = hall_kinds_from_name (hall_statement_get_text (change, 2));
  const char           *id = hall_statement_get_text (change, 3);
  g_autoptr (HallValue) row = NULL;
  g_autofree char      *json = NULL;
  gpointer              found;

  if (page->str[page->len - 1] != '[')
    g_string_append_c (page, ',');
  g_string_append_printf (page, "{\"kind\":\"%s\",\"id\":\"%s\",\"mark\":\"%s\",",
                          kind->name, id, hall_statement_get_text (change, 1));

  if (hall_statement_get_int (change, 4) != 0) {
    g_string_append (page, "\"deleted\":true}");
    return TRUE;
  }

  if (!hall_desk_rows_get (visit, kind, id, &found, error))
    return FALSE;
  row = found;
  if (row == NULL) {
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_CORRUPT, "The record names a %s that is not there", kind->name);
    return FALSE;
  }

  json = hall_wire_write (row, HALL_WIRE_ALL);
  g_string_append_printf (page, "\"row\":%s}", json);

  return TRUE;
}

/* Appends changes after @cursor, which then names the last of them. */
static gboolean
append_changes (const HallVisit  *visit,
                GString          *page,
                gint64            limit,
                Cursor           *cursor,
                GError          **error)
{
  g_autoptr (HallStatement) changes = NULL;
  gboolean                  found = TRUE;

  changes = hall_database_prepare (visit->db,
                                   "SELECT seq, mark, kind, id, deleted FROM changes "
                                   "WHERE newest AND seq > ? ORDER BY seq LIMIT ?", error);
  if (changes == NULL)
    return FALSE;

  hall_statement_bind (changes, "ii", cursor->seq, limit);
  while (page->len < LARGE_PAGE) {
    if (!hall_statement_step (changes, &found, error))
      return FALSE;
    if (!found)
      break;
    if (!append_change (visit, page, changes, error))
      return FALSE;
    set_cursor (cursor, hall_statement_get_int (changes, 0), hall_statement_get_text (changes, 1));
  }

  return TRUE;
}

static gboolean
read_limit (const HallForm *query,
            gint64         *limit)
{
  const char *text = hall_form_get (query, "limit");
  guint64     number;

  *limit = HALL_API_LONGEST_PAGE;
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &number, NULL))
    return FALSE;

  *limit = MIN (number, HALL_API_LONGEST_PAGE);
  return TRUE;
}

/**
 * hall_api_feed_answer:
 * @visit: a GET of /v1/changes, by somebody who may
 * @error: HALL_STORE_ERROR
 *
 * Answers with at most "limit" changes after the cursor "since"; from the beginning without one. A cursor that
 * is not in the record gets 410: this desk was restored from a backup, or it is another one.
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
  g_auto (Cursor)      cursor = { 0, NULL };
  gboolean             known;
  gint64               limit, remaining;

  g_return_val_if_fail (visit != NULL, NULL);

  query = hall_form_read (visit->request->query, -1);
  if (query == NULL || !read_limit (query, &limit))
    return hall_refusal_new (HALL_PROBLEM_BAD_REQUEST, "“limit” is a number from 1, “since” a cursor");

  if (!read_cursor (visit, hall_form_get (query, "since"), &cursor, &known, error))
    return NULL;
  if (!known)
    return hall_refusal_new (HALL_PROBLEM_RESYNC_REQUIRED, NULL);

  page = g_string_new ("{\"changes\":[");
  if (!append_changes (visit, page, limit, &cursor, error))
    return NULL;

  remaining = hall_database_get_int (visit->db, error, "SELECT count(*) FROM changes WHERE newest AND seq > ?", "i",
                                     cursor.seq);
  if (remaining < 0)
    return NULL;

  g_string_append_printf (page, "],\"next\":\"%" G_GINT64_FORMAT "-%s\",\"has_more\":%s,\"remaining\":%" G_GINT64_FORMAT "}",
                          cursor.seq, cursor.mark, remaining > 0 ? "true" : "false", remaining);
  body = g_string_free_to_bytes (g_steal_pointer (&page));

  return hall_reply_new (200, "application/json", body);
}
