/* SPDX-License-Identifier: GPL-3.0-or-later
 * GTask's own threads may be the last to let go of a task, and so of objects that belong to the main loop. These
 * are not: a thread only borrows what it works on, and the task comes to its end where it began. */
#include "app/hall-worker.h"

typedef struct {
  GTask         *task;
  HallWorkerJob  job;
  GError        *error;
  GMainContext  *context;
} Errand;

static gboolean
come_back (gpointer data)
{
  Errand *errand = data;

  if (errand->error != NULL)
    g_task_return_error (errand->task, g_steal_pointer (&errand->error));
  else
    g_task_return_pointer (errand->task, g_task_get_task_data (errand->task), NULL);

  g_object_unref (errand->task);
  g_main_context_unref (errand->context);
  g_free (errand);

  return G_SOURCE_REMOVE;
}

static gpointer
go (gpointer data)
{
  Errand       *errand = data;
  GMainContext *context = g_main_context_ref (errand->context);
  GSource      *source = g_idle_source_new ();

  if (!errand->job (g_task_get_task_data (errand->task), g_task_get_cancellable (errand->task), &errand->error))
    g_assert (errand->error != NULL);

  /* From the moment it is attached, the errand is no longer ours. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "HallWorker");
  g_source_set_callback (source, come_back, errand, NULL);
  g_source_attach (source, context);
  g_source_unref (source);
  g_main_context_unref (context);

  return NULL;
}

/**
 * hall_worker_run:
 * @task: a task with data
 * @job: what to do, on another thread
 *
 * When @job has done its work, @task is given its own data as its result, else the error; both in the main context
 * in which the task was made.
 */
void
hall_worker_run (GTask         *task,
                 HallWorkerJob  job)
{
  Errand *errand;

  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (g_task_get_task_data (task) != NULL);
  g_return_if_fail (job != NULL);

  errand = g_new0 (Errand, 1);
  errand->task = g_object_ref (task);
  errand->job = job;
  errand->context = g_main_context_ref (g_task_get_context (task));
  g_thread_unref (g_thread_new ("hall-worker", go, errand));
}
