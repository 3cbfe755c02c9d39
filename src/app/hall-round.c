/* SPDX-License-Identifier: GPL-3.0-or-later
 * Goes to every account's service with its token; one that fails does not keep the others waiting. */
#include "app/hall-round.h"

#include "app/hall-worker.h"
#include "store/hall-rows.h"

#include <glib/gi18n.h>

typedef struct {
  GTask           *task;   /* lives as long as this */
  gpointer         source; /* and so does this */
  HallStore       *store;
  HallKeyring     *keyring;
  HallDemoDesk    *desk;
  HallSyncProgress progress;
  HallRoundResult  outcome;

  GMutex           lock;
  /* guarded by lock: news from the worker that has not been told */
  gboolean         news;
  HallSyncPhase    phase;
  guint            done;
  guint            total;
} Round;

static void
free_round (gpointer data)
{
  Round *round = data;

  g_object_unref (round->store);
  g_object_unref (round->keyring);
  g_object_unref (round->desk);
  g_mutex_clear (&round->lock);
  g_free (round);
}

static gboolean
on_news (gpointer data)
{
  GTask        *task = data;
  Round        *round = g_task_get_task_data (task);
  HallSyncPhase phase;
  guint         done;
  guint         total;

  g_mutex_lock (&round->lock);
  round->news = FALSE;
  phase = round->phase;
  done = round->done;
  total = round->total;
  g_mutex_unlock (&round->lock);

  if (!g_task_get_completed (task))
    round->progress (phase, done, total, round->source);

  return G_SOURCE_REMOVE;
}

/* On the worker's thread. However fast the worker is, one piece of news at a time is on its way. */
static void
on_progress (HallSyncPhase phase,
             guint         done,
             guint         total,
             gpointer      data)
{
  Round   *round = data;
  gboolean tell;

  g_mutex_lock (&round->lock);
  round->phase = phase;
  round->done = done;
  round->total = total;
  tell = !round->news;
  round->news = TRUE;
  g_mutex_unlock (&round->lock);

  if (tell)
    g_idle_add_full (G_PRIORITY_DEFAULT, on_news, g_object_ref (round->task), g_object_unref);
}

static gboolean
list_accounts (HallDatabase  *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  GPtrArray **accounts = data;

  *accounts = hall_rows_list (db, &hall_account_kind, "ORDER BY name, id", NULL, error);

  return *accounts != NULL;
}

/* A demo's desk is our own child: it is started when it is needed, and gives a token to whoever started it. */
static gboolean
wake_desk (HallDemoDesk  *desk,
           HallKeyring   *keyring,
           GPtrArray     *accounts,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *address = NULL;

  if (!hall_demo_desk_is_there (desk))
    return TRUE;

  address = hall_demo_desk_start (desk, error);
  if (address == NULL)
    return FALSE;

  for (guint i = 0; i < accounts->len; i++) {
    const HallAccount *account = g_ptr_array_index (accounts, i);
    g_autofree char   *token = NULL;

    if (g_strcmp0 (account->url, address) != 0 || hall_keyring_remembers (keyring, account->parent.id))
      continue;

    token = hall_demo_desk_add_token (desk, cancellable, error);
    if (token == NULL)
      return FALSE;
    hall_keyring_remember (keyring, account->parent.id, token);
  }

  return TRUE;
}

static gboolean
visit (Round             *round,
       const HallAccount *account,
       GCancellable      *cancellable,
       GError           **error)
{
  HallSyncResult  *sum = &round->outcome.exchanged;
  HallSyncResult   result = { 0 };
  g_autofree char *token = hall_keyring_look_up (round->keyring, account->parent.id, cancellable, error);
  gboolean         done;

  if (token == NULL)
    return FALSE;

  done = hall_sync_run (round->store, account, token, on_progress, round, &result, cancellable, error);

  /* What came and went before it failed did come and go. */
  sum->received += result.received;
  sum->sent += result.sent;
  sum->parked += result.parked;
  sum->conflicts += result.conflicts;

  return done;
}

static gboolean
go_round (Round         *round,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError)    first = NULL;

  if (!hall_store_read (round->store, list_accounts, &accounts, cancellable, error))
    return FALSE;

  if (accounts->len == 0) {
    g_set_error_literal (error, HALL_APP_ERROR, HALL_APP_ERROR_NO_ACCOUNT,
                         _("There is no account yet, so there is nobody to exchange with. "
                           "Everything is saved here. Set up an account first."));
    return FALSE;
  }

  wake_desk (round->desk, round->keyring, accounts, cancellable, &first);

  for (guint i = 0; i < accounts->len && !g_cancellable_is_cancelled (cancellable); i++) {
    g_autoptr (GError) reason = NULL;

    /* One that fails does not keep the others waiting. */
    if (!visit (round, g_ptr_array_index (accounts, i), cancellable, &reason) && first == NULL)
      first = g_steal_pointer (&reason);
  }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (first != NULL) {
    g_propagate_error (error, g_steal_pointer (&first));
    return FALSE;
  }

  return TRUE;
}

static gboolean
count (HallDatabase  *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  return hall_standing_count (data, db, error);
}

static gboolean
run_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Round             *round = data;
  g_autoptr (GError) fault = NULL;

  go_round (round, cancellable, &fault);

  /* Counted here, so that whoever waits hears numbers from after the exchange. */
  round->outcome.counted = hall_store_read (round->store, count, &round->outcome.standing, NULL,
                                            fault == NULL ? &fault : NULL);
  if (fault == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/**
 * hall_round_run_async:
 * @source: the object the answer comes from; @progress gets it as its data
 * @store: the open library file
 * @keyring: where the tokens are
 * @desk: the library's desk for trying things out, if it has one
 * @progress: called on the main loop, until the callback
 * @cancellable: (nullable): ends the round between two transactions
 *
 * Main loop only.
 */
void
hall_round_run_async (gpointer             source,
                      HallStore           *store,
                      HallKeyring         *keyring,
                      HallDemoDesk        *desk,
                      HallSyncProgress     progress,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Round            *round;

  g_return_if_fail (G_IS_OBJECT (source));
  g_return_if_fail (HALL_IS_STORE (store) && HALL_IS_KEYRING (keyring) && HALL_IS_DEMO_DESK (desk));
  g_return_if_fail (progress != NULL);

  round = g_new0 (Round, 1);
  round->source = source;
  round->store = g_object_ref (store);
  round->keyring = g_object_ref (keyring);
  round->desk = g_object_ref (desk);
  round->progress = progress;
  g_mutex_init (&round->lock);

  task = g_task_new (source, cancellable, callback, user_data);
  g_task_set_source_tag (task, hall_round_run_async);
  /* An answer that says what did come and go is worth more than "cancelled". */
  g_task_set_check_cancellable (task, FALSE);
  round->task = task;
  g_task_set_task_data (task, round, free_round);
  hall_worker_run (task, run_job);
}

/**
 * hall_round_run_finish:
 * @outcome: (out): what was exchanged, and the counts of after; set also when it failed
 * @error: %HALL_APP_ERROR_NO_ACCOUNT, %HALL_APP_ERROR_KEYRING, %HALL_APP_ERROR_DESK, %HALL_SYNC_ERROR,
 *   %HALL_STORE_ERROR or %G_IO_ERROR_CANCELLED: the first that was met
 *
 * Returns: whether everything was exchanged with every account
 */
gboolean
hall_round_run_finish (gpointer          source,
                       GAsyncResult     *result,
                       HallRoundResult  *outcome,
                       GError          **error)
{
  Round *round;

  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);

  round = g_task_get_task_data (G_TASK (result));
  *outcome = round->outcome;

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
