/* SPDX-License-Identifier: GPL-3.0-or-later
 * A town of hosts and a desk, and what goes wrong between them. */
#include "town.h"

#include "format/hall-json.h"
#include "scratch.h"
#include "sync/hall-sync-error.h"

HallReply *
town_ask (Town     *town,
          HallRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *authorization = g_strconcat ("Bearer ", town->token, NULL);
  char              *limit;
  HallReply         *reply;

  hall_headers_set (request->headers, "Authorization", authorization);
  if (town->in_small_pages && request->query != NULL && (limit = strstr (request->query, "limit=500")) != NULL)
    memcpy (limit, "limit=001", 9);
  scratch_begin (town->db);
  reply = hall_desk_answer (town->desk, town->db, request, &error);
  g_assert_no_error (error);
  scratch_commit (town->db);

  return reply;
}

static HallReply *
halve (HallReply *reply)
{
  g_autoptr (GBytes) half = NULL;

  if (reply->body == NULL)
    return reply;

  half = g_bytes_new_from_bytes (reply->body, 0, g_bytes_get_size (reply->body) / 2);
  g_bytes_unref (reply->body);
  reply->body = g_steal_pointer (&half);

  return reply;
}

HallReply *
town_answer (gpointer       data,
        HallRequest   *request,
        GError       **failure)
{
  Town              *town = data;
  Mishap                mishap = ALL_WELL;
  g_autoptr (HallReply) reply = NULL;
  g_autoptr (GBytes)    page = NULL;

  if (town->is_limited && town->n_left-- == 0) {
    town->n_left = 0;
    g_set_error_literal (failure, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE, "The network is gone");
    return NULL;
  }

  if (town->on_method != NULL && strcmp (town->on_method, request->method) == 0) {
    mishap = town->mishap;
    town->on_method = NULL;
  }

  switch (mishap) {
  case LOSE_REQUEST:
    g_set_error_literal (failure, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE, "Lost on the way");
    return NULL;
  case ANSWER_ILL:
    return hall_reply_new (503, NULL, NULL);
  case ANSWER_PORTAL:
    page = g_bytes_new_static ("<p>Sign in</p>", 14);
    return hall_reply_new (200, "text/html", page);
  case ALL_WELL:
  case LOSE_REPLY:
  case ANSWER_HALF:
  default:
    break;
  }

  reply = town_ask (town, request);
  if (strcmp (request->method, "GET") != 0) {
    g_ptr_array_add (town->keys, g_strdup (hall_headers_get (request->headers, "Idempotency-Key")));
    if (town->meanwhile != NULL) {
      void (*meanwhile) (gpointer) = g_steal_pointer (&town->meanwhile);

      meanwhile (town->meanwhile_data);
    }
  }

  if (mishap == LOSE_REPLY) {
    g_set_error_literal (failure, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE, "Lost on the way back");
    return NULL;
  }

  return mishap == ANSWER_HALF ? halve (g_steal_pointer (&reply)) : g_steal_pointer (&reply);
}

void
town_set_up (Town       *town,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = scratch_path ("desk.sqlite");

  town->desk = hall_desk_new ("https://desk.example.org", &scratch_clock, &scratch_random);
  town->db = hall_desk_open (path, &error);
  g_assert_no_error (error);
  scratch_run (town->db, "PRAGMA synchronous = off");

  scratch_begin (town->db);
  town->token = hall_desk_add_token (town->desk, town->db, "Ann and Ben", &error);
  g_assert_no_error (error);
  scratch_commit (town->db);

  town->keys = g_ptr_array_new_with_free_func (g_free);
  town->ann = host_new ("ann", town_answer, town);
  town->ben = host_new ("ben", town_answer, town);
}

void
town_tear_down (Town       *town,
           gconstpointer  data)
{
  host_free (town->ann);
  host_free (town->ben);
  g_ptr_array_unref (town->keys);
  hall_database_close (town->db);
  hall_desk_free (town->desk);
  g_free (town->token);
}

void
town_let_happen (Town    *town,
            Mishap      mishap,
            const char *on_method)
{
  town->mishap = mishap;
  town->on_method = on_method;
}

static void
copy_desk (const char *from,
           const char *to)
{
  g_autofree char *source = scratch_path (from);
  g_autofree char *target = scratch_path (to);
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (source, &content, &length, NULL));
  g_assert_true (g_file_set_contents (target, content, length, NULL));
}

/* Its database closed, all of it is in one file. */
static void
reopen_desk (Town       *town,
             const char *from,
             const char *to)
{
  g_autofree char   *path = scratch_path ("desk.sqlite");
  g_autoptr (GError) error = NULL;

  hall_database_close (town->db);
  copy_desk (from, to);
  town->db = hall_desk_open (path, &error);
  g_assert_no_error (error);
  scratch_run (town->db, "PRAGMA synchronous = off");
}

void
town_back_up (Town *town)
{
  reopen_desk (town, "desk.sqlite", "backup.sqlite");
}

/* The desk is as it was when it was backed up. */
void
town_restore (Town *town)
{
  reopen_desk (town, "backup.sqlite", "desk.sqlite");
}

/* Half a year later: the desk has forgotten what is old. */
void
town_prune (Town *town)
{
  g_autoptr (GError) error = NULL;

  scratch_begin (town->db);
  scratch_run (town->db, "UPDATE changes SET made_at = made_at - 180 * 86400000000");
  hall_desk_prune (town->desk, town->db, &error);
  g_assert_no_error (error);
  scratch_commit (town->db);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Every row the desk has, from its own feed. */
char *
town_dump_desk (Town *town)
{
  g_autoptr (HallRequest) request = hall_request_new ("GET", "/v1/changes");
  g_autoptr (HallReply)   reply = town_ask (town, request);
  g_autoptr (GPtrArray)   lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (yyjson_doc)  doc = hall_json_read (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), NULL);
  yyjson_arr_iter         changes = yyjson_arr_iter_with (yyjson_obj_get (yyjson_doc_get_root (doc), "changes"));
  yyjson_val             *change;

  while ((change = yyjson_arr_iter_next (&changes)) != NULL) {
    const char      *kind = yyjson_get_str (yyjson_obj_get (change, "kind"));
    yyjson_val      *row = yyjson_obj_get (change, "row");
    g_autofree char *json = row != NULL ? yyjson_val_write (row, 0, NULL) : NULL;

    if (json != NULL)
      g_ptr_array_add (lines, g_strconcat (kind, " ", json, NULL));
  }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* A quiet network: after a few exchanges everybody has the same, and nobody has anything left to send. */
void
town_assert_converged (Town *town)
{
  g_autofree char *at_desk = NULL;
  Host            *hosts[] = { town->ann, town->ben };

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
      host_sync_well (hosts[i]);

  at_desk = town_dump_desk (town);
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    g_autofree char *rows = host_dump (hosts[i]);
    g_autofree char *bases = host_dump_bases (hosts[i]);
    HallSyncResult   idle;
    g_autoptr (GError) trouble = NULL;

    g_assert_cmpstr (rows, ==, at_desk);
    g_assert_cmpstr (bases, ==, at_desk);
    g_assert_cmpint (scratch_ask (hosts[i]->db, "SELECT count(*) FROM outbox"), ==, 0);

    /* With nothing new, nothing is asked but the session and the news, and nothing is written. */
    trouble = host_sync (hosts[i], &idle);
    g_assert_no_error (trouble);
    g_assert_cmpuint (hosts[i]->n_asked, ==, 2);
    g_assert_cmpuint (idle.received + idle.sent + idle.parked + idle.conflicts, ==, 0);
  }
}

/* The chat that most tests begin with, on the desk and in both libraries. */
HallChat *
town_share_chat (Town    *town,
            const char *slug)
{
  g_autoptr (HallChat) chat = scratch_chat (town->ann->account->parent.id, slug);

  host_save (town->ann, chat);
  host_sync_well (town->ann);
  host_sync_well (town->ben);

  return host_get (town->ben, &hall_chat_kind, chat->parent.id);
}

void
town_sign_up (Town    *town,
         const char *slug,
         const char *form)
{
  g_autofree char        *path = g_strconcat ("/e/", slug, NULL);
  g_autoptr (HallRequest) request = hall_request_new ("POST", path);
  g_autoptr (HallReply)   reply = NULL;

  hall_headers_set (request->headers, "Content-Type", "application/x-www-form-urlencoded");
  request->body = g_bytes_new (form, strlen (form));
  request->peer = g_strdup ("127.0.0.1");
  reply = town_ask (town, request);
  g_assert_cmpuint (reply->status, ==, 303);
}
