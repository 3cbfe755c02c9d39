/* SPDX-License-Identifier: GPL-3.0-or-later
 * Queries of a connection, and the prepared statements it keeps for the next time. */
#include "store/hall-database.h"

#include "store/hall-database-private.h"
#include "store/hall-sqlite-error.h"

#include <string.h>

/* More than the program has different queries; only searches, whose text depends on the words, go beyond it. */
#define MOST_KEPT_STATEMENTS 96

/* Most texts are constants, so that the address alone leads to the statement; to read the whole text of every query
 * that is run for every row costs more than many of the queries do. */
static HallStatement **
find_recent (HallDatabase *db,
             const char   *sql)
{
  return &db->recent[(GPOINTER_TO_SIZE (sql) / sizeof (gpointer)) % G_N_ELEMENTS (db->recent)];
}

static void
remember_address (HallDatabase  *db,
                  HallStatement *statement,
                  const char    *sql)
{
  HallStatement **before = find_recent (db, statement->asked_as);

  if (statement->asked_as == sql)
    return;

  if (*before == statement)
    *before = NULL;
  statement->asked_as = sql;
  *find_recent (db, sql) = statement;
}

static void
let_go (HallDatabase  *db,
        HallStatement *statement)
{
  HallStatement **recent = find_recent (db, statement->asked_as);

  if (*recent == statement)
    *recent = NULL;
  if (statement->is_kept)
    g_hash_table_remove (db->kept, statement->sql);
  g_hash_table_remove (db->statements, statement);
}

static void
let_oldest_go (HallDatabase *db)
{
  HallStatement *oldest = NULL;
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, db->kept);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    HallStatement *statement = value;

    if (!statement->in_use && (oldest == NULL || statement->released < oldest->released))
      oldest = statement;
  }

  if (oldest != NULL)
    let_go (db, oldest);
}

void
hall_database_take_back (HallDatabase  *db,
                         HallStatement *statement)
{
  g_assert (statement->db == db && statement->in_use);

  statement->in_use = FALSE;
  statement->released = ++db->n_releases;
  if (!statement->is_kept)
    let_go (db, statement);
  else if (g_hash_table_size (db->kept) > MOST_KEPT_STATEMENTS)
    let_oldest_go (db);
}

/**
 * hall_database_script:
 * @db: a connection
 * @sql: any number of statements without parameters
 * @error: HALL_STORE_ERROR
 *
 * Runs them one after the other, up to the first that fails.
 *
 * Returns: whether all went well
 */
gboolean
hall_database_script (HallDatabase  *db,
                      const char    *sql,
                      GError       **error)
{
  int code;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);

  if (!hall_database_is_sound (db, error))
    return FALSE;

  code = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    hall_sqlite_error_set (error, db->handle, code);

  return code == SQLITE_OK;
}

/**
 * hall_database_prepare:
 * @db: a connection
 * @sql: one statement; values only as parameters, "?"
 * @error: HALL_STORE_ERROR
 *
 * Prepares a statement, or hands out one that was prepared before and is not in use. So a query may be run
 * while the same query is being read further up the stack.
 *
 * Returns: (transfer full) (nullable): the statement; it must be released before the connection is closed
 */
HallStatement *
hall_database_prepare (HallDatabase  *db,
                       const char    *sql,
                       GError       **error)
{
  HallStatement **recent;
  HallStatement  *statement;
  gboolean        is_first;
  sqlite3_stmt   *query;
  int             code;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  /* A text of another query may have come to lie at the same address. */
  recent = find_recent (db, sql);
  statement = *recent;
  if (statement == NULL || statement->asked_as != sql || strcmp (statement->sql, sql) != 0)
    statement = g_hash_table_lookup (db->kept, sql);

  if (statement != NULL && !statement->in_use) {
    remember_address (db, statement, sql);
    statement->in_use = TRUE;
    return statement;
  }

  code = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &query, NULL);
  if (code != SQLITE_OK) {
    hall_sqlite_error_set (error, db->handle, code);
    return NULL;
  }

  is_first = statement == NULL;
  statement = g_new0 (HallStatement, 1);
  statement->db = db;
  statement->query = query;
  statement->sql = g_strdup (sql);
  statement->asked_as = sql;
  statement->in_use = TRUE;
  statement->is_kept = is_first;
  g_hash_table_add (db->statements, statement);
  if (is_first) {
    g_hash_table_insert (db->kept, statement->sql, statement);
    *recent = statement;
  }

  return statement;
}

/* The first row of a query, or its end. */
static HallStatement *
start (HallDatabase  *db,
       const char    *sql,
       const char    *types,
       va_list        arguments,
       gboolean      *has_row,
       GError       **error)
{
  g_autoptr (HallStatement) statement = hall_database_prepare (db, sql, error);

  if (statement == NULL)
    return NULL;

  hall_statement_bind_valist (statement, types, arguments);
  if (!hall_statement_step (statement, has_row, error))
    return NULL;

  return g_steal_pointer (&statement);
}

/**
 * hall_database_run:
 * @db: a connection
 * @error: HALL_STORE_ERROR
 * @sql: one statement; what rows it gives are not looked at
 * @types: as for hall_statement_bind()
 * @...: the values
 *
 * Returns: whether it went well
 */
gboolean
hall_database_run (HallDatabase  *db,
                   GError       **error,
                   const char    *sql,
                   const char    *types,
                   ...)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row = FALSE;
  va_list                   arguments;

  g_return_val_if_fail (db != NULL, FALSE);

  va_start (arguments, types);
  statement = start (db, sql, types, arguments, &has_row, error);
  va_end (arguments);

  while (statement != NULL && has_row)
    if (!hall_statement_step (statement, &has_row, error))
      return FALSE;

  return statement != NULL;
}

/**
 * hall_database_get_int:
 * @db: a connection
 * @error: HALL_STORE_ERROR
 * @sql: a query
 * @types: as for hall_statement_bind()
 * @...: the values
 *
 * Returns: the first column of its first row; 0 when there is no row or it is NULL; -1 with @error set
 */
gint64
hall_database_get_int (HallDatabase  *db,
                       GError       **error,
                       const char    *sql,
                       const char    *types,
                       ...)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row = FALSE;
  va_list                   arguments;

  g_return_val_if_fail (db != NULL, -1);

  va_start (arguments, types);
  statement = start (db, sql, types, arguments, &has_row, error);
  va_end (arguments);

  if (statement == NULL)
    return -1;

  return has_row ? hall_statement_get_int (statement, 0) : 0;
}

/**
 * hall_database_get_text:
 * @db: a connection
 * @error: HALL_STORE_ERROR
 * @sql: a query
 * @types: as for hall_statement_bind()
 * @...: the values
 *
 * Returns: (transfer full) (nullable): the first column of its first row; NULL when there is no row, when it is
 *   NULL, or with @error set
 */
char *
hall_database_get_text (HallDatabase  *db,
                        GError       **error,
                        const char    *sql,
                        const char    *types,
                        ...)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row = FALSE;
  va_list                   arguments;

  g_return_val_if_fail (db != NULL, NULL);

  va_start (arguments, types);
  statement = start (db, sql, types, arguments, &has_row, error);
  va_end (arguments);

  return statement != NULL && has_row ? g_strdup (hall_statement_get_text (statement, 0)) : NULL;
}

/**
 * hall_database_count_changes:
 * @db: a connection
 *
 * Returns: how many rows the last INSERT, UPDATE or DELETE touched itself, without what followed from it
 */
gint64
hall_database_count_changes (HallDatabase *db)
{
  g_return_val_if_fail (db != NULL, 0);

  return sqlite3_changes64 (db->handle);
}
