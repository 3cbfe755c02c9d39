/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exchanges with a real desk, and the line that tells of them. */
#include "app/hall-problem.h"
#include "desk-fixture.h"
#include "model/hall-question.h"
#include "store/hall-store-error.h"
#include "sync/hall-sync-error.h"

static HallCourier *
courier_of (DeskFixture *fixture)
{
  return hall_library_get_courier (fixture->library.library);
}

static void
assert_stands (DeskFixture      *fixture,
               HallCourierState  state,
               const char       *line)
{
  g_autofree char *said = NULL;
  guint            is;

  /* A count may still be on its way. */
  g_object_get (courier_of (fixture), "state", &is, "line", &said, NULL);
  while (is != state || g_strcmp0 (said, line) != 0) {
    g_free (said);
    g_main_context_iteration (NULL, TRUE);
    g_object_get (courier_of (fixture), "state", &is, "line", &said, NULL);
  }
}

static void
connect (DeskFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = desk_fixture_connect (fixture, &error);

  g_assert_no_error (error);
}

static void
test_no_account (DeskFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *problem = NULL;

  assert_stands (fixture, HALL_COURIER_LOCAL, "Saved. No account yet");
  g_assert_false (desk_fixture_sync (fixture, &error));
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_NO_ACCOUNT);
  assert_stands (fixture, HALL_COURIER_LOCAL, "Saved. No account yet");
  g_object_get (courier_of (fixture), "problem", &problem, NULL);
  g_assert_null (problem);
}

static void
test_exchange (DeskFixture   *fixture,
               gconstpointer  data)
{
  HallLibrary             *library = fixture->library.library;
  g_autoptr (HallChat)     chat = library_fixture_add_chat (library, "Day 1", "2999-05-30T15:30");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GPtrArray)    questions = NULL;
  HallCourierResult        totals;

  connect (fixture);
  assert_stands (fixture, HALL_COURIER_IDLE, "Saved. 1 edit waiting");
  g_assert_true (desk_fixture_sync (fixture, &error));
  g_assert_no_error (error);
  assert_stands (fixture, HALL_COURIER_IDLE, "Saved. All sent just now");

  desk_fixture_sign_up (fixture, chat, "Ana", "Почему? 🐍");
  hall_courier_sync_async (courier_of (fixture), NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_true (hall_courier_sync_finish (courier_of (fixture), result, &totals, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (totals.received, ==, 2);
  g_assert_cmpuint (totals.parked + totals.conflicts, ==, 0);

  questions = library_fixture_list (library, &hall_question_kind, chat->parent.id);
  g_assert_cmpuint (questions->len, ==, 1);
  g_assert_cmpstr (((HallQuestion *) g_ptr_array_index (questions, 0))->text, ==, "Почему? 🐍");
}

static void
test_offline (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HallChat) chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2999-05-30T15:30");
  g_autoptr (GError)   error = NULL;
  g_autofree char     *problem = NULL;

  connect (fixture);
  desk_fixture_stop (fixture);
  g_assert_false (desk_fixture_sync (fixture, &error));
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
  assert_stands (fixture, HALL_COURIER_TROUBLE, "Saved. Cannot reach the service; 1 edit waiting");
  g_object_get (courier_of (fixture), "problem", &problem, NULL);
  g_assert_nonnull (problem);
  g_clear_error (&error);

  desk_fixture_restart (fixture);
  g_assert_true (desk_fixture_sync (fixture, &error));
  g_assert_no_error (error);
  assert_stands (fixture, HALL_COURIER_IDLE, "Saved. All sent just now");
}

/* Whoever asks while the courier is out is answered about the next round, with everything saved before. */
static void
test_asked_while_out (DeskFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (HallChat)     chat = NULL;
  g_autoptr (GError)       error = NULL;
  guint                    waiting;

  connect (fixture);
  hall_courier_sync_async (courier_of (fixture), NULL, library_fixture_keep, &first);
  chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2999-05-30T15:30");
  hall_courier_sync_async (courier_of (fixture), NULL, library_fixture_keep, &second);
  library_fixture_await (&first);
  library_fixture_await (&second);
  g_assert_true (hall_courier_sync_finish (courier_of (fixture), first, NULL, &error));
  g_assert_true (hall_courier_sync_finish (courier_of (fixture), second, NULL, &error));
  g_assert_no_error (error);

  g_object_get (courier_of (fixture), "waiting", &waiting, NULL);
  g_assert_cmpuint (waiting, ==, 0);
}

static void
test_cancelled (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  connect (fixture);
  g_cancellable_cancel (cancellable);
  hall_courier_sync_async (courier_of (fixture), cancellable, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_false (hall_courier_sync_finish (courier_of (fixture), result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_stands (fixture, HALL_COURIER_IDLE, "Saved. Not yet exchanged with the service");
}

/* A library that is closed in the middle of an exchange is closed, and everybody has been answered. */
static void
test_closed_while_out (DeskFixture   *fixture,
                       gconstpointer  data)
{
  g_autoptr (HallCourier)  courier = g_object_ref (courier_of (fixture));
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError)       error = NULL;

  connect (fixture);
  hall_courier_sync_async (courier, NULL, library_fixture_keep, &first);
  hall_courier_sync_async (courier, NULL, library_fixture_keep, &second);
  library_fixture_close (&fixture->library);
  library_fixture_await (&first);
  library_fixture_await (&second);
  g_assert_false (hall_courier_sync_finish (courier, second, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_unsaved (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) full = g_error_new_literal (HALL_STORE_ERROR, HALL_STORE_ERROR_FULL, "x");
  g_autoptr (GError) typed = g_error_new_literal (HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE, "x");

  assert_stands (fixture, HALL_COURIER_LOCAL, "Saved. No account yet");
  hall_courier_begin_save (courier_of (fixture));
  assert_stands (fixture, HALL_COURIER_LOCAL, "Saving");
  hall_courier_end_save (courier_of (fixture), full);
  assert_stands (fixture, HALL_COURIER_TROUBLE, "Not saved: the disk is full");
  hall_courier_begin_save (courier_of (fixture));
  hall_courier_end_save (courier_of (fixture), typed);
  assert_stands (fixture, HALL_COURIER_TROUBLE, "Not saved: the disk is full");
  hall_courier_begin_save (courier_of (fixture));
  hall_courier_end_save (courier_of (fixture), NULL);
  assert_stands (fixture, HALL_COURIER_LOCAL, "Saved. No account yet");
}

/* Set to go by itself, it does: at the start, and after an edit. */
static void
test_automatic (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (HallChat) chat = NULL;

  connect (fixture);
  assert_stands (fixture, HALL_COURIER_IDLE, "Saved. Not yet exchanged with the service");
  g_object_set (courier_of (fixture), "automatic", TRUE, NULL);
  assert_stands (fixture, HALL_COURIER_IDLE, "Saved. All sent just now");

  chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2999-05-30T15:30");
  assert_stands (fixture, HALL_COURIER_IDLE, "Saved. 1 edit waiting");
  assert_stands (fixture, HALL_COURIER_IDLE, "Saved. All sent just now");
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add (path, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)

  ADD ("/app/courier/no-account", test_no_account);
  ADD ("/app/courier/exchange", test_exchange);
  ADD ("/app/courier/offline", test_offline);
  ADD ("/app/courier/asked-while-out", test_asked_while_out);
  ADD ("/app/courier/cancelled", test_cancelled);
  ADD ("/app/courier/closed-while-out", test_closed_while_out);
  ADD ("/app/courier/unsaved", test_unsaved);
  ADD ("/app/courier/automatic", test_automatic);

  return g_test_run ();
}
