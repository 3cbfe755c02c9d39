/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the desk refuses to take, and where it says the fault lies. */
#include "desk-fixture.h"

#include "format/hall-problem-types.h"

#include <string.h>

#define ID "01900000-0000-7000-8000-0000000000ff"

static void
assert_faulty (DeskFixture *fixture,
               const char  *path,
               const char  *json,
               const char  *pointer)
{
  g_autoptr (HallReply) reply = desk_fixture_put (fixture, path, json);
  g_autofree char      *member = g_strdup_printf ("\"pointer\":\"%s\"", pointer);

  assert_problem (reply, 422, HALL_PROBLEM_INVALID);
  assert_reply_says (reply, 422, member);
}

/* Each is a chat that is good but for the members given last. */
static void
test_chats (DeskFixture   *fixture,
            gconstpointer  data)
{
  static const struct { const char *field; const char *json; } cases[] = {
    { "title",      "\"\"" },
    { "title",      "null" },
    { "title",      "7" },
    { "title",      "\"two\\nlines\"" },
    { "slug",       "\"Has-Capitals\"" },
    { "slug",       "\"with blank\"" },
    { "slug",       "\"-edge\"" },
    { "slug",       "\"täg\"" },
    { "slug",       "\"../etc\"" },
    { "wall",       "\"2016-05-30\"" },
    { "wall",       "\"2016-02-30T15:30\"" },
    { "wall",       "\"2016-05-30T25:30\"" },
    { "wall",       "\"2016- 5-30T 3:30\"" },
    { "wall",       "\"0001-01-01T00:00\"" },
    { "wall",       "\"9999-12-31T23:59\"" },
    { "zone",       "\"Mars/Olympus\"" },
    { "zone",       "\"../../etc/passwd\"" },
    { "status",     "\"maybe\"" },
    { "status",     "\"scheduled|cancelled\"" },
    { "fold",       "2" },
    { "duration",   "-1" },
    { "duration",   "10081" },
    { "duration",   "1.5" },
    { "capacity",   "1000001" },
    { "recording",  "\"javascript:alert(1)\"" },
    { "recording",  "\"data:text/html,x\"" },
    { "recording",  "\"https://\"" },
    { "recording",  "\"//example.org/x\"" },
    { "series",     "\"not an id\"" },
    { "occurrence", "\"soon\"" },
    { "summary",    "\"bell \\u0007\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString)   json = g_string_new ("{\"id\":\"" ID "\"");
    g_autofree char      *pointer = g_strconcat ("/", cases[i].field, NULL);
    static const struct { const char *field; const char *json; } good[] = {
      { "title", "\"x\"" }, { "slug", "\"x\"" }, { "wall", "\"2016-05-30T15:30\"" }, { "zone", "\"UTC\"" },
      { "status", "\"scheduled\"" },
    };

    for (guint j = 0; j < G_N_ELEMENTS (good); j++)
      if (strcmp (good[j].field, cases[i].field) != 0)
        g_string_append_printf (json, ",\"%s\":%s", good[j].field, good[j].json);
    g_string_append_printf (json, ",\"%s\":%s}", cases[i].field, cases[i].json);

    g_test_message ("%s", json->str);
    assert_faulty (fixture, "/v1/chats/" ID, json->str, pointer);
  }
}

static void
test_lengths (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char      *letters = g_strnfill (200, 'x');
  g_autoptr (GString)   long_text = g_string_new (NULL);
  g_autofree char      *fits = NULL;
  g_autofree char      *too_long = NULL;
  g_autofree char      *question = NULL;
  g_autoptr (HallReply) taken = NULL;

  desk_fixture_add_chat (fixture, NULL);

  /* Characters count, not bytes. */
  for (guint i = 0; i < 2000; i++)
    g_string_append (long_text, "ж");
  fits = g_strdup_printf ("{\"id\":\"" ID "\",\"chat\":\"" CHAT_ID "\",\"status\":\"open\",\"name\":\"%s\",\"text\":\"%s\"}",
                          letters, long_text->str);
  taken = desk_fixture_put (fixture, "/v1/questions/" ID, fits);
  g_assert_cmpuint (taken->status, ==, 201);

  question = g_strdup_printf ("{\"id\":\"" ID "\",\"chat\":\"" CHAT_ID "\",\"status\":\"open\",\"text\":\"%sж\"}", long_text->str);
  g_string_assign (long_text, question);
  g_string_replace (long_text, ID, "01900000-0000-7000-8000-0000000000fe", 1);
  assert_faulty (fixture, "/v1/questions/01900000-0000-7000-8000-0000000000fe", long_text->str, "/text");

  too_long = g_strdup_printf ("{\"id\":\"" ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"%sx\",\"status\":\"invited\"}", letters);
  g_string_assign (long_text, too_long);
  g_string_replace (long_text, ID, "01900000-0000-7000-8000-0000000000fd", 1);
  assert_faulty (fixture, "/v1/guests/01900000-0000-7000-8000-0000000000fd", long_text->str, "/name");
}

static void
test_other_kinds (DeskFixture   *fixture,
                  gconstpointer  data)
{
  desk_fixture_add_chat (fixture, NULL);

  assert_faulty (fixture, "/v1/attendees/" ID,
                 "{\"id\":\"" ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"A\",\"address\":\"nobody\",\"address_key\":\"x\",\"status\":\"going\"}",
                 "/address");
  assert_faulty (fixture, "/v1/attendees/" ID,
                 "{\"id\":\"" ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"A\",\"address\":\"a@example.org\",\"address_key\":\"x\",\"status\":\"open\"}",
                 "/status");
  assert_faulty (fixture, "/v1/guests/" ID,
                 "{\"id\":\"" ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"G\",\"status\":\"confirmed\",\"zone\":\"Nowhere\"}", "/zone");
  assert_faulty (fixture, "/v1/posts/" ID, "{\"id\":\"" ID "\",\"file_name\":\"../x\",\"status\":\"draft\"}", "/file_name");
  assert_faulty (fixture, "/v1/posts/" ID, "{\"id\":\"" ID "\",\"file_name\":\".hidden\",\"status\":\"draft\"}", "/file_name");
  assert_faulty (fixture, "/v1/posts/" ID, "{\"id\":\"" ID "\",\"file_name\":\"x\",\"status\":\"lost\"}", "/status");
  assert_faulty (fixture, "/v1/series/" ID, "{\"id\":\"" ID "\",\"title\":\"x\",\"wall\":\"x\",\"zone\":\"UTC\"}", "/wall");
  assert_faulty (fixture, "/v1/series/" ID,
                 "{\"id\":\"" CHAT_ID "\",\"title\":\"x\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\"}", "/id");
}

static void
test_several_at_once (DeskFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr (HallReply) reply = desk_fixture_put (fixture, "/v1/chats/" ID,
                                                  "{\"id\":\"" ID "\",\"title\":\"x\",\"slug\":\"NO\",\"wall\":\"no\",\"zone\":\"UTC\","
                                                  "\"status\":\"scheduled\",\"capacity\":-1}");

  assert_reply_says (reply, 422, "\"/slug\"");
  assert_reply_says (reply, 422, "\"/wall\"");
  assert_reply_says (reply, 422, "\"/capacity\"");
}

static void
test_patches (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HallReply) row = NULL;
  g_autoptr (HallReply) reply = NULL;
  g_autoptr (HallReply) after = NULL;

  desk_fixture_add_chat (fixture, NULL);
  row = desk_fixture_get (fixture, "/v1/chats/" CHAT_ID);
  reply = desk_fixture_patch (fixture, "/v1/chats/" CHAT_ID, reply_header (row, "ETag"), "{\"zone\":\"Mars/Olympus\"}");
  assert_problem (reply, 422, HALL_PROBLEM_INVALID);

  after = desk_fixture_get (fixture, "/v1/chats/" CHAT_ID);
  g_assert_cmpstr (reply_header (after, "ETag"), ==, reply_header (row, "ETag"));
}

static void
test_no_json (DeskFixture   *fixture,
              gconstpointer  data)
{
  static const char *const bodies[] = {
    "", "{", "{\"id\":1,\"id\":2}", "\xff", "{\"id\":\"\\ud800\"}", "[[[[[[[[[[]]]]]]]]]]", "{\"id\":\"a\\u0000b\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (HallReply) reply = desk_fixture_put (fixture, "/v1/chats/" ID, bodies[i]);

    assert_problem (reply, 400, HALL_PROBLEM_BAD_REQUEST);
  }
  assert_faulty (fixture, "/v1/chats/" ID, "[]", "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-rules/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("chats", test_chats);
  ADD ("lengths", test_lengths);
  ADD ("other-kinds", test_other_kinds);
  ADD ("several-at-once", test_several_at_once);
  ADD ("patches", test_patches);
  ADD ("no-json", test_no_json);

  return g_test_run ();
}
