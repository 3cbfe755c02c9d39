/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values read, checked, saved, removed and listed: what the library does with the rows it holds. */
#include "app/hall-library.h"

#include "app/hall-check.h"
#include "app/hall-edit.h"
#include "app/hall-filing.h"
#include "app/hall-job.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "model/hall-question.h"
#include "store/hall-edits.h"
#include "store/hall-rows.h"

/* What a job works on: which of these are set depends on the job. */
typedef struct {
  HallStore      *store;
  const HallKind *kind;
  char           *id;
  gconstpointer   value;
  GPtrArray      *values;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_object_unref (work->store);
  g_free (work->id);
  hall_value_unref (work->value);
  g_clear_pointer (&work->values, g_ptr_array_unref);
  g_free (work);
}

static Work *
make_work (HallLibrary    *self,
           const HallKind *kind,
           const char     *id)
{
  Work *work = g_new0 (Work, 1);

  work->store = g_object_ref (hall_library_get_store (self));
  work->kind = kind;
  work->id = g_strdup (id);

  return work;
}

static gboolean
get_value (HallDatabase  *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Work              *work = data;
  g_autoptr (GError) fault = NULL;

  work->value = hall_rows_get (db, work->kind, work->id, &fault);
  if (work->value != NULL)
    return TRUE;

  if (fault != NULL)
    g_propagate_error (error, g_steal_pointer (&fault));
  else
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND, "No %s %s", work->kind->name, work->id);
  return FALSE;
}

static gboolean
save_value (HallDatabase  *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Work                  *work = data;
  g_autoptr (HallValue)  saved = hall_filing_save (work->store, db, work->value, error);

  return saved != NULL;
}

static gboolean
remove_value (HallDatabase  *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Work *work = data;

  return hall_edits_remove (db, work->kind, work->id, hall_store_get_clock (work->store),
                            hall_store_get_random (work->store), error);
}

static const char *
find_order (const HallKind *kind,
            gboolean        has_parent)
{
  if (kind == &hall_chat_kind)
    return has_parent ? "WHERE series = ?1 ORDER BY starts_at, title, id" : "ORDER BY starts_at, title, id";
  if (kind == &hall_post_kind)
    return "ORDER BY edited_at DESC, id";
  if (kind == &hall_guest_kind)
    return has_parent ? "WHERE chat = ?1 ORDER BY name, id" : "ORDER BY name, id";
  if (kind == &hall_question_kind)
    return has_parent ? "WHERE chat = ?1 ORDER BY asked_at, id" : "ORDER BY asked_at, id";
  if (hall_kind_find_field (kind, "title") != NULL)
    return "ORDER BY title, id";

  return "ORDER BY name, id";
}

static gboolean
list_values (HallDatabase  *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Work *work = data;

  work->values = hall_rows_list (db, work->kind, find_order (work->kind, work->id != NULL), work->id, error);

  return work->values != NULL;
}

/**
 * hall_library_new_value:
 * @self: a library
 * @kind: which kind of value
 *
 * Returns: (transfer full): an empty value with an id of its own, to be filled and given to hall_library_save_async()
 */
gpointer
hall_library_new_value (HallLibrary    *self,
                        const HallKind *kind)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (HALL_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  id = hall_id_new (hall_clock_now (hall_library_get_clock (self)),
                    hall_store_get_random (hall_library_get_store (self)));

  return hall_value_new (kind, id);
}

/**
 * hall_library_get_async:
 * @self: a library
 * @kind: which kind of value
 * @id: its id
 */
void
hall_library_get_async (HallLibrary         *self,
                        const HallKind      *kind,
                        const char          *id,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (self));
  g_return_if_fail (kind != NULL && id != NULL);

  hall_job_read_async (self, hall_library_get_store (self), get_value, make_work (self, kind, id), free_work,
                       cancellable, callback, user_data);
}

/**
 * hall_library_get_finish:
 * @error: %HALL_STORE_ERROR_NOT_FOUND when there is no such row, and whatever else the store says
 *
 * Returns: (transfer full) (nullable): the value
 */
gpointer
hall_library_get_finish (HallLibrary   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  Work *work = hall_job_finish (self, result, error);

  return work != NULL ? hall_value_ref (work->value) : NULL;
}

/**
 * hall_library_save_async:
 * @self: a library
 * @value: a new value, or an edited copy of one; not changed any more from here on
 *
 * Checks the value (hall_check_value(), and that a chat's slug is its own), then writes it with its history and
 * its place in the outbox. Saves are written in the order they were asked for. Main loop only.
 */
void
hall_library_save_async (HallLibrary         *self,
                         gconstpointer        value,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GError) error = NULL;
  Work              *work;

  g_return_if_fail (HALL_IS_LIBRARY (self));
  g_return_if_fail (value != NULL);

  if (!hall_check_value (value, &error)) {
    g_task_report_error (self, callback, user_data, hall_library_save_async, g_steal_pointer (&error));
    return;
  }

  work = make_work (self, ((const HallValue *) value)->kind, NULL);
  work->value = hall_value_ref (value);
  hall_edit_async (self, save_value, work, free_work, callback, user_data);
}

/**
 * hall_library_save_finish:
 * @error: %HALL_APP_ERROR_WRONG_USE or %HALL_APP_ERROR_EXISTS with a sentence for people, or what the store says
 *
 * Returns: whether the value is on the disk
 */
gboolean
hall_library_save_finish (HallLibrary   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return hall_edit_finish (self, result, error) != NULL;
}

/**
 * hall_library_remove_async:
 * @self: a library
 * @kind: which kind of value
 * @id: its id
 *
 * Removes a row and what belongs to it, and sees to it that the service does the same.
 */
void
hall_library_remove_async (HallLibrary         *self,
                           const HallKind      *kind,
                           const char          *id,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (self));
  g_return_if_fail (kind != NULL && id != NULL);

  hall_edit_async (self, remove_value, make_work (self, kind, id), free_work, callback, user_data);
}

/**
 * hall_library_remove_finish:
 * @error: what the store says
 *
 * Returns: whether it is gone
 */
gboolean
hall_library_remove_finish (HallLibrary   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return hall_edit_finish (self, result, error) != NULL;
}

/**
 * hall_library_list_async:
 * @self: a library
 * @kind: which kind of values; not attendees, of which there may be very many
 * @parent: (nullable): id of the chat whose guests or questions, or the series whose chats are wanted
 *
 * Chats come by their start, posts newest edit first, questions as they were asked, all else by name.
 */
void
hall_library_list_async (HallLibrary         *self,
                         const HallKind      *kind,
                         const char          *parent,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (self));
  g_return_if_fail (kind != NULL);

  hall_job_read_async (self, hall_library_get_store (self), list_values, make_work (self, kind, parent), free_work,
                       cancellable, callback, user_data);
}

/**
 * hall_library_list_finish:
 * @error: what the store says
 *
 * Returns: (transfer container) (element-type HallValue) (nullable): the values, which the array owns
 */
GPtrArray *
hall_library_list_finish (HallLibrary   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  Work *work = hall_job_finish (self, result, error);

  return work != NULL ? g_ptr_array_ref (work->values) : NULL;
}
