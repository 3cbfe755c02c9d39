/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making, reading, changing and deleting rows over the API. */
#include "desk-fixture.h"

#include "format/hall-problem-types.h"

#include <string.h>

#define CHAT "/v1/chats/" CHAT_ID
#define GUEST_ID "01900000-0000-7000-8000-000000000002"
#define ADA_ID "01900000-0000-7000-8000-000000000003"
#define BOB_ID "01900000-0000-7000-8000-000000000004"
#define QUESTION_ID "01900000-0000-7000-8000-000000000005"
#define OTHER_ID "01900000-0000-7000-8000-000000000006"
#define SERIES_ID "01900000-0000-7000-8000-000000000007"

#define ADA "{\"id\":\"" ADA_ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"Ada\",\"address\":\"Ada@Example.org\"," \
            "\"address_key\":\"ada@example.org\",\"status\":\"going\"}"

static char *
etag_of (DeskFixture *fixture,
         const char  *path)
{
  g_autoptr (HallReply) reply = desk_fixture_get (fixture, path);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (reply_header (reply, "ETag"));
}

static void
put_ok (DeskFixture *fixture,
        const char  *path,
        const char  *json)
{
  g_autoptr (HallReply) reply = desk_fixture_put (fixture, path, json);

  g_assert_cmpuint (reply->status, ==, 201);
}

static void
test_round (DeskFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (HallReply) made = NULL;
  g_autoptr (HallReply) got = NULL;
  g_autoptr (HallReply) changed = NULL;
  g_autoptr (HallReply) gone = NULL;
  g_autoptr (HallReply) nothing = NULL;
  g_autofree char      *made_text = NULL;
  g_autofree char      *got_text = NULL;

  fixture->is_strange = TRUE;
  made = desk_fixture_put (fixture, CHAT,
                           "{\"id\":\"" CHAT_ID "\",\"title\":\"Живой эфир 🎙\",\"slug\":\"live\",\"wall\":\"2016-05-30T15:30\","
                           "\"zone\":\"America/Los_Angeles\",\"status\":\"scheduled\",\"sign_up_url\":\"https://evil.example\","
                           "\"from_the_future\":[1]}");
  fixture->is_strange = FALSE;
  g_assert_cmpuint (made->status, ==, 201);
  g_assert_cmpstr (reply_header (made, "Content-Type"), ==, "application/json");
  g_assert_cmpuint (strlen (reply_header (made, "ETag")), ==, 18);
  assert_reply_says (made, 201, "\"sign_up_url\":\"https://chats.example.org/e/live\"");
  assert_reply_says (made, 201, "Живой эфир 🎙");

  got = desk_fixture_get (fixture, CHAT);
  made_text = reply_text (made);
  got_text = reply_text (got);
  g_assert_cmpstr (got_text, ==, made_text);
  g_assert_cmpstr (reply_header (got, "ETag"), ==, reply_header (made, "ETag"));

  changed = desk_fixture_patch (fixture, CHAT, reply_header (made, "ETag"), "{\"title\":\"Renamed\",\"capacity\":5}");
  assert_reply_says (changed, 200, "\"title\":\"Renamed\"");
  assert_reply_says (changed, 200, "\"slug\":\"live\"");
  g_assert_cmpstr (reply_header (changed, "ETag"), !=, reply_header (made, "ETag"));

  gone = desk_fixture_delete (fixture, CHAT, reply_header (changed, "ETag"));
  g_assert_cmpuint (gone->status, ==, 204);
  g_assert_null (gone->body);

  nothing = desk_fixture_get (fixture, CHAT);
  assert_problem (nothing, 404, HALL_PROBLEM_NOT_FOUND);
}

static void
test_every_kind (DeskFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr (HallReply) post = NULL;
  g_autoptr (HallReply) person = NULL;

  desk_fixture_add_chat (fixture, NULL);
  put_ok (fixture, "/v1/series/" SERIES_ID,
          "{\"id\":\"" SERIES_ID "\",\"title\":\"Weekly\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\"}");
  put_ok (fixture, "/v1/guests/" GUEST_ID,
          "{\"id\":\"" GUEST_ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"Grace\",\"status\":\"confirmed\"}");
  put_ok (fixture, "/v1/attendees/" ADA_ID, ADA);
  put_ok (fixture, "/v1/questions/" QUESTION_ID,
          "{\"id\":\"" QUESTION_ID "\",\"chat\":\"" CHAT_ID "\",\"attendee\":\"" ADA_ID "\",\"text\":\"Why?\",\"status\":\"open\"}");
  put_ok (fixture, "/v1/posts/" OTHER_ID,
          "{\"id\":\"" OTHER_ID "\",\"file_name\":\"a.markdown\",\"text\":\"---\\r\\ntitle: x\\r\\n---\\r\\n\\u0007\",\"status\":\"draft\"}");

  post = desk_fixture_get (fixture, "/v1/posts/" OTHER_ID);
  assert_reply_says (post, 200, "\"text\":\"---\\r\\ntitle: x\\r\\n---\\r\\n\\u0007\"");

  /* What never leaves a host's machine is no resource. */
  person = desk_fixture_get (fixture, "/v1/people/" OTHER_ID);
  assert_problem (person, 404, HALL_PROBLEM_NOT_FOUND);
}

static void
test_preconditions (DeskFixture   *fixture,
                    gconstpointer  data)
{
  HallRequest          *request;
  g_autoptr (HallReply) bare_put = NULL;
  g_autoptr (HallReply) bare_patch = NULL;
  g_autoptr (HallReply) any_patch = NULL;
  g_autoptr (HallReply) stale = NULL;
  g_autoptr (HallReply) stale_delete = NULL;
  g_autoptr (HallReply) never = NULL;
  g_autoptr (HallReply) no_key = NULL;
  g_autofree char      *etag = NULL;
  g_autofree char      *mark = NULL;

  desk_fixture_add_chat (fixture, NULL);
  etag = etag_of (fixture, CHAT);

  request = desk_fixture_request (fixture, "PUT", CHAT, "{}");
  hall_headers_set (request->headers, "Idempotency-Key", "a");
  bare_put = desk_fixture_send (fixture, request);
  assert_problem (bare_put, 428, HALL_PROBLEM_PRECONDITION);

  request = desk_fixture_request (fixture, "PATCH", CHAT, "{}");
  hall_headers_set (request->headers, "Idempotency-Key", "b");
  bare_patch = desk_fixture_send (fixture, request);
  assert_problem (bare_patch, 428, HALL_PROBLEM_PRECONDITION);

  any_patch = desk_fixture_patch (fixture, CHAT, "*", "{\"title\":\"x\"}");
  assert_problem (any_patch, 428, HALL_PROBLEM_PRECONDITION);

  request = desk_fixture_request (fixture, "DELETE", CHAT, NULL);
  hall_headers_set (request->headers, "If-Match", etag);
  no_key = desk_fixture_send (fixture, request);
  assert_problem (no_key, 400, HALL_PROBLEM_BAD_REQUEST);

  stale = desk_fixture_patch (fixture, CHAT, "\"0123456789abcdef\"", "{\"title\":\"x\"}");
  assert_problem (stale, 412, HALL_PROBLEM_STALE);
  assert_reply_says (stale, 412, "\"current\":{\"id\":\"" CHAT_ID "\"");
  mark = g_strdup_printf ("\"mark\":%s", etag);
  assert_reply_says (stale, 412, mark);

  stale_delete = desk_fixture_delete (fixture, CHAT, "\"0123456789abcdef\"");
  assert_problem (stale_delete, 412, HALL_PROBLEM_STALE);

  never = desk_fixture_patch (fixture, "/v1/chats/" OTHER_ID, etag, "{\"title\":\"x\"}");
  assert_problem (never, 404, HALL_PROBLEM_NOT_FOUND);
}

static void
test_deleted (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HallReply) gone = NULL;
  g_autoptr (HallReply) again = NULL;
  g_autoptr (HallReply) patch = NULL;
  g_autofree char      *etag = NULL;

  desk_fixture_add_chat (fixture, NULL);
  etag = etag_of (fixture, CHAT);

  gone = desk_fixture_delete (fixture, CHAT, etag);
  g_assert_cmpuint (gone->status, ==, 204);

  /* With another key, so that it is no replay. */
  again = desk_fixture_delete (fixture, CHAT, etag);
  g_assert_cmpuint (again->status, ==, 204);

  patch = desk_fixture_patch (fixture, CHAT, etag, "{\"title\":\"x\"}");
  assert_problem (patch, 412, HALL_PROBLEM_STALE);
  assert_reply_says (patch, 412, "\"deleted\":true");

  /* A host who makes it anew brings it back, and its slug is free. */
  desk_fixture_add_chat (fixture, NULL);
}

static void
test_same_again (DeskFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr (HallReply) same = NULL;
  g_autoptr (HallReply) other = NULL;
  g_autoptr (HallReply) change = NULL;
  g_autoptr (HallReply) late = NULL;
  g_autofree char      *etag = NULL;

  desk_fixture_add_chat (fixture, NULL);
  put_ok (fixture, "/v1/attendees/" ADA_ID, ADA);
  etag = etag_of (fixture, "/v1/attendees/" ADA_ID);

  /* Both with keys of their own: the answer kept for the first is not what makes this work. */
  fixture->now += G_USEC_PER_SEC;
  same = desk_fixture_put (fixture, "/v1/attendees/" ADA_ID, ADA);
  g_assert_cmpuint (same->status, ==, 200);
  g_assert_cmpstr (reply_header (same, "ETag"), ==, etag);

  other = desk_fixture_put (fixture, "/v1/attendees/" ADA_ID,
                            "{\"id\":\"" ADA_ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"Someone else\",\"address\":\"ada@example.org\","
                            "\"address_key\":\"ada@example.org\",\"status\":\"going\"}");
  assert_problem (other, 412, HALL_PROBLEM_STALE);
  assert_reply_says (other, 412, "\"name\":\"Ada\"");

  change = desk_fixture_patch (fixture, "/v1/attendees/" ADA_ID, etag, "{\"attended\":true}");
  g_assert_cmpuint (change->status, ==, 200);

  late = desk_fixture_patch (fixture, "/v1/attendees/" ADA_ID, etag, "{\"attended\":true}");
  g_assert_cmpuint (late->status, ==, 200);
  g_assert_cmpstr (reply_header (late, "ETag"), ==, reply_header (change, "ETag"));
}

static void
test_replay (DeskFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (HallReply) first = NULL;
  g_autoptr (HallReply) meanwhile = NULL;
  g_autoptr (HallReply) replayed = NULL;
  g_autoptr (HallReply) abused = NULL;
  g_autoptr (HallReply) row = NULL;
  g_autofree char      *etag = NULL;
  g_autofree char      *first_text = NULL;
  g_autofree char      *replayed_text = NULL;
  HallRequest          *request;

  desk_fixture_add_chat (fixture, NULL);
  etag = etag_of (fixture, CHAT);

  for (int i = 0; i < 2; i++) {
    request = desk_fixture_request (fixture, "PATCH", CHAT, "{\"title\":\"First\"}");
    hall_headers_set (request->headers, "If-Match", etag);
    hall_headers_set (request->headers, "Idempotency-Key", "operation");

    if (i == 0) {
      first = desk_fixture_send (fixture, request);
      meanwhile = desk_fixture_patch (fixture, CHAT, reply_header (first, "ETag"), "{\"title\":\"Second\"}");
      g_assert_cmpuint (meanwhile->status, ==, 200);
      desk_fixture_reopen (fixture);
    } else {
      replayed = desk_fixture_send (fixture, request);
    }
  }

  first_text = reply_text (first);
  replayed_text = reply_text (replayed);
  g_assert_cmpuint (replayed->status, ==, 200);
  g_assert_cmpstr (replayed_text, ==, first_text);
  g_assert_cmpstr (reply_header (replayed, "ETag"), ==, reply_header (first, "ETag"));
  row = desk_fixture_get (fixture, CHAT);
  assert_reply_says (row, 200, "\"title\":\"Second\"");

  request = desk_fixture_request (fixture, "PATCH", CHAT, "{\"title\":\"Another body\"}");
  hall_headers_set (request->headers, "If-Match", reply_header (row, "ETag"));
  hall_headers_set (request->headers, "Idempotency-Key", "operation");
  abused = desk_fixture_send (fixture, request);
  assert_problem (abused, 422, HALL_PROBLEM_KEY_REUSED);
}

static void
test_unique (DeskFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (HallReply) slug = NULL;
  g_autoptr (HallReply) address = NULL;
  g_autoptr (HallReply) patch = NULL;
  g_autoptr (HallReply) id = NULL;
  g_autofree char      *etag = NULL;

  desk_fixture_add_chat (fixture, NULL);
  slug = desk_fixture_put (fixture, "/v1/chats/" OTHER_ID,
                           "{\"id\":\"" OTHER_ID "\",\"title\":\"x\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\","
                           "\"status\":\"scheduled\"}");
  assert_problem (slug, 409, HALL_PROBLEM_SLUG_TAKEN);

  put_ok (fixture, "/v1/attendees/" ADA_ID, ADA);
  address = desk_fixture_put (fixture, "/v1/attendees/" BOB_ID,
                              "{\"id\":\"" BOB_ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"Bob\",\"address\":\" ADA@EXAMPLE.ORG\","
                              "\"address_key\":\"made up\",\"status\":\"going\"}");
  assert_problem (address, 409, HALL_PROBLEM_ATTENDEE_EXISTS);
  assert_reply_says (address, 409, "\"current\":{\"id\":\"" ADA_ID "\"");
  assert_reply_says (address, 409, "\"mark\":\"");

  put_ok (fixture, "/v1/attendees/" BOB_ID,
          "{\"id\":\"" BOB_ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"Bob\",\"address\":\"bob@example.org\","
          "\"address_key\":\"x\",\"status\":\"going\"}");
  etag = etag_of (fixture, "/v1/attendees/" BOB_ID);
  patch = desk_fixture_patch (fixture, "/v1/attendees/" BOB_ID, etag, "{\"address\":\"ada@example.org\"}");
  assert_problem (patch, 409, HALL_PROBLEM_ATTENDEE_EXISTS);

  id = desk_fixture_put (fixture, "/v1/posts/" ADA_ID,
                         "{\"id\":\"" ADA_ID "\",\"file_name\":\"a.markdown\",\"status\":\"draft\"}");
  assert_problem (id, 409, HALL_PROBLEM_ID_TAKEN);
}

static void
test_parents (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HallReply) orphan = NULL;
  g_autoptr (HallReply) moved = NULL;
  g_autoptr (HallReply) crossed = NULL;
  g_autofree char      *etag = NULL;

  orphan = desk_fixture_put (fixture, "/v1/attendees/" ADA_ID, ADA);
  assert_problem (orphan, 424, HALL_PROBLEM_PARENT_MISSING);

  desk_fixture_add_chat (fixture, NULL);
  put_ok (fixture, "/v1/chats/" OTHER_ID,
          "{\"id\":\"" OTHER_ID "\",\"title\":\"x\",\"slug\":\"other\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\","
          "\"status\":\"scheduled\"}");
  put_ok (fixture, "/v1/attendees/" ADA_ID, ADA);
  etag = etag_of (fixture, "/v1/attendees/" ADA_ID);

  moved = desk_fixture_patch (fixture, "/v1/attendees/" ADA_ID, etag, "{\"chat\":\"" OTHER_ID "\"}");
  assert_problem (moved, 422, HALL_PROBLEM_INVALID);
  assert_reply_says (moved, 422, "\"pointer\":\"/chat\"");

  crossed = desk_fixture_put (fixture, "/v1/questions/" QUESTION_ID,
                              "{\"id\":\"" QUESTION_ID "\",\"chat\":\"" OTHER_ID "\",\"attendee\":\"" ADA_ID "\",\"text\":\"?\",\"status\":\"open\"}");
  assert_problem (crossed, 422, HALL_PROBLEM_INVALID);
  assert_reply_says (crossed, 422, "\"pointer\":\"/attendee\"");
}

static void
test_children_go_along (DeskFixture   *fixture,
                        gconstpointer  data)
{
  static const char *const paths[] = {
    "/v1/attendees/" ADA_ID, "/v1/questions/" QUESTION_ID, "/v1/guests/" GUEST_ID,
  };
  g_autoptr (HallReply) gone = NULL;
  g_autoptr (HallReply) question = NULL;
  g_autoptr (HallReply) chat_gone = NULL;
  g_autofree char      *etag = NULL;
  g_autofree char      *asked = NULL;
  g_autofree char      *chat = NULL;

  test_every_kind (fixture, NULL);

  asked = etag_of (fixture, "/v1/questions/" QUESTION_ID);
  etag = etag_of (fixture, "/v1/attendees/" ADA_ID);
  gone = desk_fixture_delete (fixture, "/v1/attendees/" ADA_ID, etag);
  g_assert_cmpuint (gone->status, ==, 204);
  question = desk_fixture_get (fixture, "/v1/questions/" QUESTION_ID);
  assert_reply_says (question, 200, "\"attendee\":null");
  g_assert_cmpstr (reply_header (question, "ETag"), !=, asked);

  put_ok (fixture, "/v1/attendees/" ADA_ID, ADA);
  chat = etag_of (fixture, CHAT);
  chat_gone = desk_fixture_delete (fixture, CHAT, chat);
  g_assert_cmpuint (chat_gone->status, ==, 204);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (HallReply) child = desk_fixture_get (fixture, paths[i]);
    g_autoptr (HallReply) patch = desk_fixture_patch (fixture, paths[i], "\"0123456789abcdef\"", "{}");

    g_assert_cmpuint (child->status, ==, 404);
    assert_reply_says (patch, 412, "\"deleted\":true");
  }
}

static void
test_series_lets_go (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (HallReply) gone = NULL;
  g_autoptr (HallReply) chat = NULL;
  g_autofree char      *etag = NULL;

  put_ok (fixture, "/v1/series/" SERIES_ID,
          "{\"id\":\"" SERIES_ID "\",\"title\":\"Weekly\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\"}");
  desk_fixture_add_chat (fixture, ",\"series\":\"" SERIES_ID "\"");
  etag = etag_of (fixture, "/v1/series/" SERIES_ID);

  gone = desk_fixture_delete (fixture, "/v1/series/" SERIES_ID, etag);
  g_assert_cmpuint (gone->status, ==, 204);
  chat = desk_fixture_get (fixture, CHAT);
  assert_reply_says (chat, 200, "\"series\":null");
}

static void
test_waitlist (DeskFixture   *fixture,
               gconstpointer  data)
{
  static const char    *const bob = "{\"id\":\"" BOB_ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"Bob\",\"address\":\"bob@example.org\","
                                    "\"address_key\":\"bob@example.org\",\"status\":\"going\"}";
  g_autoptr (HallReply) made = NULL;
  g_autoptr (HallReply) again = NULL;
  g_autoptr (HallReply) over = NULL;

  desk_fixture_add_chat (fixture, ",\"capacity\":1");
  put_ok (fixture, "/v1/attendees/" ADA_ID, ADA);

  made = desk_fixture_put (fixture, "/v1/attendees/" BOB_ID, bob);
  assert_reply_says (made, 201, "\"status\":\"waitlist\"");

  again = desk_fixture_put (fixture, "/v1/attendees/" BOB_ID, bob);
  assert_reply_says (again, 200, "\"status\":\"waitlist\"");

  /* A host who says so lets them in. */
  over = desk_fixture_patch (fixture, "/v1/attendees/" BOB_ID, reply_header (made, "ETag"), "{\"status\":\"going\"}");
  assert_reply_says (over, 200, "\"status\":\"going\"");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-rows/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("round", test_round);
  ADD ("every-kind", test_every_kind);
  ADD ("preconditions", test_preconditions);
  ADD ("deleted", test_deleted);
  ADD ("same-again", test_same_again);
  ADD ("replay", test_replay);
  ADD ("unique", test_unique);
  ADD ("parents", test_parents);
  ADD ("children-go-along", test_children_go_along);
  ADD ("series-lets-go", test_series_lets_go);
  ADD ("waitlist", test_waitlist);

  return g_test_run ();
}
