/* SPDX-License-Identifier: GPL-3.0-or-later
 * A task around the store's own, so that callers hear from the library and jobs keep the order they were asked in. */
#include "app/hall-job.h"

static void
on_store_done (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;

  hall_store_job_finish (HALL_STORE (object), result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_task_get_task_data (task), NULL);
}

static GTask *
make_task (gpointer             source,
           gpointer             data,
           GDestroyNotify       free_data,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_source_tag (task, make_task);
  g_task_set_task_data (task, data, free_data);
  /* What is written is written, even if somebody lost interest meanwhile: the answer says so. */
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

/**
 * hall_job_write_async:
 * @source: the object the answer comes from
 * @store: the open library file
 * @job: what to do, in one transaction on the writer's thread
 * @data: (transfer full): what @job reads and where it leaves its results
 * @free_data: frees @data, once the answer has been given
 *
 * Main loop only. Jobs run in the order in which they were asked for.
 */
void
hall_job_write_async (gpointer             source,
                      HallStore           *store,
                      HallStoreJob         job,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (G_IS_OBJECT (source));
  g_return_if_fail (HALL_IS_STORE (store));

  hall_store_write_async (store, job, data, NULL, cancellable, on_store_done,
                          make_task (source, data, free_data, cancellable, callback, user_data));
}

/**
 * hall_job_read_async:
 *
 * The same as hall_job_write_async() on a reader's thread; @job changes nothing. Once it is cancelled, the answer
 * is %G_IO_ERROR_CANCELLED, even if it was on its way already: whoever asked may be gone.
 */
void
hall_job_read_async (gpointer             source,
                     HallStore           *store,
                     HallStoreJob         job,
                     gpointer             data,
                     GDestroyNotify       free_data,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (G_IS_OBJECT (source));
  g_return_if_fail (HALL_IS_STORE (store));

  task = make_task (source, data, free_data, cancellable, callback, user_data);
  g_task_set_check_cancellable (task, TRUE);
  hall_store_read_async (store, job, data, NULL, cancellable, on_store_done, task);
}

/**
 * hall_job_finish:
 * @source: the object given at the start
 * @result: what the callback was given
 * @error: what the job or the store says
 *
 * Returns: (transfer none) (nullable): the job's data, alive as long as @result; NULL when it failed
 */
gpointer
hall_job_finish (gpointer       source,
                 GAsyncResult  *result,
                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
