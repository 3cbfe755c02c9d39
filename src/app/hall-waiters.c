/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list of tasks with their cancellables tied to the work they wait for. Main loop only. */
#include "app/hall-waiters.h"

struct _HallWaiters {
  GPtrArray *waiters; /* of Waiter */
};

typedef struct {
  GTask *task;
  gulong handler; /* on the task's cancellable, or 0 */
} Waiter;

static void
free_waiter (gpointer data)
{
  Waiter *waiter = data;

  g_cancellable_disconnect (g_task_get_cancellable (waiter->task), waiter->handler);
  g_object_unref (waiter->task);
  g_free (waiter);
}

static void
on_cancelled (GCancellable *cancellable,
              GCancellable *work)
{
  g_cancellable_cancel (work);
}

/**
 * hall_waiters_new:
 *
 * Returns: (transfer full): nobody, yet
 */
HallWaiters *
hall_waiters_new (void)
{
  HallWaiters *waiters = g_new0 (HallWaiters, 1);

  waiters->waiters = g_ptr_array_new_with_free_func (free_waiter);

  return waiters;
}

/**
 * hall_waiters_free:
 * @waiters: (transfer full): all of whom have been answered
 */
void
hall_waiters_free (HallWaiters *waiters)
{
  g_return_if_fail (waiters != NULL);

  g_ptr_array_unref (waiters->waiters);
  g_free (waiters);
}

/**
 * hall_waiters_take:
 * @task: (transfer full): one more who waits, for a boolean
 */
void
hall_waiters_take (HallWaiters *waiters,
                   GTask       *task)
{
  Waiter *waiter;

  g_return_if_fail (waiters != NULL);
  g_return_if_fail (G_IS_TASK (task));

  waiter = g_new0 (Waiter, 1);
  waiter->task = task;
  g_ptr_array_add (waiters->waiters, waiter);
}

/**
 * hall_waiters_is_empty:
 *
 * Returns: whether nobody waits
 */
gboolean
hall_waiters_is_empty (HallWaiters *waiters)
{
  g_return_val_if_fail (waiters != NULL, TRUE);

  return waiters->waiters->len == 0;
}

/**
 * hall_waiters_call_off:
 * @work: cancelled as soon as one of those who wait is
 */
void
hall_waiters_call_off (HallWaiters  *waiters,
                       GCancellable *work)
{
  g_return_if_fail (waiters != NULL);
  g_return_if_fail (G_IS_CANCELLABLE (work));

  for (guint i = 0; i < waiters->waiters->len; i++) {
    Waiter       *waiter = g_ptr_array_index (waiters->waiters, i);
    GCancellable *cancellable = g_task_get_cancellable (waiter->task);

    if (cancellable != NULL && waiter->handler == 0)
      waiter->handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                               g_object_ref (work), g_object_unref);
  }
}

/**
 * hall_waiters_answer:
 * @outcome: (nullable): what came of it; every task gets a copy as its task data
 * @size: of @outcome, in bytes
 * @error: (nullable): why the work failed
 *
 * Answers everybody with TRUE or with @error. Afterwards nobody waits.
 */
void
hall_waiters_answer (HallWaiters   *waiters,
                     gconstpointer  outcome,
                     gsize          size,
                     const GError  *error)
{
  g_autoptr (GPtrArray) answered = NULL;

  g_return_if_fail (waiters != NULL);

  /* Whoever is answered may come back at once. */
  answered = g_steal_pointer (&waiters->waiters);
  waiters->waiters = g_ptr_array_new_with_free_func (free_waiter);

  for (guint i = 0; i < answered->len; i++) {
    Waiter *waiter = g_ptr_array_index (answered, i);

    if (outcome != NULL)
      g_task_set_task_data (waiter->task, g_memdup2 (outcome, size), g_free);
    if (error != NULL)
      g_task_return_error (waiter->task, g_error_copy (error));
    else
      g_task_return_boolean (waiter->task, TRUE);
  }
}
