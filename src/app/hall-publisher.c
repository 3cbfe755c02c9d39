/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files become posts and posts become files, byte for byte; a file that is there already is never written over. */
#include "app/hall-publisher.h"

#include "app/hall-edit.h"
#include "app/hall-filing.h"
#include "app/hall-post-template.h"
#include "app/hall-problem.h"
#include "app/hall-steady-file.h"
#include "app/hall-worker.h"
#include "format/hall-front-matter.h"
#include "format/hall-post-file.h"
#include "store/hall-rows.h"

#include <glib/gi18n.h>

/* What an import or an export works on. */
typedef struct {
  HallLibrary    *library;
  GFile          *file;   /* to read, or what was written */
  GFile          *folder; /* to write into */
  const HallPost *post;
} Parcel;

static void
free_parcel (gpointer data)
{
  Parcel *parcel = data;

  g_object_unref (parcel->library);
  g_clear_object (&parcel->file);
  g_clear_object (&parcel->folder);
  hall_value_unref (parcel->post);
  g_free (parcel);
}

static Parcel *
make_parcel (HallLibrary    *library,
             GFile          *file,
             GFile          *folder,
             const HallPost *post)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->library = g_object_ref (library);
  parcel->file = file != NULL ? g_object_ref (file) : NULL;
  parcel->folder = folder != NULL ? g_object_ref (folder) : NULL;
  parcel->post = post != NULL ? hall_value_ref (post) : NULL;

  return parcel;
}

/* One byte more than a post may have is enough to know that it has too many, whatever the file claims to be. */
static char *
read_text (GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char             *bytes = NULL;
  gsize                        length;

  if (stream == NULL)
    return NULL;

  bytes = g_malloc (HALL_POST_FILE_LARGEST + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, HALL_POST_FILE_LARGEST + 1, &length, cancellable, error))
    return NULL;

  return hall_post_file_read (bytes, length, error);
}

static gboolean
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Parcel                     *parcel = data;
  HallPost                   *post;
  g_autoptr (HallFrontMatter) front = NULL;
  g_autofree char            *name = g_file_get_basename (parcel->file);
  g_autofree char            *text = read_text (parcel->file, cancellable, error);

  if (text == NULL)
    return FALSE;

  post = hall_library_new_value (parcel->library, &hall_post_kind);
  front = hall_front_matter_read (text, hall_post_file_name_is_valid (name) ? name : NULL);
  post->file_name = hall_post_file_name_is_valid (name) ? g_steal_pointer (&name)
                                                        : hall_post_file_name (front->date, front->title);
  post->title = g_strdup (front->title);
  post->text = g_steal_pointer (&text);
  post->status = g_strdup ("draft");
  post->edited_at = hall_clock_now (hall_library_get_clock (parcel->library));

  parcel->post = post;
  return TRUE;
}

/* A file that was imported before and has not changed is the post it became then. */
static gboolean
import_job (HallDatabase  *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Parcel               *parcel = data;
  g_autoptr (HallPost)  saved = NULL;
  g_autoptr (GPtrArray) same = NULL;

  same = hall_rows_list (db, &hall_post_kind, "WHERE file_name = ?1 ORDER BY row", parcel->post->file_name, error);
  if (same == NULL)
    return FALSE;

  for (guint i = 0; i < same->len; i++) {
    const HallPost *known = g_ptr_array_index (same, i);

    if (g_strcmp0 (known->text != NULL ? known->text : "", parcel->post->text) == 0) {
      hall_value_unref (parcel->post);
      parcel->post = hall_value_ref (known);
      return TRUE;
    }
  }

  saved = hall_filing_save (hall_library_get_store (parcel->library), db, parcel->post, error);
  if (saved == NULL)
    return FALSE;

  hall_value_unref (parcel->post);
  parcel->post = g_steal_pointer (&saved);
  return TRUE;
}

static void
on_imported (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;
  Parcel            *parcel = hall_edit_finish (HALL_LIBRARY (object), result, &error);

  if (parcel == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, hall_value_ref (parcel->post), (GDestroyNotify) hall_value_unref);
}

static void
on_file_read (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HallLibrary         *library = HALL_LIBRARY (object);
  g_autoptr (GTask)    task = user_data;
  g_autoptr (GError)   error = NULL;
  Parcel              *parcel = g_task_propagate_pointer (G_TASK (result), &error);

  if (parcel == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    hall_edit_async (library, import_job, make_parcel (library, NULL, NULL, parcel->post), free_parcel,
                     on_imported, g_steal_pointer (&task));
}

static gboolean
write_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Parcel     *parcel = data;
  const char *text = parcel->post->text != NULL ? parcel->post->text : "";

  /* The name may have come from a service. */
  if (!hall_post_file_name_is_valid (parcel->post->file_name)) {
    g_set_error (error, HALL_APP_ERROR, HALL_APP_ERROR_FILE,
                 _("A file cannot be called “%s”. The post is safe in the library. Rename it there first."),
                 parcel->post->file_name);
    return FALSE;
  }

  parcel->file = g_file_get_child (parcel->folder, parcel->post->file_name);

  return hall_steady_file_write (parcel->file, text, error);
}

static void
on_post_found (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask)    task = user_data;
  Parcel              *parcel = g_task_get_task_data (task);
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallPost) post = hall_library_get_finish (HALL_LIBRARY (object), result, &error);

  if (post == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  parcel->post = hall_value_ref (post);
  hall_worker_run (task, write_job);
}

/**
 * hall_publisher_import_async:
 * @library: a library
 * @file: a post as a file, Markdown with front matter as Jekyll and Octopress have it
 *
 * Takes a file into the library as a draft. The same file again, unchanged, is the same post; changed, it is
 * another post, and the first one stays as it is.
 */
void
hall_publisher_import_async (HallLibrary         *library,
                             GFile               *file,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) reading = NULL;
  GTask            *task;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (library, cancellable, callback, user_data);
  g_task_set_source_tag (task, hall_publisher_import_async);
  g_task_set_check_cancellable (task, FALSE);

  reading = g_task_new (library, cancellable, on_file_read, task);
  g_task_set_source_tag (reading, read_job);
  g_task_set_check_cancellable (reading, FALSE);
  g_task_set_task_data (reading, make_parcel (library, file, NULL, NULL), free_parcel);
  hall_worker_run (reading, read_job);
}

/**
 * hall_publisher_import_finish:
 * @error: %HALL_FORMAT_ERROR when it is not text, %G_IO_ERROR when it cannot be read, or what the store says
 *
 * Returns: (transfer full) (nullable): the post
 */
HallPost *
hall_publisher_import_finish (HallLibrary   *library,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * hall_publisher_export_async:
 * @library: a library
 * @post: id of a post
 * @folder: a folder that is there
 *
 * Writes the post under its file name, whole or not at all. A file that is there already is left as it is: when
 * it has the same bytes that is fine, else it is an error.
 */
void
hall_publisher_export_async (HallLibrary         *library,
                             const char          *post,
                             GFile               *folder,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (post != NULL);
  g_return_if_fail (G_IS_FILE (folder));

  task = g_task_new (library, cancellable, callback, user_data);
  g_task_set_source_tag (task, hall_publisher_export_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, make_parcel (library, NULL, folder, NULL), free_parcel);
  hall_library_get_async (library, &hall_post_kind, post, cancellable, on_post_found, task);
}

/**
 * hall_publisher_export_finish:
 * @error: %HALL_STORE_ERROR_NOT_FOUND for no such post, %HALL_APP_ERROR_FILE or %G_IO_ERROR when the file cannot
 *   be written
 *
 * Returns: (transfer full) (nullable): the file
 */
GFile *
hall_publisher_export_finish (HallLibrary   *library,
                              GAsyncResult  *result,
                              GError       **error)
{
  Parcel *parcel;

  g_return_val_if_fail (g_task_is_valid (result, library), NULL);

  parcel = g_task_propagate_pointer (G_TASK (result), error);

  return parcel != NULL ? g_object_ref (parcel->file) : NULL;
}

/**
 * hall_publisher_new_post:
 * @library: a library
 * @title: its title
 * @zone: the host's zone, tz database name
 * @chats: (nullable) (element-type HallChat): the chats it announces
 *
 * Returns: (transfer full): a draft with front matter and a section for each chat, not yet saved
 */
HallPost *
hall_publisher_new_post (HallLibrary *library,
                         const char  *title,
                         const char  *zone,
                         GPtrArray   *chats)
{
  HallPost       *post;
  g_autofree char *date = NULL;

  g_return_val_if_fail (HALL_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (title != NULL && zone != NULL, NULL);

  post = hall_library_new_value (library, &hall_post_kind);
  post->edited_at = hall_clock_now (hall_library_get_clock (library));
  date = hall_post_template_date (post->edited_at, zone);
  post->title = g_strdup (title);
  post->file_name = hall_post_file_name (date, title);
  post->text = hall_post_template_fill (title, date, chats);
  post->status = g_strdup ("draft");

  return post;
}

/**
 * hall_publisher_with_text:
 * @post: a post
 * @text: what its file now is
 * @edited_at: when that was, microseconds since 1970 in UTC
 *
 * Returns: (transfer full): the edited post, with the title its text now gives it
 */
HallPost *
hall_publisher_with_text (const HallPost *post,
                          const char     *text,
                          gint64          edited_at)
{
  g_autoptr (HallFrontMatter) front = NULL;
  HallPost                   *edited;

  g_return_val_if_fail (post != NULL && text != NULL, NULL);

  front = hall_front_matter_read (text, post->file_name);
  edited = hall_value_copy (post);
  g_set_str (&edited->text, text);
  g_set_str (&edited->title, front->title);
  edited->edited_at = edited_at;

  return edited;
}
