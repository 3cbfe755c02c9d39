/* SPDX-License-Identifier: GPL-3.0-or-later
 * Goes to one account's service with its token, and counts afterwards what waits. */
#include "app/hall-trip.h"

#include "app/hall-worker.h"
#include "sync/hall-http.h"

typedef struct {
  GTask            *task;   /* lives as long as this */
  HallStore        *store;
  HallKeyring      *keyring;
  HallDemoDesk     *desk;
  HallAccount      *account;
  HallSyncProgress  progress;
  gpointer          progress_data;
  HallSyncResult    exchanged;
  HallTally        *tally;

  GMutex            lock;
  /* guarded by lock: news from the worker that has not been told */
  gboolean          news;
  HallSyncPhase     phase;
  guint             done;
  guint             total;
} Trip;

static void
free_trip (gpointer data)
{
  Trip *trip = data;

  g_object_unref (trip->store);
  g_object_unref (trip->keyring);
  g_object_unref (trip->desk);
  hall_value_unref (trip->account);
  hall_tally_free (trip->tally);
  g_mutex_clear (&trip->lock);
  g_free (trip);
}

static gboolean
on_news (gpointer data)
{
  GTask        *task = data;
  Trip         *trip = g_task_get_task_data (task);
  HallSyncPhase phase;
  guint         done;
  guint         total;

  g_mutex_lock (&trip->lock);
  trip->news = FALSE;
  phase = trip->phase;
  done = trip->done;
  total = trip->total;
  g_mutex_unlock (&trip->lock);

  if (!g_task_get_completed (task))
    trip->progress (phase, done, total, trip->progress_data);

  return G_SOURCE_REMOVE;
}

/* On the worker's thread. However fast the worker is, one piece of news at a time is on its way. */
static void
on_progress (HallSyncPhase phase,
             guint         done,
             guint         total,
             gpointer      data)
{
  Trip    *trip = data;
  gboolean tell;

  g_mutex_lock (&trip->lock);
  trip->phase = phase;
  trip->done = done;
  trip->total = total;
  tell = !trip->news;
  trip->news = TRUE;
  g_mutex_unlock (&trip->lock);

  if (tell)
    g_idle_add_full (G_PRIORITY_DEFAULT, on_news, g_object_ref (trip->task), g_object_unref);
}

/* A demo's desk is our own child: it is started when it is needed, and gives a token to whoever started it. */
static gboolean
wake_desk (Trip          *trip,
           GCancellable  *cancellable,
           GError       **error)
{
  const HallAccount *account = trip->account;
  g_autofree char   *address = NULL;
  g_autofree char   *token = NULL;

  if (!hall_http_stays_here (account->url) || !hall_demo_desk_is_there (trip->desk))
    return TRUE;

  address = hall_demo_desk_start (trip->desk, error);
  if (address == NULL)
    return FALSE;
  if (g_strcmp0 (account->url, address) != 0 || hall_keyring_remembers (trip->keyring, account->parent.id))
    return TRUE;

  token = hall_demo_desk_add_token (trip->desk, cancellable, error);
  if (token == NULL)
    return FALSE;
  hall_keyring_remember (trip->keyring, account->parent.id, token);

  return TRUE;
}

static gboolean
exchange (Trip          *trip,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GError) asleep = NULL;
  g_autofree char   *token = NULL;
  gboolean           went_well;

  wake_desk (trip, cancellable, &asleep);

  token = hall_keyring_look_up (trip->keyring, trip->account->parent.id, cancellable,
                                asleep == NULL ? error : NULL);
  went_well = token != NULL &&
              hall_sync_run (trip->store, trip->account, token, on_progress, trip, &trip->exchanged, cancellable,
                             asleep == NULL ? error : NULL);

  /* A desk that does not start says more than that nobody answers; another service on this machine needs none. */
  if (!went_well && asleep != NULL)
    g_propagate_error (error, g_steal_pointer (&asleep));

  return went_well;
}

static gboolean
count (HallDatabase  *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Trip *trip = data;

  trip->tally = hall_tally_read (db, error);

  return trip->tally != NULL;
}

static gboolean
run_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Trip              *trip = data;
  g_autoptr (GError) fault = NULL;

  exchange (trip, cancellable, &fault);

  /* Counted here, so that whoever waits hears numbers from after the exchange. */
  hall_store_read (trip->store, count, trip, NULL, fault == NULL ? &fault : NULL);
  if (fault == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/**
 * hall_trip_run_async:
 * @source: the object the answer comes from
 * @store: the open library file
 * @keyring: where the token is
 * @desk: the library's desk for trying things out, if it has one
 * @account: whose service to exchange with
 * @progress: called on the main loop with @user_data, until the callback
 * @cancellable: (nullable): ends the exchange between two transactions
 *
 * Main loop only. One at a time for an account.
 */
void
hall_trip_run_async (gpointer             source,
                     HallStore           *store,
                     HallKeyring         *keyring,
                     HallDemoDesk        *desk,
                     const HallAccount   *account,
                     HallSyncProgress     progress,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Trip             *trip;

  g_return_if_fail (G_IS_OBJECT (source));
  g_return_if_fail (HALL_IS_STORE (store) && HALL_IS_KEYRING (keyring) && HALL_IS_DEMO_DESK (desk));
  g_return_if_fail (account != NULL && progress != NULL);

  trip = g_new0 (Trip, 1);
  trip->store = g_object_ref (store);
  trip->keyring = g_object_ref (keyring);
  trip->desk = g_object_ref (desk);
  trip->account = hall_value_ref (account);
  trip->progress = progress;
  trip->progress_data = user_data;
  g_mutex_init (&trip->lock);

  task = g_task_new (source, cancellable, callback, user_data);
  g_task_set_source_tag (task, hall_trip_run_async);
  /* An answer that says what did come and go is worth more than "cancelled". */
  g_task_set_check_cancellable (task, FALSE);
  trip->task = task;
  g_task_set_task_data (task, trip, free_trip);
  hall_worker_run (task, run_job);
}

/**
 * hall_trip_run_finish:
 * @exchanged: (out): what came and went, also when it failed
 * @tally: (out) (transfer full) (nullable): how things stand after the exchange, also when it failed; NULL when the
 *   library could not be read
 * @error: %HALL_APP_ERROR_KEYRING, %HALL_APP_ERROR_DESK, %HALL_SYNC_ERROR, %HALL_STORE_ERROR or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: whether everything was exchanged
 */
gboolean
hall_trip_run_finish (gpointer         source,
                      GAsyncResult    *result,
                      HallSyncResult  *exchanged,
                      HallTally      **tally,
                      GError         **error)
{
  Trip *trip;

  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);
  g_return_val_if_fail (exchanged != NULL && tally != NULL, FALSE);

  trip = g_task_get_task_data (G_TASK (result));
  *exchanged = trip->exchanged;
  *tally = g_steal_pointer (&trip->tally);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
