/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads conflicts with their versions as values, and hands the host's choice to the sync room. */
#include "app/hall-settler.h"

#include "app/hall-check.h"
#include "app/hall-edit.h"
#include "app/hall-filing.h"
#include "app/hall-job.h"
#include "app/hall-title.h"
#include "format/hall-wire.h"
#include "model/hall-account.h"
#include "model/hall-chat.h"
#include "store/hall-conflicts.h"
#include "store/hall-rows.h"
#include "sync/hall-choices.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const HallClock  *clock;
  const HallRandom *random;
  GPtrArray        *cases;    /* what was listed */
  char             *conflict; /* what is chosen */
  HallChoice        choice;
  gconstpointer     edited;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->cases, g_ptr_array_unref);
  g_free (work->conflict);
  hall_value_unref (work->edited);
  g_free (work);
}

static Work *
make_work (HallLibrary *library,
           const char  *conflict)
{
  Work *work = g_new0 (Work, 1);

  work->clock = hall_library_get_clock (library);
  work->random = hall_store_get_random (hall_library_get_store (library));
  work->conflict = g_strdup (conflict);

  return work;
}

static gboolean
read_version (const HallKind  *kind,
              const char      *json,
              HallValue      **version,
              GError         **error)
{
  *version = json != NULL ? hall_wire_read (kind, json, -1, HALL_WIRE_ALL, error) : NULL;

  return json == NULL || *version != NULL;
}

/* The normalised address follows the address, which people see. */
static GPtrArray *
compare (const HallValue *mine,
         const HallValue *theirs)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; mine != NULL && theirs != NULL && i < mine->kind->n_fields; i++) {
    const HallField *field = &mine->kind->fields[i];

    if ((field->flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 && strcmp (field->name, "address_key") != 0 &&
        !hall_value_same_field (mine, theirs, field))
      g_ptr_array_add (fields, (gpointer) field);
  }

  return fields;
}

static HallSettlerCase *
read_case (HallDatabase        *db,
           const HallConflict  *conflict,
           GError             **error)
{
  g_autoptr (HallSettlerCase) self = g_new0 (HallSettlerCase, 1);
  g_autoptr (HallAccount)     account = NULL;

  self->fields = g_ptr_array_new ();
  account = hall_rows_get (db, &hall_account_kind, conflict->account, error);
  if (account == NULL ||
      !read_version (conflict->kind, conflict->base, &self->before, error) ||
      !read_version (conflict->kind, conflict->mine, &self->mine, error) ||
      !read_version (conflict->kind, conflict->theirs, &self->theirs, error))
    return NULL;

  self->id = g_strdup (conflict->id);
  self->kind = conflict->kind;
  self->row = g_strdup (conflict->row);
  self->account = g_strdup (account->name);
  self->found_at = conflict->found_at;
  g_ptr_array_unref (self->fields);
  self->fields = compare (self->mine, self->theirs);
  self->title = hall_title_find (db, conflict->kind, conflict->row, error);

  return self->title != NULL ? g_steal_pointer (&self) : NULL;
}

static gboolean
list_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work                 *work = data;
  g_autoptr (GPtrArray) conflicts = hall_conflicts_list (db, error);

  if (conflicts == NULL)
    return FALSE;

  work->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_settler_case_free);
  for (guint i = 0; i < conflicts->len; i++) {
    HallSettlerCase *each = read_case (db, g_ptr_array_index (conflicts, i), error);

    if (each == NULL)
      return FALSE;
    g_ptr_array_add (work->cases, each);
  }

  return TRUE;
}

/* In words for people, whichever of the two it is. */
static gboolean
explain (const char  *sentence,
         GError      *fault,
         GError     **error)
{
  if (g_error_matches (fault, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND)) {
    g_set_error_literal (error, HALL_APP_ERROR, HALL_APP_ERROR_NOT_FOUND, sentence);
    g_error_free (fault);
  } else {
    g_propagate_error (error, fault);
  }

  return FALSE;
}

static gboolean
choose_job (HallDatabase  *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Work            *work = data;
  const HallValue *edited = work->edited;
  GError          *fault = NULL;

  if (edited != NULL && edited->kind == &hall_chat_kind && !hall_filing_check_slug (db, work->edited, error))
    return FALSE;

  return hall_choices_make (db, work->conflict, work->choice, work->edited, work->clock, work->random, &fault) ||
         explain (_("This has changed again, or was settled already. Nothing was changed. Look at it once more."),
                  fault, error);
}

static gboolean
undo_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work   *work = data;
  GError *fault = NULL;

  return hall_choices_undo (db, work->conflict, work->clock, work->random, &fault) ||
         explain (_("There is no such choice to take back, or it is about something that has changed since. "
                    "Nothing was changed."), fault, error);
}

/**
 * hall_settler_case_free:
 * @self: (transfer full) (nullable): a case
 */
void
hall_settler_case_free (HallSettlerCase *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->row);
  g_free (self->title);
  g_free (self->account);
  hall_value_unref (self->before);
  hall_value_unref (self->mine);
  hall_value_unref (self->theirs);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

/**
 * hall_settler_list_async:
 * @library: a library
 * @cancellable: (nullable): when nobody is interested any more
 *
 * Lists what was changed in both places and waits for the host's choice. Main loop only.
 */
void
hall_settler_list_async (HallLibrary         *library,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (library));

  hall_job_read_async (library, hall_library_get_store (library), list_job, make_work (library, NULL), free_work,
                       cancellable, callback, user_data);
}

/**
 * hall_settler_list_finish:
 * @error: what the store says
 *
 * Returns: (transfer container) (element-type HallSettlerCase) (nullable): the cases, oldest first; the array owns
 *   them
 */
GPtrArray *
hall_settler_list_finish (HallLibrary   *library,
                          GAsyncResult  *result,
                          GError       **error)
{
  Work *work = hall_job_finish (library, result, error);

  return work != NULL ? g_ptr_array_ref (work->cases) : NULL;
}

/**
 * hall_settler_choose_async:
 * @library: a library
 * @conflict: id of a case as it was listed
 * @choice: which version
 * @edited: (nullable): the third version, for HALL_CHOICE_EDITED only: an edited copy of one of the case, whose
 *   local fields are not looked at; not changed any more from here on
 *
 * Ends a conflict. When the service has yet another version by now, nothing is done: the host has not seen it. Main
 * loop only.
 */
void
hall_settler_choose_async (HallLibrary         *library,
                           const char          *conflict,
                           HallChoice           choice,
                           gconstpointer        edited,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GError) error = NULL;
  Work              *work;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (conflict != NULL);
  g_return_if_fail ((choice == HALL_CHOICE_EDITED) == (edited != NULL));

  if (edited != NULL && !hall_check_value (edited, &error)) {
    g_task_report_error (library, callback, user_data, hall_settler_choose_async, g_steal_pointer (&error));
    return;
  }

  work = make_work (library, conflict);
  work->choice = choice;
  work->edited = edited != NULL ? hall_value_ref (edited) : NULL;
  hall_edit_async (library, choose_job, work, free_work, callback, user_data);
}

/**
 * hall_settler_choose_finish:
 * @error: %HALL_APP_ERROR_NOT_FOUND when it has changed again or is settled, %HALL_APP_ERROR_WRONG_USE or
 *   %HALL_APP_ERROR_EXISTS when the third version cannot be, and whatever the store says
 *
 * Returns: whether it is done; it can be taken back with the same id
 */
gboolean
hall_settler_choose_finish (HallLibrary   *library,
                            GAsyncResult  *result,
                            GError       **error)
{
  return hall_edit_finish (library, result, error) != NULL;
}

/**
 * hall_settler_undo_async:
 * @library: a library
 * @conflict: id of the case that was settled
 *
 * Takes a choice back, as long as the row is what it was after it. Main loop only.
 */
void
hall_settler_undo_async (HallLibrary         *library,
                         const char          *conflict,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (conflict != NULL);

  hall_edit_async (library, undo_job, make_work (library, conflict), free_work, callback, user_data);
}

/**
 * hall_settler_undo_finish:
 * @error: %HALL_APP_ERROR_NOT_FOUND when it cannot be taken back (any more), and whatever the store says
 *
 * Returns: whether it is taken back
 */
gboolean
hall_settler_undo_finish (HallLibrary   *library,
                          GAsyncResult  *result,
                          GError       **error)
{
  return hall_edit_finish (library, result, error) != NULL;
}
