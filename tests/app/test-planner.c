/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a host types becomes a chat, or a sentence that says why not. */
#include "app/hall-planner.h"
#include "app/hall-problem.h"
#include "format/hall-format-error.h"
#include "library-fixture.h"

#include <string.h>

static HallChat *
add (HallLibrary        *library,
     const HallChatWish *wish,
     GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hall_planner_add_chat_async (library, wish, library_fixture_keep, &result);
  library_fixture_await (&result);

  return hall_planner_add_chat_finish (library, result, error);
}

static HallChatWish
wish_for (const char *title,
          const char *at)
{
  return (HallChatWish) { .title = title, .at = at, .zone = "America/Los_Angeles", .fold = -1 };
}

static void
test_seed (LibraryFixture *fixture,
           gconstpointer   data)
{
  HallChatWish         wish = wish_for ("Live from Day 1 of PyCon", "Monday 30 May 2016, 3:30pm PDT");
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallChat) chat = NULL;
  g_autoptr (HallChat) found = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  wish.slug = "pycon";
  chat = add (fixture->library, &wish, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chat->title, ==, "Live from Day 1 of PyCon");
  g_assert_cmpstr (chat->slug, ==, "pycon");
  g_assert_cmpstr (chat->wall, ==, "2016-05-30T15:30");
  g_assert_cmpstr (chat->zone, ==, "America/Los_Angeles");
  g_assert_cmpint (chat->duration, ==, 60);
  g_assert_cmpstr (chat->status, ==, "scheduled");

  hall_planner_find_chat_async (fixture->library, "pycon", library_fixture_keep, &result);
  library_fixture_await (&result);
  found = hall_planner_find_chat_finish (fixture->library, result, &error);
  g_assert_no_error (error);
  g_assert_true (hall_value_equal (found, chat));
}

static void
test_not_found (LibraryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  hall_planner_find_chat_async (fixture->library, "nowhere", library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_null (hall_planner_find_chat_finish (fixture->library, result, &error));
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_NOT_FOUND);
}

static void
test_slugs (LibraryFixture *fixture,
            gconstpointer   data)
{
  static const char *const slugs[] = { "weekly-chat", "weekly-chat-2", "weekly-chat-3" };
  HallChatWish             wish = wish_for ("Weekly chat", "2016-05-30 15:30");
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallChat)     none = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (slugs); i++) {
    g_autoptr (HallChat) chat = add (fixture->library, &wish, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (chat->slug, ==, slugs[i]);
  }

  wish.slug = "weekly-chat";
  none = add (fixture->library, &wish, &error);
  g_assert_null (none);
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_EXISTS);
}

/* A number has to fit behind the longest slug. */
static void
test_long_slugs (LibraryFixture *fixture,
                 gconstpointer   data)
{
  g_autofree char *title = g_strnfill (200, 'x');
  HallChatWish     wish = wish_for (title, "2016-05-30 15:30");

  for (guint i = 0; i < 12; i++) {
    g_autoptr (GError)   error = NULL;
    g_autoptr (HallChat) chat = add (fixture->library, &wish, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (strlen (chat->slug), <=, 60);
  }
}

static void
assert_refused (LibraryFixture     *fixture,
                const HallChatWish *wish,
                GQuark              domain,
                const char         *words)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (HallChat)  chat = add (fixture->library, wish, &error);
  g_autoptr (GPtrArray) chats = library_fixture_list (fixture->library, &hall_chat_kind, NULL);

  g_assert_null (chat);
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, domain);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpuint (chats->len, ==, 0);
}

static void
test_refusals (LibraryFixture *fixture,
               gconstpointer   data)
{
  HallChatWish wish = wish_for ("Live", "2016-03-13 02:30");

  assert_refused (fixture, &wish, HALL_APP_ERROR, "03:30");
  wish.at = "2016-11-06 01:30";
  assert_refused (fixture, &wish, HALL_APP_ERROR, "the first (PDT) or the second (PST)");
  wish.at = "soonish";
  assert_refused (fixture, &wish, HALL_FORMAT_ERROR, "");
  wish.at = NULL;
  assert_refused (fixture, &wish, HALL_FORMAT_ERROR, "");
  wish.at = "2016-05-30 15:30";
  wish.zone = "Mars/Base";
  assert_refused (fixture, &wish, HALL_APP_ERROR, "Mars/Base");
  wish.zone = "Europe/Berlin";
  wish.title = NULL;
  assert_refused (fixture, &wish, HALL_APP_ERROR, "title");
  wish.title = "Live";
  wish.duration = -5;
  assert_refused (fixture, &wish, HALL_APP_ERROR, "minutes");
}

static void
test_twice (LibraryFixture *fixture,
            gconstpointer   data)
{
  HallChatWish         wish = wish_for ("Second", "2016-11-06 01:30");
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallChat) second = NULL;
  g_autoptr (HallChat) named = NULL;

  wish.fold = 1;
  second = add (fixture->library, &wish, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->fold, ==, 1);

  /* Whoever writes the zone's name has said which. */
  wish.fold = -1;
  wish.at = "2016-11-06 1:30am PST";
  named = add (fixture->library, &wish, &error);
  g_assert_no_error (error);
  g_assert_cmpint (named->fold, ==, 1);
}

static void
test_edits (LibraryFixture *fixture,
            gconstpointer   data)
{
  HallChatWish         wish = wish_for ("Live", "2016-05-30 15:30");
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallChat) chat = add (fixture->library, &wish, &error);
  g_autoptr (HallChat) titled = hall_planner_retitle (chat, "  Live again ");
  g_autoptr (HallChat) cancelled = hall_planner_cancel (chat);
  g_autoptr (HallChat) timed = hall_planner_retime (chat, "2 June 2016 11am", NULL, -1, LIBRARY_FIXTURE_NOW, &error);
  g_autoptr (HallChat) none = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (titled->title, ==, "Live again");
  g_assert_cmpstr (titled->slug, ==, "live");
  g_assert_cmpstr (cancelled->status, ==, "cancelled");
  g_assert_cmpstr (timed->wall, ==, "2016-06-02T11:00");
  g_assert_cmpstr (timed->zone, ==, "America/Los_Angeles");
  g_assert_cmpstr (chat->wall, ==, "2016-05-30T15:30");
  library_fixture_save (fixture->library, titled);
  library_fixture_save (fixture->library, timed);
  library_fixture_save (fixture->library, cancelled);

  none = hall_planner_retime (chat, "2016-03-13 02:30", NULL, -1, LIBRARY_FIXTURE_NOW, &error);
  g_assert_null (none);
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE);
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add (path, LibraryFixture, NULL, library_fixture_set_up, function, library_fixture_tear_down)

  ADD ("/app/planner/seed", test_seed);
  ADD ("/app/planner/not-found", test_not_found);
  ADD ("/app/planner/slugs", test_slugs);
  ADD ("/app/planner/long-slugs", test_long_slugs);
  ADD ("/app/planner/refusals", test_refusals);
  ADD ("/app/planner/twice", test_twice);
  ADD ("/app/planner/edits", test_edits);

  return g_test_run ();
}
