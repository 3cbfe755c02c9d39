/* SPDX-License-Identifier: GPL-3.0-or-later
 * All that a person has signed up for, read in one job. */
#include "app/hall-person-record.h"

#include "app/hall-job.h"
#include "model/hall-question.h"
#include "store/hall-rows.h"

typedef struct {
  char      *person;
  GPtrArray *entries;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->person);
  g_clear_pointer (&work->entries, g_ptr_array_unref);
  g_free (work);
}

static void
free_entry (gpointer data)
{
  HallPersonEntry *entry = data;

  hall_value_unref (entry->attendee);
  hall_value_unref (entry->chat);
  g_clear_pointer (&entry->questions, g_ptr_array_unref);
  g_free (entry);
}

static gboolean
read_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work                 *work = data;
  g_autoptr (GPtrArray) attendees = NULL;

  attendees = hall_rows_list (db, &hall_attendee_kind, "WHERE person = ?1 ORDER BY signed_up_at DESC, id",
                              work->person, error);
  if (attendees == NULL)
    return FALSE;

  work->entries = g_ptr_array_new_with_free_func (free_entry);
  for (guint i = 0; i < attendees->len; i++) {
    const HallAttendee *attendee = attendees->pdata[i];
    HallPersonEntry    *entry = g_new0 (HallPersonEntry, 1);

    /* The library holds no attendee without their chat. */
    g_ptr_array_add (work->entries, entry);
    entry->attendee = hall_value_ref (attendee);
    entry->chat = hall_rows_get (db, &hall_chat_kind, attendee->chat, error);
    if (entry->chat == NULL)
      return FALSE;

    entry->questions = hall_rows_list (db, &hall_question_kind, "WHERE attendee = ?1 ORDER BY asked_at, id",
                                       attendee->parent.id, error);
    if (entry->questions == NULL)
      return FALSE;
  }

  return TRUE;
}

/**
 * hall_person_record_read_async:
 * @library: a library
 * @person: id of a person
 *
 * Main loop only.
 */
void
hall_person_record_read_async (HallLibrary         *library,
                               const char          *person,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Work *work;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (person != NULL);

  work = g_new0 (Work, 1);
  work->person = g_strdup (person);
  hall_job_read_async (library, hall_library_get_store (library), read_job, work, free_work, cancellable,
                       callback, user_data);
}

/**
 * hall_person_record_read_finish:
 * @error: what the store says
 *
 * Returns: (transfer container) (element-type HallPersonEntry) (nullable): one entry for each sign-up
 */
GPtrArray *
hall_person_record_read_finish (HallLibrary   *library,
                                GAsyncResult  *result,
                                GError       **error)
{
  Work *work = hall_job_finish (library, result, error);

  return work != NULL ? g_ptr_array_ref (work->entries) : NULL;
}
