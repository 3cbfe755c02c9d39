/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is typed gets to the library by itself, whatever happens to the screen it was typed on. */
#include "../app/library-fixture.h"
#include "ui/hall-autosave.h"

#include <string.h>

typedef struct {
  LibraryFixture library;
  HallKeeper    *keeper;
  HallChat      *chat;
  HallAutosave  *autosave;
  char          *typed;
  guint          made;
} Fixture;

static gpointer
make (gconstpointer base,
      gpointer      user_data)
{
  Fixture  *fixture = user_data;
  HallChat *chat = hall_value_copy (base);

  fixture->made++;
  g_set_str (&chat->title, fixture->typed);

  return chat;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  library_fixture_set_up (&fixture->library, data);
  fixture->keeper = hall_keeper_new (fixture->library.library, "Europe/Berlin");
  fixture->chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2016-05-30T15:30");
  fixture->autosave = hall_autosave_new (fixture->keeper, fixture->chat, make, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->autosave);
  g_clear_object (&fixture->keeper);
  g_clear_pointer (&fixture->chat, hall_value_unref);
  g_free (fixture->typed);
  library_fixture_tear_down (&fixture->library, data);
}

static void
type (Fixture    *fixture,
      const char *text)
{
  g_set_str (&fixture->typed, text);
  hall_autosave_touch (fixture->autosave);
}

static char *
read_title (Fixture *fixture)
{
  g_autoptr (GPtrArray) chats = library_fixture_list (fixture->library.library, &hall_chat_kind, NULL);

  return g_strdup (((HallChat *) chats->pdata[0])->title);
}

static gboolean
settle (Fixture  *fixture,
        GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hall_keeper_settle_async (fixture->keeper, library_fixture_keep, &result);
  library_fixture_await (&result);

  return hall_keeper_settle_finish (fixture->keeper, result, error);
}

static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *title = NULL;

  g_assert_cmpuint (hall_autosave_get_state (fixture->autosave), ==, HALL_AUTOSAVE_SAVED);
  type (fixture, "Day 1 o");
  type (fixture, "Day 1 of PyCon");
  g_assert_cmpuint (hall_autosave_get_state (fixture->autosave), ==, HALL_AUTOSAVE_TOUCHED);

  while (hall_autosave_get_state (fixture->autosave) != HALL_AUTOSAVE_SAVED)
    g_main_context_iteration (NULL, TRUE);

  title = read_title (fixture);
  g_assert_cmpstr (title, ==, "Day 1 of PyCon");
  g_assert_cmpuint (fixture->made, ==, 1);
}

static gboolean
type_on (gpointer user_data)
{
  Fixture         *fixture = user_data;
  g_autofree char *text = g_strconcat (fixture->typed, "a", NULL);

  /* Without a pause, so that only the longest delay can bring a save. */
  g_assert_cmpuint (strlen (text), <, 400);
  type (fixture, text);

  return G_SOURCE_CONTINUE;
}

static void
test_no_pause (Fixture       *fixture,
               gconstpointer  data)
{
  guint            timer;
  g_autofree char *title = NULL;

  type (fixture, "a");
  timer = g_timeout_add (50, type_on, fixture);
  do {
    g_main_context_iteration (NULL, TRUE);
    g_free (title);
    title = read_title (fixture);
  } while (strcmp (title, "Day 1") == 0);
  g_source_remove (timer);

  /* It came while the host was still typing. */
  g_assert_cmpuint (strlen (title), <=, strlen (fixture->typed));
  g_assert_true (settle (fixture, NULL));
}

static void
test_stop (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *title = NULL;

  type (fixture, "Typed last");
  hall_autosave_stop (fixture->autosave);
  g_clear_object (&fixture->autosave);
  g_assert_true (settle (fixture, NULL));

  title = read_title (fixture);
  g_assert_cmpstr (title, ==, "Typed last");
}

/* The screen goes while an older text is still on its way. */
static void
test_stop_while_saving (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *title = NULL;

  type (fixture, "First");
  hall_autosave_flush (fixture->autosave);
  type (fixture, "Second");
  hall_autosave_stop (fixture->autosave);
  g_clear_object (&fixture->autosave);
  g_set_str (&fixture->typed, "Never asked for");
  g_assert_true (settle (fixture, NULL));

  title = read_title (fixture);
  g_assert_cmpstr (title, ==, "Second");
  g_assert_cmpuint (fixture->made, ==, 2);
}

static void
count (HallKeeper *keeper,
       const char *sentence,
       guint      *times)
{
  g_assert_nonnull (strchr (sentence, '.'));
  ++*times;
}

static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *title = NULL;
  guint              times = 0;

  g_signal_connect (fixture->keeper, "trouble", G_CALLBACK (count), &times);
  type (fixture, "");
  g_assert_false (settle (fixture, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (hall_autosave_get_state (fixture->autosave), ==, HALL_AUTOSAVE_FAILED);
  g_assert_nonnull (hall_autosave_get_problem (fixture->autosave));
  g_assert_cmpuint (times, ==, 1);

  type (fixture, "Better");
  g_assert_true (settle (fixture, NULL));
  g_assert_cmpuint (hall_autosave_get_state (fixture->autosave), ==, HALL_AUTOSAVE_SAVED);
  g_assert_null (hall_autosave_get_problem (fixture->autosave));
  title = read_title (fixture);
  g_assert_cmpstr (title, ==, "Better");
}

/* A disk that stays full is not told of every few seconds. */
static void
test_trouble_once (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  const GError      *ends[] = { error, error, NULL, error };
  guint              times = 0;

  g_signal_connect (fixture->keeper, "trouble", G_CALLBACK (count), &times);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    hall_keeper_begin (fixture->keeper);
    hall_keeper_end (fixture->keeper, ends[i]);
    g_assert_cmpuint (times, ==, i < 3 ? 1 : 2);
  }
}

/* Typing goes on from what was saved last: taking a word back again is a change, too. */
static void
test_there_and_back (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *title = NULL;

  type (fixture, "Day 1 of PyCon");
  g_assert_true (settle (fixture, NULL));
  type (fixture, "Day 1");
  g_assert_true (settle (fixture, NULL));

  title = read_title (fixture);
  g_assert_cmpstr (title, ==, "Day 1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  library_fixture_prepare ();

  g_test_add ("/ui/autosave/pause", Fixture, NULL, set_up, test_pause, tear_down);
  g_test_add ("/ui/autosave/no-pause", Fixture, NULL, set_up, test_no_pause, tear_down);
  g_test_add ("/ui/autosave/stop", Fixture, NULL, set_up, test_stop, tear_down);
  g_test_add ("/ui/autosave/stop-while-saving", Fixture, NULL, set_up, test_stop_while_saving, tear_down);
  g_test_add ("/ui/autosave/failure", Fixture, NULL, set_up, test_failure, tear_down);

  g_test_add ("/ui/autosave/trouble-once", Fixture, NULL, set_up, test_trouble_once, tear_down);
  g_test_add ("/ui/autosave/there-and-back", Fixture, NULL, set_up, test_there_and_back, tear_down);

  return g_test_run ();
}
