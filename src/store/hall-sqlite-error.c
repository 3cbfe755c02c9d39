/* SPDX-License-Identifier: GPL-3.0-or-later
 * SQLite's result codes become the store's here, and nowhere else. */
#include "store/hall-sqlite-error.h"

#include <gio/gio.h>

static HallStoreError
from_constraint (int code)
{
  switch (code) {
  case SQLITE_CONSTRAINT_UNIQUE:
  case SQLITE_CONSTRAINT_PRIMARYKEY:
  case SQLITE_CONSTRAINT_ROWID:
    return HALL_STORE_ERROR_EXISTS;
  case SQLITE_CONSTRAINT_FOREIGNKEY:
    return HALL_STORE_ERROR_NOT_FOUND;
  default:
    return HALL_STORE_ERROR_FAILED;
  }
}

static HallStoreError
from_code (int      code,
           sqlite3 *handle)
{
  switch (code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_PROTOCOL:
    return HALL_STORE_ERROR_BUSY;
  case SQLITE_NOTADB:
    return HALL_STORE_ERROR_NOT_LIBRARY;
  case SQLITE_CORRUPT:
    return HALL_STORE_ERROR_CORRUPT;
  case SQLITE_READONLY: /* "moved" means that the file is gone from under the connection */
    return code == SQLITE_READONLY_DBMOVED ? HALL_STORE_ERROR_NOT_FOUND : HALL_STORE_ERROR_READ_ONLY;
  case SQLITE_PERM:
  case SQLITE_AUTH:
    return HALL_STORE_ERROR_READ_ONLY;
  case SQLITE_FULL:
    return HALL_STORE_ERROR_FULL;
  case SQLITE_IOERR: /* a quota, or a limit on the size of files, comes as one of these */
  case SQLITE_CANTOPEN:
    return handle != NULL ? hall_store_error_from_errno (sqlite3_system_errno (handle)) : HALL_STORE_ERROR_FAILED;
  case SQLITE_CONSTRAINT:
    return from_constraint (code);
  default:
    return HALL_STORE_ERROR_FAILED;
  }
}

/**
 * hall_sqlite_error_set:
 * @error: (out) (optional): where to put it
 * @handle: (nullable): the connection that failed, with its last error
 * @code: the extended result code
 *
 * The message is for the log: SQLite's own texts name tables and columns, never a bound value, so nobody's
 * address gets out with one. A query that was interrupted becomes %G_IO_ERROR_CANCELLED.
 */
void
hall_sqlite_error_set (GError  **error,
                       sqlite3  *handle,
                       int       code)
{
  const char *message = handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (code);

  if ((code & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The query was cancelled");
  else
    g_set_error (error, HALL_STORE_ERROR, (int) from_code (code, handle), "SQLite: %s (%d)", message, code);
}
