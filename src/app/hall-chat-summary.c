/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chats and their numbers, read in one job so that they belong together. */
#include "app/hall-chat-summary.h"

#include "app/hall-job.h"
#include "store/hall-chats.h"
#include "store/hall-rows.h"

struct _HallChatSummary {
  GObject         parent_instance;

  const HallChat *chat;
  HallChatCounts  counts;
};

G_DEFINE_FINAL_TYPE (HallChatSummary, hall_chat_summary, G_TYPE_OBJECT)

typedef struct {
  char      *chat;
  GPtrArray *summaries;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->chat);
  g_clear_pointer (&work->summaries, g_ptr_array_unref);
  g_free (work);
}

static gboolean
list_job (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Work                 *work = data;
  g_autoptr (GPtrArray) chats = NULL;

  chats = hall_rows_list (db, &hall_chat_kind,
                          work->chat != NULL ? "WHERE id = ?1" : "ORDER BY starts_at, title, id", work->chat, error);
  if (chats == NULL)
    return FALSE;

  work->summaries = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < chats->len; i++) {
    const HallChat  *chat = g_ptr_array_index (chats, i);
    HallChatSummary *summary = g_object_new (HALL_TYPE_CHAT_SUMMARY, NULL);

    g_ptr_array_add (work->summaries, summary);
    summary->chat = hall_value_ref (chat);
    if (!hall_chats_count (db, chat->parent.id, &summary->counts, error))
      return FALSE;
  }

  return TRUE;
}

static void
hall_chat_summary_finalize (GObject *object)
{
  HallChatSummary *self = HALL_CHAT_SUMMARY (object);

  hall_value_unref (self->chat);

  G_OBJECT_CLASS (hall_chat_summary_parent_class)->finalize (object);
}

static void
hall_chat_summary_class_init (HallChatSummaryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hall_chat_summary_finalize;
}

static void
hall_chat_summary_init (HallChatSummary *self)
{
}

/**
 * hall_chat_summary_get_chat:
 *
 * Returns: (transfer none): the chat itself
 */
const HallChat *
hall_chat_summary_get_chat (HallChatSummary *self)
{
  g_return_val_if_fail (HALL_IS_CHAT_SUMMARY (self), NULL);

  return self->chat;
}

/**
 * hall_chat_summary_get_starts_at:
 *
 * Returns: when it starts, microseconds since 1970 in UTC
 */
gint64
hall_chat_summary_get_starts_at (HallChatSummary *self)
{
  g_return_val_if_fail (HALL_IS_CHAT_SUMMARY (self), 0);

  return self->counts.starts_at;
}

/**
 * hall_chat_summary_get_going:
 *
 * Returns: how many will come
 */
guint
hall_chat_summary_get_going (HallChatSummary *self)
{
  g_return_val_if_fail (HALL_IS_CHAT_SUMMARY (self), 0);

  return self->counts.going;
}

/**
 * hall_chat_summary_get_waitlist:
 *
 * Returns: how many wait for a seat
 */
guint
hall_chat_summary_get_waitlist (HallChatSummary *self)
{
  g_return_val_if_fail (HALL_IS_CHAT_SUMMARY (self), 0);

  return self->counts.waitlist;
}

/**
 * hall_chat_summary_get_questions:
 *
 * Returns: how many questions were asked, answered ones among them
 */
guint
hall_chat_summary_get_questions (HallChatSummary *self)
{
  g_return_val_if_fail (HALL_IS_CHAT_SUMMARY (self), 0);

  return self->counts.questions;
}

/**
 * hall_chat_summary_get_open_questions:
 *
 * Returns: how many questions are neither answered nor skipped
 */
guint
hall_chat_summary_get_open_questions (HallChatSummary *self)
{
  g_return_val_if_fail (HALL_IS_CHAT_SUMMARY (self), 0);

  return self->counts.open_questions;
}

/**
 * hall_chat_summary_list_async:
 * @library: a library
 * @chat: (nullable): id of the only chat that is wanted
 */
void
hall_chat_summary_list_async (HallLibrary         *library,
                              const char          *chat,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Work *work;

  g_return_if_fail (HALL_IS_LIBRARY (library));

  work = g_new0 (Work, 1);
  work->chat = g_strdup (chat);
  hall_job_read_async (library, hall_library_get_store (library), list_job, work, free_work,
                       cancellable, callback, user_data);
}

/**
 * hall_chat_summary_list_finish:
 * @error: what the store says
 *
 * Returns: (transfer container) (element-type HallChatSummary) (nullable): the chats by their start
 */
GPtrArray *
hall_chat_summary_list_finish (HallLibrary   *library,
                               GAsyncResult  *result,
                               GError       **error)
{
  Work *work = hall_job_finish (library, result, error);

  return work != NULL ? g_ptr_array_ref (work->summaries) : NULL;
}
