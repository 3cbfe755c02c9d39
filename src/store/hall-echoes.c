/* SPDX-License-Identifier: GPL-3.0-or-later
 * Echoes. A service restored from a backup may still know our cursor, and have forgotten what it took from us since:
 * then it is silent about it, and only what is waited for here shows that. */
#include "store/hall-echoes.h"

#include "model/hall-kinds.h"

/**
 * hall_echoes_await:
 * @db: a library, in the transaction that takes an answer
 * @account: id of the account
 * @kind: a kind
 * @id: id of a row that the answer spoke of
 * @is_removal: whether it said that the row was removed, as it was asked to
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_echoes_await (HallDatabase    *db,
                   const char      *account,
                   const HallKind  *kind,
                   const char      *id,
                   gboolean         is_removal,
                   GError         **error)
{
  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL && id != NULL, FALSE);

  return hall_database_run (db, error,
                            "INSERT INTO echoes (account, kind, id, removal) VALUES (?, ?, ?, ?) "
                            "ON CONFLICT (account, kind, id) DO UPDATE SET removal = excluded.removal",
                            "ttti", account, kind->name, id, (gint64) !!is_removal);
}

/**
 * hall_echoes_is_removal:
 * @db: a library
 * @account: id of an account
 * @kind: a kind
 * @id: id of a row whose removal the record of changes tells
 * @is_removal: (out): whether it was asked for from here, so that it is no news
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be told
 */
gboolean
hall_echoes_is_removal (HallDatabase    *db,
                        const char      *account,
                        const HallKind  *kind,
                        const char      *id,
                        gboolean        *is_removal,
                        GError         **error)
{
  gint64 n;

  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL && id != NULL && is_removal != NULL, FALSE);

  n = hall_database_get_int (db, error, "SELECT count(*) FROM echoes WHERE account = ? AND kind = ? AND id = ? AND removal",
                             "ttt", account, kind->name, id);
  *is_removal = n > 0;

  return n >= 0;
}

/**
 * hall_echoes_hear:
 * @db: a library, in a transaction
 * @account: id of the account
 * @kind: a kind
 * @id: id of a row that the record of changes has told of, or that was asked for
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well; also TRUE when nothing was waited for
 */
gboolean
hall_echoes_hear (HallDatabase    *db,
                  const char      *account,
                  const HallKind  *kind,
                  const char      *id,
                  GError         **error)
{
  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL && id != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM echoes WHERE account = ? AND kind = ? AND id = ?", "ttt",
                            account, kind->name, id);
}

/**
 * hall_echoes_hear_all:
 * @db: a library, in a transaction
 * @account: id of an account whose whole has been compared
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_echoes_hear_all (HallDatabase  *db,
                      const char    *account,
                      GError       **error)
{
  g_return_val_if_fail (db != NULL && account != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM echoes WHERE account = ?", "t", account);
}

/**
 * hall_echoes_find:
 * @db: a library
 * @account: id of an account
 * @kind: (out): the kind of the row
 * @id: (out) (transfer full) (nullable): its id; NULL when nothing is waited for
 * @error: HALL_STORE_ERROR
 *
 * Finds a row that is still waited for.
 *
 * Returns: whether it went well
 */
gboolean
hall_echoes_find (HallDatabase    *db,
                  const char      *account,
                  const HallKind **kind,
                  char           **id,
                  GError         **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL && id != NULL, FALSE);

  *kind = NULL;
  *id = NULL;
  statement = hall_database_prepare (db, "SELECT kind, id FROM echoes WHERE account = ? ORDER BY kind, id LIMIT 1", error);
  if (statement == NULL)
    return FALSE;

  hall_statement_bind (statement, "t", account);
  if (!hall_statement_step (statement, &has_row, error))
    return FALSE;

  if (has_row) {
    *kind = hall_kinds_from_name (hall_statement_get_text (statement, 0));
    *id = g_strdup (hall_statement_get_text (statement, 1));
  }

  return TRUE;
}
