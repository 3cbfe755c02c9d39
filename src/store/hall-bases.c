/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bases and cursors. */
#include "store/hall-bases.h"

/**
 * hall_bases_get:
 * @db: a library
 * @kind: a kind
 * @row: id of a row
 * @mark: (out) (transfer full) (nullable) (optional): the mark of the service's version; NULL when it has none
 * @json: (out) (transfer full) (nullable) (optional): that version as wire JSON; NULL when it has none
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well; a row the service has never told of is no error
 */
gboolean
hall_bases_get (HallDatabase    *db,
                const HallKind  *kind,
                const char      *row,
                char           **mark,
                char           **json,
                GError         **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL, FALSE);

  if (mark != NULL)
    *mark = NULL;
  if (json != NULL)
    *json = NULL;

  statement = hall_database_prepare (db, "SELECT mark, json FROM bases WHERE kind = ? AND id = ?", error);
  if (statement == NULL)
    return FALSE;

  hall_statement_bind (statement, "tt", kind->name, row);
  if (!hall_statement_step (statement, &has_row, error))
    return FALSE;

  if (has_row && mark != NULL)
    *mark = g_strdup (hall_statement_get_text (statement, 0));
  if (has_row && json != NULL)
    *json = g_strdup (hall_statement_get_text (statement, 1));

  return TRUE;
}

/* What is known of a row becomes what was known of it, unless it is the version @mark names. */
static gboolean
keep_past (HallDatabase    *db,
           const HallKind  *kind,
           const char      *row,
           const char      *mark,
           GError         **error)
{
  return hall_database_run (db, error,
                            "INSERT INTO past_bases (kind, id, account, mark, json) "
                            "SELECT kind, id, account, mark, json FROM bases "
                            "WHERE kind = ? AND id = ? AND mark <> ? AND mark <> ''",
                            "ttt", kind->name, row, mark);
}

/**
 * hall_bases_put:
 * @db: a library, in a transaction
 * @account: id of the account
 * @kind: a kind
 * @row: id of a row
 * @mark: the mark of the service's version
 * @json: that version as wire JSON
 * @error: HALL_STORE_ERROR
 *
 * Keeps what the service has just said of a row, in the place of what it said before.
 *
 * Returns: whether it went well
 */
gboolean
hall_bases_put (HallDatabase    *db,
                const char      *account,
                const HallKind  *kind,
                const char      *row,
                const char      *mark,
                const char      *json,
                GError         **error)
{
  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL && row != NULL, FALSE);
  g_return_val_if_fail (mark != NULL && json != NULL, FALSE);

  /* Most are new, and for those alone SQLite needs no way back out of the middle of a statement. */
  if (!hall_database_run (db, error,
                          "INSERT INTO bases (kind, id, account, mark, json) VALUES (?, ?, ?, ?, ?) "
                          "ON CONFLICT (kind, id) DO NOTHING",
                          "ttttt", kind->name, row, account, mark, json))
    return FALSE;

  if (hall_database_count_changes (db) > 0)
    return TRUE;

  return keep_past (db, kind, row, mark, error) &&
         hall_database_run (db, error,
                            "UPDATE bases SET account = ?3, mark = ?4, json = ?5 WHERE kind = ?1 AND id = ?2",
                            "ttttt", kind->name, row, account, mark, json);
}

/**
 * hall_bases_drop:
 * @db: a library, in a transaction
 * @kind: a kind
 * @row: id of a row
 * @error: HALL_STORE_ERROR
 *
 * Forgets what the service said of a row: it has none any more.
 *
 * Returns: whether it went well; also TRUE when there was nothing to forget
 */
gboolean
hall_bases_drop (HallDatabase    *db,
                 const HallKind  *kind,
                 const char      *row,
                 GError         **error)
{
  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL, FALSE);

  return keep_past (db, kind, row, "", error) &&
         hall_database_run (db, error, "DELETE FROM bases WHERE kind = ? AND id = ?", "tt", kind->name, row);
}

/**
 * hall_bases_set_forgotten:
 * @db: a library, in a transaction
 * @kind: a kind
 * @row: id of a row that the service had, and has forgotten because it came back from a backup
 * @error: HALL_STORE_ERROR
 *
 * The version stays, for it is the last one that both sides, and other hosts, have seen; its mark becomes "".
 *
 * Returns: whether it went well
 */
gboolean
hall_bases_set_forgotten (HallDatabase    *db,
                          const HallKind  *kind,
                          const char      *row,
                          GError         **error)
{
  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL, FALSE);

  return keep_past (db, kind, row, "", error) &&
         hall_database_run (db, error, "UPDATE bases SET mark = '' WHERE kind = ? AND id = ?", "tt", kind->name, row);
}

/**
 * hall_bases_note_gone:
 * @db: a library, in a transaction
 * @account: id of the account
 * @kind: a kind
 * @row: id of a row
 * @mark: the mark under which the service says that it was deleted
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_bases_note_gone (HallDatabase    *db,
                      const char      *account,
                      const HallKind  *kind,
                      const char      *row,
                      const char      *mark,
                      GError         **error)
{
  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL && row != NULL && mark != NULL, FALSE);

  return hall_database_run (db, error,
                            "INSERT INTO past_bases (kind, id, account, mark) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS "
                            "(SELECT 1 FROM past_bases WHERE kind = ?1 AND id = ?2 AND mark = ?4)",
                            "tttt", kind->name, row, account, mark);
}

/**
 * hall_bases_is_past:
 * @db: a library
 * @kind: a kind
 * @row: id of a row
 * @mark: a mark that the service gives it
 * @is_past: (out): whether it gave it that mark before and another one since, so that it must have come back from a
 *   backup
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be told
 */
gboolean
hall_bases_is_past (HallDatabase    *db,
                    const HallKind  *kind,
                    const char      *row,
                    const char      *mark,
                    gboolean        *is_past,
                    GError         **error)
{
  gint64 n;

  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL && mark != NULL && is_past != NULL, FALSE);

  n = hall_database_get_int (db, error, "SELECT count(*) FROM past_bases WHERE kind = ? AND id = ? AND mark = ?", "ttt",
                             kind->name, row, mark);
  *is_past = n > 0;

  return n >= 0;
}

/**
 * hall_bases_list_past:
 * @db: a library
 * @kind: a kind
 * @row: id of a row
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the versions the service had before, as wire JSON, the
 *   newest first
 */
GPtrArray *
hall_bases_list_past (HallDatabase    *db,
                      const HallKind  *kind,
                      const char      *row,
                      GError         **error)
{
  g_autoptr (GPtrArray)     versions = NULL;
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT json FROM past_bases WHERE kind = ? AND id = ? AND json IS NOT NULL "
                                         "ORDER BY number DESC", error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "tt", kind->name, row);
  versions = g_ptr_array_new_with_free_func (g_free);
  do {
    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (versions, g_strdup (hall_statement_get_text (statement, 0)));
  } while (has_row);

  return g_steal_pointer (&versions);
}

/**
 * hall_bases_get_cursor:
 * @db: a library
 * @account: id of an account
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): up to where its news has been read; NULL without an error when not at all
 */
char *
hall_bases_get_cursor (HallDatabase  *db,
                       const char    *account,
                       GError       **error)
{
  g_return_val_if_fail (db != NULL && account != NULL, NULL);

  return hall_database_get_text (db, error, "SELECT cursor FROM cursors WHERE account = ?", "t", account);
}

/**
 * hall_bases_set_cursor:
 * @db: a library, in the transaction that put the rows it stands for
 * @account: id of an account
 * @cursor: (nullable): up to where its news has been read; NULL to read it again from the beginning
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_bases_set_cursor (HallDatabase  *db,
                       const char    *account,
                       const char    *cursor,
                       GError       **error)
{
  g_return_val_if_fail (db != NULL && account != NULL, FALSE);

  if (cursor == NULL)
    return hall_database_run (db, error, "DELETE FROM cursors WHERE account = ?", "t", account);

  return hall_database_run (db, error,
                            "INSERT INTO cursors (account, cursor) VALUES (?, ?) "
                            "ON CONFLICT (account) DO UPDATE SET cursor = excluded.cursor",
                            "tt", account, cursor);
}
