/* SPDX-License-Identifier: GPL-3.0-or-later
 * Connections, statements and transactions. */
#include "store/hall-database.h"

#include "scratch.h"

#include <errno.h>
#include <gio/gio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static HallDatabase *
open_database (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = scratch_path (name);
  HallDatabase      *db = hall_database_open (path, HALL_DATABASE_CREATE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);

  return db;
}

static void
run (HallDatabase *db,
     const char   *sql)
{
  g_autoptr (GError) error = NULL;

  hall_database_script (db, sql, &error);
  g_assert_no_error (error);
}

static gint64
ask (HallDatabase *db,
     const char   *sql)
{
  g_autoptr (GError) error = NULL;
  gint64             answer = hall_database_get_int (db, &error, sql, "");

  g_assert_no_error (error);

  return answer;
}

static void
assert_changed (HallDatabase *db,
                const char   *expected)
{
  g_auto (GStrv)   changed = hall_database_take_changed (db);
  g_autofree char *joined = changed != NULL ? g_strjoinv (" ", changed) : NULL;

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_open_mode (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");
  static const char *const names[] = { "library", "library-wal", "library-shm" };

  run (db, "CREATE TABLE t (a)");
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
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autofree char         *journal = hall_database_get_text (db, NULL, "PRAGMA journal_mode", "");

  g_assert_cmpstr (journal, ==, "wal");
  g_assert_cmpint (ask (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (ask (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (ask (db, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (ask (db, "PRAGMA trusted_schema"), ==, 0);
}

static void
test_open_defensive (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autoptr (GError)       error = NULL;

  run (db, "CREATE TABLE t (a)");
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
  g_autoptr (HallDatabase) db = open_database ("a b%20?mode=ro#ü");
  g_autofree char         *path = scratch_path ("a b%20?mode=ro#ü");

  run (db, "CREATE TABLE t (a)");
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

  hall_database_close (open_database ("library"));
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
  HallDatabase      *db = open_database ("library");

  run (db, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");
  hall_database_close (db);

  db = hall_database_open (path, HALL_DATABASE_PEEK, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ask (db, "SELECT a FROM t"), ==, 7);
  names = scratch_list ();
  g_assert_cmpstr (names, ==, "library");
  hall_database_close (db);
}

static void
test_bind_and_read (void)
{
  g_autoptr (HallDatabase)  db = open_database ("library");
  g_autoptr (GBytes)        bytes = g_bytes_new_static ("a\0b", 3);
  g_autoptr (GBytes)        empty = g_bytes_new_static (NULL, 0);
  g_autoptr (GBytes)        read = NULL;
  g_autoptr (GBytes)        read_empty = NULL;
  g_autoptr (HallStatement) statement = NULL;
  g_autoptr (GError)        error = NULL;
  gboolean                  has_row;

  run (db, "CREATE TABLE t (n INTEGER, x TEXT, y TEXT, b BLOB, e BLOB, z BLOB) STRICT");
  hall_database_run (db, &error, "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", "ittbbb",
                     G_MININT64, "Привет 🐍", NULL, bytes, empty, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (hall_database_count_changes (db), ==, 1);

  statement = hall_database_prepare (db, "SELECT * FROM t", &error);
  g_assert_true (hall_statement_step (statement, &has_row, &error) && has_row);
  g_assert_cmpint (hall_statement_get_int (statement, 0), ==, G_MININT64);
  g_assert_cmpstr (hall_statement_get_text (statement, 1), ==, "Привет 🐍");
  g_assert_null (hall_statement_get_text (statement, 2));
  g_assert_true (hall_statement_is_null (statement, 2));
  g_assert_false (hall_statement_is_null (statement, 1));
  read = hall_statement_get_bytes (statement, 3);
  g_assert_true (g_bytes_equal (read, bytes));
  read_empty = hall_statement_get_bytes (statement, 4);
  g_assert_cmpint (g_bytes_get_size (read_empty), ==, 0);
  g_assert_null (hall_statement_get_bytes (statement, 5));
  g_assert_true (hall_statement_step (statement, &has_row, &error) && !has_row);
}

static void
test_get_nothing (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autoptr (GError)       error = NULL;

  g_assert_cmpint (hall_database_get_int (db, &error, "SELECT 5 WHERE ? > 3", "i", (gint64) 2), ==, 0);
  g_assert_null (hall_database_get_text (db, &error, "SELECT NULL", ""));
  g_assert_no_error (error);
  g_assert_cmpint (hall_database_get_int (db, &error, "SELECT nonsense", ""), ==, -1);
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
}

static void
test_statement_nested (void)
{
  g_autoptr (HallDatabase)  db = open_database ("library");
  g_autoptr (GError)        error = NULL;
  g_autoptr (HallStatement) outer = NULL;
  HallStatement            *again;
  gboolean                  has_row;
  gint64                    outer_sum = 0;
  gint64                    inner_sum = 0;

  run (db, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
  outer = hall_database_prepare (db, "SELECT a FROM t ORDER BY a", &error);
  while (hall_statement_step (outer, &has_row, &error) && has_row) {
    g_autoptr (HallStatement) inner = hall_database_prepare (db, "SELECT a FROM t ORDER BY a", &error);
    gboolean                  more;

    g_assert_true (inner != outer);
    outer_sum += hall_statement_get_int (outer, 0);
    while (hall_statement_step (inner, &more, &error) && more)
      inner_sum += hall_statement_get_int (inner, 0);
  }
  g_assert_no_error (error);
  g_assert_cmpint (outer_sum, ==, 6);
  g_assert_cmpint (inner_sum, ==, 18);

  /* One of the two was kept, and is handed out again. */
  again = hall_database_prepare (db, "SELECT a FROM t ORDER BY a", &error);
  g_assert_true (hall_statement_step (again, &has_row, &error) && has_row);
  hall_statement_release (again);
}

static void
test_statement_many (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");

  for (int round = 0; round < 2; round++)
    for (int i = 0; i < 300; i++) {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      g_assert_cmpint (ask (db, sql), ==, i);
    }
}

static void
test_statement_reset (void)
{
  g_autoptr (HallDatabase)  db = open_database ("library");
  g_autoptr (GError)        error = NULL;
  g_autoptr (HallStatement) statement = NULL;

  run (db, "CREATE TABLE t (a)");
  statement = hall_database_prepare (db, "INSERT INTO t VALUES (?)", &error);
  for (gint64 i = 1; i <= 3; i++) {
    hall_statement_bind (statement, "i", i);
    g_assert_true (hall_statement_step (statement, NULL, &error));
  }
  hall_statement_reset (statement);
  g_assert_true (hall_statement_step (statement, NULL, &error));
  g_assert_cmpint (ask (db, "SELECT sum (a) FROM t"), ==, 6);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM t WHERE a IS NULL"), ==, 1);
}

static void
assert_fails (HallDatabase   *db,
              const char     *sql,
              HallStoreError  expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hall_database_run (db, &error, sql, ""));
  g_assert_error (error, HALL_STORE_ERROR, (int) expected);
  g_assert_null (strstr (error->message, "somebody@example.org"));
}

static void
test_errors_constraints (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");

  run (db, "CREATE TABLE p (id TEXT PRIMARY KEY) STRICT;"
           "CREATE TABLE t (a TEXT UNIQUE, p TEXT REFERENCES p (id), n INTEGER NOT NULL DEFAULT 0) STRICT;"
           "INSERT INTO p VALUES ('x'); INSERT INTO t (a) VALUES ('somebody@example.org')");
  assert_fails (db, "INSERT INTO t (a) VALUES ('somebody@example.org')", HALL_STORE_ERROR_EXISTS);
  assert_fails (db, "INSERT INTO p VALUES ('x')", HALL_STORE_ERROR_EXISTS);
  assert_fails (db, "INSERT INTO t (p) VALUES ('somebody@example.org')", HALL_STORE_ERROR_NOT_FOUND);
  assert_fails (db, "INSERT INTO t (n) VALUES (NULL)", HALL_STORE_ERROR_FAILED);
  assert_fails (db, "INSERT INTO t (n) VALUES ('somebody@example.org')", HALL_STORE_ERROR_FAILED);
}

static void
test_errors_full (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autoptr (GError)       error = NULL;

  run (db, "CREATE TABLE t (a); CREATE TABLE u (a); PRAGMA max_page_count = 20");
  g_assert_true (hall_database_begin (db, &error));
  run (db, "INSERT INTO u VALUES (1)");
  g_assert_false (hall_database_run (db, &error, "INSERT INTO t VALUES (zeroblob (1000000))", ""));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL);
  g_clear_error (&error);

  /* Whatever SQLite has undone on its own, nothing after it may slip in by itself. */
  if (hall_database_run (db, NULL, "INSERT INTO u VALUES (2)", ""))
    hall_database_rollback (db);
  else
    g_assert_false (hall_database_commit (db, NULL));
  g_assert_false (hall_database_in_transaction (db));
  g_assert_cmpint (ask (db, "SELECT count (*) FROM u"), ==, 0);
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
  g_autoptr (HallDatabase) db = open_database ("library");
  pid_t                    child;

  run (db, "CREATE TABLE t (a)");
  g_clear_pointer (&db, hall_database_close);

  child = fork ();
  if (child == 0)
    _exit (fill_up (path));
  g_assert_cmpint (scratch_wait (child), ==, 0);

  db = open_database ("library");
  healthy = hall_database_get_text (db, NULL, "PRAGMA integrity_check", "");
  g_assert_cmpstr (healthy, ==, "ok");
  g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), >=, 1);
}

static void
test_transaction (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autoptr (GError)       error = NULL;

  run (db, "CREATE TABLE t (a)");
  g_assert_true (hall_database_begin (db, &error));
  g_assert_true (hall_database_in_transaction (db));
  run (db, "INSERT INTO t VALUES (1)");
  hall_database_rollback (db);
  g_assert_false (hall_database_in_transaction (db));
  g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), ==, 0);

  g_assert_true (hall_database_begin (db, &error));
  run (db, "INSERT INTO t VALUES (1)");
  g_assert_true (hall_database_commit (db, &error));
  hall_database_rollback (db);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), ==, 1);
}

static void
test_transaction_commit_fails (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autoptr (GError)       error = NULL;

  run (db, "CREATE TABLE p (id TEXT PRIMARY KEY); CREATE TABLE t (p TEXT REFERENCES p (id))");
  assert_changed (db, NULL);
  g_assert_true (hall_database_begin (db, &error));
  run (db, "PRAGMA defer_foreign_keys = ON; INSERT INTO t VALUES ('missing')");
  g_assert_false (hall_database_commit (db, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  g_assert_false (hall_database_in_transaction (db));
  g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), ==, 0);
  assert_changed (db, NULL);
}

static void
test_savepoints (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autoptr (GError)       error = NULL;

  run (db, "CREATE TABLE t (a)");
  g_assert_true (hall_database_begin (db, &error));
  run (db, "INSERT INTO t VALUES (1)");
  g_assert_true (hall_database_savepoint (db, &error));
  run (db, "INSERT INTO t VALUES (2)");
  g_assert_true (hall_database_savepoint (db, &error));
  run (db, "INSERT INTO t VALUES (4)");
  hall_database_rollback_to (db);
  run (db, "INSERT INTO t VALUES (8)");
  g_assert_true (hall_database_release (db, &error));
  g_assert_true (hall_database_savepoint (db, &error));
  run (db, "INSERT INTO t VALUES (16)");
  hall_database_rollback_to (db);
  g_assert_true (hall_database_commit (db, &error));
  g_assert_cmpint (ask (db, "SELECT sum (a) FROM t"), ==, 11);
}

static void
test_changed (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autoptr (GError)       error = NULL;

  run (db, "CREATE TABLE p (id TEXT PRIMARY KEY);"
           "CREATE TABLE t (p TEXT REFERENCES p (id) ON DELETE CASCADE)");
  assert_changed (db, NULL);

  run (db, "INSERT INTO p VALUES ('x')");
  assert_changed (db, "p");
  assert_changed (db, NULL);
  run (db, "INSERT INTO t VALUES ('x')");
  assert_changed (db, "t");

  g_assert_true (hall_database_begin (db, &error));
  run (db, "UPDATE t SET p = 'x'");
  assert_changed (db, NULL);
  hall_database_rollback (db);
  assert_changed (db, NULL);
}

static void
test_changed_cascade (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autoptr (GError)       error = NULL;
  g_auto (GStrv)           changed = NULL;

  run (db, "CREATE TABLE p (id TEXT PRIMARY KEY);"
           "CREATE TABLE t (p TEXT REFERENCES p (id) ON DELETE CASCADE);"
           "CREATE TABLE u (p TEXT REFERENCES p (id) ON DELETE SET NULL);"
           "INSERT INTO p VALUES ('x'); INSERT INTO t VALUES ('x'); INSERT INTO u VALUES ('x')");
  g_strfreev (hall_database_take_changed (db));

  g_assert_true (hall_database_begin (db, &error));
  g_assert_true (hall_database_run (db, &error, "DELETE FROM p WHERE id = ?", "t", "x"));
  g_assert_true (hall_database_commit (db, &error));
  changed = hall_database_take_changed (db);
  g_assert_cmpint (g_strv_length (changed), ==, 3);
  g_assert_true (g_strv_contains ((const char *const *) changed, "p"));
  g_assert_true (g_strv_contains ((const char *const *) changed, "t"));
  g_assert_true (g_strv_contains ((const char *const *) changed, "u"));
}

static void
test_foreign_keys (void)
{
  g_autoptr (HallDatabase) db = open_database ("library");

  run (db, "CREATE TABLE p (id TEXT PRIMARY KEY); CREATE TABLE t (p TEXT REFERENCES p (id))");
  hall_database_set_foreign_keys (db, FALSE);
  run (db, "INSERT INTO t VALUES ('missing'); DELETE FROM t WHERE p = 'missing'");
  hall_database_set_foreign_keys (db, TRUE);
  assert_fails (db, "INSERT INTO t VALUES ('missing')", HALL_STORE_ERROR_NOT_FOUND);
}

static void
test_checkpoint (void)
{
  g_autofree char         *path = scratch_path ("library-wal");
  g_autoptr (HallDatabase) db = open_database ("library");
  g_autoptr (GError)       error = NULL;
  struct stat              status;

  run (db, "CREATE TABLE t (a)");
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, >, 0);
  g_assert_true (hall_database_checkpoint (db, &error));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, 0);
}

static void
test_abandon (void)
{
  g_autofree char *path = scratch_path ("library");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  HallDatabase    *db = open_database ("library");

  before = scratch_checksum (path);
  run (db, "CREATE TABLE t (a)");
  hall_database_abandon (db);
  after = scratch_checksum (path);
  g_assert_cmpstr (before, ==, after);

  db = open_database ("library");
  g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), ==, 0);
  hall_database_close (db);
}

static void
test_reader_sees_one_state (void)
{
  g_autofree char         *path = scratch_path ("library");
  g_autoptr (HallDatabase) writer = open_database ("library");
  g_autoptr (HallDatabase) reader = NULL;
  g_autoptr (GError)       error = NULL;

  run (writer, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  reader = hall_database_open (path, HALL_DATABASE_READ_ONLY, &error);
  g_assert_no_error (error);

  g_assert_true (hall_database_begin (reader, &error));
  g_assert_cmpint (ask (reader, "SELECT sum (a) FROM t"), ==, 1);
  g_assert_true (hall_database_begin (writer, &error));
  run (writer, "INSERT INTO t VALUES (2)");
  g_assert_cmpint (ask (reader, "SELECT sum (a) FROM t"), ==, 1);
  g_assert_true (hall_database_commit (writer, &error));
  g_assert_cmpint (ask (reader, "SELECT sum (a) FROM t"), ==, 1);
  g_assert_true (hall_database_commit (reader, &error));
  g_assert_cmpint (ask (reader, "SELECT sum (a) FROM t"), ==, 3);
  assert_fails (reader, "INSERT INTO t VALUES (4)", HALL_STORE_ERROR_READ_ONLY);
}

static gpointer
interrupt_when_running (gpointer data)
{
  struct { HallDatabase *db; gint done; } *shared = data;

  while (!g_atomic_int_get (&shared->done)) {
    hall_database_interrupt (shared->db);
    g_thread_yield ();
  }

  return NULL;
}

static void
test_interrupt (void)
{
  g_autoptr (HallDatabase)                db = open_database ("library");
  g_autoptr (GError)                      error = NULL;
  struct { HallDatabase *db; gint done; } shared = { db, 0 };
  GThread                                *thread = g_thread_new ("interrupt", interrupt_when_running, &shared);

  /* Would count for longer than any test may take. */
  hall_database_get_int (db, &error,
                         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) "
                         "SELECT count (*) FROM n", "");
  g_atomic_int_set (&shared.done, 1);
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
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
  g_autoptr (HallDatabase) db = open_database ("library");
  gint64                   told = 0;
  gint64                   last = 0;
  int                      ends[2];
  pid_t                    child;

  run (db, "CREATE TABLE t (a); CREATE TABLE u (a)");
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

  db = open_database ("library");
  g_assert_cmpint (last, >=, 50);
  g_assert_cmpint (ask (db, "SELECT max (a) FROM t"), >=, last);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), ==, ask (db, "SELECT max (a) FROM u"));
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
  g_test_add_func ("/store/database/bind-and-read", test_bind_and_read);
  g_test_add_func ("/store/database/get-nothing", test_get_nothing);
  g_test_add_func ("/store/database/statement/nested", test_statement_nested);
  g_test_add_func ("/store/database/statement/many", test_statement_many);
  g_test_add_func ("/store/database/statement/reset", test_statement_reset);
  g_test_add_func ("/store/database/errors/constraints", test_errors_constraints);
  g_test_add_func ("/store/database/errors/full", test_errors_full);
  g_test_add_func ("/store/database/errors/disk-full", test_errors_disk_full);
  g_test_add_func ("/store/database/transaction", test_transaction);
  g_test_add_func ("/store/database/transaction/commit-fails", test_transaction_commit_fails);
  g_test_add_func ("/store/database/savepoints", test_savepoints);
  g_test_add_func ("/store/database/changed", test_changed);
  g_test_add_func ("/store/database/changed/cascade", test_changed_cascade);
  g_test_add_func ("/store/database/foreign-keys", test_foreign_keys);
  g_test_add_func ("/store/database/checkpoint", test_checkpoint);
  g_test_add_func ("/store/database/abandon", test_abandon);
  g_test_add_func ("/store/database/reader-sees-one-state", test_reader_sees_one_state);
  g_test_add_func ("/store/database/interrupt", test_interrupt);
  g_test_add_func ("/store/database/killed", test_killed);

  return g_test_run ();
}
