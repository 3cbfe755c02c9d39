/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looking at a file before it is touched, copying it before it is changed, and running the scripts. */
#include "store/hall-migrator.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static gint64
count_scripts (const HallSchema *schema)
{
  return g_strv_length ((char **) schema->scripts);
}

/* The version of the schema in @db: 0 for a file that nobody has put anything into yet. */
static gboolean
read_version (HallDatabase      *db,
              const HallSchema  *schema,
              gint64            *version,
              GError           **error)
{
  g_autoptr (GError) fault = NULL;
  gint64             application;
  gint64             tables = 0;

  application = hall_database_get_int (db, &fault, "PRAGMA application_id", "");
  if (fault == NULL)
    *version = hall_database_get_int (db, &fault, "PRAGMA user_version", "");
  if (fault == NULL && application == 0)
    tables = hall_database_get_int (db, &fault, "SELECT count(*) FROM sqlite_schema", "");
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  if (application == 0 && *version == 0 && tables == 0)
    return TRUE;

  if ((guint32) application != schema->application_id || *version < 1) {
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_LIBRARY,
                 "A database of another program (application id %" G_GINT64_FORMAT ")", application);
    return FALSE;
  }
  if (*version > count_scripts (schema)) {
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_TOO_NEW,
                 "Version %" G_GINT64_FORMAT " of the schema; this program knows %" G_GINT64_FORMAT,
                 *version, count_scripts (schema));
    return FALSE;
  }

  return TRUE;
}

static gboolean
is_writable (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* The folder too: SQLite keeps its log beside the file. */
  if (faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 &&
      (faccessat (AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 || errno == ENOENT))
    return TRUE;

  hall_store_error_set_from_errno (error, errno, "Writing to the file and its folder");
  return FALSE;
}

static gboolean
make_empty (const char  *path,
            GError     **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0) {
    hall_store_error_set_from_errno (error, errno, "Making a copy before migrating");
    return FALSE;
  }
  close (fd);

  return TRUE;
}

static gboolean
put_on_disk (const char  *path,
             GError     **error)
{
  int      fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;
  int      number = errno;

  if (fd >= 0)
    close (fd);
  if (!done)
    hall_store_error_set_from_errno (error, number, "Writing a copy before migrating");

  return done;
}

/* Whole or not at all, and for its owner only. */
static gboolean
copy_to_file (HallDatabase  *db,
              const char    *path,
              const char    *copy,
              GError       **error)
{
  g_autofree char *unfinished = g_strconcat (copy, ".unfinished", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean         done;

  g_unlink (unfinished);
  done = make_empty (unfinished, error) &&
         hall_database_run (db, error, "VACUUM INTO ?", "t", unfinished) &&
         put_on_disk (unfinished, error);
  if (done && g_rename (unfinished, copy) != 0) {
    hall_store_error_set_from_errno (error, errno, "Naming a copy before migrating");
    done = FALSE;
  }
  if (!done)
    g_unlink (unfinished);

  return done && put_on_disk (folder, error);
}

/* PATH.v1-backup. One that is there already is of an earlier try and gives way. A VFS cannot rename, so there it is
 * whole only once this is over: what a crash leaves of it is replaced when the migration is tried again. */
static gboolean
back_up (HallDatabase  *db,
         const char    *vfs,
         const char    *path,
         gint64         version,
         GError       **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.v%" G_GINT64_FORMAT "-backup", path, version);

  if (vfs == NULL)
    return copy_to_file (db, path, copy, error);

  return hall_database_remove_file (vfs, copy, error) &&
         hall_database_run (db, error, "VACUUM INTO ?", "t", copy);
}

static gboolean
is_healthy (HallDatabase  *db,
            const char    *pragma,
            const char    *healthy,
            GError       **error)
{
  g_autoptr (GError) fault = NULL;
  g_autofree char   *answer = hall_database_get_text (db, &fault, pragma, "");

  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (g_strcmp0 (answer, healthy) != 0) {
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_CORRUPT, "%s: %s", pragma, answer);
    return FALSE;
  }

  return TRUE;
}

static gboolean
run_script (HallDatabase      *db,
            const HallSchema  *schema,
            gint64             version,
            GError           **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %" G_GINT64_FORMAT,
                                            (gint32) schema->application_id, version + 1);

  if (!hall_database_begin (db, error))
    return FALSE;

  if (!hall_database_script (db, schema->scripts[version], error) ||
      !is_healthy (db, "PRAGMA foreign_key_check", NULL, error) ||
      !hall_database_script (db, stamp, error)) {
    hall_database_rollback (db);
    return FALSE;
  }

  return hall_database_commit (db, error);
}

static gboolean
migrate (HallDatabase      *db,
         const char        *vfs,
         const char        *path,
         const HallSchema  *schema,
         gint64             version,
         GError           **error)
{
  gint64 newest = count_scripts (schema);

  if (version == newest)
    return TRUE;

  if (version > 0 && (!is_healthy (db, "PRAGMA quick_check (1)", "ok", error) || !back_up (db, vfs, path, version, error)))
    return FALSE;

  hall_database_set_foreign_keys (db, FALSE);
  for (; version < newest; version++)
    if (!run_script (db, schema, version, error))
      return FALSE;
  hall_database_set_foreign_keys (db, TRUE);
  g_strfreev (hall_database_take_changed (db));

  /* The file itself says from here on which version it has, so that an older program can refuse it unopened. */
  return hall_database_checkpoint (db, error);
}

/* What the file system alone can tell: that it is a regular file, or not there at all. */
static gboolean
is_usable (const char  *path,
           gboolean    *is_new,
           gboolean    *has_content,
           GError     **error)
{
  struct stat status;

  *is_new = FALSE;
  *has_content = FALSE;
  if (stat (path, &status) != 0) {
    *is_new = errno == ENOENT && lstat (path, &status) != 0; /* and no link that leads nowhere */
    if (*is_new)
      return TRUE;
    hall_store_error_set_from_errno (error, errno, "Looking at the file");
    return FALSE;
  }
  if (!S_ISREG (status.st_mode)) {
    g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_LIBRARY, "Not a regular file");
    return FALSE;
  }
  *has_content = status.st_size > 0;

  return TRUE;
}

static gboolean
is_ours (const char        *vfs,
         const char        *path,
         HallDatabaseMode   mode,
         const HallSchema  *schema,
         GError           **error)
{
  g_autoptr (HallDatabase) db = hall_database_open_on (vfs, path, mode, error);
  gint64                   version;

  return db != NULL && read_version (db, schema, &version, error);
}

/* A power cut may have torn the file's head while it was made, or while its log was moved into it. What is true stands
 * in the journal or the log then, which are not read here: so the file alone cannot tell. */
static gboolean
may_be_torn (const char    *vfs,
             const char    *path,
             const GError  *fault)
{
  gboolean has_log;

  return (g_error_matches (fault, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_LIBRARY) ||
          g_error_matches (fault, HALL_STORE_ERROR, HALL_STORE_ERROR_CORRUPT)) &&
         hall_database_has_log (vfs, path, &has_log, NULL) && has_log;
}

/* What was found out about a file that is not refused. */
typedef struct {
  gboolean is_new;  /* it is not there */
  gboolean is_torn; /* or may be: it is to be read together with its log before it is taken */
} Finding;

static gboolean
check (const char        *vfs,
       const char        *path,
       const HallSchema  *schema,
       Finding           *finding,
       GError           **error)
{
  g_autoptr (GError) fault = NULL;
  gboolean           has_content = TRUE;

  *finding = (Finding) { FALSE, FALSE };
  if (vfs == NULL && !is_usable (path, &finding->is_new, &has_content, error))
    return FALSE;

  if (has_content && !is_ours (vfs, path, HALL_DATABASE_PEEK, schema, &fault)) {
    /* A VFS is asked at once, so only here does it turn out that the file is not there. */
    finding->is_new = vfs != NULL && g_error_matches (fault, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
    finding->is_torn = may_be_torn (vfs, path, fault);
    if (!finding->is_new && !finding->is_torn) {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  }

  return vfs != NULL || is_writable (path, error);
}

/**
 * hall_migrator_check:
 * @path: a file, there or not
 * @schema: what it should hold
 * @error: HALL_STORE_ERROR: NOT_LIBRARY, TOO_NEW, READ_ONLY, CORRUPT, FAILED
 *
 * Looks whether hall_migrator_open() would take the file, without writing anything anywhere. A file that is
 * not there, or empty, is fine. Its log is not looked at, so hall_migrator_open() may still refuse it.
 *
 * Returns: whether it can be opened
 */
gboolean
hall_migrator_check (const char        *path,
                     const HallSchema  *schema,
                     GError           **error)
{
  Finding finding;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (schema != NULL, FALSE);

  return check (NULL, path, schema, &finding, error);
}

/**
 * hall_migrator_open:
 * @path: a file, there or not
 * @schema: what it is to hold
 * @error: HALL_STORE_ERROR: NOT_LIBRARY, TOO_NEW, READ_ONLY, FULL, CORRUPT, NOT_FOUND (no such folder), BUSY, FAILED
 *
 * Opens a file for writing, made when it is not there, with the newest schema in it. Each script runs in one
 * transaction together with the new version number. Before an older file is changed its health is checked and
 * it is copied beside itself as PATH.vN-backup. What is refused is left as it is, byte for byte.
 * The caller has made sure that nobody else writes to the file.
 *
 * Returns: (transfer full) (nullable): the connection
 */
HallDatabase *
hall_migrator_open (const char        *path,
                    const HallSchema  *schema,
                    GError           **error)
{
  return hall_migrator_open_on (NULL, path, schema, error);
}

/**
 * hall_migrator_open_on:
 * @vfs: (nullable): the name of the SQLite VFS that has the file; NULL for the system's files
 * @path: a file, there or not
 * @schema: what it is to hold
 * @error: as for hall_migrator_open()
 *
 * As hall_migrator_open(), wherever the file is; the copy of an older one goes to the same place.
 *
 * Returns: (transfer full) (nullable): the connection
 */
HallDatabase *
hall_migrator_open_on (const char        *vfs,
                       const char        *path,
                       const HallSchema  *schema,
                       GError           **error)
{
  HallDatabase *db;
  Finding       finding;
  gint64        version;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (schema != NULL, NULL);

  if (!check (vfs, path, schema, &finding, error) ||
      (finding.is_torn && !is_ours (vfs, path, HALL_DATABASE_MEND, schema, error)))
    return NULL;

  db = hall_database_open_on (vfs, path, HALL_DATABASE_CREATE, error);
  if (db != NULL && !read_version (db, schema, &version, error))
    g_clear_pointer (&db, hall_database_abandon);
  else if (db != NULL && !migrate (db, vfs, path, schema, version, error))
    g_clear_pointer (&db, hall_database_close);

  if (db == NULL && finding.is_new)
    hall_database_remove_file (vfs, path, NULL);

  return db;
}
