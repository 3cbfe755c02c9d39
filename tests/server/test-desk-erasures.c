/* SPDX-License-Identifier: GPL-3.0-or-later
 * Erasing a person: nothing of theirs is left in the desk's file, and nothing of anybody else's is lost. */
#define _GNU_SOURCE /* memmem */

#include "desk-fixture.h"

#include "format/hall-problem-types.h"

#include <string.h>

#define CHAT "/v1/chats/" CHAT_ID
#define ADA_ID "01900000-0000-7000-8000-00000000a001"
#define BOB_ID "01900000-0000-7000-8000-00000000a002"
#define ADA "/v1/attendees/" ADA_ID
#define BOB "/v1/attendees/" BOB_ID
#define QUESTION_ID "01900000-0000-7000-8000-00000000c001"
#define QUESTION "/v1/questions/" QUESTION_ID

#define ROW(id, name, address) \
  "{\"id\":\"" id "\",\"chat\":\"" CHAT_ID "\",\"name\":\"" name "\",\"address\":\"" address "\",\"address_key\":\"x\",\"status\":\"going\"}"

static HallReply *
erase (DeskFixture *fixture,
       const char  *key,
       const char  *body)
{
  HallRequest *request = desk_fixture_request (fixture, "POST", "/v1/erasures", body);

  hall_headers_set (request->headers, "Idempotency-Key", key);

  return desk_fixture_send (fixture, request);
}

/* As a client whose reply was lost. */
static HallReply *
create_ada (DeskFixture *fixture)
{
  HallRequest *request = desk_fixture_request (fixture, "PUT", ADA, ROW (ADA_ID, "Lovelace", "Ada@Example.org"));

  hall_headers_set (request->headers, "If-None-Match", "*");
  hall_headers_set (request->headers, "Idempotency-Key", "ada");

  return desk_fixture_send (fixture, request);
}

/* Ada with a question that was changed, and Bob with one. */
static void
set_up_people (DeskFixture *fixture)
{
  g_autoptr (HallReply) ada = NULL;
  g_autoptr (HallReply) bob = NULL;
  g_autoptr (HallReply) asked = NULL;
  g_autoptr (HallReply) answered = NULL;
  g_autoptr (HallReply) by_form = NULL;

  desk_fixture_add_chat (fixture, NULL);
  ada = create_ada (fixture);
  g_assert_cmpuint (ada->status, ==, 201);
  bob = desk_fixture_put (fixture, BOB, ROW (BOB_ID, "Bob", "bob@example.org"));
  g_assert_cmpuint (bob->status, ==, 201);
  asked = desk_fixture_put (fixture, QUESTION, "{\"id\":\"" QUESTION_ID "\",\"chat\":\"" CHAT_ID "\",\"attendee\":\"" ADA_ID "\","
                                               "\"name\":\"Lovelace\",\"text\":\"Is it true of me?\",\"status\":\"open\"}");
  g_assert_cmpuint (asked->status, ==, 201);
  answered = desk_fixture_patch (fixture, QUESTION, reply_header (asked, "ETag"), "{\"status\":\"answered\"}");
  g_assert_cmpuint (answered->status, ==, 200);
  by_form = desk_fixture_post (fixture, "/e/pycon", "name=x&address=bob%40example.org&question=Where%3F");
  g_assert_cmpuint (by_form->status, ==, 303);
}

static gint64
count (DeskFixture *fixture,
       const char  *what)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", what, NULL);
  gint64           n = hall_database_get_int (fixture->db, NULL, sql, "");

  g_assert_cmpint (n, >=, 0);
  return n;
}

static void
assert_not_in_file (DeskFixture *fixture)
{
  static const char *const words[] = { "Lovelace", "ada@example", "Ada@Example", "true of me" };
  g_autofree char         *content = NULL;
  gsize                    length;

  desk_fixture_reopen (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (memmem (content, length, words[i], strlen (words[i])) != NULL)
      g_error ("“%s” is still in the file", words[i]);
  g_assert_nonnull (memmem (content, length, "bob@example.org", strlen ("bob@example.org")));
}

static void
test_erased (DeskFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (HallReply) first = NULL;
  g_autoptr (HallReply) again = NULL;
  g_autoptr (HallReply) replayed = NULL;
  g_autoptr (HallReply) feed = NULL;
  g_autoptr (HallReply) bob = NULL;
  gint64                n_changes, n_answers;

  set_up_people (fixture);
  n_changes = count (fixture, "changes");
  n_answers = count (fixture, "answers");

  first = erase (fixture, "erase", "{\"address\":\" ADA@example.org \"}");
  g_assert_cmpuint (first->status, ==, 204);
  assert_not_in_file (fixture);
  g_assert_cmpint (count (fixture, "changes"), ==, n_changes + 2);
  g_assert_cmpint (count (fixture, "answers"), ==, n_answers);

  /* Others are told, the question before its attendee, and who asks again is told the same. */
  feed = desk_fixture_get (fixture, "/v1/changes");
  assert_reply_says (feed, 200, "{\"kind\":\"question\",\"id\":\"" QUESTION_ID "\"");
  assert_reply_says (feed, 200, "\"deleted\":true,\"erased\":true},{\"kind\":\"attendee\",\"id\":\"" ADA_ID "\"");
  again = erase (fixture, "erase", "{\"address\":\"ada@example.org\"}");
  g_assert_cmpuint (again->status, ==, 204);
  g_assert_cmpint (count (fixture, "changes"), ==, n_changes + 2);

  /* A sign-up that is sent once more does not bring them back. */
  replayed = create_ada (fixture);
  assert_problem (replayed, 412, HALL_PROBLEM_STALE);
  assert_reply_says (replayed, 412, "\"deleted\":true");
  assert_not_in_file (fixture);

  bob = desk_fixture_get (fixture, BOB);
  assert_reply_says (bob, 200, "bob@example.org");
  g_assert_cmpint (count (fixture, "questions"), ==, 1);
}

/* Who was deleted before lives on in answers for thirty days. */
static void
test_deleted_before (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (HallReply) row = NULL;
  g_autoptr (HallReply) question = NULL;
  g_autoptr (HallReply) asked = NULL;
  g_autoptr (HallReply) deleted = NULL;
  g_autoptr (HallReply) erased = NULL;
  g_autoptr (HallReply) feed = NULL;

  set_up_people (fixture);
  question = desk_fixture_get (fixture, QUESTION);
  asked = desk_fixture_delete (fixture, QUESTION, reply_header (question, "ETag"));
  g_assert_cmpuint (asked->status, ==, 204);
  row = desk_fixture_get (fixture, ADA);
  deleted = desk_fixture_delete (fixture, ADA, reply_header (row, "ETag"));
  g_assert_cmpuint (deleted->status, ==, 204);

  erased = erase (fixture, "erase", "{\"address\":\"ada@example.org\"}");
  g_assert_cmpuint (erased->status, ==, 204);
  assert_not_in_file (fixture);
  feed = desk_fixture_get (fixture, "/v1/changes");
  assert_reply_says (feed, 200, "\"erased\":true");
}

static void
test_refused (DeskFixture   *fixture,
              gconstpointer  data)
{
  static const struct { const char *key; const char *body; guint status; const char *type; } cases[] = {
    { NULL, "{\"address\":\"ada@example.org\"}",   400, HALL_PROBLEM_BAD_REQUEST },
    { "a",  NULL,                                  400, HALL_PROBLEM_BAD_REQUEST },
    { "a",  "{\"address\":",                       400, HALL_PROBLEM_BAD_REQUEST },
    { "a",  "{}",                                  422, HALL_PROBLEM_INVALID },
    { "a",  "{\"address\":[\"ada@example.org\"]}", 422, HALL_PROBLEM_INVALID },
    { "a",  "{\"address\":\"%\"}",                 422, HALL_PROBLEM_INVALID },
  };
  g_autoptr (HallReply) door = NULL;

  set_up_people (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HallReply) reply = erase (fixture, cases[i].key, cases[i].body);

    assert_problem (reply, cases[i].status, cases[i].type);
  }

  g_assert_true (hall_database_run (fixture->db, NULL, "UPDATE tokens SET scopes = 'check-in'", ""));
  door = erase (fixture, "a", "{\"address\":\"ada@example.org\"}");
  assert_problem (door, 403, HALL_PROBLEM_FORBIDDEN);
  g_assert_cmpint (count (fixture, "attendees"), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-erasures/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("erased", test_erased);
  ADD ("deleted-before", test_deleted_before);
  ADD ("refused", test_refused);

  return g_test_run ();
}
