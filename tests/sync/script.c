/* SPDX-License-Identifier: GPL-3.0-or-later
 * Comparing each request with the next line of the script, and replying as it says. */
#include "script.h"

#include "scratch.h"

static HallReply *
reply_with (const ScriptLine *line,
            guint             status)
{
  g_autoptr (GBytes) body = line->body != NULL ? g_bytes_new_static (line->body, strlen (line->body)) : NULL;
  HallReply         *reply = hall_reply_new (status, status < 400 ? "application/json" : "application/problem+json", body);

  if (line->etag != NULL)
    hall_headers_set (reply->headers, "ETag", line->etag);
  if (line->retry_after != NULL)
    hall_headers_set (reply->headers, "Retry-After", line->retry_after);

  return reply;
}

/* What was written and is not among the changes of the script is asked for; it is as the answer had it. */
static HallReply *
show_what_was_taken (Script            *script,
                     const HallRequest *request)
{
  static const ScriptLine  gone = { NULL, 404, PROBLEM ("not-found", ""), NULL };
  const ScriptLine        *line = g_hash_table_lookup (script->taken, request->path);

  if (line == NULL || strcmp (request->method, "GET") != 0)
    return NULL;

  return line->status == 204 ? reply_with (&gone, 404) : reply_with (line, 200);
}

HallReply *
script_follow (gpointer       data,
               HallRequest   *request,
               GError       **failure)
{
  Script             *script = data;
  const char         *key = hall_headers_get (request->headers, "Idempotency-Key");
  const ScriptLine   *line;
  HallReply          *reply = show_what_was_taken (script, request);
  g_autofree char    *asked = g_strconcat (request->method, " ", request->path, request->query != NULL ? "?" : NULL,
                                           request->query, NULL);

  if (reply != NULL)
    return reply;

  g_assert_cmpuint (script->at, <, script->n_lines);
  line = &script->lines[script->at++];
  g_assert_cmpstr (asked, ==, line->asked);

  if (request->body != NULL)
    g_ptr_array_add (script->bodies, g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body)));
  if (key != NULL)
    g_ptr_array_add (script->keys, g_strdup (key));
  if (key != NULL && script->on_write != NULL) {
    void (*on_write) (gpointer) = g_steal_pointer (&script->on_write);

    on_write (script);
  }

  if (line->status == 0) {
    g_set_error_literal (failure, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE, "Nobody answers");
    return NULL;
  }

  if (key != NULL && line->status < 300)
    g_hash_table_insert (script->taken, g_strdup (request->path), (gpointer) line);

  return reply_with (line, line->status);
}

void
script_set_up (Script        *script,
               gconstpointer  data)
{
  script->bodies = g_ptr_array_new_with_free_func (g_free);
  script->keys = g_ptr_array_new_with_free_func (g_free);
  script->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  script->host = host_new ("ann", script_follow, script);
}

void
script_tear_down (Script        *script,
                  gconstpointer  data)
{
  g_ptr_array_unref (script->bodies);
  g_ptr_array_unref (script->keys);
  g_hash_table_unref (script->taken);
  host_free (script->host);
}

HallSyncResult
script_exchange (Script           *script,
                 const ScriptLine *lines,
                 guint             n_lines,
                 int               code)
{
  HallSyncResult     result;
  g_autoptr (GError) trouble = NULL;

  g_hash_table_remove_all (script->taken);
  script->lines = lines;
  script->n_lines = n_lines;
  script->at = 0;
  trouble = host_sync (script->host, &result);
  if (code < 0)
    g_assert_no_error (trouble);
  else
    g_assert_error (trouble, HALL_SYNC_ERROR, code);
  g_assert_cmpuint (script->at, ==, n_lines);

  return result;
}

void
script_assert_cursor (Script     *script,
                      const char *expected)
{
  g_autofree char *cursor = hall_database_get_text (script->host->db, NULL, "SELECT cursor FROM cursors", "");

  g_assert_cmpstr (cursor, ==, expected);
}

/* The chat as the library has it after one exchange. */
HallChat *
script_receive_chat (Script *script)
{
  EXCHANGE (script, -1, SESSION, ONE_CHAT);

  return host_get (script->host, &hall_chat_kind, CHAT);
}
