/* SPDX-License-Identifier: GPL-3.0-or-later
 * The loop that joins the engine to the network. The library is never locked while the network is waited for; while
 * one page is written, the next one is on its way. */
#include "sync/hall-sync.h"

#include "sync/hall-engine.h"
#include "sync/hall-http.h"
#include "sync/hall-remote-hallway.h"
#include "sync/hall-remotes.h"

#include <glib/gi18n.h>

/* Seconds: somebody sits before the screen and waits. */
#define PROBE_DEADLINE 30

/* One turn: what came back from the last request, and the request after it. */
typedef struct {
  HallEngine  *engine;
  HallReply   *reply;   /* absent in the first turn, and after a failure */
  GError      *failure; /* absent unless nothing came back */
  HallRequest *request; /* the next one; absent when the exchange has ended */
} Turn;

/* What was asked before the engine did, in the hope that it will. */
typedef struct {
  HallRequest *request; /* absent when there is none */
  HallReply   *reply;
  GError      *failure;
} Ahead;

/* A turn in the library, on a thread of its own so that this one can wait for the network meanwhile. */
typedef struct {
  HallStore *store;
  Turn      *turn;
  gboolean   went_well;
  GError    *error;
} Writing;

static gboolean
take_and_go_on (HallDatabase  *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Turn *turn = data;

  if ((turn->reply != NULL || turn->failure != NULL) &&
      !hall_engine_take (turn->engine, db, turn->reply, turn->failure, error))
    return FALSE;

  return hall_engine_next (turn->engine, db, &turn->request, error);
}

static void
turn_clear (Turn *turn)
{
  g_clear_pointer (&turn->reply, hall_reply_free);
  g_clear_pointer (&turn->request, hall_request_free);
  g_clear_error (&turn->failure);
}

static void
report (HallEngine       *engine,
        HallSyncProgress  progress,
        gpointer          data)
{
  HallSyncPhase phase;
  guint         done, total;

  if (progress == NULL)
    return;

  phase = hall_engine_get_phase (engine, &done, &total);
  progress (phase, done, total, data);
}

static void
ahead_clear (Ahead *ahead)
{
  g_clear_pointer (&ahead->request, hall_request_free);
  g_clear_pointer (&ahead->reply, hall_reply_free);
  g_clear_error (&ahead->failure);
}

static gboolean
is_same (const HallRequest *one,
         const HallRequest *other)
{
  return g_str_equal (one->method, other->method) && g_str_equal (one->path, other->path) &&
         g_strcmp0 (one->query, other->query) == 0 && one->body == NULL && other->body == NULL;
}

static gpointer
write_turn (gpointer data)
{
  Writing *writing = data;

  /* What the service has said is taken also when the host has stopped waiting. */
  writing->went_well = hall_store_write (writing->store, take_and_go_on, writing->turn, NULL, &writing->error);

  return NULL;
}

/* Brings what came back into the library, and meanwhile asks for what will follow, if that can be told. */
static gboolean
write_and_look_ahead (HallStore         *store,
                      const HallRemote  *remote,
                      HallHttp          *http,
                      Turn              *turn,
                      const HallRequest *asked,
                      Ahead             *ahead,
                      GCancellable      *cancellable,
                      GError           **error)
{
  Writing  writing = { store, turn, FALSE, NULL };
  GThread *thread;

  if (ahead->request == NULL && turn->reply != NULL)
    ahead->request = remote->ask_ahead (asked, turn->reply);
  /* A page that goes on with itself does not go on. */
  if (ahead->request != NULL && asked != NULL && is_same (ahead->request, asked))
    ahead_clear (ahead);

  if (ahead->request == NULL || ahead->reply != NULL || ahead->failure != NULL) {
    write_turn (&writing);
  } else {
    thread = g_thread_new ("hall-sync-write", write_turn, &writing);
    ahead->reply = hall_http_exchange (http, ahead->request, cancellable, &ahead->failure);
    g_thread_join (thread);
  }

  if (!writing.went_well)
    g_propagate_error (error, writing.error);

  return writing.went_well;
}

static void
ask (HallHttp          *http,
     const HallRequest *request,
     Turn              *turn,
     Ahead             *ahead,
     GCancellable      *cancellable)
{
  if (ahead->request != NULL && is_same (ahead->request, request)) {
    turn->reply = g_steal_pointer (&ahead->reply);
    turn->failure = g_steal_pointer (&ahead->failure);
    ahead_clear (ahead);
  } else {
    /* A single row that is missing may come first; but whatever changes something makes a page old. */
    if (!g_str_equal (request->method, "GET"))
      ahead_clear (ahead);
    turn->reply = hall_http_exchange (http, request, cancellable, &turn->failure);
  }
}

/* FALSE when the library failed; trouble with the service is the engine's to tell. */
static gboolean
run (HallEngine        *engine,
     const HallRemote  *remote,
     HallHttp          *http,
     HallStore         *store,
     HallSyncProgress   progress,
     gpointer           progress_data,
     GCancellable      *cancellable,
     GError           **error)
{
  Turn         turn = { engine, NULL, NULL, NULL };
  Ahead        ahead = { NULL, NULL, NULL };
  HallRequest *asked = NULL;
  gboolean     went_well;

  do {
    went_well = write_and_look_ahead (store, remote, http, &turn, asked, &ahead, cancellable, error);
    report (engine, progress, progress_data);
    g_clear_pointer (&turn.reply, hall_reply_free);
    g_clear_error (&turn.failure);

    if (went_well && turn.request != NULL) {
      g_clear_pointer (&asked, hall_request_free);
      asked = g_steal_pointer (&turn.request);
      ask (http, asked, &turn, &ahead, cancellable);
    }
  } while (went_well && (turn.reply != NULL || turn.failure != NULL));

  turn_clear (&turn);
  ahead_clear (&ahead);
  hall_request_free (asked);
  return went_well;
}

/**
 * hall_sync_run:
 * @store: an open library
 * @account: the account to exchange with
 * @token: its token
 * @progress: (nullable) (scope call): told how far it is, after every transaction
 * @progress_data: for @progress
 * @result: (out) (optional): what came of it, also when it fails
 * @cancellable: (nullable): ends it early; what was exchanged by then stays
 * @error: return location
 *
 * Exchanges everything with one service: sends again what got no answer last time, takes the service's news, sends
 * what waits, and takes what came meanwhile. Blocks, so call it on a thread of its own, one at a time for an account.
 * Whatever happens, every edit stays in the library until the service has it.
 *
 * Fails with HALL_SYNC_ERROR (its code tells what to do about it), HALL_STORE_ERROR or G_IO_ERROR_CANCELLED.
 *
 * Returns: whether everything was exchanged
 */
gboolean
hall_sync_run (HallStore          *store,
               const HallAccount  *account,
               const char         *token,
               HallSyncProgress    progress,
               gpointer            progress_data,
               HallSyncResult     *result,
               GCancellable       *cancellable,
               GError            **error)
{
  g_autoptr (HallHttp)   http = NULL;
  g_autoptr (HallEngine) engine = NULL;
  const HallRemote      *remote;
  gboolean               went_well;

  g_return_val_if_fail (HALL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account != NULL && token != NULL, FALSE);

  if (result != NULL)
    *result = (HallSyncResult) { 0 };

  remote = hall_remotes_find (account->service);
  if (remote == NULL) {
    g_set_error_literal (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_REJECTED,
                         _("This version of Hallway does not know the kind of service of this account."));
    return FALSE;
  }

  http = hall_http_new (account->url, token, HALL_HTTP_DEADLINE, error);
  if (http == NULL)
    return FALSE;

  engine = hall_engine_new (account->parent.id, remote, hall_store_get_clock (store), hall_store_get_random (store));
  went_well = run (engine, remote, http, store, progress, progress_data, cancellable, error);
  if (result != NULL)
    *result = *hall_engine_get_result (engine);
  if (!went_well || hall_engine_get_trouble (engine) == NULL)
    return went_well;

  g_propagate_error (error, g_error_copy (hall_engine_get_trouble (engine)));
  return FALSE;
}

/**
 * hall_sync_probe:
 * @url: base address of a service
 * @token: a token
 * @service_name: (out) (optional) (transfer full): which kind of service it is, as HallAccount has it
 * @cancellable: (nullable): ends it early
 * @error: return location
 *
 * Asks a service whether it is one and takes the token. Stores nothing. Blocks. Fails with HALL_SYNC_ERROR or
 * G_IO_ERROR_CANCELLED; every message is a sentence for people.
 *
 * Returns: whether an account could be set up with it
 */
gboolean
hall_sync_probe (const char    *url,
                 const char    *token,
                 char         **service_name,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const HallRemote       *remote = &hall_remote_hallway;
  g_autoptr (HallHttp)    http = NULL;
  g_autoptr (HallRequest) request = NULL;
  g_autoptr (HallReply)   reply = NULL;

  g_return_val_if_fail (url != NULL && token != NULL, FALSE);

  http = hall_http_new (url, token, PROBE_DEADLINE, error);
  if (http == NULL)
    return FALSE;

  request = remote->ask_session ();
  reply = hall_http_exchange (http, request, cancellable, error);
  if (reply == NULL || !remote->read_session (reply, error))
    return FALSE;

  if (service_name != NULL)
    *service_name = g_strdup (remote->service);

  return TRUE;
}
