/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sample data: a real desk as a child, three hundred real sign-ups, and the same desk again the next time. */
#include "app/hall-chat-summary.h"
#include "app/hall-demo-people.h"
#include "app/hall-demo.h"
#include "library-fixture.h"
#include "model/hall-post.h"

#include <signal.h>
#include <unistd.h>

typedef struct {
  double fraction;
  guint  told;
} Progress;

static void
on_progress (double      fraction,
             const char *what,
             gpointer    data)
{
  Progress *progress = data;

  g_assert_cmpfloat (fraction, >=, progress->fraction);
  g_assert_cmpfloat (fraction, <=, 1);
  g_assert_nonnull (what);
  progress->fraction = fraction;
  progress->told++;
}

static gboolean
fill (HallLibrary   *library,
      GCancellable  *cancellable,
      Progress      *progress,
      GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hall_demo_fill_async (library, on_progress, progress, cancellable, library_fixture_keep, &result);
  library_fixture_await (&result);

  return hall_demo_fill_finish (library, result, error);
}

static void
assert_filled (HallLibrary *library)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GPtrArray)    chats = NULL;
  g_autoptr (GPtrArray)    posts = library_fixture_list (library, &hall_post_kind, NULL);
  guint                    going = 0;
  guint                    questions = 0;

  hall_chat_summary_list_async (library, NULL, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  chats = hall_chat_summary_list_finish (library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chats->len, ==, 8);
  for (guint i = 0; i < chats->len; i++) {
    HallChatSummary *summary = g_ptr_array_index (chats, i);

    g_assert_cmpuint (hall_chat_summary_get_going (summary), >, 0);
    g_assert_nonnull (hall_chat_summary_get_chat (summary)->sign_up_url);
    going += hall_chat_summary_get_going (summary);
    questions += hall_chat_summary_get_questions (summary);
  }
  g_assert_cmpuint (going, ==, 300);
  g_assert_cmpuint (questions, ==, 60);
  g_assert_cmpuint (posts->len, ==, 3);
}

static void
test_fill (LibraryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (GError)    error = NULL;
  Progress              progress = { 0 };
  g_autoptr (GPtrArray) accounts = NULL;
  guint                 waiting;

  g_assert_true (fill (fixture->library, NULL, &progress, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (progress.fraction, ==, 1);
  g_assert_cmpuint (progress.told, >, 10);
  assert_filled (fixture->library);
  g_object_get (hall_library_get_courier (fixture->library), "waiting", &waiting, NULL);
  g_assert_cmpuint (waiting, ==, 0);
  accounts = library_fixture_list (fixture->library, &hall_account_kind, NULL);
  g_assert_cmpuint (accounts->len, ==, 1);
}

static void
test_stopped (LibraryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  Progress                 progress = { 0 };

  hall_demo_fill_async (fixture->library, on_progress, &progress, cancellable, library_fixture_keep, &result);
  while (progress.fraction < 0.4)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  library_fixture_await (&result);
  g_assert_false (hall_demo_fill_finish (fixture->library, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  progress = (Progress) { 0 };
  g_assert_true (fill (fixture->library, NULL, &progress, &error));
  g_assert_no_error (error);
  assert_filled (fixture->library);
}

/* The next time the library is opened, its desk is where it was, and an exchange starts it. */
static void
test_next_time (LibraryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (GError)       error = NULL;
  Progress                 progress = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  HallCourier             *courier;

  g_assert_true (fill (fixture->library, NULL, &progress, &error));
  g_assert_no_error (error);
  library_fixture_close (fixture);

  fixture->library = library_fixture_try_open (fixture->path, &error);
  g_assert_no_error (error);
  courier = hall_library_get_courier (fixture->library);
  hall_courier_sync_async (courier, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_true (hall_courier_sync_finish (courier, result, NULL, &error));
  g_assert_no_error (error);
}

/* A desk that has stopped leaves nothing behind that runs. */
static void
test_desk_ends (LibraryFixture *fixture,
                gconstpointer   data)
{
  HallDemoDesk    *desk = hall_library_get_demo_desk (fixture->library);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *second = NULL;
  g_autofree char *token = NULL;

  g_assert_false (hall_demo_desk_is_there (desk));
  first = hall_demo_desk_start (desk, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (first, "http://127.0.0.1:"));
  g_assert_true (hall_demo_desk_is_there (desk));
  again = hall_demo_desk_start (desk, &error);
  g_assert_cmpstr (first, ==, again);

  token = hall_demo_desk_add_token (desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (token), >, 20);

  hall_demo_desk_stop (desk);
  hall_demo_desk_stop (desk);
  second = hall_demo_desk_start (desk, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, second);
}

static gboolean
answers (const char *place)
{
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, place, 80, NULL, NULL);

  return connection != NULL;
}

/* However this process ends, its desk does not outlive it. */
static void
test_desk_dies_with_us (LibraryFixture *fixture,
                        gconstpointer   data)
{
  g_auto (GStrv)   environment = NULL;
  g_autofree char *listen = g_strconcat (fixture->path, "-desk/listen", NULL);
  g_autofree char *place = NULL;

  if (g_test_subprocess ()) {
    g_autoptr (HallDemoDesk) desk = hall_demo_desk_new (g_getenv ("HALL_TEST_LIBRARY"));
    g_autofree char         *url = hall_demo_desk_start (desk, NULL);

    g_assert_nonnull (url);
    g_assert_true (answers (url + strlen ("http://")));
    kill (getpid (), SIGKILL);
  }

  environment = g_environ_setenv (g_get_environ (), "HALL_TEST_LIBRARY", fixture->path, TRUE);
  g_test_trap_subprocess_with_envp (NULL, (const char *const *) environment, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_assert_true (g_file_get_contents (listen, &place, NULL, NULL));
  while (answers (place))
    g_usleep (10000);
}

static void
test_people (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint                  askers = 0;

  for (guint i = 0; i < 300; i++) {
    char *name = hall_demo_people_name (i);

    g_assert_true (g_utf8_validate (name, -1, NULL));
    g_assert_true (g_hash_table_add (names, name));
    if (hall_demo_people_question (i) != NULL)
      askers++;
  }
  g_assert_cmpuint (askers, ==, 60);
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add (path, LibraryFixture, NULL, library_fixture_set_up, function, library_fixture_tear_down)

  ADD ("/app/demo/fill", test_fill);
  ADD ("/app/demo/stopped", test_stopped);
  ADD ("/app/demo/next-time", test_next_time);
  ADD ("/app/demo/desk-ends", test_desk_ends);
  ADD ("/app/demo/desk-dies-with-us", test_desk_dies_with_us);
  g_test_add_func ("/app/demo/people", test_people);

  return g_test_run ();
}
