/* SPDX-License-Identifier: GPL-3.0-or-later
 * The three-way merge of the sync room, between a screen and the row behind it. */
#include "app/hall-revision.h"

#include "app/hall-check.h"
#include "app/hall-edit.h"
#include "store/hall-edits.h"
#include "store/hall-rows.h"
#include "sync/hall-merge.h"

typedef struct {
  gconstpointer     before;
  gconstpointer     after;
  const HallClock  *clock;
  const HallRandom *random;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  hall_value_unref (work->before);
  hall_value_unref (work->after);
  g_free (work);
}

/* Local fields know no service, but another screen or an exchange may have set them. */
static void
take_local_fields (gpointer      value,
                   gconstpointer before,
                   gconstpointer stored)
{
  const HallKind *kind = ((const HallValue *) value)->kind;

  for (guint i = 0; i < kind->n_fields; i++)
    if ((kind->fields[i].flags & HALL_FIELD_LOCAL) != 0 && hall_value_same_field (before, value, &kind->fields[i]))
      hall_value_take_field (value, stored, &kind->fields[i]);
}

static gboolean
save_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work                  *work = data;
  const HallValue       *after = work->after;
  gconstpointer          value = after;
  GError                *fault = NULL;
  g_autoptr (HallValue)  stored = NULL;
  g_autoptr (HallMerge)  merge = NULL;

  stored = hall_rows_get (db, after->kind, after->id, &fault);
  if (fault != NULL) {
    g_propagate_error (error, fault);
    return FALSE;
  }

  /* Where both have changed the same words, the host's stand: they are the newer ones, and the history keeps
   * the others. What was removed elsewhere comes back, since the host is at work on it. */
  if (stored != NULL) {
    merge = hall_merge_values (work->before, work->after, stored);
    take_local_fields (merge->value, work->before, stored);
    value = merge->value;
  }

  return hall_check_value (value, error) && hall_edits_save (db, value, work->clock, work->random, error);
}

/**
 * hall_revision_save_async:
 * @library: a library
 * @before: the value as the host saw it
 * @after: an edited copy of it
 *
 * Fields that the host did not touch keep what the library has by now; a long text is joined line by line with
 * what came meanwhile; what was removed meanwhile comes back. Main loop only; saves are written in the order in
 * which they were asked for.
 */
void
hall_revision_save_async (HallLibrary         *library,
                          gconstpointer        before,
                          gconstpointer        after,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Work *work;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (before != NULL && after != NULL);
  g_return_if_fail (((const HallValue *) before)->kind == ((const HallValue *) after)->kind);

  work = g_new0 (Work, 1);
  work->before = hall_value_ref (before);
  work->after = hall_value_ref (after);
  work->clock = hall_library_get_clock (library);
  work->random = hall_store_get_random (hall_library_get_store (library));
  hall_edit_async (library, save_job, work, free_work, callback, user_data);
}

/**
 * hall_revision_save_finish:
 * @error: %HALL_APP_ERROR_WRONG_USE with a sentence for people, and whatever the store says
 *
 * Returns: whether it is on the disk
 */
gboolean
hall_revision_save_finish (HallLibrary   *library,
                           GAsyncResult  *result,
                           GError       **error)
{
  return hall_edit_finish (library, result, error) != NULL;
}
