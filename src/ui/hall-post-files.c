/* SPDX-License-Identifier: GPL-3.0-or-later
 * Posts in and out of the library through file dialogs, several at a time on the way in. */
#include "ui/hall-post-files.h"

#include "app/hall-problem.h"
#include "app/hall-publisher.h"

#include <glib/gi18n.h>

typedef struct {
  HallKeeper        *keeper;
  char              *post;   /* to be exported */
  GListModel        *files;  /* to be imported */
  guint              next;   /* of them */
  guint              failed;
  char              *problem; /* of the first that failed */
  char              *id;      /* of the last that was imported */
  HallPostFilesDone  done;
  gpointer           data;
  GDestroyNotify     free_data;
} Task;

static void
free_task (Task *task)
{
  if (task->free_data != NULL)
    task->free_data (task->data);
  g_clear_object (&task->keeper);
  g_clear_object (&task->files);
  g_free (task->post);
  g_free (task->problem);
  g_free (task->id);
  g_free (task);
}

static Task *
make_task (HallKeeper        *keeper,
           HallPostFilesDone  done,
           gpointer           data,
           GDestroyNotify     free_data)
{
  Task *task = g_new0 (Task, 1);

  task->keeper = g_object_ref (keeper);
  task->done = done;
  task->data = data;
  task->free_data = free_data;

  return task;
}

static void
end_import (Task *task)
{
  guint            imported = task->next - task->failed;
  g_autofree char *sentence = NULL;

  if (task->failed == 0)
    sentence = g_strdup_printf (ngettext ("%u post imported", "%u posts imported", imported), imported);
  else if (task->next == 1)
    sentence = g_strdup (task->problem);
  else
    /* Translators: how many files were imported, how many were not, and why the first of those was not */
    sentence = g_strdup_printf (_("%u imported, %u not: %s"), imported, task->failed, task->problem);

  task->done (sentence, task->id, task->data);
  free_task (task);
}

static void import_next (Task *task);

static void
on_imported (GObject      *library,
             GAsyncResult *result,
             gpointer      user_data)
{
  Task                 *task = user_data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (HallPost)  post = hall_publisher_import_finish (HALL_LIBRARY (library), result, &error);

  task->next++;
  if (post != NULL)
    g_set_str (&task->id, post->parent.id);
  else if (task->failed++ == 0)
    task->problem = hall_problem_say (error);

  import_next (task);
}

static void
import_next (Task *task)
{
  g_autoptr (GFile) file = g_list_model_get_item (task->files, task->next);

  if (file == NULL)
    end_import (task);
  else
    hall_publisher_import_async (hall_keeper_get_library (task->keeper), file, NULL, on_imported, task);
}

static void
on_files_chosen (GObject      *dialog,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Task *task = user_data;

  task->files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (dialog), result, NULL);
  if (task->files != NULL)
    import_next (task);
  else
    free_task (task);
}

static void
on_exported (GObject      *library,
             GAsyncResult *result,
             gpointer      user_data)
{
  Task              *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile)  file = hall_publisher_export_finish (HALL_LIBRARY (library), result, &error);
  g_autofree char   *sentence = NULL;

  if (file != NULL) {
    g_autofree char *name = g_file_get_basename (file);

    /* Translators: the name of a file that was written */
    sentence = g_strdup_printf (_("“%s” written"), name);
  } else {
    sentence = hall_problem_say (error);
  }
  task->done (sentence, NULL, task->data);
  free_task (task);
}

static void
on_folder_chosen (GObject      *dialog,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Task             *task = user_data;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (dialog), result, NULL);

  if (folder != NULL)
    hall_publisher_export_async (hall_keeper_get_library (task->keeper), task->post, folder, NULL, on_exported, task);
  else
    free_task (task);
}

/**
 * hall_post_files_import:
 * @window: the window to show the dialog in
 * @keeper: whose library to import into
 * @done: called when all files were looked at; not called when the host chose none
 * @data: for @done
 * @free_data: (nullable): frees @data
 */
void
hall_post_files_import (GtkWindow         *window,
                        HallKeeper        *keeper,
                        HallPostFilesDone  done,
                        gpointer           data,
                        GDestroyNotify     free_data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore)    filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) posts = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (done != NULL);

  gtk_file_filter_set_name (posts, _("Posts"));
  gtk_file_filter_add_suffix (posts, "md");
  gtk_file_filter_add_suffix (posts, "markdown");
  gtk_file_filter_add_suffix (posts, "html");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, posts);
  g_list_store_append (filters, all);

  gtk_file_dialog_set_title (dialog, _("Import posts"));
  gtk_file_dialog_set_accept_label (dialog, _("_Import"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open_multiple (dialog, window, NULL, on_files_chosen, make_task (keeper, done, data, free_data));
}

/**
 * hall_post_files_export:
 * @window: the window to show the dialog in
 * @keeper: whose library the post is in
 * @post: its id
 * @done: called when it is written, or why not; not called when the host chose no folder
 * @data: for @done
 * @free_data: (nullable): frees @data
 */
void
hall_post_files_export (GtkWindow         *window,
                        HallKeeper        *keeper,
                        const char        *post,
                        HallPostFilesDone  done,
                        gpointer           data,
                        GDestroyNotify     free_data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Task                     *task;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (post != NULL && done != NULL);

  task = make_task (keeper, done, data, free_data);
  task->post = g_strdup (post);
  gtk_file_dialog_set_title (dialog, _("Export the post"));
  gtk_file_dialog_set_accept_label (dialog, _("_Export here"));
  gtk_file_dialog_select_folder (dialog, window, NULL, on_folder_chosen, task);
}
