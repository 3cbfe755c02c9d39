/* SPDX-License-Identifier: GPL-3.0-or-later
 * One reading job, so that a roster is of one moment. */
#include "app/hall-roster.h"

#include "app/hall-job.h"
#include "store/hall-attendees.h"
#include "store/hall-questions.h"

#define CHUNK 256

typedef struct {
  char      *chat;
  char      *search;
  GPtrArray *entries; /* of HallRosterEntry */
} Work;

static void
free_entry (gpointer data)
{
  HallRosterEntry *entry = data;

  hall_value_unref (entry->attendee);
  g_free (entry->question);
  g_free (entry);
}

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->chat);
  g_free (work->search);
  g_clear_pointer (&work->entries, g_ptr_array_unref);
  g_free (work);
}

static gboolean
append_chunk (HallDatabase  *db,
              const gint64  *numbers,
              guint          n,
              GPtrArray     *entries,
              GError       **error)
{
  g_autoptr (GPtrArray) values = hall_attendees_load (db, numbers, n, error);

  if (values == NULL)
    return FALSE;

  for (guint i = 0; i < values->len; i++) {
    const HallAttendee *value = g_ptr_array_index (values, i);
    HallRosterEntry    *entry;

    if (value == NULL)
      continue;

    entry = g_new0 (HallRosterEntry, 1);
    entry->attendee = hall_value_ref (value);
    g_ptr_array_add (entries, entry);
    if (!hall_questions_of_attendee (db, value->parent.id, &entry->question, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
read_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work              *work = data;
  HallAttendeeQuery  query = { .chat = work->chat, .search = work->search, .sort = HALL_ATTENDEE_SORT_SIGNED_UP };
  g_autoptr (GArray) numbers = hall_attendees_find (db, &query, error);

  if (numbers == NULL)
    return FALSE;

  work->entries = g_ptr_array_new_full (numbers->len, free_entry);
  for (guint i = 0; i < numbers->len; i += CHUNK)
    if (!append_chunk (db, &g_array_index (numbers, gint64, i), MIN (CHUNK, numbers->len - i), work->entries, error))
      return FALSE;

  return TRUE;
}

/**
 * hall_roster_read_async:
 * @library: a library
 * @chat: id of a chat
 * @search: (nullable): parts of names or addresses; accents and case do not count
 */
void
hall_roster_read_async (HallLibrary         *library,
                        const char          *chat,
                        const char          *search,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Work *work;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (chat != NULL);

  work = g_new0 (Work, 1);
  work->chat = g_strdup (chat);
  work->search = g_strdup (search);
  hall_job_read_async (library, hall_library_get_store (library), read_job, work, free_work, NULL, callback, user_data);
}

/**
 * hall_roster_read_finish:
 * @error: what the store says
 *
 * Returns: (transfer full) (element-type HallRosterEntry) (nullable): the attendees as they signed up
 */
GPtrArray *
hall_roster_read_finish (HallLibrary   *library,
                         GAsyncResult  *result,
                         GError       **error)
{
  Work *work = hall_job_finish (library, result, error);

  return work != NULL ? g_ptr_array_ref (work->entries) : NULL;
}
