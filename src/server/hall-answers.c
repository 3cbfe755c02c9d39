/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table "answers": kept by token and Idempotency-Key. When it is old the answer goes and the key stays, with
 * status 0. Only what had an effect is kept: a refused write may be tried again under the same key, and is looked at anew. */
#include "server/hall-answers.h"

#include "server/hall-refusal.h"

#include "format/hall-json.h"

#include <string.h>

/* What makes two requests the same one. In a batch or alone, blanks between JSON's members are none of it. */
static char *
fingerprint (const HallRequest *request)
{
  g_autoptr (GChecksum)  sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize                  length = 0;
  const char            *body = request->body != NULL ? g_bytes_get_data (request->body, &length) : NULL;
  g_autoptr (yyjson_doc) doc = body != NULL ? hall_json_read (body, length, NULL) : NULL;
  g_autofree char       *same = yyjson_write (doc, YYJSON_WRITE_NOFLAG, NULL);

  g_checksum_update (sum, (const guchar *) request->method, -1);
  g_checksum_update (sum, (const guchar *) "\n", 1);
  g_checksum_update (sum, (const guchar *) request->path, -1);
  g_checksum_update (sum, (const guchar *) "\n", 1);
  if (same != NULL)
    g_checksum_update (sum, (const guchar *) same, -1);
  else if (length > 0)
    g_checksum_update (sum, (const guchar *) body, length);

  return g_strdup (g_checksum_get_string (sum));
}

static HallReply *
restore (HallStatement *query)
{
  g_autoptr (GBytes) body = NULL;
  const char        *text = hall_statement_get_text (query, 3);
  HallReply         *reply;

  /* What was struck: the row is not there any more. */
  if (hall_statement_get_int (query, 1) == 412)
    return hall_refusal_new_deleted ();

  if (text != NULL)
    body = g_bytes_new (text, strlen (text));
  reply = hall_reply_new (hall_statement_get_int (query, 1), text != NULL ? "application/json" : NULL, body);
  hall_headers_set (reply->headers, "ETag", hall_statement_get_text (query, 2));

  return reply;
}

/**
 * hall_answers_find:
 * @visit: the request being answered, a write
 * @token: whose it is
 * @key: its Idempotency-Key
 * @reply: (out) (transfer full) (nullable): what was answered before, or a refusal when the key was used for
 *   another request; NULL when it is new
 * @is_done: (out): whether the write was done so long ago that what was answered is not known any more
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be looked for
 */
gboolean
hall_answers_find (const HallVisit  *visit,
                   const HallToken  *token,
                   const char       *key,
                   HallReply       **reply,
                   gboolean         *is_done,
                   GError          **error)
{
  g_autoptr (HallStatement) query = NULL;
  g_autofree char          *print = NULL;
  gboolean                  found;

  g_return_val_if_fail (visit != NULL && token != NULL && key != NULL && reply != NULL && is_done != NULL, FALSE);

  *reply = NULL;
  *is_done = FALSE;
  query = hall_database_prepare (visit->db,
                                 "SELECT fingerprint, status, etag, body FROM answers WHERE token = ? AND key = ?", error);
  if (query == NULL)
    return FALSE;

  hall_statement_bind (query, "it", token->number, key);
  if (!hall_statement_step (query, &found, error))
    return FALSE;
  if (!found)
    return TRUE;

  print = fingerprint (visit->request);
  if (strcmp (print, hall_statement_get_text (query, 0)) != 0)
    *reply = hall_refusal_new (HALL_PROBLEM_KEY_REUSED, NULL);
  else if (hall_statement_get_int (query, 1) == 0)
    *is_done = TRUE;
  else
    *reply = restore (query);

  return TRUE;
}

/**
 * hall_answers_keep:
 * @visit: the request being answered, a write
 * @token: whose it is
 * @key: its Idempotency-Key, not yet used or only for this
 * @reply: the answer to it
 * @error: HALL_STORE_ERROR
 *
 * Keeps an answer, in the transaction that has its effect.
 *
 * Returns: whether it went well
 */
gboolean
hall_answers_keep (const HallVisit  *visit,
                   const HallToken  *token,
                   const char       *key,
                   const HallReply  *reply,
                   GError          **error)
{
  g_autofree char *print = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (visit != NULL && token != NULL && key != NULL && reply != NULL, FALSE);

  print = fingerprint (visit->request);
  if (reply->body != NULL)
    body = g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));

  return hall_database_run (visit->db, error,
                            "INSERT INTO answers (token, key, fingerprint, status, etag, body, made_at) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?) "
                            "ON CONFLICT (token, key) DO UPDATE SET status = excluded.status, etag = excluded.etag, "
                            "body = excluded.body, made_at = excluded.made_at", "ittitti",
                            token->number, key, print, (gint64) reply->status,
                            hall_headers_get (reply->headers, "ETag"), body, visit->now);
}

/**
 * hall_answers_strike:
 * @visit: the request being answered
 * @attendee: the id of an attendee who is being erased
 * @error: HALL_STORE_ERROR
 *
 * Takes an attendee, and what they asked, out of the answers that are kept. A write of theirs that is sent again
 * is answered that the row is deleted, and does not bring it back.
 *
 * Returns: whether it went well
 */
gboolean
hall_answers_strike (const HallVisit  *visit,
                     const char       *attendee,
                     GError          **error)
{
  g_return_val_if_fail (visit != NULL && attendee != NULL, FALSE);

  return hall_database_run (visit->db, error,
                            "UPDATE answers SET status = 412, etag = NULL, body = NULL "
                            "WHERE json_extract (body, '$.id') = ?1 OR json_extract (body, '$.attendee') = ?1", "t", attendee);
}
