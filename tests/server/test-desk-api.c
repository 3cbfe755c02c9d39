/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who may use the API, how often, by which methods, and what is told of the desk. */
#define _GNU_SOURCE /* memmem */

#include "desk-fixture.h"

#include "format/hall-problem-types.h"

#include <string.h>

static HallReply *
send_as (DeskFixture *fixture,
         const char  *method,
         const char  *path,
         const char  *authorization)
{
  HallRequest *request = desk_fixture_request (fixture, method, path, NULL);

  hall_headers_set (request->headers, "Authorization", authorization);

  return desk_fixture_send (fixture, request);
}

static void
test_session (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HallReply)  first = desk_fixture_get (fixture, "/v1/session");
  g_autoptr (HallReply)  second = desk_fixture_get (fixture, "/v1/session");
  g_autoptr (yyjson_doc) doc = reply_json (first);
  g_autoptr (yyjson_doc) again = reply_json (second);
  yyjson_val            *root = yyjson_doc_get_root (doc);
  yyjson_val            *limits = yyjson_obj_get (root, "limits");
  const char            *epoch = yyjson_get_str (yyjson_obj_get (root, "epoch"));

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpstr (reply_header (first, "Cache-Control"), ==, "no-store");
  g_assert_cmpstr (reply_header (first, "X-Content-Type-Options"), ==, "nosniff");
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (root, "service")), ==, "hallwayd");
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (root, "name")), ==, "laptop");
  g_assert_cmpstr (yyjson_get_str (yyjson_arr_get_first (yyjson_obj_get (root, "scopes"))), ==, "host");
  g_assert_cmpint (yyjson_get_int (yyjson_obj_get (root, "schema")), ==, 1);
  g_assert_cmpint (yyjson_get_int (yyjson_obj_get (limits, "page")), ==, 500);
  g_assert_cmpint (yyjson_get_int (yyjson_obj_get (limits, "body")), ==, 1048576);
  g_assert_cmpint (yyjson_get_int (yyjson_obj_get (limits, "rate")), ==, 12000);
  g_assert_cmpint (yyjson_get_int (yyjson_obj_get (limits, "batch")), ==, 100);
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (root, "public_url")), ==, "https://chats.example.org");
  g_assert_true (hall_id_is_valid (epoch));
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (again), "epoch")), ==, epoch);
}

static void
test_strangers (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *cut = g_strdup_printf ("Bearer %.*s", (int) strlen (fixture->token) - 1, fixture->token);
  g_autofree char *longer = g_strdup_printf ("Bearer %sA", fixture->token);
  g_autofree char *basic = g_strdup_printf ("Basic %s", fixture->token);
  g_autofree char *lower = g_strdup_printf ("bearer  %s", fixture->token);
  const char      *bad[] = { NULL, "", "Bearer", "Bearer ", "Bearer nonsense", cut, longer, basic };
  const char      *paths[] = { "/v1/session", "/v1/changes", ("/v1/chats/" CHAT_ID), "/v1/nothing", "/v1" };
  g_autoptr (HallReply) welcome = send_as (fixture, "GET", "/v1/session", lower);

  g_assert_cmpuint (welcome->status, ==, 200);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (guint j = 0; j < G_N_ELEMENTS (paths); j++) {
      g_autoptr (HallReply) reply = send_as (fixture, "GET", paths[j], bad[i]);

      assert_problem (reply, 401, HALL_PROBLEM_UNAUTHORIZED);
      g_assert_cmpstr (reply_header (reply, "WWW-Authenticate"), ==, "Bearer");
    }
}

/* The token stands nowhere in the file, and a second of the same name is not made. */
static void
test_tokens (DeskFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *other = NULL;
  g_autofree char   *twin = NULL;
  g_autofree char   *content = NULL;
  gsize              length;

  g_assert_true (hall_database_begin (fixture->db, NULL));
  other = hall_desk_add_token (fixture->desk, fixture->db, "telephone", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (other, !=, fixture->token);
  g_assert_cmpuint (strlen (other), ==, strlen ("hallway_") + 43);

  twin = hall_desk_add_token (fixture->desk, fixture->db, "telephone", &error);
  g_assert_null (twin);
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS);
  g_clear_error (&error);

  twin = hall_desk_add_token (fixture->desk, fixture->db, "two\nlines", &error);
  g_assert_null (twin);
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  g_assert_true (hall_database_commit (fixture->db, NULL));

  desk_fixture_reopen (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  g_assert_null (memmem (content, length, other, strlen (other)));
  g_assert_nonnull (memmem (content, length, "telephone", strlen ("telephone")));
}

static void
test_methods (DeskFixture   *fixture,
              gconstpointer  data)
{
  static const struct { const char *path; const char *allowed; } cases[] = {
    { "/v1/session",       "GET, HEAD, OPTIONS" },
    { "/v1/changes",       "GET, HEAD, OPTIONS" },
    { "/v1/snapshot",      "GET, HEAD, OPTIONS" },
    { "/v1/batch",         "POST, OPTIONS" },
    { "/v1/erasures",      "POST, OPTIONS" },
    { "/v1/chats/" CHAT_ID, "GET, HEAD, PUT, PATCH, DELETE, OPTIONS" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HallReply) posted = desk_fixture_send (fixture, desk_fixture_request (fixture, "TRACE", cases[i].path, "{}"));
    g_autoptr (HallReply) asked = desk_fixture_send (fixture, desk_fixture_request (fixture, "OPTIONS", cases[i].path, NULL));

    assert_problem (posted, 405, HALL_PROBLEM_METHOD);
    g_assert_cmpstr (reply_header (posted, "Allow"), ==, cases[i].allowed);
    g_assert_cmpuint (asked->status, ==, 204);
    g_assert_cmpstr (reply_header (asked, "Allow"), ==, cases[i].allowed);
  }
}

static void
test_head (DeskFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr (HallReply) got = NULL;
  g_autoptr (HallReply) head = NULL;
  g_autofree char      *length = NULL;

  desk_fixture_add_chat (fixture, NULL);
  got = desk_fixture_get (fixture, "/v1/chats/" CHAT_ID);
  head = desk_fixture_send (fixture, desk_fixture_request (fixture, "HEAD", "/v1/chats/" CHAT_ID, NULL));

  length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (got->body));
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_null (head->body);
  g_assert_cmpstr (reply_header (head, "Content-Length"), ==, length);
  g_assert_cmpstr (reply_header (head, "ETag"), ==, reply_header (got, "ETag"));
}

static void
test_no_such_path (DeskFixture   *fixture,
                   gconstpointer  data)
{
  static const char *const paths[] = {
    "/v1", "/v1/", "/v1/chats", "/v1/chats/", "/v1/chats/x", "/v1/chats/" CHAT_ID "/x", "/v1/chats/" CHAT_ID "/",
    "/v1/tokens/" CHAT_ID, "/v1/accounts/" CHAT_ID, "/v1//" CHAT_ID, "/v1/chat/" CHAT_ID, "/v1/session/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (HallReply) reply = desk_fixture_get (fixture, paths[i]);

    assert_problem (reply, 404, HALL_PROBLEM_NOT_FOUND);
  }
}

static void
test_too_many (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (HallReply) later = NULL;
  guint                 status = 200;
  guint                 n = 0;

  while (status == 200 && n < 100000) {
    g_autoptr (HallReply) reply = desk_fixture_get (fixture, "/v1/session");

    status = reply->status;
    n++;
    if (status != 200) {
      assert_problem (reply, 429, HALL_PROBLEM_TOO_MANY);
      g_assert_cmpstr (reply_header (reply, "Retry-After"), ==, "1");
    }
  }
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpuint (n, >, 10000);

  fixture->now += G_USEC_PER_SEC;
  later = desk_fixture_get (fixture, "/v1/session");
  g_assert_cmpuint (later->status, ==, 200);
}

static void
test_refusals (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (HallRequest) api = hall_request_new ("PUT", "/v1/chats/x");
  g_autoptr (HallRequest) page = hall_request_new ("POST", "/e/x");
  g_autoptr (HallReply)   api_broken = hall_desk_refuse (fixture->desk, api, 500);
  g_autoptr (HallReply)   page_broken = hall_desk_refuse (fixture->desk, page, 500);
  g_autoptr (HallReply)   api_large = hall_desk_refuse (fixture->desk, api, 413);
  g_autoptr (HallReply)   api_headers = hall_desk_refuse (fixture->desk, api, 431);
  g_autoptr (HallReply)   page_large = hall_desk_refuse (fixture->desk, page, 431);
  g_autoptr (HallReply)   api_slow = hall_desk_refuse (fixture->desk, api, 408);
  g_autoptr (HallReply)   page_slow = hall_desk_refuse (fixture->desk, page, 408);
  g_autoptr (HallReply)   page_full = hall_desk_refuse (fixture->desk, page, 507);

  assert_problem (api_broken, 500, HALL_PROBLEM_BROKEN);
  assert_problem (api_large, 413, HALL_PROBLEM_TOO_LARGE);
  assert_problem (api_headers, 431, HALL_PROBLEM_LARGE_HEADERS);
  assert_problem (api_slow, 408, HALL_PROBLEM_TOO_SLOW);
  assert_reply_says (page_broken, 500, "Nothing was changed.");
  assert_reply_says (page_large, 431, "Nothing was changed.");
  assert_reply_says (page_slow, 408, "Nothing was changed.");
  assert_reply_says (page_full, 507, "Nothing was changed.");
}

static void
limit_pages (DeskFixture *fixture,
             gint64       n)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, n);

  g_assert_cmpint (hall_database_get_int (fixture->db, NULL, pragma, ""), ==, n);
}

/* A disk without room says so, loses nothing, still tells what there is, and takes the same write when there is room. */
static void
test_full_disk (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char        *text = g_strnfill (500000, 'x');
  g_autofree char        *json = NULL;
  g_autoptr (HallRequest) request = NULL;
  g_autoptr (HallReply)   refused = NULL;
  g_autoptr (HallReply)   still = NULL;
  g_autoptr (HallReply)   gone = NULL;
  g_autoptr (HallReply)   taken = NULL;
  g_autoptr (GError)      error = NULL;
  HallRequest            *again;
  gint64                  n;

  desk_fixture_add_chat (fixture, NULL);
  n = hall_database_get_int (fixture->db, NULL, "SELECT count(*) FROM changes", "");
  json = g_strdup_printf ("{\"id\":\"01900000-0000-7000-8000-00000000b001\",\"file_name\":\"a.markdown\","
                          "\"status\":\"draft\",\"text\":\"%s\"}", text);
  request = desk_fixture_request (fixture, "PUT", "/v1/posts/01900000-0000-7000-8000-00000000b001", json);
  hall_headers_set (request->headers, "If-None-Match", "*");
  hall_headers_set (request->headers, "Idempotency-Key", "long");

  limit_pages (fixture, hall_database_get_int (fixture->db, NULL, "PRAGMA page_count", "") + 4);
  g_assert_true (hall_database_begin (fixture->db, NULL));
  refused = hall_desk_answer (fixture->desk, fixture->db, request, &error);
  g_assert_null (refused);
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL);
  hall_database_rollback (fixture->db);
  refused = hall_desk_fail (fixture->desk, request, error);
  assert_problem (refused, 507, HALL_PROBLEM_FULL);

  still = desk_fixture_get (fixture, "/v1/chats/" CHAT_ID);
  g_assert_cmpuint (still->status, ==, 200);
  gone = desk_fixture_get (fixture, "/v1/posts/01900000-0000-7000-8000-00000000b001");
  assert_problem (gone, 404, HALL_PROBLEM_NOT_FOUND);
  g_assert_cmpint (hall_database_get_int (fixture->db, NULL, "SELECT count(*) FROM changes", ""), ==, n);

  limit_pages (fixture, 100000);
  again = desk_fixture_request (fixture, "PUT", "/v1/posts/01900000-0000-7000-8000-00000000b001", json);
  hall_headers_set (again->headers, "If-None-Match", "*");
  hall_headers_set (again->headers, "Idempotency-Key", "long");
  taken = desk_fixture_send (fixture, again);
  g_assert_cmpuint (taken->status, ==, 201);
}

/* What the database says when it fails is for the caller, who rolls back; the desk makes no reply of it. */
static void
test_broken_database (DeskFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (HallReply) reply = NULL;
  g_autoptr (HallRequest) request = desk_fixture_request (fixture, "GET", "/", NULL);

  g_assert_true (hall_database_begin (fixture->db, NULL));
  g_assert_true (hall_database_script (fixture->db, "DROP TABLE questions; DROP TABLE attendees; DROP TABLE guests; DROP TABLE chats", NULL));
  reply = hall_desk_answer (fixture->desk, fixture->db, request, &error);
  g_assert_null (reply);
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  hall_database_rollback (fixture->db);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-api/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("session", test_session);
  ADD ("strangers", test_strangers);
  ADD ("tokens", test_tokens);
  ADD ("methods", test_methods);
  ADD ("head", test_head);
  ADD ("no-such-path", test_no_such_path);
  ADD ("too-many", test_too_many);
  ADD ("refusals", test_refusals);
  ADD ("full-disk", test_full_disk);
  ADD ("broken-database", test_broken_database);

  return g_test_run ();
}
