/* SPDX-License-Identifier: GPL-3.0-or-later
 * Running a job in a transaction, and telling whoever waits for it. */
#include "store/hall-work.h"

/* An asynchronous one belongs to its task, another to whoever waits for it. */
struct _HallWork {
  HallStoreJob    job;
  gpointer        data;
  GDestroyNotify  free_data;
  GCancellable   *cancellable;
  GTask          *task;  /* or absent */
  GError         *error; /* absent when it went well */
  GMutex          mutex; /* for "done" */
  GCond           told;
  gboolean        done;
};

static void
free_work (gpointer data)
{
  HallWork *work = data;

  if (work->free_data != NULL && work->data != NULL)
    work->free_data (work->data);
  g_clear_object (&work->cancellable);
  g_clear_error (&work->error);
  g_cond_clear (&work->told);
  g_mutex_clear (&work->mutex);
  g_free (work);
}

static gboolean
run_job (HallWork      *work,
         HallDatabase  *db,
         GError       **error)
{
  gboolean done;

  if (g_cancellable_set_error_if_cancelled (work->cancellable, error) || !hall_database_begin (db, error))
    return FALSE;

  hall_database_set_cancellable (db, work->cancellable);
  done = work->job (db, work->data, work->cancellable, error);
  hall_database_set_cancellable (db, NULL);

  /* From here on nothing interrupts: either all of it is kept, or it is told as cancelled. */
  if (done && g_cancellable_set_error_if_cancelled (work->cancellable, error))
    done = FALSE;
  if (!done) {
    hall_database_rollback (db);
    return FALSE;
  }

  return hall_database_commit (db, error);
}

/* In the caller's context: there the result is taken, and there the task and its data come to their end. */
static gboolean
deliver (gpointer data)
{
  GTask    *task = data;
  HallWork *work = g_task_get_task_data (task);

  if (work->error != NULL)
    g_task_return_error (task, g_steal_pointer (&work->error));
  else
    g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

/**
 * hall_work_new:
 * @job: what to do
 * @data: for @job
 * @cancellable: (nullable): ends it while it waits or runs
 *
 * Returns: (transfer full): work to be given to hall_work_wait()
 */
HallWork *
hall_work_new (HallStoreJob  job,
               gpointer      data,
               GCancellable *cancellable)
{
  HallWork *work = g_new0 (HallWork, 1);

  work->job = job;
  work->data = data;
  g_set_object (&work->cancellable, cancellable);
  g_mutex_init (&work->mutex);
  g_cond_init (&work->told);

  return work;
}

/**
 * hall_work_new_async:
 * @source: (type GObject): what @callback is given as its source
 * @job: what to do
 * @data: (transfer full): for @job
 * @free_data: (nullable): frees @data when nobody takes it
 * @cancellable: (nullable): ends it while it waits or runs
 * @callback: (nullable): called in the default main context of this thread
 * @user_data: for @callback
 *
 * Returns: (transfer full): work to be given to hall_work_finish()
 */
HallWork *
hall_work_new_async (gpointer             source,
                     HallStoreJob         job,
                     gpointer             data,
                     GDestroyNotify       free_data,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  HallWork *work = hall_work_new (job, data, cancellable);

  work->free_data = free_data;
  work->task = g_task_new (source, cancellable, callback, user_data);
  g_task_set_source_tag (work->task, hall_work_new_async);
  g_task_set_static_name (work->task, "HallStore job");
  g_task_set_task_data (work->task, work, free_work);

  /* What was committed before it could be cancelled is told as done. */
  g_task_set_check_cancellable (work->task, FALSE);

  return work;
}

/**
 * hall_work_run:
 * @work: work
 * @db: a connection outside of any transaction
 *
 * Does the job in a transaction, on the thread of @db. Cancelling it ends the query that runs just then.
 */
void
hall_work_run (HallWork     *work,
               HallDatabase *db)
{
  g_return_if_fail (work != NULL && db != NULL);

  if (run_job (work, db, &work->error) || work->error != NULL)
    return;

  g_critical ("A job on the library failed without an error");
  hall_work_refuse (work, "The job failed");
}

/**
 * hall_work_refuse:
 * @work: work that will not be run
 * @why: for the log
 */
void
hall_work_refuse (HallWork   *work,
                  const char *why)
{
  g_return_if_fail (work != NULL);

  g_clear_error (&work->error);
  g_set_error_literal (&work->error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED, why);
}

/**
 * hall_work_finish:
 * @work: (transfer full): work that was run or refused
 *
 * Tells whoever waits for it. Any thread; it must not be touched afterwards.
 */
void
hall_work_finish (HallWork *work)
{
  g_return_if_fail (work != NULL);

  if (work->task != NULL) {
    /* The caller may be done, and its context gone, before the source is let go of here. */
    g_autoptr (GMainContext) context = NULL;
    g_autoptr (GSource)      source = g_idle_source_new ();

    if (g_task_get_context (work->task) != NULL)
      context = g_main_context_ref (g_task_get_context (work->task));
    g_source_set_priority (source, g_task_get_priority (work->task));
    g_source_set_static_name (source, "HallStore job");
    g_source_set_callback (source, deliver, work->task, g_object_unref);
    g_source_attach (source, context);
    return;
  }

  g_mutex_lock (&work->mutex);
  work->done = TRUE;
  g_cond_signal (&work->told);
  g_mutex_unlock (&work->mutex);
}

/**
 * hall_work_wait:
 * @work: (transfer full): work of hall_work_new()
 * @error: what went wrong with it
 *
 * Waits until another thread has given it to hall_work_finish().
 *
 * Returns: whether it went well
 */
gboolean
hall_work_wait (HallWork  *work,
                GError   **error)
{
  gboolean went_well;

  g_return_val_if_fail (work != NULL && work->task == NULL, FALSE);

  g_mutex_lock (&work->mutex);
  while (!work->done)
    g_cond_wait (&work->told, &work->mutex);
  g_mutex_unlock (&work->mutex);

  went_well = work->error == NULL;
  if (!went_well)
    g_propagate_error (error, g_steal_pointer (&work->error));
  free_work (work);

  return went_well;
}

/**
 * hall_work_take:
 * @task: the task of work of hall_work_new_async(), as its callback was given it
 * @error: what went wrong with it
 *
 * Returns: (transfer full) (nullable): the work's data when it went well; NULL with @error set when not
 */
gpointer
hall_work_take (GTask   *task,
                GError **error)
{
  HallWork *work;

  g_return_val_if_fail (G_IS_TASK (task), NULL);

  if (!g_task_propagate_boolean (task, error))
    return NULL;

  work = g_task_get_task_data (task);
  return g_steal_pointer (&work->data);
}
