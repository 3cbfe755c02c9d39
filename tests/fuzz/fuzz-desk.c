/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as requests to a desk, one after the other: each gets a reply that is sound, and none an internal error. */
#include "fuzz.h"

#include "desk-fixture.h"

#include <stdlib.h>
#include <string.h>

#define MOST_REQUESTS 6

static DeskFixture *fixture;

static void
set_up (void)
{
  g_autoptr (HallReply) reply = NULL;

  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  fixture = g_new0 (DeskFixture, 1);
  desk_fixture_set_up (fixture, NULL);
  desk_fixture_add_chat (fixture, ",\"capacity\":1");
  reply = desk_fixture_post (fixture, "/e/pycon", "name=Ann&address=ann%40example.org&question=Why%3F");
  g_assert_cmpuint (reply->status, ==, 303);
}

static void
tear_down (void)
{
  desk_fixture_tear_down (fixture, NULL);
  g_free (fixture);
}

/* "METHOD TARGET", a line for each header, an empty line, and the body. A token is added where none is given. */
static HallRequest *
make_request (const char *text,
              gsize       length)
{
  g_autofree char *whole = g_strndup (text, length);
  char            *body = strstr (whole, "\n\n");
  g_auto (GStrv)   lines = NULL;
  g_auto (GStrv)   words = NULL;
  g_auto (GStrv)   target = NULL;
  g_autofree char *path = NULL;
  HallRequest     *request;

  if (body != NULL) {
    *body = '\0';
    body += 2;
  }

  lines = g_strsplit (whole, "\n", 20);
  words = g_strsplit (lines[0] != NULL ? lines[0] : "", " ", 2);
  target = g_strsplit (words[0] != NULL && words[1] != NULL ? words[1] : "/", "?", 2);
  path = g_strconcat (target[0] != NULL && *target[0] == '/' ? "" : "/", target[0], NULL);
  request = hall_request_new (words[0] != NULL && *words[0] != '\0' ? words[0] : "GET", path);
  request->query = target[0] != NULL ? g_strdup (target[1]) : NULL;
  request->peer = g_strdup (fixture->peer);
  if (body != NULL)
    request->body = g_bytes_new (body, strlen (body));

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++) {
    char *colon = strstr (lines[i], ": ");

    if (colon != NULL && colon > lines[i]) {
      *colon = '\0';
      hall_headers_set (request->headers, lines[i], colon + 2);
    }
  }
  if (g_str_has_prefix (path, "/v1") && hall_headers_get (request->headers, "Authorization") == NULL) {
    g_autofree char *bearer = g_strconcat ("Bearer ", fixture->token, NULL);

    hall_headers_set (request->headers, "Authorization", bearer);
  }

  return request;
}

static void
check_reply (const HallReply *reply)
{
  const char *type = hall_headers_get (reply->headers, "Content-Type");
  gsize       size = 0;
  const char *body = reply->body != NULL ? g_bytes_get_data (reply->body, &size) : NULL;

  g_assert_cmpuint (reply->status, >=, 200);
  g_assert_cmpuint (reply->status, !=, 500);
  g_assert_cmpuint (reply->status, <, 600);
  for (guint i = 0; i < hall_headers_count (reply->headers); i++) {
    const char *name, *value;

    hall_headers_nth (reply->headers, i, &name, &value);
    g_assert_null (strpbrk (name, " \t\r\n:"));
    g_assert_null (strpbrk (value, "\r\n"));
  }

  if (size > 0) {
    g_assert_nonnull (type);
    g_assert_true (g_str_has_prefix (type, "text/css") || g_str_has_prefix (type, "image/") ||
                   g_utf8_validate (body, size, NULL));
  }
  if (size > 0 && strstr (type, "json") != NULL) {
    g_autoptr (GError)     error = NULL;
    g_autoptr (yyjson_doc) doc = hall_json_read (body, size, &error);

    g_assert_no_error (error);
  }
}

static void
ask (HallDesk   *desk,
     const char *text,
     gsize       length)
{
  g_autoptr (HallRequest) request = make_request (text, length);
  g_autoptr (GError)      error = NULL;
  g_autoptr (HallReply)   reply = hall_desk_answer (desk, fixture->db, request, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reply);
  check_reply (reply);
}

/* A byte 0 ends a request. The dice fall the same each time, so a request can know the marks that came before it. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (HallDesk) desk = NULL;
  g_autoptr (GError)   error = NULL;
  const char          *text = (const char *) data;
  gint64               orphans;

  if (fixture == NULL) {
    set_up ();
    atexit (tear_down);
  }

  fixture->dice = 1;
  desk = hall_desk_new ("https://chats.example.org/", &fixture->clock, &fixture->random);
  hall_database_begin (fixture->db, &error);
  g_assert_no_error (error);

  for (guint asked = 0; size > 0 && asked < MOST_REQUESTS;) {
    const char *end = memchr (text, '\0', size);
    gsize       length = end != NULL ? (gsize) (end - text) : size;

    if (length > 0) {
      ask (desk, text, length);
      asked++;
    }
    text += MIN (length + 1, size);
    size -= MIN (length + 1, size);
  }

  orphans = hall_database_get_int (fixture->db, &error, "SELECT count(*) FROM pragma_foreign_key_check", "");
  g_assert_no_error (error);
  g_assert_cmpint (orphans, ==, 0);
  hall_database_rollback (fixture->db);

  return 0;
}
