/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who goes and who stays: each account alone with its troubles, pauses and networks. */
#include "../sync/odd-service.h"
#include "app/hall-dispatch.h"
#include "library-fixture.h"
#include "store/hall-store.h"

#define PAUSE (10 * G_TIME_SPAN_MINUTE)

typedef struct {
  LibraryFixture library;
  OddService    *service;
  HallDispatch  *dispatch;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  HallLibrary *library;

  library_fixture_set_up (&fixture->library, data);
  library = fixture->library.library;
  fixture->service = odd_service_new (NULL);
  fixture->dispatch = hall_dispatch_new (hall_library_get_store (library), hall_library_get_keyring (library),
                                         hall_library_get_demo_desk (library));
}

static void
come_home (Fixture *fixture)
{
  hall_dispatch_cancel (fixture->dispatch);
  while (hall_dispatch_is_out (fixture->dispatch))
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  come_home (fixture);
  g_clear_object (&fixture->dispatch);
  odd_service_free (fixture->service);
  library_fixture_tear_down (&fixture->library, data);
}

static gboolean
tally_job (HallDatabase  *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  HallTally **tally = data;

  *tally = hall_tally_read (db, error);

  return *tally != NULL;
}

static HallTally *
read_tally (Fixture *fixture)
{
  HallStore               *store = hall_library_get_store (fixture->library.library);
  HallTally               *tally = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  hall_store_read_async (store, tally_job, &tally, NULL, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  hall_store_job_finish (store, result, &error);
  g_assert_no_error (error);

  return tally;
}

/* Of one account, with this pause; nothing may be out. */
static void
assert_goes (Fixture        *fixture,
             HallPause       pause,
             HallRouteTerms  terms,
             gboolean        goes,
             gboolean        stays_for_terms)
{
  g_autoptr (HallTally) tally = read_tally (fixture);
  HallTallyAccount     *entry = g_ptr_array_index (tally->accounts, 0);

  g_assert_cmpuint (tally->accounts->len, ==, 1);
  entry->pause = pause;
  hall_dispatch_know (fixture->dispatch, tally);
  g_assert_true (hall_dispatch_send (fixture->dispatch, terms) == stays_for_terms);
  g_assert_true (hall_dispatch_is_out (fixture->dispatch) == goes);
  come_home (fixture);
}

static void
assert_pauses (Fixture  *fixture,
               gboolean  is_near)
{
  const gint64    now = LIBRARY_FIXTURE_NOW;
  const HallPause none = { 0 };
  const HallPause own = { .failures = 2, .begun_at = now - 1, .ends_at = now + PAUSE };
  const HallPause asked = { .failures = 1, .begun_at = now - 1, .ends_at = now + PAUSE, .asked = TRUE };
  const HallPause over = { .failures = 1, .begun_at = now - PAUSE, .ends_at = now };
  const HallPause ahead = { .failures = 1, .begun_at = now + 1, .ends_at = now + PAUSE, .asked = TRUE };
  const HallPause refused = { .failures = 1, .refused = TRUE };

  assert_goes (fixture, none, HALL_ROUTE_FREELY, TRUE, FALSE);
  assert_goes (fixture, own, HALL_ROUTE_FREELY, FALSE, FALSE);
  assert_goes (fixture, asked, HALL_ROUTE_FREELY, FALSE, FALSE);
  assert_goes (fixture, over, HALL_ROUTE_FREELY, TRUE, FALSE);
  /* The clock was set back. */
  assert_goes (fixture, ahead, HALL_ROUTE_FREELY, TRUE, FALSE);
  assert_goes (fixture, refused, HALL_ROUTE_FREELY, FALSE, FALSE);

  /* That the network is back says nothing to a service that asked for a pause, or that refused. */
  assert_goes (fixture, own, HALL_ROUTE_REFRESHED, !is_near, FALSE);
  assert_goes (fixture, asked, HALL_ROUTE_REFRESHED, FALSE, FALSE);
  assert_goes (fixture, refused, HALL_ROUTE_REFRESHED, FALSE, FALSE);

  assert_goes (fixture, none, HALL_ROUTE_OFFLINE, is_near, !is_near);
  assert_goes (fixture, none, HALL_ROUTE_METERED, is_near, !is_near);
  assert_goes (fixture, own, HALL_ROUTE_METERED, FALSE, FALSE);
}

static void
test_pauses (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (HallAccount) account = NULL;

  odd_service_answer (fixture->service, 0, NULL, NULL);
  account = library_fixture_add_account_at (fixture->library.library, "Near", odd_service_get_url (fixture->service),
                                            "token");
  assert_pauses (fixture, TRUE);
}

/* Over plain http nobody gets any further than to try. */
static void
test_pauses_far (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (HallAccount) account = library_fixture_add_account_at (fixture->library.library, "Far",
                                                                    "http://chats.example.org", "token");

  assert_pauses (fixture, FALSE);
}

static void
add_accounts (Fixture *fixture,
              guint    n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char        *name = g_strdup_printf ("Account %u", i);
    g_autofree char        *url = g_strdup_printf ("%s/%u", odd_service_get_url (fixture->service), i);
    g_autoptr (HallAccount) account = library_fixture_add_account_at (fixture->library.library, name, url, "token");
  }
}

static GAsyncResult *
send_for_host (Fixture *fixture)
{
  g_autoptr (HallTally) tally = read_tally (fixture);
  GAsyncResult         *result = NULL;

  hall_dispatch_know (fixture->dispatch, tally);
  hall_dispatch_send_for (fixture->dispatch, g_task_new (fixture->dispatch, NULL, library_fixture_keep, &result));
  while (odd_service_count (fixture->service) < MIN (tally->accounts->len, 4))
    g_main_context_iteration (NULL, FALSE);
  hall_dispatch_cancel (fixture->dispatch);
  library_fixture_await (&result);

  return result;
}

/* Where nobody answers four wait at once; the others are called off before they went. */
static void
test_few_at_once (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  odd_service_answer (fixture->service, 0, NULL, NULL);
  add_accounts (fixture, 6);
  result = send_for_host (fixture);
  g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  come_home (fixture);
  g_assert_cmpuint (odd_service_count (fixture->service), ==, 4);
}

/* What goes wrong first does not end the rest: six accounts, six are asked. */
static void
test_all_are_asked (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (HallTally)    tally = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *said = NULL;

  odd_service_answer (fixture->service, 500, NULL, NULL);
  add_accounts (fixture, 6);
  tally = read_tally (fixture);
  hall_dispatch_know (fixture->dispatch, tally);
  hall_dispatch_send_for (fixture->dispatch, g_task_new (fixture->dispatch, NULL, library_fixture_keep, &result));
  library_fixture_await (&result);
  g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_RETRY_LATER);
  g_assert_cmpuint (odd_service_count (fixture->service), ==, 6);

  said = hall_dispatch_explain (fixture->dispatch);
  for (guint i = 0; i < 6; i++) {
    g_autofree char *name = g_strdup_printf ("“Account %u”: ", i);

    g_assert_nonnull (strstr (said, name));
  }
}

/* An account that is removed while somebody is out takes nobody else's answer with it. */
static void
test_account_goes (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (HallTally)    tally = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  odd_service_answer (fixture->service, 0, NULL, NULL);
  add_accounts (fixture, 2);
  tally = read_tally (fixture);
  hall_dispatch_know (fixture->dispatch, tally);
  hall_dispatch_send_for (fixture->dispatch, g_task_new (fixture->dispatch, NULL, library_fixture_keep, &result));
  while (odd_service_count (fixture->service) < 2)
    g_main_context_iteration (NULL, FALSE);

  g_ptr_array_set_size (tally->accounts, 0);
  hall_dispatch_know (fixture->dispatch, tally);
  library_fixture_await (&result);
  g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (hall_dispatch_is_out (fixture->dispatch))
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

  ADD ("/app/dispatch/pauses", test_pauses);
  ADD ("/app/dispatch/pauses-far", test_pauses_far);
  ADD ("/app/dispatch/few-at-once", test_few_at_once);
  ADD ("/app/dispatch/all-are-asked", test_all_are_asked);
  ADD ("/app/dispatch/account-goes", test_account_goes);

  return g_test_run ();
}
