/* SPDX-License-Identifier: GPL-3.0-or-later
 * Transactions and savepoints of a connection. */
#include "store/hall-database.h"

#include "store/hall-database-private.h"

/* The failed half of a transaction is never known from outside, so everything since its start is forgotten. */
static void
forget_transaction (HallDatabase *db)
{
  db->in_transaction = FALSE;
  db->savepoints = 0;
  db->is_spoilt = FALSE;
  g_hash_table_remove_all (db->pending);
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED, why);

  return FALSE;
}

/* Whether statements still run in the transaction the caller believes in, or in none. SQLite rolls back by itself when
 * a disk is full, and what followed would else be committed piece by piece; and it cannot always roll back when memory
 * runs out, so what is left of a transaction that is over for the caller is undone before anything else is done. */
gboolean
hall_database_is_sound (HallDatabase  *db,
                        GError       **error)
{
  gboolean has_one = !sqlite3_get_autocommit (db->handle);

  if (db->in_transaction && !has_one)
    return refuse (error, "The transaction has already been rolled back");
  if (db->in_transaction && db->is_spoilt)
    return refuse (error, "A part of the transaction could not be undone, so none of it can be kept");
  if (!db->in_transaction && has_one && sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK)
    return refuse (error, "The transaction before could not be rolled back yet");

  return TRUE;
}

/**
 * hall_database_begin:
 * @db: a connection outside of any transaction
 * @error: HALL_STORE_ERROR
 *
 * Begins a transaction: for writing at once, so that it cannot fail later for want of a lock; on a reading
 * connection one that sees the state of this moment until its end.
 *
 * Returns: whether it has begun
 */
gboolean
hall_database_begin (HallDatabase  *db,
                     GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (!db->in_transaction, FALSE);

  /* What changed outside of a transaction was committed then. */
  hall_database_keep_changed (db);

  /* What is written next would hang on those pages of the log. A checkpoint takes them along into the file. */
  if (db->is_doubtful && !db->read_only && !hall_database_checkpoint (db, error))
    return FALSE;
  db->is_doubtful = FALSE;

  if (!hall_database_run (db, error, "BEGIN IMMEDIATE", ""))
    return FALSE;
  db->in_transaction = TRUE;

  return TRUE;
}

/**
 * hall_database_commit:
 * @db: a connection in a transaction
 * @error: HALL_STORE_ERROR; NOT_FOUND when a deferred foreign key finds no row
 *
 * Commits. When that fails the transaction is rolled back and over.
 *
 * Returns: whether it is on the disk
 */
gboolean
hall_database_commit (HallDatabase  *db,
                      GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (db->in_transaction, FALSE);

  if (!hall_database_run (db, error, "COMMIT", "")) {
    db->is_doubtful = (sqlite3_errcode (db->handle) & 0xff) == SQLITE_IOERR;
    hall_database_rollback (db);
    return FALSE;
  }

  hall_database_keep_changed (db);
  forget_transaction (db);

  return TRUE;
}

/**
 * hall_database_rollback:
 * @db: a connection
 *
 * Undoes everything since hall_database_begin(). Does nothing outside of a transaction.
 */
void
hall_database_rollback (HallDatabase *db)
{
  g_return_if_fail (db != NULL);

  if (!db->in_transaction)
    return;

  forget_transaction (db);
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * hall_database_savepoint:
 * @db: a connection in a transaction
 * @error: HALL_STORE_ERROR
 *
 * Sets a point to which the transaction can be undone. They may be nested; each is ended by
 * hall_database_release() or hall_database_rollback_to().
 *
 * Returns: whether it is set
 */
gboolean
hall_database_savepoint (HallDatabase  *db,
                         GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (db->in_transaction, FALSE);

  if (!hall_database_run (db, error, "SAVEPOINT here", ""))
    return FALSE;
  db->savepoints++;

  return TRUE;
}

/**
 * hall_database_release:
 * @db: a connection with a savepoint
 * @error: HALL_STORE_ERROR
 *
 * Ends the innermost savepoint and keeps what was done since. When that fails it is undone.
 *
 * Returns: whether it went well
 */
gboolean
hall_database_release (HallDatabase  *db,
                       GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (db->savepoints > 0, FALSE);

  if (!hall_database_run (db, error, "RELEASE here", "")) {
    hall_database_rollback_to (db);
    return FALSE;
  }
  db->savepoints--;

  return TRUE;
}

/**
 * hall_database_rollback_to:
 * @db: a connection with a savepoint
 *
 * Ends the innermost savepoint and undoes what was done since. Should that fail for want of memory, no statement
 * runs in the transaction any more and it cannot be committed.
 */
void
hall_database_rollback_to (HallDatabase *db)
{
  g_return_if_fail (db != NULL);
  g_return_if_fail (db->savepoints > 0);

  db->savepoints--;
  if (!sqlite3_get_autocommit (db->handle) &&
      sqlite3_exec (db->handle, "ROLLBACK TO here; RELEASE here", NULL, NULL, NULL) != SQLITE_OK)
    db->is_spoilt = TRUE;
}

/**
 * hall_database_in_transaction:
 * @db: a connection
 *
 * Returns: whether a transaction was begun and neither committed nor rolled back
 */
gboolean
hall_database_in_transaction (HallDatabase *db)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return db->in_transaction;
}
