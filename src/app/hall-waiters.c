/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everybody holds a ticket for each account, the number of the trip that will have taken along all that was saved
 * when they asked. Main loop only. */
#include "app/hall-waiters.h"

struct _HallWaiters {
  GPtrArray          *waiters; /* of Waiter */
  HallWaitersCallOff  call_off;
  gpointer            data;
};

typedef struct {
  HallWaiters       *all;
  GTask             *task;
  GHashTable        *tickets; /* account → number of the trip waited for */
  GSource           *source;  /* on the task's cancellable, or absent */
  HallWaitersTotals  totals;
  GError            *first;   /* what went wrong first, or absent */
} Waiter;

static void
free_waiter (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->source != NULL) {
    g_source_destroy (waiter->source);
    g_source_unref (waiter->source);
  }
  g_hash_table_unref (waiter->tickets);
  g_clear_error (&waiter->first);
  g_object_unref (waiter->task);
  g_free (waiter);
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  Waiter            *waiter = data;
  HallWaiters       *all = waiter->all;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)     accounts = NULL;
  GHashTableIter     iter;
  gpointer           account;

  /* Whoever is told may tell us the end of a trip, and with that of this very waiter. */
  g_hash_table_iter_init (&iter, waiter->tickets);
  while (g_hash_table_iter_next (&iter, &account, NULL))
    g_strv_builder_add (builder, account);
  accounts = g_strv_builder_end (builder);
  for (guint i = 0; accounts[i] != NULL; i++)
    all->call_off (accounts[i], all->data);

  return G_SOURCE_REMOVE;
}

/**
 * hall_waiters_new:
 * @call_off: called for each account that somebody waits for who is cancelled
 * @data: for @call_off
 *
 * Returns: (transfer full): nobody, yet
 */
HallWaiters *
hall_waiters_new (HallWaitersCallOff call_off,
                  gpointer           data)
{
  HallWaiters *self;

  g_return_val_if_fail (call_off != NULL, NULL);

  self = g_new0 (HallWaiters, 1);
  self->waiters = g_ptr_array_new_with_free_func (free_waiter);
  self->call_off = call_off;
  self->data = data;

  return self;
}

/**
 * hall_waiters_free:
 * @self: (transfer full) (nullable): all of whom have been answered
 */
void
hall_waiters_free (HallWaiters *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->waiters);
  g_free (self);
}

/**
 * hall_waiters_add:
 * @task: (transfer full): one more who waits, for a boolean
 * @tickets: (transfer full): id of account → number of the trip waited for
 */
void
hall_waiters_add (HallWaiters *self,
                  GTask       *task,
                  GHashTable  *tickets)
{
  Waiter       *waiter;
  GCancellable *cancellable;

  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_TASK (task) && tickets != NULL);

  waiter = g_new0 (Waiter, 1);
  waiter->all = self;
  waiter->task = task;
  waiter->tickets = tickets;
  g_ptr_array_add (self->waiters, waiter);

  cancellable = g_task_get_cancellable (task);
  if (cancellable != NULL) {
    waiter->source = g_cancellable_source_new (cancellable);
    g_source_set_callback (waiter->source, G_SOURCE_FUNC (on_cancelled), waiter, NULL);
    g_source_attach (waiter->source, g_task_get_context (task));
  }
}

/**
 * hall_waiters_want:
 * @account: id of an account
 * @ticket: number of a trip
 *
 * Returns: whether anybody waits for this trip or a later one
 */
gboolean
hall_waiters_want (HallWaiters *self,
                   const char  *account,
                   guint        ticket)
{
  g_return_val_if_fail (self != NULL && account != NULL, FALSE);

  for (guint i = 0; i < self->waiters->len; i++) {
    Waiter *waiter = g_ptr_array_index (self->waiters, i);

    if (GPOINTER_TO_UINT (g_hash_table_lookup (waiter->tickets, account)) >= ticket)
      return TRUE;
  }

  return FALSE;
}

/**
 * hall_waiters_tell:
 * @account: id of an account
 * @ticket: number of the trip that has ended
 * @exchanged: (nullable): what came and went
 * @error: (nullable): why it failed
 *
 * To be followed by hall_waiters_answer().
 */
void
hall_waiters_tell (HallWaiters          *self,
                   const char           *account,
                   guint                 ticket,
                   const HallSyncResult *exchanged,
                   const GError         *error)
{
  g_return_if_fail (self != NULL && account != NULL);

  for (guint i = 0; i < self->waiters->len; i++) {
    Waiter  *waiter = g_ptr_array_index (self->waiters, i);
    gpointer waited;

    if (!g_hash_table_lookup_extended (waiter->tickets, account, NULL, &waited) || GPOINTER_TO_UINT (waited) > ticket)
      continue;

    if (exchanged != NULL) {
      waiter->totals.exchanged.received += exchanged->received;
      waiter->totals.exchanged.sent += exchanged->sent;
    }
    if (error != NULL && waiter->first == NULL)
      waiter->first = g_error_copy (error);
    g_hash_table_remove (waiter->tickets, account);
  }
}

/**
 * hall_waiters_answer:
 * @parked: edits that wait for the host, in all
 * @conflicts: open in all
 *
 * Answers those who wait for nothing any more: with TRUE or what went wrong first; HallWaitersTotals are their task
 * data.
 */
void
hall_waiters_answer (HallWaiters *self,
                     guint        parked,
                     guint        conflicts)
{
  g_autoptr (GPtrArray) answered = NULL;

  g_return_if_fail (self != NULL);

  /* Whoever is answered may come back at once. */
  answered = g_ptr_array_new_with_free_func (free_waiter);
  for (guint i = 0; i < self->waiters->len;) {
    Waiter *waiter = g_ptr_array_index (self->waiters, i);

    if (g_hash_table_size (waiter->tickets) == 0)
      g_ptr_array_add (answered, g_ptr_array_steal_index (self->waiters, i));
    else
      i++;
  }

  for (guint i = 0; i < answered->len; i++) {
    Waiter *waiter = g_ptr_array_index (answered, i);

    waiter->totals.parked = parked;
    waiter->totals.conflicts = conflicts;
    g_task_set_task_data (waiter->task, g_memdup2 (&waiter->totals, sizeof waiter->totals), g_free);
    if (waiter->first != NULL)
      g_task_return_error (waiter->task, g_steal_pointer (&waiter->first));
    else
      g_task_return_boolean (waiter->task, TRUE);
  }
}
