/* SPDX-License-Identifier: GPL-3.0-or-later
 * Binding, stepping and reading. */
#include "store/hall-statement.h"

#include "store/hall-database-private.h"
#include "store/hall-sqlite-error.h"

#include <string.h>

static void
note_fault (HallStatement *statement,
            int            code)
{
  if (code != SQLITE_OK && statement->fault == SQLITE_OK)
    statement->fault = code;
}

/**
 * hall_statement_bind:
 * @statement: a statement that has not been stepped since it was prepared or reset
 * @types: one letter for each parameter: "t" const char * (NULL for absent), "i" gint64, "b" GBytes * (NULL for absent)
 * @...: the values; copied
 *
 * Binds every parameter, from the first on. Integers must be passed as gint64. A value that cannot be bound
 * makes the next step fail.
 */
void
hall_statement_bind (HallStatement *statement,
                     const char    *types,
                     ...)
{
  va_list arguments;

  va_start (arguments, types);
  hall_statement_bind_valist (statement, types, arguments);
  va_end (arguments);
}

/**
 * hall_statement_bind_valist:
 * @statement: a statement that has not been stepped since it was prepared or reset
 * @types: as for hall_statement_bind()
 * @arguments: the values; copied
 */
void
hall_statement_bind_valist (HallStatement *statement,
                            const char    *types,
                            va_list        arguments)
{
  g_return_if_fail (statement != NULL);
  g_return_if_fail (types != NULL);
  g_return_if_fail ((int) strlen (types) == sqlite3_bind_parameter_count (statement->query));

  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i]) {
    case 't':
      hall_statement_bind_text (statement, i + 1, va_arg (arguments, const char *));
      break;
    case 'i':
      hall_statement_bind_int (statement, i + 1, va_arg (arguments, gint64));
      break;
    case 'b':
      hall_statement_bind_bytes (statement, i + 1, va_arg (arguments, GBytes *));
      break;
    default:
      g_return_if_reached ();
    }
}

/**
 * hall_statement_bind_text:
 * @statement: a statement that has not been stepped since it was prepared or reset
 * @index: which parameter, from 1
 * @text: (nullable): UTF-8, copied; NULL for absent
 */
void
hall_statement_bind_text (HallStatement *statement,
                          int            index,
                          const char    *text)
{
  g_return_if_fail (statement != NULL);

  if (text == NULL)
    note_fault (statement, sqlite3_bind_null (statement->query, index));
  else
    note_fault (statement, sqlite3_bind_text64 (statement->query, index, text, strlen (text), SQLITE_TRANSIENT, SQLITE_UTF8));
}

/**
 * hall_statement_bind_int:
 * @statement: a statement that has not been stepped since it was prepared or reset
 * @index: which parameter, from 1
 * @number: the value
 */
void
hall_statement_bind_int (HallStatement *statement,
                         int            index,
                         gint64         number)
{
  g_return_if_fail (statement != NULL);

  note_fault (statement, sqlite3_bind_int64 (statement->query, index, number));
}

/**
 * hall_statement_bind_bytes:
 * @statement: a statement that has not been stepped since it was prepared or reset
 * @index: which parameter, from 1
 * @bytes: (nullable): a blob, copied; NULL for absent
 */
void
hall_statement_bind_bytes (HallStatement *statement,
                           int            index,
                           GBytes        *bytes)
{
  gconstpointer data;
  gsize         length;

  g_return_if_fail (statement != NULL);

  if (bytes == NULL) {
    note_fault (statement, sqlite3_bind_null (statement->query, index));
    return;
  }

  data = g_bytes_get_data (bytes, &length);
  note_fault (statement, sqlite3_bind_blob64 (statement->query, index, length > 0 ? data : "", length, SQLITE_TRANSIENT));
}

/**
 * hall_statement_step:
 * @statement: a statement, bound
 * @has_row: (out) (optional): whether there is a row to read; FALSE at the end
 * @error: HALL_STORE_ERROR, or %G_IO_ERROR_CANCELLED when it was interrupted
 *
 * Runs the statement up to its next row, or to its end. After the end or an error it may be bound and stepped
 * again; what was bound before still stands. On the thread of its connection.
 *
 * Returns: whether it went well
 */
gboolean
hall_statement_step (HallStatement  *statement,
                     gboolean       *has_row,
                     GError        **error)
{
  int code;

  g_return_val_if_fail (statement != NULL, FALSE);

  if (has_row != NULL)
    *has_row = FALSE;

  if (!hall_database_is_sound (statement->db, error)) {
    sqlite3_reset (statement->query);
    return FALSE;
  }

  code = statement->fault != SQLITE_OK ? statement->fault : sqlite3_step (statement->query);
  if (code == SQLITE_ROW) {
    if (has_row != NULL)
      *has_row = TRUE;
    return TRUE;
  }

  if (code != SQLITE_DONE)
    hall_sqlite_error_set (error, statement->db->handle, code);
  sqlite3_reset (statement->query);
  statement->fault = SQLITE_OK;

  return code == SQLITE_DONE;
}

/**
 * hall_statement_reset:
 * @statement: a statement
 *
 * Makes it ready to be bound and run again; what was bound is forgotten, what was read from it is gone.
 */
void
hall_statement_reset (HallStatement *statement)
{
  g_return_if_fail (statement != NULL);

  sqlite3_reset (statement->query);
  sqlite3_clear_bindings (statement->query);
  statement->fault = SQLITE_OK;
}

/**
 * hall_statement_release:
 * @statement: (transfer full) (nullable): a statement
 *
 * Gives it back to its connection, which keeps it for whoever prepares the same text next.
 */
void
hall_statement_release (HallStatement *statement)
{
  if (statement == NULL)
    return;

  hall_statement_reset (statement);
  hall_database_take_back (statement->db, statement);
}

/**
 * hall_statement_get_int:
 * @statement: a statement that stands on a row
 * @column: which column, from 0
 *
 * Returns: its number; 0 for NULL
 */
gint64
hall_statement_get_int (HallStatement *statement,
                        int            column)
{
  g_return_val_if_fail (statement != NULL, 0);

  return sqlite3_column_int64 (statement->query, column);
}

/**
 * hall_statement_get_text:
 * @statement: a statement that stands on a row
 * @column: which column, from 0
 *
 * Returns: (nullable): its text as UTF-8, valid until the next step, reset or release; NULL for NULL
 */
const char *
hall_statement_get_text (HallStatement *statement,
                         int            column)
{
  g_return_val_if_fail (statement != NULL, NULL);

  return (const char *) sqlite3_column_text (statement->query, column);
}

/**
 * hall_statement_get_bytes:
 * @statement: a statement that stands on a row
 * @column: which column, from 0
 *
 * Returns: (transfer full) (nullable): a copy of its blob; NULL for NULL
 */
GBytes *
hall_statement_get_bytes (HallStatement *statement,
                          int            column)
{
  gconstpointer data;

  g_return_val_if_fail (statement != NULL, NULL);

  if (hall_statement_is_null (statement, column))
    return NULL;

  data = sqlite3_column_blob (statement->query, column);
  return g_bytes_new (data, sqlite3_column_bytes (statement->query, column));
}

/**
 * hall_statement_is_null:
 * @statement: a statement that stands on a row
 * @column: which column, from 0
 *
 * Returns: whether it holds NULL
 */
gboolean
hall_statement_is_null (HallStatement *statement,
                        int            column)
{
  g_return_val_if_fail (statement != NULL, TRUE);

  return sqlite3_column_type (statement->query, column) == SQLITE_NULL;
}
