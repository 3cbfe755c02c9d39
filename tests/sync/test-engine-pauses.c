/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exchanges that fail: what is noted for the next one, and what keeps that from beginning. */
#include "script.h"

#include "scratch.h"
#include "store/hall-accounts.h"
#include "store/hall-pauses.h"
#include "sync/hall-backoff.h"
#include "sync/hall-remote-hallway.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define YEARS  (10 * 365 * 86400 * SECOND)
#define NOTHING_NEW { FIRST_PAGE, 200, PAGE ("", "0-0", "false"), NULL }

static HallPause
get_pause (Script *script)
{
  g_autoptr (GError) error = NULL;
  HallPause          pause;

  hall_pauses_get (script->host->db, script->host->account->parent.id, &pause, &error);
  g_assert_no_error (error);

  return pause;
}

/* One exchange that may not even ask. */
static void
assert_held (Script *script)
{
  HallPause before = get_pause (script);

  script_exchange (script, NULL, 0, HALL_SYNC_ERROR_RETRY_LATER);
  g_assert_cmpint (get_pause (script).failures, ==, before.failures);
  g_assert_cmpint (get_pause (script).ends_at, ==, before.ends_at);
}

static void
test_wish_is_kept (Script        *script,
                   gconstpointer  data)
{
  const char *retry_after = data;
  HallPause   pause;

  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, { "GET /v1/session", 503, NULL, NULL, retry_after });
  pause = get_pause (script);
  g_assert_true (pause.asked);
  g_assert_false (pause.refused);
  g_assert_cmpint (pause.failures, ==, 1);
  g_assert_cmpint (pause.begun_at, ==, SCRATCH_NOW);
  g_assert_cmpint (pause.ends_at, >=, SCRATCH_NOW + 600 * SECOND);
  g_assert_cmpint (pause.ends_at, <=, SCRATCH_NOW + 660 * SECOND);

  assert_held (script);
  script->host->now = pause.ends_at - 1;
  assert_held (script);
  script->host->now = pause.ends_at;
  EXCHANGE (script, -1, SESSION, NOTHING_NEW);
  g_assert_cmpint (get_pause (script).failures, ==, 0);
}

/* However far it jumps, and whichever way. */
static void
test_clock_jumps (Script        *script,
                  gconstpointer  data)
{
  script->host->now = SCRATCH_NOW;
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, { "GET /v1/session", 429, NULL, NULL, "600" });
  script->host->now = SCRATCH_NOW + YEARS;
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, { "GET /v1/session", 429, NULL, NULL, "600" });
  script->host->now = SCRATCH_NOW - YEARS;
  EXCHANGE (script, -1, SESSION, NOTHING_NEW);
}

/* A pause nobody asked for binds only whoever goes by itself. */
static void
test_own_pause_binds_no_host (Script        *script,
                              gconstpointer  data)
{
  gint64 bound = 5 * SECOND;

  for (int i = 1; i <= 10; i++) {
    if (i % 2 == 0)
      EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, { "GET /v1/session", 0, NULL, NULL });
    else
      EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, { "GET /v1/session", 500, NULL, NULL });
    g_assert_cmpint (get_pause (script).failures, ==, i);
    g_assert_false (get_pause (script).asked);
    g_assert_cmpint (get_pause (script).ends_at, >=, SCRATCH_NOW);
    g_assert_cmpint (get_pause (script).ends_at, <=, SCRATCH_NOW + bound);
    bound = MIN (bound * 2, HALL_BACKOFF_CAP);
  }
  EXCHANGE (script, -1, SESSION, NOTHING_NEW);
  g_assert_cmpint (get_pause (script).failures, ==, 0);
}

/* An exchange that got something done is the first failure again. */
static void
test_progress_counts (Script        *script,
                      gconstpointer  data)
{
  for (int i = 1; i <= 3; i++)
    EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, { "GET /v1/session", 0, NULL, NULL });
  g_assert_cmpint (get_pause (script).failures, ==, 3);

  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, SESSION,
            { FIRST_PAGE, 200, PAGE (ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "1-a1", "true"), NULL },
            { FIRST_PAGE "&since=1-a1", 0, NULL, NULL });
  g_assert_cmpint (get_pause (script).failures, ==, 1);
}

/* No token, no exchange by itself; nothing is lost, and the host may always ask. */
static void
test_token_refused (Script        *script,
                    gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);

  host_save_text (script->host, chat, "title", "Mine");
  EXCHANGE (script, HALL_SYNC_ERROR_AUTH, { "GET /v1/session", 401, NULL, NULL });
  g_assert_true (get_pause (script).refused);
  g_assert_false (get_pause (script).asked);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 1);

  /* In the middle of things it is no other. */
  EXCHANGE (script, HALL_SYNC_ERROR_AUTH, SESSION, NO_NEWS ("1-a1"), { "PATCH /v1/chats/" CHAT, 401, NULL, NULL });
  g_assert_true (get_pause (script).refused);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox WHERE state = 'unknown'"), ==, 1);

  EXCHANGE (script, -1, SESSION, { "PATCH /v1/chats/" CHAT, 200, CHAT_ROW ("Mine"), "\"a2\"" }, NO_NEWS ("1-a1"));
  g_assert_cmpstr (g_ptr_array_index (script->keys, 0), ==, g_ptr_array_index (script->keys, 1));
  g_assert_false (get_pause (script).refused);
}

/* A service that wants to be left alone is not asked for news in the same breath. */
static void
test_wish_ends_everything (Script        *script,
                           gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);
  HallPause            pause;

  host_save_text (script->host, chat, "title", "Mine");
  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, SESSION, NO_NEWS ("1-a1"), { "PATCH /v1/chats/" CHAT, 0, NULL, NULL });
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, SESSION, { "PATCH /v1/chats/" CHAT, 429, NULL, NULL, "30" });
  pause = get_pause (script);
  g_assert_true (pause.asked);
  assert_held (script);

  script->host->now = pause.ends_at;
  EXCHANGE (script, -1, SESSION, { "PATCH /v1/chats/" CHAT, 200, CHAT_ROW ("Mine"), "\"a2\"" }, NO_NEWS ("1-a1"));
}

/* What a portal says binds nobody, though it says it in the words of a service. */
static void
test_wish_of_a_portal (Script        *script,
                       gconstpointer  data)
{
  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, { "GET /v1/session", 511, NULL, NULL, "3600" });
  g_assert_false (get_pause (script).asked);
  g_assert_cmpint (get_pause (script).failures, ==, 1);
}

static void
commit_take (Script       *script,
             HallEngine   *engine,
             const GError *failure)
{
  g_autoptr (GError) error = NULL;

  scratch_begin (script->host->db);
  hall_engine_take (engine, script->host->db, NULL, failure, &error);
  g_assert_no_error (error);
  scratch_commit (script->host->db);
}

static HallEngine *
begin (Script *script)
{
  HallEngine              *engine = hall_engine_new (script->host->account->parent.id, &hall_remote_hallway,
                                                     &script->host->clock, &scratch_random);
  g_autoptr (HallRequest)  request = NULL;
  g_autoptr (GError)       error = NULL;

  scratch_begin (script->host->db);
  hall_engine_next (engine, script->host->db, &request, &error);
  g_assert_no_error (error);
  scratch_commit (script->host->db);
  g_assert_nonnull (request);

  return engine;
}

/* A host who has enough of waiting says nothing about the service. */
static void
test_cancelled (Script        *script,
                gconstpointer  data)
{
  g_autoptr (HallEngine) engine = NULL;
  g_autoptr (GError)     cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Enough");

  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, { "GET /v1/session", 0, NULL, NULL });
  engine = begin (script);
  script->host->now += 5;
  commit_take (script, engine, cancelled);
  g_assert_error (hall_engine_get_trouble (engine), G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (get_pause (script).failures, ==, 1);
  g_assert_cmpint (get_pause (script).begun_at, ==, SCRATCH_NOW);
}

/* The pause is there as soon as the failure is taken, whether or not the engine is asked again. */
static void
test_noted_at_once (Script        *script,
                    gconstpointer  data)
{
  g_autoptr (HallEngine) engine = begin (script);
  g_autoptr (GError)     offline = g_error_new_literal (HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE, "Nobody answers");

  commit_take (script, engine, offline);
  host_reopen (script->host);
  g_assert_cmpint (get_pause (script).failures, ==, 1);
}

static void
remove_account (gpointer data)
{
  Script            *script = data;
  g_autoptr (GError) error = NULL;

  scratch_begin (script->host->db);
  hall_accounts_remove (script->host->db, script->host->account->parent.id, &error);
  g_assert_no_error (error);
  scratch_commit (script->host->db);
}

/* The host removes the account while an edit is on its way. */
static void
test_account_removed (Script        *script,
                      gconstpointer  data)
{
  guint                status = GPOINTER_TO_UINT (data);
  g_autoptr (HallChat) chat = script_receive_chat (script);

  host_save_text (script->host, chat, "title", "Mine");
  script->on_write = remove_account;
  EXCHANGE (script, HALL_SYNC_ERROR_REJECTED, SESSION, NO_NEWS ("1-a1"),
            { "PATCH /v1/chats/" CHAT, status, CHAT_ROW ("Mine"), "\"a2\"" });
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM chats WHERE title = 'Mine'"), ==, 1);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM bases"), ==, 0);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM pauses"), ==, 0);
}

/* It was removed before the exchange could begin. */
static void
test_account_not_there (Script        *script,
                        gconstpointer  data)
{
  remove_account (script);
  script_exchange (script, NULL, 0, HALL_SYNC_ERROR_REJECTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SCRIPT_TEST ("/sync/engine-pauses/wish-is-kept/seconds", test_wish_is_kept, "600");
  SCRIPT_TEST ("/sync/engine-pauses/wish-is-kept/date", test_wish_is_kept, "Mon, 30 May 2016 22:40:00 GMT");
  SCRIPT_TEST ("/sync/engine-pauses/clock-jumps", test_clock_jumps, NULL);
  SCRIPT_TEST ("/sync/engine-pauses/own-pause-binds-no-host", test_own_pause_binds_no_host, NULL);
  SCRIPT_TEST ("/sync/engine-pauses/progress-counts", test_progress_counts, NULL);
  SCRIPT_TEST ("/sync/engine-pauses/token-refused", test_token_refused, NULL);
  SCRIPT_TEST ("/sync/engine-pauses/wish-ends-everything", test_wish_ends_everything, NULL);
  SCRIPT_TEST ("/sync/engine-pauses/wish-of-a-portal", test_wish_of_a_portal, NULL);
  SCRIPT_TEST ("/sync/engine-pauses/cancelled", test_cancelled, NULL);
  SCRIPT_TEST ("/sync/engine-pauses/noted-at-once", test_noted_at_once, NULL);
  SCRIPT_TEST ("/sync/engine-pauses/account-removed/answered", test_account_removed, GUINT_TO_POINTER (200));
  SCRIPT_TEST ("/sync/engine-pauses/account-removed/lost", test_account_removed, GUINT_TO_POINTER (0));
  SCRIPT_TEST ("/sync/engine-pauses/account-not-there", test_account_not_there, NULL);

  return g_test_run ();
}
