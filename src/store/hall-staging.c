/* SPDX-License-Identifier: GPL-3.0-or-later
 * Staged rows, and how they differ from the bases. Nothing else of the library is touched here. */
#include "store/hall-staging.h"

/* Rows in one list: enough to be quick, few enough to be small. */
#define LIST "200"

static void
free_row (gpointer data)
{
  HallStagedRow *row = data;

  g_free (row->id);
  g_free (row->mark);
  g_free (row->json);
  g_free (row);
}

/**
 * hall_staging_find:
 * @db: a library
 * @account: id of an account
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): how far its whole has been fetched; NULL without an error when it is not
 *   being fetched
 */
HallStaging *
hall_staging_find (HallDatabase  *db,
                   const char    *account,
                   GError       **error)
{
  g_autoptr (HallStatement) statement = NULL;
  HallStaging              *staging;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && account != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT restored, at, next FROM resyncs WHERE account = ?", error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "t", account);
  if (!hall_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  staging = g_new0 (HallStaging, 1);
  staging->restored = hall_statement_get_int (statement, 0) != 0;
  staging->at = g_strdup (hall_statement_get_text (statement, 1));
  staging->next = g_strdup (hall_statement_get_text (statement, 2));

  return staging;
}

/**
 * hall_staging_free:
 * @staging: (transfer full) (nullable): how far a whole has been fetched
 */
void
hall_staging_free (HallStaging *staging)
{
  if (staging == NULL)
    return;

  g_free (staging->at);
  g_free (staging->next);
  g_free (staging);
}

/**
 * hall_staging_begin:
 * @db: a library, in a transaction
 * @account: id of the account
 * @restored: whether its service came back from a backup
 * @error: HALL_STORE_ERROR
 *
 * Begins to fetch the whole. What was fetched of another one goes; that the service was restored is not forgotten
 * for that.
 *
 * Returns: whether it went well
 */
gboolean
hall_staging_begin (HallDatabase  *db,
                    const char    *account,
                    gboolean       restored,
                    GError       **error)
{
  g_return_val_if_fail (db != NULL && account != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM staged WHERE account = ?", "t", account) &&
         hall_database_run (db, error,
                            "INSERT INTO resyncs (account, restored) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET "
                            "restored = max (restored, excluded.restored), at = NULL, next = NULL",
                            "ti", account, (gint64) !!restored);
}

/**
 * hall_staging_move:
 * @db: a library, in the transaction that stages a page
 * @account: id of the account
 * @at: the cursor up to which the staged rows are good
 * @next: (nullable): names the next page of the whole; NULL when there is none
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_staging_move (HallDatabase  *db,
                   const char    *account,
                   const char    *at,
                   const char    *next,
                   GError       **error)
{
  g_return_val_if_fail (db != NULL && account != NULL && at != NULL, FALSE);

  return hall_database_run (db, error, "UPDATE resyncs SET at = ?, next = ? WHERE account = ?", "ttt", at, next, account);
}

/**
 * hall_staging_end:
 * @db: a library, in the transaction that has put the whole into its place
 * @account: id of the account
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_staging_end (HallDatabase  *db,
                  const char    *account,
                  GError       **error)
{
  g_return_val_if_fail (db != NULL && account != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM staged WHERE account = ?", "t", account) &&
         hall_database_run (db, error, "DELETE FROM resyncs WHERE account = ?", "t", account);
}

/**
 * hall_staging_put:
 * @db: a library, in a transaction
 * @account: id of the account
 * @kind: a kind
 * @id: id of a row
 * @mark: the mark of the service's version
 * @json: (nullable): that version as wire JSON; NULL when the service has deleted the row
 * @error: HALL_STORE_ERROR
 *
 * Stages a row, in the place of what was staged of it before.
 *
 * Returns: whether it went well
 */
gboolean
hall_staging_put (HallDatabase    *db,
                  const char      *account,
                  const HallKind  *kind,
                  const char      *id,
                  const char      *mark,
                  const char      *json,
                  GError         **error)
{
  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL && id != NULL, FALSE);
  g_return_val_if_fail (mark != NULL, FALSE);

  return hall_database_run (db, error,
                            "INSERT INTO staged (account, kind, id, mark, json) VALUES (?, ?, ?, ?, ?) "
                            "ON CONFLICT (account, kind, id) DO UPDATE SET mark = excluded.mark, json = excluded.json",
                            "ttttt", account, kind->name, id, mark, json);
}

/**
 * hall_staging_count:
 * @db: a library
 * @account: id of an account
 * @error: HALL_STORE_ERROR
 *
 * Returns: how many rows are staged; -1 with @error set
 */
gint64
hall_staging_count (HallDatabase  *db,
                    const char    *account,
                    GError       **error)
{
  g_return_val_if_fail (db != NULL && account != NULL, -1);

  return hall_database_get_int (db, error, "SELECT count(*) FROM staged WHERE account = ?", "t", account);
}

/* One page of rows, in the order of their ids. */
static GPtrArray *
list (HallDatabase    *db,
      const char      *sql,
      const char      *account,
      const HallKind  *kind,
      const char      *after,
      GError         **error)
{
  g_autoptr (GPtrArray)     rows = NULL;
  g_autoptr (HallStatement) statement = hall_database_prepare (db, sql, error);
  gboolean                  has_row;

  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "ttt", account, kind->name, after != NULL ? after : "");
  rows = g_ptr_array_new_with_free_func (free_row);
  do {
    HallStagedRow *row;

    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (!has_row)
      break;

    row = g_new0 (HallStagedRow, 1);
    row->id = g_strdup (hall_statement_get_text (statement, 0));
    row->mark = g_strdup (hall_statement_get_text (statement, 1));
    row->json = g_strdup (hall_statement_get_text (statement, 2));
    g_ptr_array_add (rows, row);
  } while (has_row);

  return g_steal_pointer (&rows);
}

/**
 * hall_staging_list_news:
 * @db: a library
 * @account: id of an account
 * @kind: a kind
 * @after: (nullable): the last id that was listed before; NULL to begin
 * @error: HALL_STORE_ERROR
 *
 * Lists staged rows that are not as they are known: another mark than that of the base, or not in the library.
 *
 * Returns: (transfer full) (element-type HallStagedRow) (nullable): some of them in the order of their ids; empty
 *   when there are no more
 */
GPtrArray *
hall_staging_list_news (HallDatabase    *db,
                        const char      *account,
                        const HallKind  *kind,
                        const char      *after,
                        GError         **error)
{
  g_autofree char *sql = NULL;

  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL, NULL);

  sql = g_strdup_printf ("SELECT s.id, s.mark, s.json FROM staged AS s "
                         "LEFT JOIN bases AS b ON b.kind = s.kind AND b.id = s.id "
                         "LEFT JOIN %s AS r ON r.id = s.id "
                         "WHERE s.account = ? AND s.kind = ? AND s.id > ? AND s.json IS NOT NULL "
                         "AND (b.mark IS NOT s.mark OR r.id IS NULL) "
                         "ORDER BY s.id LIMIT " LIST, kind->plural);

  return list (db, sql, account, kind, after, error);
}

/**
 * hall_staging_list_missing:
 * @db: a library
 * @account: id of an account
 * @kind: a kind
 * @after: (nullable): the last id that was listed before; NULL to begin
 * @error: HALL_STORE_ERROR
 *
 * Lists rows with a base of which none is staged: the service does not have them any more.
 *
 * Returns: (transfer full) (element-type HallStagedRow) (nullable): some of them in the order of their ids, with the
 *   mark of their removal where the service told of that; empty when there are no more
 */
GPtrArray *
hall_staging_list_missing (HallDatabase    *db,
                           const char      *account,
                           const HallKind  *kind,
                           const char      *after,
                           GError         **error)
{
  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL, NULL);

  return list (db,
               "SELECT b.id, s.mark, NULL FROM bases AS b "
               "LEFT JOIN staged AS s ON s.account = b.account AND s.kind = b.kind AND s.id = b.id "
               "WHERE b.account = ? AND b.kind = ? AND b.id > ? AND s.json IS NULL "
               "ORDER BY b.id LIMIT " LIST, account, kind, after, error);
}
