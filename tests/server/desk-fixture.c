/* SPDX-License-Identifier: GPL-3.0-or-later
 * Setting up a desk for a test and asking it. */
#include "desk-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static gint64
tell_time (gpointer data)
{
  return ((DeskFixture *) data)->now;
}

/* SplitMix64: the same bytes in each run. */
static void
roll (guint8   *bytes,
      gsize     length,
      gpointer  data)
{
  DeskFixture *fixture = data;

  for (gsize i = 0; i < length; i++) {
    guint64 z = (fixture->dice += 0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    bytes[i] = (z ^ (z >> 27)) >> 32;
  }
}

static void
open_database (DeskFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->db = hall_desk_open (fixture->path, &error);
  g_assert_no_error (error);
}

void
desk_fixture_set_up (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("hallway-desk-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "desk.sqlite", NULL);
  fixture->now = FIXTURE_NOW;
  fixture->clock = (HallClock) { tell_time, fixture };
  fixture->random = (HallRandom) { roll, fixture };
  fixture->peer = g_strdup ("192.0.2.7");
  fixture->desk = hall_desk_new ("https://chats.example.org/", &fixture->clock, &fixture->random);
  fixture->description = api_description_new (api_description_load ());
  fixture->complaints = g_ptr_array_new_with_free_func (g_free);
  open_database (fixture);

  g_assert_true (hall_database_begin (fixture->db, &error));
  fixture->token = hall_desk_add_token (fixture->desk, fixture->db, "laptop", &error);
  g_assert_no_error (error);
  g_assert_true (hall_database_commit (fixture->db, &error));
}

void
desk_fixture_tear_down (DeskFixture   *fixture,
                        gconstpointer  data)
{
  g_autoptr (GDir) folder = NULL;
  const char      *name;

  hall_desk_free (fixture->desk);
  hall_database_close (fixture->db);

  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (fixture->folder);

  api_description_free (fixture->description);
  g_ptr_array_unref (fixture->complaints);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->token);
  g_free (fixture->peer);
}

void
desk_fixture_reopen (DeskFixture *fixture)
{
  hall_database_close (fixture->db);
  open_database (fixture);
}

/* With the token, as a client would; @target is a path and perhaps a query. */
HallRequest *
desk_fixture_request (DeskFixture *fixture,
                      const char  *method,
                      const char  *target,
                      const char  *body)
{
  g_auto (GStrv)   parts = g_strsplit (target, "?", 2);
  g_autofree char *bearer = g_strconcat ("Bearer ", fixture->token, NULL);
  HallRequest     *request = hall_request_new (method, parts[0]);

  request->query = g_strdup (parts[1]);
  request->peer = g_strdup (fixture->peer);
  if (body != NULL)
    request->body = g_bytes_new (body, strlen (body));
  hall_headers_set (request->headers, "Authorization", bearer);

  return request;
}

/* Takes @request. A transaction of its own, as the server does it. */
HallReply *
desk_fixture_send (DeskFixture *fixture,
                   HallRequest *request)
{
  g_autoptr (GError) error = NULL;
  HallReply         *reply;

  g_assert_true (hall_database_begin (fixture->db, &error));
  reply = hall_desk_answer (fixture->desk, fixture->db, request, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reply);
  g_assert_true (hall_database_commit (fixture->db, &error));
  desk_fixture_hear (fixture, request, reply);

  return reply;
}

/* Takes @request. What the API answers is as its description says, whatever a test is about. */
void
desk_fixture_hear (DeskFixture *fixture,
                   HallRequest *request,
                   HallReply   *reply)
{
  if (!fixture->is_strange && (strcmp (request->path, "/v1") == 0 || g_str_has_prefix (request->path, "/v1/")))
    api_description_check (fixture->description, request, reply, fixture->complaints);
  if (fixture->complaints->len > 0)
    g_error ("%s", (const char *) g_ptr_array_index (fixture->complaints, 0));

  hall_request_free (request);
}

HallReply *
desk_fixture_get (DeskFixture *fixture,
                  const char  *target)
{
  return desk_fixture_send (fixture, desk_fixture_request (fixture, "GET", target, NULL));
}

static void
draw_key (DeskFixture *fixture,
          HallRequest *request)
{
  g_autofree char *key = g_strdup_printf ("key-%u", ++fixture->keys);

  hall_headers_set (request->headers, "Idempotency-Key", key);
}

HallReply *
desk_fixture_put (DeskFixture *fixture,
                  const char  *path,
                  const char  *json)
{
  HallRequest *request = desk_fixture_request (fixture, "PUT", path, json);

  hall_headers_set (request->headers, "If-None-Match", "*");
  draw_key (fixture, request);

  return desk_fixture_send (fixture, request);
}

HallReply *
desk_fixture_patch (DeskFixture *fixture,
                    const char  *path,
                    const char  *etag,
                    const char  *json)
{
  HallRequest *request = desk_fixture_request (fixture, "PATCH", path, json);

  hall_headers_set (request->headers, "If-Match", etag);
  draw_key (fixture, request);

  return desk_fixture_send (fixture, request);
}

HallReply *
desk_fixture_delete (DeskFixture *fixture,
                     const char  *path,
                     const char  *etag)
{
  HallRequest *request = desk_fixture_request (fixture, "DELETE", path, NULL);

  hall_headers_set (request->headers, "If-Match", etag);
  draw_key (fixture, request);

  return desk_fixture_send (fixture, request);
}

/* As a browser does it: without a token. */
HallReply *
desk_fixture_post (DeskFixture *fixture,
                   const char  *path,
                   const char  *form)
{
  HallRequest *request = desk_fixture_request (fixture, "POST", path, form);

  hall_headers_set (request->headers, "Authorization", NULL);
  hall_headers_set (request->headers, "Content-Type", "application/x-www-form-urlencoded");

  return desk_fixture_send (fixture, request);
}

/* The chat CHAT_ID with the slug "pycon"; @more is further members or others in place of these, with a comma before. */
void
desk_fixture_add_chat (DeskFixture *fixture,
                       const char  *more)
{
  g_autofree char *json = NULL;
  g_autoptr (HallReply) reply = NULL;

  json = g_strdup_printf ("{\"id\":\"" CHAT_ID "\",\"title\":\"Live from Day 1\",\"slug\":\"pycon\","
                          "\"wall\":\"2016-05-30T15:30\",\"zone\":\"America/Los_Angeles\",\"duration\":60,"
                          "\"status\":\"scheduled\"%s}", more != NULL ? more : "");
  reply = desk_fixture_put (fixture, "/v1/chats/" CHAT_ID, json);
  g_assert_cmpuint (reply->status, ==, 201);
}

const char *
reply_header (HallReply  *reply,
              const char *name)
{
  return hall_headers_get (reply->headers, name);
}

char *
reply_text (HallReply *reply)
{
  if (reply->body == NULL)
    return g_strdup ("");

  return g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
}

yyjson_doc *
reply_json (HallReply *reply)
{
  g_autoptr (GError) error = NULL;
  yyjson_doc        *doc;

  g_assert_nonnull (reply->body);
  doc = hall_json_read (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), &error);
  g_assert_no_error (error);

  return doc;
}

void
assert_reply_says (HallReply  *reply,
                   guint       status,
                   const char *text)
{
  g_autofree char *body = reply_text (reply);

  g_assert_cmpuint (reply->status, ==, status);
  if (strstr (body, text) == NULL)
    g_error ("“%s” is not in: %s", text, body);
}

void
assert_problem (HallReply  *reply,
                guint       status,
                const char *type)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val            *root;

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (reply_header (reply, "Content-Type"), ==, "application/problem+json");
  doc = reply_json (reply);
  root = yyjson_doc_get_root (doc);
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (root, "type")), ==, type);
  g_assert_cmpuint (yyjson_get_uint (yyjson_obj_get (root, "status")), ==, status);
}
