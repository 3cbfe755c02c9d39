/* SPDX-License-Identifier: GPL-3.0-or-later
 * Between asking and answering the foot of the sidebar says "Saving"; afterwards the edit may go out soon. */
#include "app/hall-edit.h"

#include "app/hall-job.h"

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  HallLibrary       *library = HALL_LIBRARY (object);
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;

  hall_job_finish (library, result, &error);
  hall_courier_end_save (hall_library_get_courier (library), error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_task_get_task_data (task), NULL);
}

/**
 * hall_edit_async:
 * @library: a library
 * @job: writes in one transaction
 * @data: (transfer full): what @job reads and where it leaves its results
 * @free_data: frees @data, once the answer has been given
 *
 * Main loop only. Edits are written in the order in which they were asked for.
 */
void
hall_edit_async (HallLibrary         *library,
                 HallStoreJob         job,
                 gpointer             data,
                 GDestroyNotify       free_data,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (job != NULL && data != NULL);

  task = g_task_new (library, NULL, callback, user_data);
  g_task_set_source_tag (task, hall_edit_async);
  g_task_set_task_data (task, data, free_data);

  hall_courier_begin_save (hall_library_get_courier (library));
  hall_job_write_async (library, hall_library_get_store (library), job, data, NULL, NULL, on_written, task);
}

/**
 * hall_edit_finish:
 * @error: what the job or the store says
 *
 * Returns: (transfer none) (nullable): the job's data, alive as long as @result; NULL when nothing was written
 */
gpointer
hall_edit_finish (HallLibrary   *library,
                  GAsyncResult  *result,
                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
