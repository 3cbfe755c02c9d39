/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions put together by who asked them. */
#include "store/hall-questions.h"

/**
 * hall_questions_of_attendee:
 * @db: a library
 * @attendee: id of an attendee
 * @text: (out) (nullable): their questions as asked, oldest first, a line feed between two; NULL for none
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_questions_of_attendee (HallDatabase  *db,
                            const char    *attendee,
                            char         **text,
                            GError       **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && attendee != NULL && text != NULL, FALSE);

  *text = NULL;
  statement = hall_database_prepare (db,
    "SELECT group_concat(text, char(10) ORDER BY asked_at, row) FROM questions WHERE attendee = ?1", error);
  if (statement == NULL)
    return FALSE;

  hall_statement_bind_text (statement, 1, attendee);
  if (!hall_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *text = g_strdup (hall_statement_get_text (statement, 0));

  return TRUE;
}
