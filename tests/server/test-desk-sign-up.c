/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signing up on the public pages: who gets in, what is said of faults, and that nobody learns of others. */
#include "desk-fixture.h"

#include <string.h>

#define ADA "name=Ada+Lovelace&address=ada%40example.org&question="

static HallReply *
visit (DeskFixture *fixture,
       const char  *target)
{
  HallRequest *request = desk_fixture_request (fixture, "GET", target, NULL);

  hall_headers_set (request->headers, "Authorization", NULL);

  return desk_fixture_send (fixture, request);
}

static gint64
count (DeskFixture *fixture,
       const char  *what)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *sql = g_strconcat ("SELECT count(*) FROM ", what, NULL);
  gint64             n = hall_database_get_int (fixture->db, &error, sql, "");

  g_assert_no_error (error);
  return n;
}

static void
assert_sends_to (HallReply  *reply,
                 const char *location)
{
  g_assert_cmpuint (reply->status, ==, 303);
  g_assert_cmpstr (reply_header (reply, "Location"), ==, location);
}

static void
assert_says_not (HallReply  *reply,
                 const char *text)
{
  g_autofree char *body = reply_text (reply);

  if (strstr (body, text) != NULL)
    g_error ("“%s” is in: %s", text, body);
}

static void
test_sign_up (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HallReply) taken = NULL;
  g_autoptr (HallReply) thanks = NULL;
  g_autoptr (HallReply) feed = NULL;

  desk_fixture_add_chat (fixture, NULL);
  taken = desk_fixture_post (fixture, "/e/pycon",
                             "name=+Ada%09Lovelace+&address=+Ada%40Example.org+&question=%D0%A7%D1%82%D0%BE+%F0%9F%8E%99%3F%0D%0A%0D%0AWhy%3F%0D%0A");
  assert_sends_to (taken, "/e/pycon/done?place=going");

  thanks = visit (fixture, "/e/pycon/done?place=going");
  assert_reply_says (thanks, 200, "You are signed up");
  assert_reply_says (thanks, 200, "Live from Day 1");
  assert_says_not (thanks, "Ada");

  feed = desk_fixture_get (fixture, "/v1/changes");
  assert_reply_says (feed, 200, "\"name\":\"Ada Lovelace\",\"address\":\"Ada@Example.org\",\"address_key\":\"ada@example.org\","
                                "\"status\":\"going\",\"attended\":false,\"signed_up_at\":\"2016-05-23T10:00:00Z\"");
  assert_reply_says (feed, 200, "\"name\":\"Ada Lovelace\",\"text\":\"Что 🎙?\\n\\nWhy?\",\"status\":\"open\",\"asked_at\":\"2016-05-23T10:00:00Z\"");
}

/* A second sign-up of one address adds at most a question, and its reply is the first one's to the letter. */
static void
test_sign_up_twice (DeskFixture   *fixture,
                    gconstpointer  data)
{
  g_autoptr (HallReply) first = NULL;
  g_autoptr (HallReply) second = NULL;
  g_autoptr (HallReply) third = NULL;
  g_autoptr (HallReply) feed = NULL;

  desk_fixture_add_chat (fixture, NULL);
  first = desk_fixture_post (fixture, "/e/pycon", ADA "Why%3F");
  second = desk_fixture_post (fixture, "/e/pycon", "name=Mallory&address=ADA%40EXAMPLE.ORG&question=Why%3F");
  g_assert_cmpint (count (fixture, "attendees"), ==, 1);
  g_assert_cmpint (count (fixture, "questions"), ==, 1);
  g_assert_cmpint (count (fixture, "changes"), ==, 3);

  third = desk_fixture_post (fixture, "/e/pycon", "name=Mallory&address=ADA%40EXAMPLE.ORG&question=Another");
  g_assert_cmpint (count (fixture, "attendees"), ==, 1);
  g_assert_cmpint (count (fixture, "questions"), ==, 2);

  assert_sends_to (first, "/e/pycon/done?place=going");
  assert_sends_to (second, reply_header (first, "Location"));
  assert_sends_to (third, reply_header (first, "Location"));
  g_assert_cmpuint (hall_headers_count (second->headers), ==, hall_headers_count (first->headers));

  feed = desk_fixture_get (fixture, "/v1/changes");
  assert_says_not (feed, "Mallory");
}

static void
test_waitlist (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (HallReply) ada = NULL;
  g_autoptr (HallReply) bob = NULL;
  g_autoptr (HallReply) ada_again = NULL;
  g_autoptr (HallReply) page = NULL;
  g_autoptr (HallReply) row = NULL;
  g_autoptr (HallReply) raised = NULL;
  g_autoptr (HallReply) eve = NULL;

  desk_fixture_add_chat (fixture, ",\"capacity\":1");
  ada = desk_fixture_post (fixture, "/e/pycon", ADA);
  assert_sends_to (ada, "/e/pycon/done?place=going");

  page = visit (fixture, "/e/pycon");
  assert_reply_says (page, 200, "All seats are taken.");
  bob = desk_fixture_post (fixture, "/e/pycon", "name=Bob&address=bob%40example.org");
  assert_sends_to (bob, "/e/pycon/done?place=waitlist");

  /* Ada keeps her seat, but whoever types her address learns nothing of it. */
  ada_again = desk_fixture_post (fixture, "/e/pycon", ADA);
  assert_sends_to (ada_again, "/e/pycon/done?place=waitlist");
  g_assert_cmpint (count (fixture, "attendees WHERE status = 'going'"), ==, 1);

  /* A seat more does not let a newcomer past those who wait. */
  row = desk_fixture_get (fixture, "/v1/chats/" CHAT_ID);
  raised = desk_fixture_patch (fixture, "/v1/chats/" CHAT_ID, reply_header (row, "ETag"), "{\"capacity\":2}");
  g_assert_cmpuint (raised->status, ==, 200);
  eve = desk_fixture_post (fixture, "/e/pycon", "name=Eve&address=eve%40example.org");
  assert_sends_to (eve, "/e/pycon/done?place=waitlist");
  g_assert_cmpint (count (fixture, "attendees WHERE status = 'waitlist'"), ==, 2);
}

static void
test_comes_back (DeskFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr (HallReply) first = NULL;
  g_autoptr (HallReply) again = NULL;

  desk_fixture_add_chat (fixture, NULL);
  first = desk_fixture_post (fixture, "/e/pycon", ADA);
  g_assert_true (hall_database_run (fixture->db, NULL, "UPDATE attendees SET status = 'cancelled'", ""));

  again = desk_fixture_post (fixture, "/e/pycon", ADA);
  assert_sends_to (again, "/e/pycon/done?place=going");
  g_assert_cmpint (count (fixture, "attendees WHERE status = 'going'"), ==, 1);
  g_assert_cmpint (count (fixture, "attendees"), ==, 1);
}

static void
test_faults (DeskFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (HallReply) nameless = NULL;
  g_autoptr (HallReply) wrong = NULL;
  g_autoptr (HallReply) empty = NULL;

  desk_fixture_add_chat (fixture, NULL);
  nameless = desk_fixture_post (fixture, "/e/pycon", "name=+%C2%A0&address=ada%40example.org&question=%3C%2Ftextarea%3E+%22why%22");
  assert_reply_says (nameless, 422, "role=\"alert\"");
  assert_reply_says (nameless, 422, "<a href=\"#name\">Enter your name.</a>");
  assert_reply_says (nameless, 422, "value=\"ada@example.org\"");
  assert_reply_says (nameless, 422, "&lt;/textarea&gt; &quot;why&quot;</textarea>");
  assert_reply_says (nameless, 422, "aria-invalid=\"true\" aria-describedby=\"name-fault\"");
  assert_says_not (nameless, "href=\"#address\"");
  g_assert_cmpstr (reply_header (nameless, "Cache-Control"), ==, "no-store");

  wrong = desk_fixture_post (fixture, "/e/pycon", "name=%22%3E%3Cscript%3E&address=%22%3E%3Cscript%3E&question=");
  assert_reply_says (wrong, 422, "<a href=\"#address\">");
  assert_reply_says (wrong, 422, "value=\"&quot;&gt;&lt;script&gt;\"");
  assert_says_not (wrong, "<script>");

  empty = desk_fixture_post (fixture, "/e/pycon", "");
  assert_reply_says (empty, 422, "<a href=\"#name\">");
  assert_reply_says (empty, 422, "<a href=\"#address\">");

  g_assert_cmpint (count (fixture, "attendees"), ==, 0);
}

static void
test_too_long (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autofree char      *letters = g_strnfill (2001, 'x');
  g_autofree char      *form = g_strdup_printf ("name=%.201s&address=a%%40example.org&question=%s", letters, letters);
  g_autoptr (HallReply) reply = NULL;

  desk_fixture_add_chat (fixture, NULL);
  reply = desk_fixture_post (fixture, "/e/pycon", form);
  assert_reply_says (reply, 422, "<a href=\"#name\">Shorten your name to at most 200 characters.</a>");
  assert_reply_says (reply, 422, "<a href=\"#question\">Shorten your question to at most 2000 characters.</a>");
  assert_reply_says (reply, 422, letters);
}

static void
test_unreadable (DeskFixture   *fixture,
                 gconstpointer  data)
{
  HallRequest          *request;
  g_autoptr (HallReply) broken = NULL;
  g_autoptr (HallReply) json = NULL;

  desk_fixture_add_chat (fixture, NULL);
  broken = desk_fixture_post (fixture, "/e/pycon", "name=%ff");
  assert_reply_says (broken, 400, "You are not signed up yet.");

  request = desk_fixture_request (fixture, "POST", "/e/pycon", ADA);
  hall_headers_set (request->headers, "Content-Type", "text/plain");
  json = desk_fixture_send (fixture, request);
  assert_reply_says (json, 400, "You are not signed up yet.");
}

static void
test_cancelled (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (HallReply) page = NULL;
  g_autoptr (HallReply) refused = NULL;

  desk_fixture_add_chat (fixture, NULL);
  g_assert_true (hall_database_run (fixture->db, NULL, "UPDATE chats SET status = 'cancelled'", ""));

  page = visit (fixture, "/e/pycon");
  assert_reply_says (page, 200, "This chat has been cancelled.");
  assert_says_not (page, "<form");
  refused = desk_fixture_post (fixture, "/e/pycon", ADA);
  assert_reply_says (refused, 409, "You are not signed up");
  g_assert_cmpint (count (fixture, "attendees"), ==, 0);
}

/* One that is over still takes sign-ups, for the recording. */
static void
test_over (DeskFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr (HallReply) page = NULL;
  g_autoptr (HallReply) taken = NULL;

  desk_fixture_add_chat (fixture, ",\"recording\":\"https://example.org/watch\"");
  fixture->now += 30 * G_TIME_SPAN_DAY;

  page = visit (fixture, "/e/pycon");
  assert_reply_says (page, 200, "This chat is over.");
  assert_reply_says (page, 200, "href=\"https://example.org/watch\"");
  taken = desk_fixture_post (fixture, "/e/pycon", ADA);
  assert_sends_to (taken, "/e/pycon/done?place=going");
  g_assert_cmpint (count (fixture, "attendees"), ==, 1);
}

static void
test_too_many (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (HallReply) refused = NULL;
  g_autoptr (HallReply) neighbour = NULL;
  g_autoptr (HallReply) later = NULL;
  g_autoptr (HallReply) reading = NULL;

  desk_fixture_add_chat (fixture, NULL);
  g_set_str (&fixture->peer, "2001:db8:1:2::1");
  for (guint i = 0; i < 30; i++) {
    g_autofree char      *form = g_strdup_printf ("name=A&address=a%u%%40example.org", i);
    g_autoptr (HallReply) reply = desk_fixture_post (fixture, "/e/pycon", form);

    g_assert_cmpuint (reply->status, ==, 303);
  }

  /* Another address of the same network is the same visitor; what was typed is not lost. */
  g_set_str (&fixture->peer, "2001:db8:1:2:ffff::1");
  refused = desk_fixture_post (fixture, "/e/pycon", ADA "Why%3F");
  assert_reply_says (refused, 429, "value=\"Ada Lovelace\"");
  assert_reply_says (refused, 429, "Why?</textarea>");
  g_assert_nonnull (reply_header (refused, "Retry-After"));
  reading = visit (fixture, "/e/pycon");
  g_assert_cmpuint (reading->status, ==, 200);

  g_set_str (&fixture->peer, "2001:db8:1:3::1");
  neighbour = desk_fixture_post (fixture, "/e/pycon", ADA);
  g_assert_cmpuint (neighbour->status, ==, 303);

  g_set_str (&fixture->peer, "2001:db8:1:2::1");
  fixture->now += 10 * G_USEC_PER_SEC;
  later = desk_fixture_post (fixture, "/e/pycon", "name=B&address=b%40example.org");
  g_assert_cmpuint (later->status, ==, 303);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-sign-up/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("sign-up", test_sign_up);
  ADD ("sign-up-twice", test_sign_up_twice);
  ADD ("waitlist", test_waitlist);
  ADD ("comes-back", test_comes_back);
  ADD ("faults", test_faults);
  ADD ("too-long", test_too_long);
  ADD ("unreadable", test_unreadable);
  ADD ("cancelled", test_cancelled);
  ADD ("over", test_over);
  ADD ("too-many", test_too_many);

  return g_test_run ();
}
