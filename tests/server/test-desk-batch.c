/* SPDX-License-Identifier: GPL-3.0-or-later
 * Several writes in one request: each as if it had come alone, and none after one it hangs on was refused. */
#include "desk-fixture.h"

#include "format/hall-problem-types.h"

#include <string.h>

#define CHAT "/v1/chats/" CHAT_ID
#define ADA_ID "01900000-0000-7000-8000-00000000a001"
#define BOB_ID "01900000-0000-7000-8000-00000000a002"
#define QUESTION_ID "01900000-0000-7000-8000-00000000c001"

#define CREATE(plural, id, key, row) \
  "{\"method\":\"PUT\",\"path\":\"/v1/" plural "/" id "\",\"key\":\"" key "\",\"if_none_match\":\"*\",\"body\":{\"id\":\"" id "\"," row "}}"
#define CREATE_CHAT(status) \
  CREATE ("chats", CHAT_ID, "one", "\"title\":\"Live\",\"slug\":\"live\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\",\"status\":\"" status "\"")
#define CREATE_ADA \
  CREATE ("attendees", ADA_ID, "two", "\"chat\":\"" CHAT_ID "\",\"name\":\"Ada\",\"address\":\"ada@example.org\",\"address_key\":\"x\",\"status\":\"going\"")
#define CREATE_QUESTION \
  CREATE ("questions", QUESTION_ID, "three", "\"chat\":\"" CHAT_ID "\",\"attendee\":\"" ADA_ID "\",\"text\":\"Tea?\",\"status\":\"open\"")
#define CREATE_POST \
  CREATE ("posts", BOB_ID, "four", "\"file_name\":\"a.markdown\",\"status\":\"draft\"")

static HallReply *
send_batch (DeskFixture *fixture,
            const char  *operations)
{
  g_autofree char *body = g_strdup_printf ("{\"operations\":[%s]}", operations);

  return desk_fixture_send (fixture, desk_fixture_request (fixture, "POST", "/v1/batch", body));
}

static yyjson_doc *
run_batch (DeskFixture *fixture,
           const char  *operations)
{
  g_autoptr (HallReply) reply = send_batch (fixture, operations);

  g_assert_cmpuint (reply->status, ==, 200);
  return reply_json (reply);
}

static yyjson_val *
answer_at (yyjson_doc *doc,
           gsize       index)
{
  yyjson_val *answer = yyjson_arr_get (yyjson_obj_get (yyjson_doc_get_root (doc), "answers"), index);

  g_assert_nonnull (answer);
  return answer;
}

static void
assert_answer (yyjson_doc *doc,
               gsize       index,
               guint       status,
               const char *type)
{
  yyjson_val *answer = answer_at (doc, index);

  g_assert_cmpuint (yyjson_get_uint (yyjson_obj_get (answer, "status")), ==, status);
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_obj_get (answer, "body"), "type")), ==, type);
}

static gint64
count (DeskFixture *fixture,
       const char  *table)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", table, NULL);

  return hall_database_get_int (fixture->db, NULL, sql, "");
}

/* Parents and children in one go, each with the row and ETag a request of its own would bring. */
static void
test_in_order (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (yyjson_doc) doc = run_batch (fixture, CREATE_CHAT ("scheduled") "," CREATE_ADA "," CREATE_QUESTION "," CREATE_POST);
  g_autoptr (HallReply)  row = desk_fixture_get (fixture, "/v1/attendees/" ADA_ID);
  g_autofree char       *json = reply_text (row);
  g_autofree char       *told = NULL;

  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (yyjson_doc_get_root (doc), "answers")), ==, 4);
  for (gsize i = 0; i < 4; i++)
    assert_answer (doc, i, 201, NULL);

  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (answer_at (doc, 1), "etag")), ==, reply_header (row, "ETag"));
  told = yyjson_val_write (yyjson_obj_get (answer_at (doc, 1), "body"), YYJSON_WRITE_NOFLAG, NULL);
  g_assert_cmpstr (told, ==, json);
}

/* A lost answer: the same batch again, or one of its operations alone, has no second effect. */
static void
test_replayed (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (HallReply)  first = send_batch (fixture, CREATE_CHAT ("scheduled") "," CREATE_ADA);
  g_autoptr (HallReply)  second = NULL;
  g_autoptr (HallReply)  alone = NULL;
  g_autoptr (HallReply)  other = NULL;
  g_autofree char       *first_text = reply_text (first);
  g_autofree char       *second_text = NULL;
  HallRequest           *request;

  second = send_batch (fixture, CREATE_CHAT ("scheduled") "," CREATE_ADA);
  second_text = reply_text (second);
  g_assert_cmpstr (second_text, ==, first_text);
  g_assert_cmpint (count (fixture, "changes"), ==, 2);
  g_assert_cmpint (count (fixture, "answers"), ==, 2);

  request = desk_fixture_request (fixture, "PUT", "/v1/attendees/" ADA_ID,
                                  "{ \"id\":\"" ADA_ID "\", \"chat\":\"" CHAT_ID "\", \"name\":\"Ada\", \"address\":\"ada@example.org\",\n"
                                  "  \"address_key\":\"x\", \"status\":\"going\" }");
  hall_headers_set (request->headers, "If-None-Match", "*");
  hall_headers_set (request->headers, "Idempotency-Key", "two");
  alone = desk_fixture_send (fixture, request);
  g_assert_cmpuint (alone->status, ==, 201);

  other = send_batch (fixture, CREATE ("posts", BOB_ID, "two", "\"file_name\":\"a.markdown\",\"status\":\"draft\""));
  assert_reply_says (other, 200, HALL_PROBLEM_KEY_REUSED);
  g_assert_cmpint (count (fixture, "changes"), ==, 2);
}

/* What hangs on a refused row is not tried, its children's children neither; the rest goes on. */
static void
test_parent_refused (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (yyjson_doc) mended = NULL;

  doc = run_batch (fixture, CREATE_CHAT ("unheard of") "," CREATE_ADA "," CREATE_QUESTION "," CREATE_POST ","
                   "{\"method\":\"DELETE\",\"path\":\"" CHAT "\",\"key\":\"five\",\"if_match\":\"\\\"0123456789abcdef\\\"\"}");
  assert_answer (doc, 0, 422, HALL_PROBLEM_INVALID);
  assert_answer (doc, 1, 424, HALL_PROBLEM_EARLIER_FAILED);
  assert_answer (doc, 2, 424, HALL_PROBLEM_EARLIER_FAILED);
  assert_answer (doc, 3, 201, NULL);
  assert_answer (doc, 4, 424, HALL_PROBLEM_EARLIER_FAILED);
  g_assert_cmpint (count (fixture, "changes"), ==, 1);

  /* Refusals are not kept: mended, the same keys go through. */
  mended = run_batch (fixture, CREATE_CHAT ("scheduled") "," CREATE_ADA "," CREATE_QUESTION "," CREATE_POST);
  for (gsize i = 0; i < 4; i++)
    assert_answer (mended, i, 201, NULL);
  g_assert_cmpint (count (fixture, "changes"), ==, 4);
}

/* The statuses of single requests. */
static void
test_refusals (DeskFixture   *fixture,
               gconstpointer  data)
{
  static const struct { const char *operation; guint status; const char *type; } cases[] = {
    { "{\"method\":\"PATCH\",\"path\":\"" CHAT "\",\"key\":\"a\",\"body\":{\"title\":\"x\"}}", 428, HALL_PROBLEM_PRECONDITION },
    { "{\"method\":\"PATCH\",\"path\":\"" CHAT "\",\"key\":\"a\",\"if_match\":\"\\\"0\\\"\",\"body\":{\"title\":\"x\"}}", 412, HALL_PROBLEM_STALE },
    { "{\"method\":\"PATCH\",\"path\":\"" CHAT "\",\"key\":\"\",\"if_match\":\"\\\"0\\\"\",\"body\":{\"title\":\"x\"}}", 400, HALL_PROBLEM_BAD_REQUEST },
    { "{\"method\":\"GET\",\"path\":\"" CHAT "\",\"key\":\"a\"}", 405, HALL_PROBLEM_METHOD },
    { "{\"method\":\"PUT\",\"path\":\"/v1/batch\",\"key\":\"a\"}", 404, HALL_PROBLEM_NOT_FOUND },
    { "{\"method\":\"PUT\",\"path\":\"/v1/tokens/" ADA_ID "\",\"key\":\"a\"}", 404, HALL_PROBLEM_NOT_FOUND },
    { CREATE ("guests", ADA_ID, "a", "\"chat\":\"" BOB_ID "\",\"name\":\"G\",\"status\":\"invited\""), 424, HALL_PROBLEM_PARENT_MISSING },
  };

  desk_fixture_add_chat (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (yyjson_doc) doc = run_batch (fixture, cases[i].operation);

    assert_answer (doc, 0, cases[i].status, cases[i].type);
    g_assert_true (yyjson_is_null (yyjson_obj_get (answer_at (doc, 0), "etag")));
  }
  g_assert_cmpint (count (fixture, "changes"), ==, 1);
}

static void
test_unreadable (DeskFixture   *fixture,
                 gconstpointer  data)
{
  static const char *const bodies[] = {
    NULL, "", "[]", "{}", "{\"operations\":{}}", "{\"operations\":[1]}", "{\"operations\":[{}]}",
    "{\"operations\":[{\"method\":\"PUT\",\"path\":\"" CHAT "\"}]}",
    "{\"operations\":[{\"method\":\"PUT\",\"path\":1,\"key\":\"a\"}]}",
    "{\"operations\":[{\"method\":\"PUT\",\"path\":\"v1\",\"key\":\"a\"}]}",
    "{\"operations\":[{\"method\":\"PUT\",\"path\":\"\",\"key\":\"a\"}]}",
    "{\"operations\":[{\"method\":\"PUT\",\"path\":\"" CHAT "\",\"key\":\"a\",\"if_match\":1}]}",
    "{\"operations\":[{\"method\":\"PUT\",\"path\":\"" CHAT "\",\"key\":\"a\",\"body\":\"{}\"}]}",
    "{\"operations\":[" CREATE_POST ",{}]}",
  };
  g_autoptr (GString)   many = g_string_new (CREATE_POST);
  g_autoptr (HallReply) full = NULL;
  g_autoptr (HallReply) too_many = NULL;
  g_autoptr (HallReply) none = send_batch (fixture, "");

  assert_reply_says (none, 200, "{\"answers\":[]}");
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (HallReply) reply = desk_fixture_send (fixture, desk_fixture_request (fixture, "POST", "/v1/batch", bodies[i]));

    assert_problem (reply, 400, HALL_PROBLEM_BAD_REQUEST);
  }
  g_assert_cmpint (count (fixture, "posts"), ==, 0);

  for (guint i = 1; i < 100; i++)
    g_string_append (many, "," CREATE_POST);
  full = send_batch (fixture, many->str);
  g_assert_cmpuint (full->status, ==, 200);
  g_assert_cmpint (count (fixture, "changes"), ==, 1);
  g_string_append (many, "," CREATE_POST);
  too_many = send_batch (fixture, many->str);
  assert_problem (too_many, 413, HALL_PROBLEM_TOO_LARGE);
}

/* Small changes of long posts have long answers; those that would make them longer still wait for another batch. */
static void
test_long_answers (DeskFixture   *fixture,
                   gconstpointer  data)
{
  g_autofree char       *text = g_strnfill (900000, 'x');
  g_autoptr (GString)    operations = g_string_new (NULL);
  g_autoptr (yyjson_doc) doc = NULL;

  for (guint i = 0; i < 8; i++) {
    g_autofree char      *path = g_strdup_printf ("/v1/posts/01900000-0000-7000-8000-00000000b%03u", i);
    g_autofree char      *json = g_strdup_printf ("{\"id\":\"%s\",\"file_name\":\"%u.markdown\",\"status\":\"draft\",\"text\":\"%s\"}",
                                                  strrchr (path, '/') + 1, i, text);
    g_autoptr (HallReply) reply = desk_fixture_put (fixture, path, json);
    const char           *etag = reply_header (reply, "ETag");

    g_string_append_printf (operations, "%s{\"method\":\"PATCH\",\"path\":\"%s\",\"key\":\"p%u\",\"if_match\":\"\\\"%.16s\\\"\","
                            "\"body\":{\"status\":\"published\"}}", i > 0 ? "," : "", path, i, etag + 1);
  }

  doc = run_batch (fixture, operations->str);
  for (gsize i = 0; i < 5; i++)
    assert_answer (doc, i, 200, NULL);
  for (gsize i = 5; i < 8; i++)
    assert_answer (doc, i, 429, HALL_PROBLEM_TOO_MANY);
  g_assert_cmpint (hall_database_get_int (fixture->db, NULL, "SELECT count(*) FROM posts WHERE status = 'published'", ""), ==, 5);
}

/* What goes wrong inside one operation undoes all of that one, and nothing of the others. */
static void
test_savepoints (DeskFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr (yyjson_doc) doc = NULL;

  g_assert_true (hall_database_script (fixture->db,
                                       "CREATE TRIGGER refuse BEFORE INSERT ON answers WHEN new.key = 'two' "
                                       "BEGIN SELECT raise (ABORT, 'broken'); END", NULL));
  doc = run_batch (fixture, CREATE_CHAT ("scheduled") "," CREATE_ADA "," CREATE_POST);
  assert_answer (doc, 0, 201, NULL);
  assert_answer (doc, 1, 500, HALL_PROBLEM_BROKEN);
  assert_answer (doc, 2, 201, NULL);
  g_assert_cmpint (count (fixture, "attendees"), ==, 0);
  g_assert_cmpint (count (fixture, "changes"), ==, 2);
  g_assert_cmpint (count (fixture, "answers"), ==, 2);
}

/* No room for one is no room for any. */
static void
test_full_disk (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char         *text = g_strnfill (200000, 'x');
  g_autofree char         *body = NULL;
  g_autoptr (HallRequest)  request = NULL;
  g_autoptr (HallReply)    reply = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *pragma = NULL;

  body = g_strdup_printf ("{\"operations\":[" CREATE_CHAT ("scheduled") ",{\"method\":\"PUT\",\"path\":\"/v1/posts/" BOB_ID "\",\"key\":\"p\","
                          "\"if_none_match\":\"*\",\"body\":{\"id\":\"" BOB_ID "\",\"file_name\":\"a\",\"status\":\"draft\",\"text\":\"%s\"}}]}", text);
  request = desk_fixture_request (fixture, "POST", "/v1/batch", body);
  pragma = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                            hall_database_get_int (fixture->db, NULL, "PRAGMA page_count", "") + 8);
  hall_database_get_int (fixture->db, NULL, pragma, "");

  g_assert_true (hall_database_begin (fixture->db, NULL));
  reply = hall_desk_answer (fixture->desk, fixture->db, request, &error);
  g_assert_null (reply);
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL);
  hall_database_rollback (fixture->db);
  g_assert_cmpint (count (fixture, "changes"), ==, 0);
}

static void
test_scope (DeskFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (yyjson_doc) doc = NULL;

  g_assert_true (hall_database_run (fixture->db, NULL, "UPDATE tokens SET scopes = 'read'", ""));
  doc = run_batch (fixture, CREATE_CHAT ("scheduled"));
  assert_answer (doc, 0, 403, HALL_PROBLEM_FORBIDDEN);
  g_assert_cmpint (count (fixture, "changes"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-batch/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("in-order", test_in_order);
  ADD ("replayed", test_replayed);
  ADD ("parent-refused", test_parent_refused);
  ADD ("refusals", test_refusals);
  ADD ("unreadable", test_unreadable);
  ADD ("long-answers", test_long_answers);
  ADD ("savepoints", test_savepoints);
  ADD ("full-disk", test_full_disk);
  ADD ("scope", test_scope);

  return g_test_run ();
}
