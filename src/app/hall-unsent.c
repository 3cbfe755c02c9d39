/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the outbox in words for people, and hands the host's word on refused edits to the sync room. */
#include "app/hall-unsent.h"

#include "app/hall-edit.h"
#include "app/hall-job.h"
#include "app/hall-problem.h"
#include "app/hall-title.h"
#include "model/hall-account.h"
#include "store/hall-outbox.h"
#include "store/hall-rows.h"
#include "sync/hall-discards.h"

#include <glib/gi18n.h>

typedef gboolean (*Word) (HallDatabase      *db,
                          const char        *operation,
                          const HallClock   *clock,
                          const HallRandom  *random,
                          GError           **error);

typedef struct {
  const HallClock  *clock;
  const HallRandom *random;
  GPtrArray        *edits; /* what was listed */
  char             *operation;
  Word              word;
  const char       *too_late;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->edits, g_ptr_array_unref);
  g_free (work->operation);
  g_free (work);
}

static HallUnsentState
find_state (const HallOperation *operation)
{
  switch (operation->state) {
  case HALL_OPERATION_QUEUED:
    return HALL_UNSENT_WAITING;
  case HALL_OPERATION_PARKED:
    return g_strcmp0 (operation->reason, "conflict") == 0 ? HALL_UNSENT_CONFLICT : HALL_UNSENT_REFUSED;
  case HALL_OPERATION_SENDING:
  case HALL_OPERATION_UNKNOWN:
  default:
    return HALL_UNSENT_SENT;
  }
}

static HallUnsentWhat
find_what (HallOperationVerb verb)
{
  switch (verb) {
  case HALL_OPERATION_CREATE:
    return HALL_UNSENT_MADE;
  case HALL_OPERATION_REMOVE:
    return HALL_UNSENT_REMOVED;
  case HALL_OPERATION_CHANGE:
  default:
    return HALL_UNSENT_CHANGED;
  }
}

static HallUnsentEdit *
read_edit (HallDatabase         *db,
           const HallOperation  *operation,
           GError              **error)
{
  g_autoptr (HallAccount) account = hall_rows_get (db, &hall_account_kind, operation->account, error);
  g_autofree char        *title = NULL;
  HallUnsentEdit         *self;

  title = account != NULL ? hall_title_find (db, operation->kind, operation->row, error) : NULL;
  if (title == NULL)
    return NULL;

  self = g_new0 (HallUnsentEdit, 1);
  self->id = g_strdup (operation->id);
  self->kind = operation->kind;
  self->row = g_strdup (operation->row);
  self->title = g_steal_pointer (&title);
  self->account = g_strdup (account->name);
  self->what = find_what (operation->verb);
  self->state = find_state (operation);
  self->made_at = operation->made_at;
  self->reason = self->state == HALL_UNSENT_REFUSED ? g_strdup (operation->reason) : NULL;

  return self;
}

static int
compare_age (gconstpointer a,
             gconstpointer b)
{
  const HallUnsentEdit *one = *(const HallUnsentEdit *const *) a;
  const HallUnsentEdit *other = *(const HallUnsentEdit *const *) b;

  return (one->made_at > other->made_at) - (one->made_at < other->made_at);
}

static gboolean
list_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work                 *work = data;
  g_autoptr (GPtrArray) operations = hall_outbox_list (db, error);

  if (operations == NULL)
    return FALSE;

  work->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_unsent_edit_free);
  for (guint i = 0; i < operations->len; i++) {
    HallUnsentEdit *edit = read_edit (db, g_ptr_array_index (operations, i), error);

    if (edit == NULL)
      return FALSE;
    g_ptr_array_add (work->edits, edit);
  }
  g_ptr_array_sort (work->edits, compare_age);

  return TRUE;
}

static gboolean
word_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work              *work = data;
  g_autoptr (GError) fault = NULL;

  if (work->word (db, work->operation, work->clock, work->random, &fault))
    return TRUE;

  if (g_error_matches (fault, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND))
    g_set_error_literal (error, HALL_APP_ERROR, HALL_APP_ERROR_NOT_FOUND, work->too_late);
  else
    g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

static const char *
say_not_refused (void)
{
  return _("This edit is not refused any more, or not there. Nothing was changed. Look at the list again.");
}

static Work *
make_work (HallLibrary *library,
           const char  *operation,
           Word         word,
           const char  *too_late)
{
  Work *work = g_new0 (Work, 1);

  work->clock = hall_library_get_clock (library);
  work->random = hall_store_get_random (hall_library_get_store (library));
  work->operation = g_strdup (operation);
  work->word = word;
  work->too_late = too_late;

  return work;
}

/**
 * hall_unsent_edit_free:
 * @self: (transfer full) (nullable): an edit
 */
void
hall_unsent_edit_free (HallUnsentEdit *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->row);
  g_free (self->title);
  g_free (self->account);
  g_free (self->reason);
  g_free (self);
}

/**
 * hall_unsent_list_async:
 * @library: a library
 * @cancellable: (nullable): when nobody is interested any more
 *
 * Lists every edit that no service has acknowledged. Main loop only.
 */
void
hall_unsent_list_async (HallLibrary         *library,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (library));

  hall_job_read_async (library, hall_library_get_store (library), list_job, make_work (library, NULL, NULL, NULL),
                       free_work, cancellable, callback, user_data);
}

/**
 * hall_unsent_list_finish:
 * @error: what the store says
 *
 * Returns: (transfer container) (element-type HallUnsentEdit) (nullable): the edits, oldest first; the array owns
 *   them
 */
GPtrArray *
hall_unsent_list_finish (HallLibrary   *library,
                         GAsyncResult  *result,
                         GError       **error)
{
  Work *work = hall_job_finish (library, result, error);

  return work != NULL ? g_ptr_array_ref (work->edits) : NULL;
}

/**
 * hall_unsent_retry_async:
 * @library: a library
 * @operation: id of a refused edit
 *
 * Sends it again with the next exchange, as the row is then. Main loop only.
 */
void
hall_unsent_retry_async (HallLibrary         *library,
                         const char          *operation,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (operation != NULL);

  hall_edit_async (library, word_job,
                   make_work (library, operation, hall_discards_retry, say_not_refused ()), free_work, callback, user_data);
}

/**
 * hall_unsent_retry_finish:
 * @error: %HALL_APP_ERROR_NOT_FOUND when it is not refused (any more), and whatever the store says
 *
 * Returns: whether it waits to be sent again, under another id
 */
gboolean
hall_unsent_retry_finish (HallLibrary   *library,
                          GAsyncResult  *result,
                          GError       **error)
{
  return hall_edit_finish (library, result, error) != NULL;
}

/**
 * hall_unsent_discard_async:
 * @library: a library
 * @operation: id of a refused edit
 *
 * Lets it go: the row is again what the service has. Main loop only.
 */
void
hall_unsent_discard_async (HallLibrary         *library,
                           const char          *operation,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (operation != NULL);

  hall_edit_async (library, word_job,
                   make_work (library, operation, hall_discards_make, say_not_refused ()), free_work, callback, user_data);
}

/**
 * hall_unsent_discard_finish:
 * @error: %HALL_APP_ERROR_NOT_FOUND when it is not refused (any more), and whatever the store says
 *
 * Returns: whether it is let go; it can be brought back with the same id
 */
gboolean
hall_unsent_discard_finish (HallLibrary   *library,
                            GAsyncResult  *result,
                            GError       **error)
{
  return hall_edit_finish (library, result, error) != NULL;
}

/**
 * hall_unsent_undo_async:
 * @library: a library
 * @operation: id of an edit that was let go
 *
 * Brings it back, as long as the row is what it was then; it waits to be sent again. Main loop only.
 */
void
hall_unsent_undo_async (HallLibrary         *library,
                        const char          *operation,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (operation != NULL);

  hall_edit_async (library, word_job,
                   make_work (library, operation, hall_discards_undo,
                              _("There is no such edit to bring back, or it is of something that has changed since. "
                                "Nothing was changed.")),
                   free_work, callback, user_data);
}

/**
 * hall_unsent_undo_finish:
 * @error: %HALL_APP_ERROR_NOT_FOUND when it cannot be brought back (any more), and whatever the store says
 *
 * Returns: whether the edit is back
 */
gboolean
hall_unsent_undo_finish (HallLibrary   *library,
                         GAsyncResult  *result,
                         GError       **error)
{
  return hall_edit_finish (library, result, error) != NULL;
}
