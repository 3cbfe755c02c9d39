/* SPDX-License-Identifier: GPL-3.0-or-later
 * Transactions, savepoints, which tables changed, and what a reader sees meanwhile. */
#include "store/hall-database.h"

#include "scratch.h"
#include "scratch-database.h"

#include <sys/stat.h>

static void
assert_changed (HallDatabase *db,
                const char   *expected)
{
  g_auto (GStrv)   changed = hall_database_take_changed (db);
  g_autofree char *joined = changed != NULL ? g_strjoinv (" ", changed) : NULL;

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_transaction (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autoptr (GError)       error = NULL;

  scratch_run (db, "CREATE TABLE t (a)");
  g_assert_true (hall_database_begin (db, &error));
  g_assert_true (hall_database_in_transaction (db));
  scratch_run (db, "INSERT INTO t VALUES (1)");
  hall_database_rollback (db);
  g_assert_false (hall_database_in_transaction (db));
  g_assert_cmpint (scratch_ask (db, "SELECT count (*) FROM t"), ==, 0);

  g_assert_true (hall_database_begin (db, &error));
  scratch_run (db, "INSERT INTO t VALUES (1)");
  g_assert_true (hall_database_commit (db, &error));
  hall_database_rollback (db);
  g_assert_cmpint (scratch_ask (db, "SELECT count (*) FROM t"), ==, 1);
}

static void
test_transaction_commit_fails (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autoptr (GError)       error = NULL;

  scratch_run (db, "CREATE TABLE p (id TEXT PRIMARY KEY); CREATE TABLE t (p TEXT REFERENCES p (id))");
  assert_changed (db, NULL);
  g_assert_true (hall_database_begin (db, &error));
  scratch_run (db, "PRAGMA defer_foreign_keys = ON; INSERT INTO t VALUES ('missing')");
  g_assert_false (hall_database_commit (db, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  g_assert_false (hall_database_in_transaction (db));
  g_assert_cmpint (scratch_ask (db, "SELECT count (*) FROM t"), ==, 0);
  assert_changed (db, NULL);
}

static void
test_savepoints (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autoptr (GError)       error = NULL;

  scratch_run (db, "CREATE TABLE t (a)");
  g_assert_true (hall_database_begin (db, &error));
  scratch_run (db, "INSERT INTO t VALUES (1)");
  g_assert_true (hall_database_savepoint (db, &error));
  scratch_run (db, "INSERT INTO t VALUES (2)");
  g_assert_true (hall_database_savepoint (db, &error));
  scratch_run (db, "INSERT INTO t VALUES (4)");
  hall_database_rollback_to (db);
  scratch_run (db, "INSERT INTO t VALUES (8)");
  g_assert_true (hall_database_release (db, &error));
  g_assert_true (hall_database_savepoint (db, &error));
  scratch_run (db, "INSERT INTO t VALUES (16)");
  hall_database_rollback_to (db);
  g_assert_true (hall_database_commit (db, &error));
  g_assert_cmpint (scratch_ask (db, "SELECT sum (a) FROM t"), ==, 11);
}

static void
test_changed (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autoptr (GError)       error = NULL;

  scratch_run (db, "CREATE TABLE p (id TEXT PRIMARY KEY);"
           "CREATE TABLE t (p TEXT REFERENCES p (id) ON DELETE CASCADE)");
  assert_changed (db, NULL);

  scratch_run (db, "INSERT INTO p VALUES ('x')");
  assert_changed (db, "p");
  assert_changed (db, NULL);
  scratch_run (db, "INSERT INTO t VALUES ('x')");
  assert_changed (db, "t");

  g_assert_true (hall_database_begin (db, &error));
  scratch_run (db, "UPDATE t SET p = 'x'");
  assert_changed (db, NULL);
  hall_database_rollback (db);
  assert_changed (db, NULL);
}

static void
test_changed_cascade (void)
{
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autoptr (GError)       error = NULL;
  g_auto (GStrv)           changed = NULL;

  scratch_run (db, "CREATE TABLE p (id TEXT PRIMARY KEY);"
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
  g_autoptr (HallDatabase) db = scratch_open ("library");

  scratch_run (db, "CREATE TABLE p (id TEXT PRIMARY KEY); CREATE TABLE t (p TEXT REFERENCES p (id))");
  hall_database_set_foreign_keys (db, FALSE);
  scratch_run (db, "INSERT INTO t VALUES ('missing'); DELETE FROM t WHERE p = 'missing'");
  hall_database_set_foreign_keys (db, TRUE);
  scratch_assert_fails (db, "INSERT INTO t VALUES ('missing')", HALL_STORE_ERROR_NOT_FOUND);
}

static void
test_checkpoint (void)
{
  g_autofree char         *path = scratch_path ("library-wal");
  g_autoptr (HallDatabase) db = scratch_open ("library");
  g_autoptr (GError)       error = NULL;
  struct stat              status;

  scratch_run (db, "CREATE TABLE t (a)");
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
  HallDatabase    *db = scratch_open ("library");

  before = scratch_checksum (path);
  scratch_run (db, "CREATE TABLE t (a)");
  hall_database_abandon (db);
  after = scratch_checksum (path);
  g_assert_cmpstr (before, ==, after);

  db = scratch_open ("library");
  g_assert_cmpint (scratch_ask (db, "SELECT count (*) FROM t"), ==, 0);
  hall_database_close (db);
}

static void
test_reader_sees_one_state (void)
{
  g_autofree char         *path = scratch_path ("library");
  g_autoptr (HallDatabase) writer = scratch_open ("library");
  g_autoptr (HallDatabase) reader = NULL;
  g_autoptr (GError)       error = NULL;

  scratch_run (writer, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  reader = hall_database_open (path, HALL_DATABASE_READ_ONLY, &error);
  g_assert_no_error (error);

  /* It sees what there was when it began, whatever it looks at first afterwards. */
  g_assert_true (hall_database_begin (reader, &error));
  g_assert_true (hall_database_begin (writer, &error));
  scratch_run (writer, "INSERT INTO t VALUES (2)");
  g_assert_true (hall_database_commit (writer, &error));
  g_assert_cmpint (scratch_ask (reader, "SELECT sum (a) FROM t"), ==, 1);
  g_assert_true (hall_database_commit (reader, &error));
  g_assert_cmpint (scratch_ask (reader, "SELECT sum (a) FROM t"), ==, 3);

  g_assert_true (hall_database_begin (writer, &error));
  scratch_run (writer, "INSERT INTO t VALUES (4)");
  g_assert_cmpint (scratch_ask (reader, "SELECT sum (a) FROM t"), ==, 3);
  hall_database_rollback (writer);
  scratch_assert_fails (reader, "INSERT INTO t VALUES (4)", HALL_STORE_ERROR_READ_ONLY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/transaction/commit-and-rollback", test_transaction);
  g_test_add_func ("/store/transaction/commit-fails", test_transaction_commit_fails);
  g_test_add_func ("/store/transaction/savepoints", test_savepoints);
  g_test_add_func ("/store/transaction/changed", test_changed);
  g_test_add_func ("/store/transaction/changed/cascade", test_changed_cascade);
  g_test_add_func ("/store/transaction/foreign-keys", test_foreign_keys);
  g_test_add_func ("/store/transaction/checkpoint", test_checkpoint);
  g_test_add_func ("/store/transaction/abandon", test_abandon);
  g_test_add_func ("/store/transaction/reader-sees-one-state", test_reader_sees_one_state);

  return g_test_run ();
}
