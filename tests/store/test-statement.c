/* SPDX-License-Identifier: GPL-3.0-or-later
 * Binding, reading and nesting. */
#include "store/hall-database.h"

#include "scratch-database.h"

static void
test_bind_and_read (void)
{
  g_autoptr (HallDatabase)  db = scratch_open ("library");
  g_autoptr (GBytes)        bytes = g_bytes_new_static ("a\0b", 3);
  g_autoptr (GBytes)        empty = g_bytes_new_static (NULL, 0);
  g_autoptr (GBytes)        read = NULL;
  g_autoptr (GBytes)        read_empty = NULL;
  g_autoptr (HallStatement) statement = NULL;
  g_autoptr (GError)        error = NULL;
  gboolean                  has_row;

  scratch_run (db, "CREATE TABLE t (n INTEGER, x TEXT, y TEXT, b BLOB, e BLOB, z BLOB) STRICT");
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
  g_autoptr (HallDatabase) db = scratch_open ("library");
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
  g_autoptr (HallDatabase)  db = scratch_open ("library");
  g_autoptr (GError)        error = NULL;
  g_autoptr (HallStatement) outer = NULL;
  HallStatement            *again;
  gboolean                  has_row;
  gint64                    outer_sum = 0;
  gint64                    inner_sum = 0;

  scratch_run (db, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
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
  g_autoptr (HallDatabase) db = scratch_open ("library");

  for (int round = 0; round < 2; round++)
    for (int i = 0; i < 300; i++) {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      g_assert_cmpint (scratch_ask (db, sql), ==, i);
    }
}

static void
test_statement_reset (void)
{
  g_autoptr (HallDatabase)  db = scratch_open ("library");
  g_autoptr (GError)        error = NULL;
  g_autoptr (HallStatement) statement = NULL;

  scratch_run (db, "CREATE TABLE t (a)");
  statement = hall_database_prepare (db, "INSERT INTO t VALUES (?)", &error);
  for (gint64 i = 1; i <= 3; i++) {
    hall_statement_bind (statement, "i", i);
    g_assert_true (hall_statement_step (statement, NULL, &error));
  }
  hall_statement_reset (statement);
  g_assert_true (hall_statement_step (statement, NULL, &error));
  g_assert_cmpint (scratch_ask (db, "SELECT sum (a) FROM t"), ==, 6);
  g_assert_cmpint (scratch_ask (db, "SELECT count (*) FROM t WHERE a IS NULL"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/statement/bind-and-read", test_bind_and_read);
  g_test_add_func ("/store/statement/get-nothing", test_get_nothing);
  g_test_add_func ("/store/statement/nested", test_statement_nested);
  g_test_add_func ("/store/statement/many", test_statement_many);
  g_test_add_func ("/store/statement/reset", test_statement_reset);

  return g_test_run ();
}
