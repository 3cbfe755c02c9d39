/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening, what goes wrong, and what survives a kill. */
#include "store/hall-database.h"

#include "scratch.h"
#include "scratch-database.h"

#include <gio/gio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_open_mode (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  static const char *const names[] = { "library", "library-wal", "library-shm" };

  scratch_run (db, "CREATE TABLE t (a)");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = scratch_path (names[i]);
    struct stat      status;

    g_assert_cmpint (stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  }
}

static void
test_open_settings (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autofree char         *journal = hall_database_get_text (db, NULL, "PRAGMA journal_mode", "");

  g_assert_cmpstr (journal, ==, "wal");
  g_assert_cmpint (scratch_ask (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (scratch_ask (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (scratch_ask (db, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (scratch_ask (db, "PRAGMA trusted_schema"), ==, 0);
}

static void
test_open_defensive (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autoptr (GError)       error = NULL;

  scratch_run (db, "CREATE TABLE t (a)");
  g_assert_false (hall_database_script (db, "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema", &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
}

static void
test_open_missing (void)
{
  g_autofree char   *path = scratch_path ("missing");
  g_autofree char   *lost = scratch_path ("no/such/folder");
  g_autoptr (GError) error = NULL;

  g_assert_null (hall_database_open (path, HALL_DATABASE_READ_WRITE, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hall_database_open (path, HALL_DATABASE_READ_ONLY, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hall_database_open (lost, HALL_DATABASE_CREATE, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_open_odd_name (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("a b%20?mode=ro#ü");
  g_autofree char         *path = scratch_path ("a b%20?mode=ro#ü");

  scratch_run (db, "CREATE TABLE t (a)");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_open_other_file (void)
{
  g_autofree char   *path = scratch_path ("letter");
  g_autofree char   *before = NULL;
  g_autofree char   *after = NULL;
  g_autoptr (GError) error = NULL;

  scratch_write (path, "Dear host, this is a letter and no database, and it is long enough to be mistaken for one. "
                       "Please leave it as it is.");
  before = scratch_checksum (path);
  g_assert_null (hall_database_open (path, HALL_DATABASE_READ_WRITE, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_LIBRARY);
  after = scratch_checksum (path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_open_read_only_file (void)
{
  g_autofree char *path = scratch_path ("library");
  pid_t            child;

  hall_database_close (scratch_open ("library"));
  g_assert_cmpint (chmod (path, 0400), ==, 0);

  child = fork ();
  if (child == 0) {
    g_autoptr (GError) error = NULL;

    scratch_drop_privileges ();
    _exit (hall_database_open (path, HALL_DATABASE_READ_WRITE, &error) == NULL &&
           g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_READ_ONLY) ? 0 : 1);
  }
  g_assert_cmpint (scratch_wait (child), ==, 0);
}

static void
test_peek_leaves_no_trace (void)
{
  g_autofree char   *path = scratch_path ("library");
  g_autofree char   *names = NULL;
  g_autoptr (GError) error = NULL;
  HallDatabase      *db = scratch_open ("library");

  scratch_run (db, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");
  hall_database_close (db);

  db = hall_database_open (path, HALL_DATABASE_PEEK, &error);
  g_assert_no_error (error);
  g_assert_cmpint (scratch_ask (db, "SELECT a FROM t"), ==, 7);
  names = scratch_list ();
  g_assert_cmpstr (names, ==, "library");
  hall_database_close (db);
}

static void
test_errors_constraints (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");

  scratch_run (db, "CREATE TABLE p (id TEXT PRIMARY KEY) STRICT;"
           "CREATE TABLE t (a TEXT UNIQUE, p TEXT REFERENCES p (id), n INTEGER NOT NULL DEFAULT 0) STRICT;"
           "INSERT INTO p VALUES ('x'); INSERT INTO t (a) VALUES ('somebody@example.org')");
  scratch_assert_fails (db, "INSERT INTO t (a) VALUES ('somebody@example.org')", HALL_STORE_ERROR_EXISTS);
  scratch_assert_fails (db, "INSERT INTO p VALUES ('x')", HALL_STORE_ERROR_EXISTS);
  scratch_assert_fails (db, "INSERT INTO t (p) VALUES ('somebody@example.org')", HALL_STORE_ERROR_NOT_FOUND);
  scratch_assert_fails (db, "INSERT INTO t (n) VALUES (NULL)", HALL_STORE_ERROR_FAILED);
  scratch_assert_fails (db, "INSERT INTO t (n) VALUES ('somebody@example.org')", HALL_STORE_ERROR_FAILED);
}

static void
test_errors_full (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autoptr (GError)       error = NULL;

  scratch_run (db, "CREATE TABLE t (a); CREATE TABLE u (a); PRAGMA max_page_count = 20");
  g_assert_true (hall_database_begin (db, &error));
  scratch_run (db, "INSERT INTO u VALUES (1)");
  g_assert_false (hall_database_run (db, &error, "INSERT INTO t VALUES (zeroblob (1000000))", ""));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL);
  g_clear_error (&error);

  /* Whatever SQLite has undone on its own, nothing after it may slip in by itself. */
  if (hall_database_run (db, NULL, "INSERT INTO u VALUES (2)", ""))
    hall_database_rollback (db);
  else
    g_assert_false (hall_database_commit (db, NULL));
  g_assert_false (hall_database_in_transaction (db));
  g_assert_cmpint (scratch_ask (db, "SELECT count (*) FROM u"), ==, 0);
}

/* Where no file may grow any more, as on a full disk or over a quota. */
static int
fill_up (const char *path)
{
  struct rlimit            limit = { 300000, 300000 };
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallDatabase) db = NULL;

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return 2;

  db = hall_database_open (path, HALL_DATABASE_READ_WRITE, &error);
  if (db == NULL)
    return 3;

  for (int i = 0; i < 1000; i++) {
    if (!hall_database_begin (db, &error))
      return 4;
    if (!hall_database_run (db, &error, "INSERT INTO t VALUES (zeroblob (5000))", "") ||
        !hall_database_commit (db, &error)) {
      hall_database_rollback (db);
      return g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL) ? 0 : 5;
    }
  }

  return 6;
}

static void
test_errors_disk_full (void)
{
  g_autofree char         *path = scratch_path ("library");
  g_autofree char         *healthy = NULL;
  g_autoptr (HallDatabase) db = scratch_open ("library");
  pid_t                    child;

  scratch_run (db, "CREATE TABLE t (a)");
  g_clear_pointer (&db, hall_database_close);

  child = fork ();
  if (child == 0)
    _exit (fill_up (path));
  g_assert_cmpint (scratch_wait (child), ==, 0);

  db = scratch_open ("library");
  healthy = hall_database_get_text (db, NULL, "PRAGMA integrity_check", "");
  g_assert_cmpstr (healthy, ==, "ok");
  g_assert_cmpint (scratch_ask (db, "SELECT count (*) FROM t"), >=, 1);
}

static gpointer
cancel (gpointer data)
{
  g_cancellable_cancel (data);

  return NULL;
}

/* Cancelled before the query begins or while it runs: either way it ends. */
static void
test_cancel (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  GThread                 *thread;

  hall_database_set_cancellable (db, cancellable);
  thread = g_thread_new ("cancel", cancel, cancellable);

  /* Would count for longer than any test may take. */
  hall_database_get_int (db, &error,
                         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) "
                         "SELECT count (*) FROM n", "");
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  hall_database_set_cancellable (db, NULL);
  g_assert_cmpint (scratch_ask (db, "SELECT 7"), ==, 7);
}

/* Writes and tells each commit over the pipe, until it is killed. */
static void
write_until_killed (const char *path,
                    int         pipe_end)
{
  HallDatabase *db = hall_database_open (path, HALL_DATABASE_READ_WRITE, NULL);

  for (gint64 i = 1; db != NULL; i++)
    if (!hall_database_begin (db, NULL) ||
        !hall_database_run (db, NULL, "INSERT INTO t VALUES (?)", "i", i) ||
        !hall_database_run (db, NULL, "INSERT INTO u VALUES (?)", "i", i) ||
        !hall_database_commit (db, NULL) ||
        write (pipe_end, &i, sizeof i) != sizeof i)
      break;

  _exit (1);
}

static void
test_killed (void)
{
  g_autofree char         *path = scratch_path ("library");
  g_autofree char         *healthy = NULL;
  g_autoptr (HallDatabase) db = scratch_open ("library");
  gint64                   told = 0;
  gint64                   last = 0;
  int                      ends[2];
  pid_t                    child;

  scratch_run (db, "CREATE TABLE t (a); CREATE TABLE u (a)");
  g_clear_pointer (&db, hall_database_close);

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    write_until_killed (path, ends[1]);
  close (ends[1]);

  while (last < 50 && read (ends[0], &last, sizeof last) == sizeof last)
    ;
  kill (child, SIGKILL);
  g_assert_cmpint (scratch_wait (child), ==, -SIGKILL);
  while (read (ends[0], &told, sizeof told) == sizeof told)
    last = told;
  close (ends[0]);

  db = scratch_open ("library");
  g_assert_cmpint (last, >=, 50);
  g_assert_cmpint (scratch_ask (db, "SELECT max (a) FROM t"), >=, last);
  g_assert_cmpint (scratch_ask (db, "SELECT count (*) FROM t"), ==, scratch_ask (db, "SELECT max (a) FROM u"));
  healthy = hall_database_get_text (db, NULL, "PRAGMA integrity_check", "");
  g_assert_cmpstr (healthy, ==, "ok");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/database/open/mode", test_open_mode);
  g_test_add_func ("/store/database/open/settings", test_open_settings);
  g_test_add_func ("/store/database/open/defensive", test_open_defensive);
  g_test_add_func ("/store/database/open/missing", test_open_missing);
  g_test_add_func ("/store/database/open/odd-name", test_open_odd_name);
  g_test_add_func ("/store/database/open/other-file", test_open_other_file);
  g_test_add_func ("/store/database/open/read-only-file", test_open_read_only_file);
  g_test_add_func ("/store/database/peek-leaves-no-trace", test_peek_leaves_no_trace);
  g_test_add_func ("/store/database/errors/constraints", test_errors_constraints);
  g_test_add_func ("/store/database/errors/full", test_errors_full);
  g_test_add_func ("/store/database/errors/disk-full", test_errors_disk_full);
  g_test_add_func ("/store/database/cancel", test_cancel);
  g_test_add_func ("/store/database/killed", test_killed);

  return g_test_run ();
}
