/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening and closing a connection, and which tables changed. */
#include "store/hall-database.h"

#include "store/hall-database-private.h"
#include "store/hall-sqlite-error.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Readers and the writer do not wait for each other in WAL mode, except while the log is started anew. */
#define BUSY_MILLISECONDS 2000

#define PAGES_BETWEEN_CHECKPOINTS 1000

/* Of SQLite's virtual machine, which does some ten millions of them in a second. */
#define STEPS_BETWEEN_LOOKS 10000

static int
is_cancelled (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static void
on_row_changed (gpointer      data,
                int           operation,
                const char   *schema,
                const char   *table,
                sqlite3_int64 row)
{
  HallDatabase *db = data;

  if (!g_hash_table_contains (db->pending, table))
    g_hash_table_add (db->pending, g_strdup (table));
}

/* As SQLite would do it itself, which then says nothing of a sync that failed. */
static int
on_logged (gpointer    data,
           sqlite3    *handle,
           const char *schema,
           int         n_pages)
{
  HallDatabase *db = data;
  int           code = SQLITE_OK;

  if (n_pages >= PAGES_BETWEEN_CHECKPOINTS)
    code = sqlite3_wal_checkpoint_v2 (handle, schema, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  if ((code & 0xff) == SQLITE_IOERR)
    db->is_doubtful = TRUE;

  return SQLITE_OK;
}

static void
free_statement (gpointer data)
{
  HallStatement *statement = data;

  sqlite3_finalize (statement->query);
  g_free (statement->sql);
  g_free (statement);
}

/* SQLite would make it with the umask's mode; its log and its index of the log take the mode of the file. */
static gboolean
make_file (const char  *path,
           GError     **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0 && errno != EEXIST) {
    hall_store_error_set_from_errno (error, errno, "Making the file");
    return FALSE;
  }
  if (fd >= 0)
    close (fd);

  return TRUE;
}

/* Only the system's files have folders; another VFS gets the name as it is. */
static char *
make_address (const char        *vfs,
              const char        *path,
              HallDatabaseMode   mode,
              GError           **error)
{
  g_autofree char *absolute = vfs == NULL ? g_canonicalize_filename (path, NULL) : NULL;
  g_autofree char *escaped = vfs != NULL ? g_uri_escape_string (path, "/", TRUE) : NULL;
  g_autofree char *uri = vfs == NULL ? g_filename_to_uri (absolute, NULL, error) : g_strconcat ("file:", escaped, NULL);

  if (uri == NULL || mode != HALL_DATABASE_PEEK)
    return g_steal_pointer (&uri);

  /* "Immutable" is how SQLite is told to take no lock, read no log and write nothing at all. */
  return g_strconcat (uri, "?immutable=1", NULL);
}

static gboolean
configure (HallDatabase      *db,
           HallDatabaseMode   mode,
           GError           **error)
{
  static const struct { int what; int on; } settings[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    sqlite3_db_config (db->handle, settings[i].what, settings[i].on, NULL);

  /* A crash or a full disk may have ended the move of the log into the file half-way. Without the log, which is not
   * looked at, the file is then shorter than it says, and only in this mode does SQLite read its head all the same. */
  if (mode == HALL_DATABASE_PEEK) {
    sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    sqlite3_db_config (db->handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
  }

  sqlite3_busy_timeout (db->handle, BUSY_MILLISECONDS);

  if (!hall_database_script (db, "PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON", error))
    return FALSE;

  if (db->read_only) {
    sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return TRUE;
  }

  sqlite3_update_hook (db->handle, on_row_changed, db);
  sqlite3_wal_hook (db->handle, on_logged, db);

  return TRUE;
}

/* An edit that was acknowledged survives a power cut: in WAL mode that takes a sync at every commit. */
static gboolean
prepare_for_writing (HallDatabase  *db,
                     GError       **error)
{
  g_autofree char   *mode = NULL;
  g_autoptr (GError) fault = NULL;

  if (sqlite3_db_readonly (db->handle, "main") != 0) {
    g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_READ_ONLY, "The file may not be written");
    return FALSE;
  }

  mode = hall_database_get_text (db, &fault, "PRAGMA journal_mode = WAL", "");
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (g_strcmp0 (mode, "wal") != 0) {
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED,
                 "This file system cannot keep a write-ahead log (journal mode %s)", mode);
    return FALSE;
  }

  return hall_database_script (db, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON", error);
}

void
hall_database_keep_changed (HallDatabase *db)
{
  GHashTableIter iter;
  gpointer       table;

  g_hash_table_iter_init (&iter, db->pending);
  while (g_hash_table_iter_next (&iter, &table, NULL)) {
    g_hash_table_iter_steal (&iter);
    g_hash_table_add (db->changed, table);
  }
}

/**
 * hall_database_open:
 * @path: the file, in the file system's encoding
 * @mode: what is to be done with it
 * @error: HALL_STORE_ERROR: NOT_FOUND, NOT_LIBRARY (no SQLite file), READ_ONLY, FULL, BUSY, CORRUPT, FAILED
 *
 * Opens a connection for one thread at a time. For writing it is in WAL mode, each commit is synced to the disk,
 * and what is deleted is overwritten. Whoever opens a file for writing has made sure that nobody else does.
 *
 * Returns: (transfer full) (nullable): the connection
 */
HallDatabase *
hall_database_open (const char        *path,
                    HallDatabaseMode   mode,
                    GError           **error)
{
  return hall_database_open_on (NULL, path, mode, error);
}

/**
 * hall_database_open_on:
 * @vfs: (nullable): the name of the SQLite VFS that has the file; NULL for the system's files
 * @path: the file, in the file system's encoding, or as @vfs names it
 * @mode: what is to be done with it
 * @error: as for hall_database_open()
 *
 * As hall_database_open(), wherever the file is. A VFS with files of its own also gives them their mode.
 *
 * Returns: (transfer full) (nullable): the connection
 */
HallDatabase *
hall_database_open_on (const char        *vfs,
                       const char        *path,
                       HallDatabaseMode   mode,
                       GError           **error)
{
  g_autoptr (HallDatabase) db = NULL;
  g_autofree char         *address = NULL;
  int                      flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  gboolean                 has_log;
  int                      code;

  g_return_val_if_fail (path != NULL, NULL);

  if (!hall_database_has_log (vfs, path, &has_log, error) ||
      (vfs == NULL && mode == HALL_DATABASE_CREATE && !make_file (path, error)))
    return NULL;
  address = make_address (vfs, path, mode, error);
  if (address == NULL)
    return NULL;

  db = g_new0 (HallDatabase, 1);
  db->is_doubtful = has_log;
  db->read_only = mode == HALL_DATABASE_PEEK || mode == HALL_DATABASE_MEND || mode == HALL_DATABASE_READ_ONLY;
  db->statements = g_hash_table_new_full (NULL, NULL, free_statement, NULL);
  db->kept = g_hash_table_new (g_str_hash, g_str_equal);
  db->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  db->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  flags |= db->read_only && mode != HALL_DATABASE_MEND ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (vfs != NULL && mode == HALL_DATABASE_CREATE)
    flags |= SQLITE_OPEN_CREATE;
  code = sqlite3_open_v2 (address, &db->handle, flags, vfs);
  if (code != SQLITE_OK) {
    hall_sqlite_error_set (error, db->handle, code);
    return NULL;
  }

  if (!configure (db, mode, error) || (!db->read_only && !prepare_for_writing (db, error)))
    return NULL;

  return g_steal_pointer (&db);
}

/**
 * hall_database_has_log:
 * @vfs: (nullable): the name of the SQLite VFS that has the file; NULL for the system's files
 * @path: a database file, there or not
 * @has_log: (out): whether a journal or a log lies beside it, with anything in it
 * @error: HALL_STORE_ERROR
 *
 * What SQLite would read from there when it opens the file is not in the file itself.
 *
 * Returns: whether that could be found out
 */
gboolean
hall_database_has_log (const char  *vfs,
                       const char  *path,
                       gboolean    *has_log,
                       GError     **error)
{
  static const char *const endings[] = { "-journal", "-wal" };
  sqlite3_vfs             *owner;

  g_return_val_if_fail (path != NULL && has_log != NULL, FALSE);

  owner = sqlite3_vfs_find (vfs);
  g_return_val_if_fail (owner != NULL, FALSE);

  *has_log = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *log = g_strconcat (path, endings[i], NULL);
    int              is_there;
    int              code = owner->xAccess (owner, log, SQLITE_ACCESS_EXISTS, &is_there);

    if (code != SQLITE_OK) {
      hall_sqlite_error_set (error, NULL, code);
      return FALSE;
    }
    *has_log |= is_there != 0;
  }

  return TRUE;
}

/**
 * hall_database_remove_file:
 * @vfs: (nullable): the name of the SQLite VFS that has the file; NULL for the system's files
 * @path: a file that no connection has open
 * @error: HALL_STORE_ERROR
 *
 * Removes a file for good, should it be there: it does not come back with a power cut.
 *
 * Returns: whether it is gone
 */
gboolean
hall_database_remove_file (const char  *vfs,
                           const char  *path,
                           GError     **error)
{
  sqlite3_vfs *owner;
  int          code;

  g_return_val_if_fail (path != NULL, FALSE);

  owner = sqlite3_vfs_find (vfs);
  g_return_val_if_fail (owner != NULL, FALSE);

  code = owner->xDelete (owner, path, TRUE);
  if (code == SQLITE_OK || code == SQLITE_IOERR_DELETE_NOENT)
    return TRUE;

  hall_sqlite_error_set (error, NULL, code);
  return FALSE;
}

/**
 * hall_database_close:
 * @db: (transfer full) (nullable): a connection
 *
 * Rolls back what is not committed and closes it. A writing connection that is the last one moves its log
 * into the file. Every statement of it is gone with it.
 */
void
hall_database_close (HallDatabase *db)
{
  if (db == NULL)
    return;

  g_hash_table_unref (db->kept);
  g_hash_table_unref (db->statements);
  g_hash_table_unref (db->changed);
  sqlite3_close_v2 (db->handle);
  g_hash_table_unref (db->pending);
  g_free (db);
}

/**
 * hall_database_abandon:
 * @db: (transfer full): a connection
 *
 * Closes it, leaving the file and its log as they were found: for a file that turns out to be none of ours.
 */
void
hall_database_abandon (HallDatabase *db)
{
  g_return_if_fail (db != NULL);

  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  hall_database_close (db);
}

/**
 * hall_database_set_cancellable:
 * @db: a connection
 * @cancellable: (nullable): what ends queries from now on; NULL for nothing
 *
 * While it is cancelled every query that takes longer than an instant ends with %G_IO_ERROR_CANCELLED. The
 * caller keeps @cancellable until another is set, and sets none before committing.
 */
void
hall_database_set_cancellable (HallDatabase *db,
                               GCancellable *cancellable)
{
  g_return_if_fail (db != NULL);

  /* Not sqlite3_interrupt(): that is lost on a connection where no query runs at that moment. */
  sqlite3_progress_handler (db->handle, STEPS_BETWEEN_LOOKS, cancellable != NULL ? is_cancelled : NULL, cancellable);
}

/**
 * hall_database_set_foreign_keys:
 * @db: a connection outside of any transaction
 * @checked: whether foreign keys are enforced; they are when it is opened
 *
 * A migration that rebuilds a table switches them off, or dropping the old table would delete its children.
 */
void
hall_database_set_foreign_keys (HallDatabase *db,
                                gboolean      checked)
{
  g_return_if_fail (db != NULL);
  g_return_if_fail (!db->in_transaction);

  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, checked ? 1 : 0, NULL);
}

/**
 * hall_database_checkpoint:
 * @db: a writing connection outside of any transaction
 * @error: HALL_STORE_ERROR
 *
 * Moves the whole log into the file.
 *
 * Returns: whether it went well
 */
gboolean
hall_database_checkpoint (HallDatabase  *db,
                          GError       **error)
{
  int code;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (!db->in_transaction && !db->read_only, FALSE);

  if (!hall_database_is_sound (db, error))
    return FALSE;

  code = sqlite3_wal_checkpoint_v2 (db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  if ((code & 0xff) == SQLITE_IOERR)
    db->is_doubtful = TRUE;
  if (code != SQLITE_OK)
    hall_sqlite_error_set (error, db->handle, code);

  return code == SQLITE_OK;
}

/**
 * hall_database_take_changed:
 * @db: a connection
 *
 * Which tables have had rows added, changed or removed by committed transactions since this was last asked.
 * Tables without rowid are not told of, nor is emptying a table without a condition.
 *
 * Returns: (transfer full) (nullable): their names; NULL when there are none
 */
GStrv
hall_database_take_changed (HallDatabase *db)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter           iter;
  gpointer                 table;

  g_return_val_if_fail (db != NULL, NULL);

  if (!db->in_transaction)
    hall_database_keep_changed (db);
  if (g_hash_table_size (db->changed) == 0)
    return NULL;

  g_hash_table_iter_init (&iter, db->changed);
  while (g_hash_table_iter_next (&iter, &table, NULL)) {
    g_hash_table_iter_steal (&iter);
    g_strv_builder_take (names, table);
  }

  return g_strv_builder_end (names);
}
