/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two jobs on a reader's thread: ids in order, and values with the questions that belong to them. */
#include "app/hall-attendee-page.h"

#include "app/hall-job.h"
#include "store/hall-questions.h"

typedef struct {
  HallAttendeeQuery query;
  char             *chat;
  char             *search;
  char             *status;
  GArray           *numbers; /* of gint64 */
  GArray           *entries; /* of HallAttendeeEntry */
} Work;

static void
clear_entry (gpointer data)
{
  HallAttendeeEntry *entry = data;

  hall_value_unref (entry->value);
  g_free (entry->question);
}

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->chat);
  g_free (work->search);
  g_free (work->status);
  g_clear_pointer (&work->numbers, g_array_unref);
  g_clear_pointer (&work->entries, g_array_unref);
  g_free (work);
}

static gboolean
find_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work *work = data;

  work->numbers = hall_attendees_find (db, &work->query, error);

  return work->numbers != NULL;
}

static gboolean
load_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work                 *work = data;
  g_autoptr (GPtrArray) values = NULL;

  values = hall_attendees_load (db, (const gint64 *) work->numbers->data, work->numbers->len, error);
  if (values == NULL)
    return FALSE;

  work->entries = g_array_new (FALSE, TRUE, sizeof (HallAttendeeEntry));
  g_array_set_clear_func (work->entries, clear_entry);
  for (guint i = 0; i < values->len; i++) {
    const HallAttendee *value = g_ptr_array_index (values, i);
    HallAttendeeEntry   entry = { g_array_index (work->numbers, gint64, i), NULL, NULL };

    if (value != NULL) {
      entry.value = hall_value_ref (value);
      if (!hall_questions_of_attendee (db, value->parent.id, &entry.question, error)) {
        hall_value_unref (value);
        return FALSE;
      }
    }
    g_array_append_val (work->entries, entry);
  }

  return TRUE;
}

/**
 * hall_attendee_page_find_async:
 * @library: a library
 * @query: which attendees, and in which order
 */
void
hall_attendee_page_find_async (HallLibrary             *library,
                               const HallAttendeeQuery *query,
                               GAsyncReadyCallback      callback,
                               gpointer                 user_data)
{
  Work *work;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (query != NULL);

  work = g_new0 (Work, 1);
  work->query = *query;
  work->query.chat = work->chat = g_strdup (query->chat);
  work->query.search = work->search = g_strdup (query->search);
  work->query.status = work->status = g_strdup (query->status);
  hall_job_read_async (library, hall_library_get_store (library), find_job, work, free_work, NULL, callback, user_data);
}

/**
 * hall_attendee_page_find_finish:
 * @error: what the store says
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the rows' numbers in order
 */
GArray *
hall_attendee_page_find_finish (HallLibrary   *library,
                                GAsyncResult  *result,
                                GError       **error)
{
  Work *work = hall_job_finish (library, result, error);

  return work != NULL ? g_array_ref (work->numbers) : NULL;
}

/**
 * hall_attendee_page_load_async:
 * @library: a library
 * @numbers: (transfer full) (element-type gint64): numbers of rows, not changed any more
 */
void
hall_attendee_page_load_async (HallLibrary         *library,
                               GArray              *numbers,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Work *work;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (numbers != NULL);

  work = g_new0 (Work, 1);
  work->numbers = numbers;
  hall_job_read_async (library, hall_library_get_store (library), load_job, work, free_work, NULL, callback, user_data);
}

/**
 * hall_attendee_page_load_finish:
 * @error: what the store says
 *
 * Returns: (transfer full) (element-type HallAttendeeEntry) (nullable): an entry for each number
 */
GArray *
hall_attendee_page_load_finish (HallLibrary   *library,
                                GAsyncResult  *result,
                                GError       **error)
{
  Work *work = hall_job_finish (library, result, error);

  return work != NULL ? g_array_ref (work->entries) : NULL;
}
