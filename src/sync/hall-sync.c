/* SPDX-License-Identifier: GPL-3.0-or-later
 * The loop that joins the engine to the network. The library is never locked while the network is waited for. */
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
  HallRequest *request; /* absent when the exchange has ended */
} Turn;

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

/* FALSE when the library failed; trouble with the service is the engine's to tell. */
static gboolean
run (HallEngine        *engine,
     HallHttp          *http,
     HallStore         *store,
     HallSyncProgress   progress,
     gpointer           progress_data,
     GCancellable      *cancellable,
     GError           **error)
{
  Turn     turn = { engine, NULL, NULL, NULL };
  gboolean went_well;

  do {
    /* What the service has said is taken also when the host has stopped waiting. */
    went_well = hall_store_write (store, take_and_go_on, &turn, NULL, error);
    report (engine, progress, progress_data);
    g_clear_pointer (&turn.reply, hall_reply_free);
    g_clear_error (&turn.failure);

    if (went_well && turn.request != NULL) {
      turn.reply = hall_http_exchange (http, turn.request, cancellable, &turn.failure);
      g_clear_pointer (&turn.request, hall_request_free);
    }
  } while (went_well && (turn.reply != NULL || turn.failure != NULL));

  turn_clear (&turn);
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
  went_well = run (engine, http, store, progress, progress_data, cancellable, error);
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
