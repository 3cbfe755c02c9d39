/* SPDX-License-Identifier: GPL-3.0-or-later
 * The numbers of a chat, counted by SQLite along its indexes. */
#include "store/hall-chats.h"

/**
 * hall_chats_count:
 * @db: a library
 * @chat: id of a chat
 * @counts: (out): its start and its numbers; all zero when there is no such chat
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_chats_count (HallDatabase    *db,
                  const char      *chat,
                  HallChatCounts  *counts,
                  GError         **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && chat != NULL && counts != NULL, FALSE);

  *counts = (HallChatCounts) { 0 };
  statement = hall_database_prepare (db,
    "SELECT starts_at, "
    "(SELECT count(*) FROM attendees WHERE chat = c.id AND status = 'going'), "
    "(SELECT count(*) FROM attendees WHERE chat = c.id AND status = 'waitlist'), "
    "(SELECT count(*) FROM questions WHERE chat = c.id), "
    "(SELECT count(*) FROM questions WHERE chat = c.id AND status = 'open') "
    "FROM chats c WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;

  hall_statement_bind_text (statement, 1, chat);
  if (!hall_statement_step (statement, &has_row, error))
    return FALSE;

  if (has_row) {
    counts->starts_at = hall_statement_get_int (statement, 0);
    counts->going = hall_statement_get_int (statement, 1);
    counts->waitlist = hall_statement_get_int (statement, 2);
    counts->questions = hall_statement_get_int (statement, 3);
    counts->open_questions = hall_statement_get_int (statement, 4);
  }

  return TRUE;
}
