/* SPDX-License-Identifier: GPL-3.0-or-later
 * Decisions, one for each conflict or operation. */
#include "store/hall-decisions.h"

#include "model/hall-kinds.h"

#include <string.h>

#define COLUMNS "id, account, kind, row_id, word, made_at, found_at, base, mine, theirs, before, after"

static const char *const words[] = { "mine", "theirs", "edited", "discard" };

static HallDecisionWord
find_word (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], word) == 0)
      return i;

  g_assert_not_reached (); /* the table lets no other in */
}

/**
 * hall_decision_free:
 * @decision: (transfer full) (nullable): a decision
 */
void
hall_decision_free (HallDecision *decision)
{
  if (decision == NULL)
    return;

  g_free (decision->id);
  g_free (decision->account);
  g_free (decision->row);
  g_free (decision->base);
  g_free (decision->mine);
  g_free (decision->theirs);
  g_free (decision->before);
  g_free (decision->after);
  g_free (decision);
}

/**
 * hall_decisions_put:
 * @db: a library, in the transaction that does what was decided
 * @decision: the decision
 * @error: HALL_STORE_ERROR
 *
 * Keeps it in the place of an earlier one about the same.
 *
 * Returns: whether it went well
 */
gboolean
hall_decisions_put (HallDatabase        *db,
                    const HallDecision  *decision,
                    GError             **error)
{
  g_return_val_if_fail (db != NULL && decision != NULL, FALSE);

  return hall_database_run (db, error,
                            "INSERT OR REPLACE INTO decisions (" COLUMNS ") "
                            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "tttttiittttt",
                            decision->id, decision->account, decision->kind->name, decision->row,
                            words[decision->word], decision->made_at, decision->found_at,
                            decision->base, decision->mine, decision->theirs, decision->before, decision->after);
}

/**
 * hall_decisions_get:
 * @db: a library
 * @id: id of a conflict or an operation
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): what was decided about it; NULL without an error when nothing was, when it
 *   was taken back, or too long ago
 */
HallDecision *
hall_decisions_get (HallDatabase  *db,
                    const char    *id,
                    GError       **error)
{
  g_autoptr (HallStatement) statement = NULL;
  HallDecision             *decision;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && id != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT " COLUMNS " FROM decisions WHERE id = ?", error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "t", id);
  if (!hall_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  decision = g_new0 (HallDecision, 1);
  decision->id = g_strdup (hall_statement_get_text (statement, 0));
  decision->account = g_strdup (hall_statement_get_text (statement, 1));
  decision->kind = hall_kinds_from_name (hall_statement_get_text (statement, 2));
  decision->row = g_strdup (hall_statement_get_text (statement, 3));
  decision->word = find_word (hall_statement_get_text (statement, 4));
  decision->made_at = hall_statement_get_int (statement, 5);
  decision->found_at = hall_statement_get_int (statement, 6);
  decision->base = g_strdup (hall_statement_get_text (statement, 7));
  decision->mine = g_strdup (hall_statement_get_text (statement, 8));
  decision->theirs = g_strdup (hall_statement_get_text (statement, 9));
  decision->before = g_strdup (hall_statement_get_text (statement, 10));
  decision->after = g_strdup (hall_statement_get_text (statement, 11));

  return decision;
}

/**
 * hall_decisions_drop:
 * @db: a library, in the transaction that takes it back
 * @id: id of a conflict or an operation
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well; also TRUE when there was none
 */
gboolean
hall_decisions_drop (HallDatabase  *db,
                     const char    *id,
                     GError       **error)
{
  g_return_val_if_fail (db != NULL && id != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM decisions WHERE id = ?", "t", id);
}
