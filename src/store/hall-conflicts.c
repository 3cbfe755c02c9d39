/* SPDX-License-Identifier: GPL-3.0-or-later
 * Conflicts, at most one for a row. */
#include "store/hall-conflicts.h"

#include "model/hall-kinds.h"

#define COLUMNS "id, account, kind, row_id, base, mine, theirs, found_at"

static HallConflict *
read_conflict (HallStatement *statement)
{
  HallConflict *conflict = g_new0 (HallConflict, 1);

  conflict->id = g_strdup (hall_statement_get_text (statement, 0));
  conflict->account = g_strdup (hall_statement_get_text (statement, 1));
  conflict->kind = hall_kinds_from_name (hall_statement_get_text (statement, 2));
  conflict->row = g_strdup (hall_statement_get_text (statement, 3));
  conflict->base = g_strdup (hall_statement_get_text (statement, 4));
  conflict->mine = g_strdup (hall_statement_get_text (statement, 5));
  conflict->theirs = g_strdup (hall_statement_get_text (statement, 6));
  conflict->found_at = hall_statement_get_int (statement, 7);

  return conflict;
}

/**
 * hall_conflict_free:
 * @conflict: (transfer full) (nullable): a conflict
 */
void
hall_conflict_free (HallConflict *conflict)
{
  if (conflict == NULL)
    return;

  g_free (conflict->id);
  g_free (conflict->account);
  g_free (conflict->row);
  g_free (conflict->base);
  g_free (conflict->mine);
  g_free (conflict->theirs);
  g_free (conflict);
}

/**
 * hall_conflicts_add:
 * @db: a library, in a transaction
 * @account: id of the account whose service it is
 * @kind: a kind
 * @row: id of the row
 * @base: (nullable): wire JSON of what both started from; NULL when both made it
 * @mine: (nullable): wire JSON of the row here; NULL when it was removed here
 * @theirs: (nullable): wire JSON of the row there; NULL when it was removed there
 * @clock: what time it is
 * @random: for its id
 * @error: HALL_STORE_ERROR
 *
 * Keeps both versions of a row. A conflict of that row that is still open is brought up to date. When the version
 * there is another one now, its id is so too: a choice names the versions its maker has seen, never newer ones.
 *
 * Returns: whether it went well
 */
gboolean
hall_conflicts_add (HallDatabase      *db,
                    const char        *account,
                    const HallKind    *kind,
                    const char        *row,
                    const char        *base,
                    const char        *mine,
                    const char        *theirs,
                    const HallClock   *clock,
                    const HallRandom  *random,
                    GError           **error)
{
  g_autofree char *id = NULL;
  gint64           now;

  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL && row != NULL, FALSE);
  g_return_val_if_fail (clock != NULL && random != NULL, FALSE);

  now = hall_clock_now (clock);
  id = hall_id_new (now, random);

  return hall_database_run (db, error,
                            "INSERT INTO conflicts (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                            "ON CONFLICT (kind, row_id) DO UPDATE SET account = excluded.account, "
                            "base = excluded.base, mine = excluded.mine, theirs = excluded.theirs, "
                            "id = iif (theirs IS excluded.theirs, id, excluded.id), "
                            "found_at = iif (theirs IS excluded.theirs, found_at, excluded.found_at)",
                            "ttttttti", id, account, kind->name, row, base, mine, theirs, now);
}

/**
 * hall_conflicts_put:
 * @db: a library, in a transaction
 * @conflict: a conflict of a row that has none
 * @error: HALL_STORE_ERROR: EXISTS when the row has one
 *
 * Opens a conflict again that was closed before, with its id and as it was.
 *
 * Returns: whether it went well
 */
gboolean
hall_conflicts_put (HallDatabase        *db,
                    const HallConflict  *conflict,
                    GError             **error)
{
  g_return_val_if_fail (db != NULL && conflict != NULL, FALSE);

  return hall_database_run (db, error, "INSERT INTO conflicts (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                            "ttttttti", conflict->id, conflict->account, conflict->kind->name, conflict->row,
                            conflict->base, conflict->mine, conflict->theirs, conflict->found_at);
}

/**
 * hall_conflicts_get:
 * @db: a library
 * @id: id of a conflict
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the open conflict of that id; NULL without an error when there is none
 */
HallConflict *
hall_conflicts_get (HallDatabase  *db,
                    const char    *id,
                    GError       **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && id != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT " COLUMNS " FROM conflicts WHERE id = ?", error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "t", id);
  if (!hall_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  return read_conflict (statement);
}

/**
 * hall_conflicts_find:
 * @db: a library
 * @kind: a kind
 * @row: id of a row
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the open conflict of that row; NULL without an error when it has none
 */
HallConflict *
hall_conflicts_find (HallDatabase    *db,
                     const HallKind  *kind,
                     const char      *row,
                     GError         **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT " COLUMNS " FROM conflicts WHERE kind = ? AND row_id = ?", error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "tt", kind->name, row);
  if (!hall_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  return read_conflict (statement);
}

/**
 * hall_conflicts_set_mine:
 * @db: a library, in a transaction
 * @kind: a kind
 * @row: id of a row
 * @mine: (nullable): wire JSON of what the row is here now; NULL when it was removed
 * @error: HALL_STORE_ERROR
 *
 * Brings an open conflict up to date after the host went on editing, and closes it when the row is now removed
 * on both sides. Does nothing when there is none.
 *
 * Returns: whether it went well
 */
gboolean
hall_conflicts_set_mine (HallDatabase    *db,
                         const HallKind  *kind,
                         const char      *row,
                         const char      *mine,
                         GError         **error)
{
  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL, FALSE);

  return hall_database_run (db, error, "UPDATE conflicts SET mine = ? WHERE kind = ? AND row_id = ?",
                            "ttt", mine, kind->name, row) &&
         hall_database_run (db, error, "DELETE FROM conflicts WHERE kind = ? AND row_id = ? "
                                       "AND mine IS NULL AND theirs IS NULL", "tt", kind->name, row);
}

/**
 * hall_conflicts_drop:
 * @db: a library, in a transaction
 * @kind: a kind
 * @row: id of a row
 * @error: HALL_STORE_ERROR
 *
 * Closes the conflict of a row: both sides have come to say the same, or the host has chosen.
 *
 * Returns: whether it went well; also TRUE when there was none
 */
gboolean
hall_conflicts_drop (HallDatabase    *db,
                     const HallKind  *kind,
                     const char      *row,
                     GError         **error)
{
  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM conflicts WHERE kind = ? AND row_id = ?", "tt", kind->name, row);
}

/**
 * hall_conflicts_list:
 * @db: a library
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (element-type HallConflict) (nullable): every open conflict, the one found first first
 */
GPtrArray *
hall_conflicts_list (HallDatabase  *db,
                     GError       **error)
{
  g_autoptr (GPtrArray)     conflicts = NULL;
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT " COLUMNS " FROM conflicts ORDER BY found_at, id", error);
  if (statement == NULL)
    return NULL;

  conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_conflict_free);
  do {
    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (conflicts, read_conflict (statement));
  } while (has_row);

  return g_steal_pointer (&conflicts);
}

/**
 * hall_conflicts_count:
 * @db: a library
 * @account: (nullable): id of an account, or NULL for all
 * @error: HALL_STORE_ERROR
 *
 * Returns: how many conflicts are open; -1 with @error set
 */
gint64
hall_conflicts_count (HallDatabase  *db,
                      const char    *account,
                      GError       **error)
{
  g_return_val_if_fail (db != NULL, -1);

  return hall_database_get_int (db, error, "SELECT count(*) FROM conflicts WHERE ?1 IS NULL OR account = ?1", "t", account);
}
