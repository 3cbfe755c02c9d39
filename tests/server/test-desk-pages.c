/* SPDX-License-Identifier: GPL-3.0-or-later
 * The public pages: what they show, and what they keep to themselves. */
#include "desk-fixture.h"

#include <string.h>

#define GUEST_ID "01900000-0000-7000-8000-000000000002"
#define OTHER_ID "01900000-0000-7000-8000-000000000003"

static HallReply *
visit (DeskFixture *fixture,
       const char  *target)
{
  HallRequest *request = desk_fixture_request (fixture, "GET", target, NULL);

  hall_headers_set (request->headers, "Authorization", NULL);

  return desk_fixture_send (fixture, request);
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
test_empty_schedule (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (HallReply) reply = visit (fixture, "/");

  assert_reply_says (reply, 200, "Nothing is planned right now.");
  assert_reply_says (reply, 200, "<html lang=\"en\">");
  assert_reply_says (reply, 200, "<title>Live chats</title>");
  g_assert_cmpstr (reply_header (reply, "Content-Type"), ==, "text/html; charset=utf-8");
}

static void
test_schedule (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (HallReply) before = NULL;
  g_autoptr (HallReply) during = NULL;
  g_autoptr (HallReply) after = NULL;

  desk_fixture_add_chat (fixture, ",\"recording\":\"https://example.org/watch?a=1&b=2\",\"summary\":\"First <b>part</b>.\\n\\nSecond part.\"");

  before = visit (fixture, "/");
  assert_reply_says (before, 200, "Upcoming");
  assert_reply_says (before, 200, "<time datetime=\"2016-05-30T22:30:00Z\">");
  assert_reply_says (before, 200, "Monday 30 May 2016");
  assert_reply_says (before, 200, "3:30 pm PDT");
  assert_reply_says (before, 200, "22:30 UTC");
  assert_reply_says (before, 200, "href=\"/e/pycon\"");
  assert_reply_says (before, 200, "First &lt;b&gt;part&lt;/b&gt;.");
  assert_says_not (before, "Second part");
  assert_says_not (before, "Past");
  assert_says_not (before, "Watch the recording");

  fixture->now = G_GINT64_CONSTANT (1464647400) * G_USEC_PER_SEC + 59 * G_TIME_SPAN_MINUTE;
  during = visit (fixture, "/");
  assert_reply_says (during, 200, "On now");
  assert_says_not (during, "Past");

  fixture->now += G_TIME_SPAN_MINUTE;
  after = visit (fixture, "/");
  assert_reply_says (after, 200, "Past");
  assert_reply_says (after, 200, "href=\"https://example.org/watch?a=1&amp;b=2\"");
  assert_reply_says (after, 200, "Nothing is planned right now.");
}

static void
test_times (DeskFixture   *fixture,
            gconstpointer  data)
{
  static const struct { const char *wall; const char *zone; int fold; const char *clock; const char *utc; const char *machine; } cases[] = {
    { "2016-05-30T15:30", "America/Los_Angeles", 0, "3:30 pm PDT",          "22:30 UTC</span>",            "2016-05-30T22:30:00Z" },
    { "2016-06-02T23:00", "America/Los_Angeles", 0, "11:00 pm PDT",         "06:00 UTC on Friday</span>",  "2016-06-03T06:00:00Z" },
    { "2016-06-02T01:00", "Asia/Dubai",          0, "1:00 am, Dubai time",  "21:00 UTC on Wednesday</span>", "2016-06-01T21:00:00Z" },
    { "2016-11-06T01:30", "America/New_York",    0, "1:30 am EDT",          "05:30 UTC</span>",            "2016-11-06T05:30:00Z" },
    { "2016-11-06T01:30", "America/New_York",    1, "1:30 am EST",          "06:30 UTC</span>",            "2016-11-06T06:30:00Z" },
    { "2016-06-02T12:00", "UTC",                 0, "12:00 pm UTC",         NULL,                          "2016-06-02T12:00:00Z" },
  };

  desk_fixture_add_chat (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HallReply) row = desk_fixture_get (fixture, "/v1/chats/" CHAT_ID);
    g_autoptr (HallReply) changed = NULL;
    g_autoptr (HallReply) page = NULL;
    g_autofree char      *json = g_strdup_printf ("{\"wall\":\"%s\",\"zone\":\"%s\",\"fold\":%d}", cases[i].wall, cases[i].zone, cases[i].fold);

    changed = desk_fixture_patch (fixture, "/v1/chats/" CHAT_ID, reply_header (row, "ETag"), json);
    g_assert_cmpuint (changed->status, ==, 200);
    page = visit (fixture, "/e/pycon");
    assert_reply_says (page, 200, cases[i].clock);
    assert_reply_says (page, 200, cases[i].machine);
    if (cases[i].utc != NULL)
      assert_reply_says (page, 200, cases[i].utc);
    assert_reply_says (page, 200, "1 hour</span>");
  }
}

static void
test_chat (DeskFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr (HallReply) row = NULL;
  g_autoptr (HallReply) renamed = NULL;
  g_autoptr (HallReply) guest = NULL;
  g_autoptr (HallReply) invited = NULL;
  g_autoptr (HallReply) page = NULL;

  desk_fixture_add_chat (fixture, ",\"summary\":\"One.\\r\\nTwo.\\n\\n\\nThree.\"");
  row = desk_fixture_get (fixture, "/v1/chats/" CHAT_ID);
  renamed = desk_fixture_patch (fixture, "/v1/chats/" CHAT_ID, reply_header (row, "ETag"),
                                "{\"title\":\"<script>alert('x')</script> \\\"quoted\\\"\"}");
  g_assert_cmpuint (renamed->status, ==, 200);
  guest = desk_fixture_put (fixture, "/v1/guests/" GUEST_ID,
                            "{\"id\":\"" GUEST_ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"Grace <Hopper>\",\"pronouns\":\"she/her\","
                            "\"address\":\"grace@example.org\",\"bio\":\"Compilers.\",\"status\":\"confirmed\"}");
  invited = desk_fixture_put (fixture, "/v1/guests/" OTHER_ID,
                              "{\"id\":\"" OTHER_ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"Not yet asked\",\"status\":\"invited\"}");
  g_assert_cmpuint (guest->status, ==, 201);
  g_assert_cmpuint (invited->status, ==, 201);

  page = visit (fixture, "/e/pycon");
  assert_reply_says (page, 200, "<h1>&lt;script&gt;alert(&apos;x&apos;)&lt;/script&gt; &quot;quoted&quot;</h1>");
  assert_reply_says (page, 200, "<p>One.<br>\nTwo.</p>\n<p>Three.</p>");
  assert_reply_says (page, 200, "Grace &lt;Hopper&gt;");
  assert_says_not (page, "grace@example.org");
  assert_says_not (page, "Not yet asked");
  assert_says_not (page, "<script");

  assert_reply_says (page, 200, "<form method=\"post\" action=\"/e/pycon\" novalidate>");
  assert_reply_says (page, 200, "<label for=\"name\">");
  assert_reply_says (page, 200, "<label for=\"address\">");
  assert_reply_says (page, 200, "<label for=\"question\">");
  assert_reply_says (page, 200, "autocomplete=\"name\"");
  assert_reply_says (page, 200, "autocomplete=\"email\"");
}

static void
test_headers (DeskFixture   *fixture,
              gconstpointer  data)
{
  static const char *const targets[] = { "/", "/e/pycon", "/e/pycon/done?place=going", "/e/nothing", "/nothing" };

  desk_fixture_add_chat (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (HallReply) reply = visit (fixture, targets[i]);

    g_assert_cmpstr (reply_header (reply, "Content-Security-Policy"), ==,
                     "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    g_assert_cmpstr (reply_header (reply, "Referrer-Policy"), ==, "no-referrer");
    g_assert_cmpstr (reply_header (reply, "X-Content-Type-Options"), ==, "nosniff");
    g_assert_nonnull (reply_header (reply, "Cache-Control"));
    g_assert_null (reply_header (reply, "Set-Cookie"));
  }
}

static void
test_assets (DeskFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (HallReply) style = visit (fixture, "/style.css?v=1");
  g_autoptr (HallReply) icon = visit (fixture, "/icon.svg");
  g_autoptr (HallReply) schema = visit (fixture, "/schema/001.sql");

  assert_reply_says (style, 200, "prefers-color-scheme: dark");
  g_assert_cmpstr (reply_header (style, "Content-Type"), ==, "text/css; charset=utf-8");
  assert_reply_says (icon, 200, "<svg");
  g_assert_cmpuint (schema->status, ==, 404);
}

static void
test_no_such_page (DeskFixture   *fixture,
                   gconstpointer  data)
{
  static const char *const targets[] = { "/x", "/e/", "/e", "/e/nothing", "/e/nothing/done", "/e/py%63on", "/e/a/b", "/e/../x", "//" };

  desk_fixture_add_chat (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (HallReply) reply = visit (fixture, targets[i]);

    assert_reply_says (reply, 404, "href=\"/\"");
  }
}

static void
test_mistyped_address (DeskFixture   *fixture,
                       gconstpointer  data)
{
  g_autoptr (HallReply) capital = visit (fixture, "/e/PyCon");
  g_autoptr (HallReply) slash = visit (fixture, "/e/pycon/");

  g_assert_cmpuint (capital->status, ==, 301);
  g_assert_cmpstr (reply_header (capital, "Location"), ==, "/e/pycon");
  g_assert_cmpuint (slash->status, ==, 301);
  g_assert_cmpstr (reply_header (slash, "Location"), ==, "/e/pycon");
}

static void
test_methods (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HallReply) put = desk_fixture_send (fixture, desk_fixture_request (fixture, "PUT", "/e/pycon", "x"));
  g_autoptr (HallReply) post = desk_fixture_post (fixture, "/", "x");
  g_autoptr (HallReply) options = desk_fixture_send (fixture, desk_fixture_request (fixture, "OPTIONS", "/e/pycon", NULL));
  g_autoptr (HallReply) head = desk_fixture_send (fixture, desk_fixture_request (fixture, "HEAD", "/", NULL));

  g_assert_cmpuint (put->status, ==, 405);
  g_assert_cmpstr (reply_header (put, "Allow"), ==, "GET, HEAD, POST, OPTIONS");
  g_assert_cmpuint (post->status, ==, 405);
  g_assert_cmpuint (options->status, ==, 204);
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_null (head->body);
}

/* Behind a proxy the desk may live in a folder of a larger site. */
static void
test_prefix (DeskFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (HallReply) schedule = NULL;
  g_autoptr (HallReply) page = NULL;
  g_autoptr (HallReply) taken = NULL;

  desk_fixture_add_chat (fixture, NULL);
  hall_desk_free (fixture->desk);
  fixture->desk = hall_desk_new ("https://example.org/talks/", &fixture->clock, &fixture->random);

  schedule = visit (fixture, "/");
  assert_reply_says (schedule, 200, "href=\"/talks/e/pycon\"");
  assert_reply_says (schedule, 200, "href=\"/talks/style.css?v=");
  page = visit (fixture, "/e/pycon");
  assert_reply_says (page, 200, "action=\"/talks/e/pycon\"");
  taken = desk_fixture_post (fixture, "/e/pycon", "name=Ada&address=ada%40example.org");
  g_assert_cmpuint (taken->status, ==, 303);
  g_assert_cmpstr (reply_header (taken, "Location"), ==, "/talks/e/pycon/done?place=going");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-pages/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("empty-schedule", test_empty_schedule);
  ADD ("schedule", test_schedule);
  ADD ("times", test_times);
  ADD ("chat", test_chat);
  ADD ("headers", test_headers);
  ADD ("assets", test_assets);
  ADD ("no-such-page", test_no_such_page);
  ADD ("mistyped-address", test_mistyped_address);
  ADD ("methods", test_methods);
  ADD ("prefix", test_prefix);

  return g_test_run ();
}
