/* SPDX-License-Identifier: GPL-3.0-or-later
 * A courier of several accounts: one that is dead, one that wants to be left alone, one that wants another token. */
#include "../sync/odd-service.h"
#include "app/hall-connections.h"
#include "desk-fixture.h"
#include "sync/hall-sync-error.h"

static HallCourier *
courier_of (DeskFixture *fixture)
{
  return hall_library_get_courier (fixture->library.library);
}

static void
set_up (DeskFixture   *fixture,
        gconstpointer  data)
{
  library_fixture_set_up_ticking (&fixture->library, data);
  desk_process_set_up (&fixture->desk, data);
  desk_process_start (&fixture->desk);
}

/* Whatever the line says first; it has come to rest when it says this. */
static void
assert_says (DeskFixture *fixture,
             const char  *beginning)
{
  g_autofree char *line = NULL;

  g_object_get (courier_of (fixture), "line", &line, NULL);
  while (!g_str_has_prefix (line, beginning)) {
    g_free (line);
    g_main_context_iteration (NULL, TRUE);
    g_object_get (courier_of (fixture), "line", &line, NULL);
  }
}

static void
assert_problem (DeskFixture *fixture,
                const char  *part)
{
  g_autofree char *problem = NULL;

  g_object_get (courier_of (fixture), "problem", &problem, NULL);
  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, part));
}

static gint64
get_time (DeskFixture *fixture,
          const char  *property)
{
  gint64 when;

  g_object_get (courier_of (fixture), property, &when, NULL);

  return when;
}

static void
assert_sync_fails (DeskFixture *fixture,
                   int          code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (desk_fixture_sync (fixture, &error));
  g_assert_error (error, HALL_SYNC_ERROR, code);
}

static void
connect (DeskFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = desk_fixture_connect (fixture, &error);

  g_assert_no_error (error);
}

static void
test_one_is_dead (DeskFixture   *fixture,
                  gconstpointer  data)
{
  HallLibrary            *library = fixture->library.library;
  g_autoptr (HallChat)    chat = library_fixture_add_chat (library, "Day 1", "2999-05-30T15:30");
  g_autoptr (HallAccount) dead = NULL;
  guint                   waiting;

  connect (fixture);
  dead = library_fixture_add_account_at (library, "Nobody", "http://127.0.0.1:9", "token");
  assert_says (fixture, "Saved. 1 edit waiting");
  g_assert_cmpint (get_time (fixture, "oldest-at"), >, 0);
  assert_sync_fails (fixture, HALL_SYNC_ERROR_OFFLINE);

  g_object_get (courier_of (fixture), "waiting", &waiting, NULL);
  g_assert_cmpuint (waiting, ==, 0);
  g_assert_cmpint (get_time (fixture, "oldest-at"), ==, 0);
  assert_says (fixture, "Saved. Cannot reach the service (Nobody)");
  assert_problem (fixture, "“Nobody”: The service cannot be reached.");
}

/* While one does not answer, the other one's exchange comes to its end, and another edit after it as well. */
static void
test_one_is_slow (DeskFixture   *fixture,
                  gconstpointer  data)
{
  HallLibrary             *library = fixture->library.library;
  g_autoptr (OddService)   service = odd_service_new (NULL);
  g_autoptr (HallChat)     chat = library_fixture_add_chat (library, "Day 1", "2999-05-30T15:30");
  g_autoptr (HallChat)     another = NULL;
  g_autoptr (HallAccount)  slow = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError)       error = NULL;
  guint                    waiting = 1;

  odd_service_answer (service, 0, NULL, NULL);
  connect (fixture);
  slow = library_fixture_add_account_at (library, "Slow", odd_service_get_url (service), "token");
  hall_courier_sync_async (courier_of (fixture), NULL, library_fixture_keep, &first);
  for (guint i = 0; i < 2; i++) {
    while (waiting > 0) {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (courier_of (fixture), "waiting", &waiting, NULL);
    }
    g_assert_null (first);
    if (i == 0) {
      another = library_fixture_add_chat (library, "Day 2", "2999-05-31T15:30");
      hall_courier_sync_async (courier_of (fixture), NULL, library_fixture_keep, &second);
      waiting = 1;
    }
  }

  while (odd_service_count (service) == 0)
    g_main_context_iteration (NULL, FALSE);
  hall_courier_cancel (courier_of (fixture));
  library_fixture_await (&first);
  library_fixture_await (&second);
  g_assert_false (hall_courier_sync_finish (courier_of (fixture), first, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (odd_service_count (service), ==, 1);
}

/* Called back before it was even known where to go. */
static void
test_cancelled_at_once (DeskFixture   *fixture,
                        gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  connect (fixture);
  hall_courier_sync_async (courier_of (fixture), NULL, library_fixture_keep, &result);
  hall_courier_cancel (courier_of (fixture));
  library_fixture_await (&result);
  g_assert_false (hall_courier_sync_finish (courier_of (fixture), result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
on_time (gpointer is_over)
{
  *(gboolean *) is_over = TRUE;

  return G_SOURCE_REMOVE;
}

/* Though it was time to go, and still is: the host has said no. */
static void
test_cancelled_and_quiet (DeskFixture   *fixture,
                          gconstpointer  data)
{
  g_autoptr (OddService)  service = odd_service_new (NULL);
  g_autoptr (HallAccount) account = NULL;
  gboolean                is_over = FALSE;

  odd_service_answer (service, 503, NULL, NULL);
  odd_service_ask_for_pause (service, 1);
  account = library_fixture_add_account_at (fixture->library.library, "Slow", odd_service_get_url (service), "token");
  assert_sync_fails (fixture, HALL_SYNC_ERROR_RETRY_LATER);
  odd_service_answer (service, 0, NULL, NULL);
  g_object_set (courier_of (fixture), "automatic", TRUE, NULL);
  while (odd_service_count (service) < 2)
    g_main_context_iteration (NULL, TRUE);

  hall_courier_cancel (courier_of (fixture));
  assert_says (fixture, "Saved. ");
  g_timeout_add (200, on_time, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (odd_service_count (service), ==, 2);
}

/* A service that names a time is not asked before it, not even when the host wishes. */
static void
test_asked_pause (DeskFixture   *fixture,
                  gconstpointer  data)
{
  g_autoptr (OddService)  service = odd_service_new (NULL);
  g_autoptr (HallAccount) account = NULL;
  gint64                  before = g_get_real_time ();
  gint64                  next = 0;

  odd_service_answer (service, 429, NULL, NULL);
  odd_service_ask_for_pause (service, 600);
  account = library_fixture_add_account_at (fixture->library.library, "Busy", odd_service_get_url (service), "token");
  assert_sync_fails (fixture, HALL_SYNC_ERROR_RETRY_LATER);
  g_assert_cmpuint (odd_service_count (service), ==, 1);
  g_assert_cmpint (get_time (fixture, "next-try-at"), ==, 0);

  assert_sync_fails (fixture, HALL_SYNC_ERROR_RETRY_LATER);
  g_assert_cmpuint (odd_service_count (service), ==, 1);
  assert_problem (fixture, "The service asks to be left alone until ");

  g_object_set (courier_of (fixture), "automatic", TRUE, NULL);
  while (next == 0) {
    g_main_context_iteration (NULL, TRUE);
    next = get_time (fixture, "next-try-at");
  }
  g_assert_cmpint (next, >=, before + 600 * G_USEC_PER_SEC);
  assert_says (fixture, "Saved. The service cannot answer right now. Trying again at ");
}

/* It is asked again by itself when the time has come, and not a moment before: not for an edit that is due earlier. */
static void
test_pause_ends (DeskFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr (OddService)  service = odd_service_new (NULL);
  g_autoptr (HallAccount) account = NULL;
  g_autoptr (HallChat)    chat = NULL;
  gint64                  next = 0;

  odd_service_answer (service, 503, NULL, NULL);
  odd_service_ask_for_pause (service, 5);
  account = library_fixture_add_account_at (fixture->library.library, "Busy", odd_service_get_url (service), "token");
  g_object_set (courier_of (fixture), "automatic", TRUE, NULL);
  while (next == 0) {
    g_main_context_iteration (NULL, TRUE);
    next = get_time (fixture, "next-try-at");
  }
  g_assert_cmpuint (odd_service_count (service), ==, 1);

  chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2999-05-30T15:30");
  while (odd_service_count (service) == 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (odd_service_last_asked (service), >=, next);
}

/* What was no wish of the service does not bind the host. */
static void
test_host_overrides (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (OddService)  service = odd_service_new (NULL);
  g_autoptr (HallAccount) account = NULL;

  odd_service_answer (service, 500, NULL, NULL);
  account = library_fixture_add_account_at (fixture->library.library, "Ill", odd_service_get_url (service), "token");
  for (guint i = 1; i <= 3; i++) {
    assert_sync_fails (fixture, HALL_SYNC_ERROR_RETRY_LATER);
    g_assert_cmpuint (odd_service_count (service), ==, i);
  }
  assert_problem (fixture, "The service cannot answer right now.");
}

/* What a service says last is what is the matter with it. */
static void
test_refused_then_ill (DeskFixture   *fixture,
                       gconstpointer  data)
{
  g_autoptr (OddService)  service = odd_service_new (NULL);
  g_autoptr (HallAccount) account = NULL;

  account = library_fixture_add_account_at (fixture->library.library, "Ill", odd_service_get_url (service), "token");
  odd_service_answer (service, 401, NULL, NULL);
  assert_sync_fails (fixture, HALL_SYNC_ERROR_AUTH);
  assert_says (fixture, "Saved. The service does not accept the token");
  odd_service_answer (service, 500, NULL, NULL);
  assert_sync_fails (fixture, HALL_SYNC_ERROR_RETRY_LATER);
  assert_says (fixture, "Saved. The service cannot answer right now");
}

/* The host is told which account it is; with another token everything goes on at once, and nothing is lost. */
static void
test_new_token (DeskFixture   *fixture,
                gconstpointer  data)
{
  HallLibrary             *library = fixture->library.library;
  g_autoptr (HallChat)     chat = library_fixture_add_chat (library, "Day 1", "2999-05-30T15:30");
  g_autoptr (GAsyncResult) wrong = NULL;
  g_autoptr (GAsyncResult) right = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *id = desk_fixture_connect (fixture, &error);

  g_assert_no_error (error);
  hall_keyring_store (hall_library_get_keyring (library), id, "Weekly chats", "withdrawn", NULL, &error);
  g_assert_no_error (error);
  g_object_set (courier_of (fixture), "automatic", TRUE, NULL);
  assert_says (fixture, "Saved. The service does not accept the token; 1 edit waiting");
  assert_problem (fixture, "the token of “Weekly chats”");
  g_assert_cmpint (get_time (fixture, "next-try-at"), ==, 0);

  hall_connections_renew_async (library, id, "as-wrong", NULL, library_fixture_keep, &wrong);
  library_fixture_await (&wrong);
  g_assert_false (hall_connections_renew_finish (library, wrong, &error));
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH);
  g_clear_error (&error);
  assert_says (fixture, "Saved. The service does not accept the token; 1 edit waiting");

  hall_connections_renew_async (library, id, fixture->desk.token, NULL, library_fixture_keep, &right);
  library_fixture_await (&right);
  g_assert_true (hall_connections_renew_finish (library, right, &error));
  g_assert_no_error (error);
  assert_says (fixture, "Saved. All sent just now");
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, DeskFixture, NULL, set_up, function, desk_fixture_tear_down)

  ADD ("/app/courier-pauses/one-is-dead", test_one_is_dead);
  ADD ("/app/courier-pauses/one-is-slow", test_one_is_slow);
  ADD ("/app/courier-pauses/cancelled-at-once", test_cancelled_at_once);
  ADD ("/app/courier-pauses/cancelled-and-quiet", test_cancelled_and_quiet);
  ADD ("/app/courier-pauses/asked-pause", test_asked_pause);
  ADD ("/app/courier-pauses/pause-ends", test_pause_ends);
  ADD ("/app/courier-pauses/host-overrides", test_host_overrides);
  ADD ("/app/courier-pauses/refused-then-ill", test_refused_then_ill);
  ADD ("/app/courier-pauses/new-token", test_new_token);

  return g_test_run ();
}
