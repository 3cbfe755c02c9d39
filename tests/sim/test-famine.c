/* SPDX-License-Identifier: GPL-3.0-or-later
 * Undoing things while memory runs out: what was to be undone is never kept. */
#include "disk.h"
#include "memory.h"
#include "scratch-database.h"

static HallDatabase *
open_sample (SimDisk *disk)
{
  g_autoptr (GError) error = NULL;
  HallDatabase      *db = hall_database_open_on (sim_disk_get_vfs (disk), "sample", HALL_DATABASE_CREATE, &error);

  g_assert_no_error (error);
  scratch_run (db, "CREATE TABLE sample (name TEXT)");

  return db;
}

static void
assert_holds (HallDatabase *db,
              const char   *expected)
{
  g_autofree char *names = hall_database_get_text (db, NULL, "SELECT group_concat(name) FROM sample", "");

  g_assert_cmpstr (names, ==, expected);
}

/* Whether memory ran out. The outer transaction is kept without the inner one, or not at all. */
static gboolean
undo_savepoint (guint64  nth,
                gboolean lasting)
{
  g_autoptr (SimDisk)      disk = sim_disk_new ("famine", 1);
  g_autoptr (HallDatabase) db = open_sample (disk);
  guint64                  before = sim_memory_count_failed ();
  gboolean                 kept;

  g_assert_true (hall_database_begin (db, NULL));
  scratch_run (db, "INSERT INTO sample VALUES ('outer')");
  g_assert_true (hall_database_savepoint (db, NULL));
  scratch_run (db, "INSERT INTO sample VALUES ('inner')");
  sim_memory_fail (nth, lasting);
  hall_database_rollback_to (db);
  sim_memory_fail (0, FALSE);
  kept = hall_database_commit (db, NULL);

  assert_holds (db, kept ? "outer" : NULL);
  g_clear_pointer (&db, hall_database_close);

  return sim_memory_count_failed () > before;
}

static void
test_savepoint (void)
{
  for (int lasting = 0; lasting < 2; lasting++)
    for (guint64 nth = 1; undo_savepoint (nth, lasting); nth++)
      continue;
}

/* The same for a whole transaction, after which the next one begins as if nothing had been. */
static gboolean
undo_transaction (guint64  nth,
                  gboolean lasting)
{
  g_autoptr (SimDisk)      disk = sim_disk_new ("famine", 1);
  g_autoptr (HallDatabase) db = open_sample (disk);
  guint64                  before = sim_memory_count_failed ();

  g_assert_true (hall_database_begin (db, NULL));
  scratch_run (db, "INSERT INTO sample VALUES ('first')");
  sim_memory_fail (nth, lasting);
  hall_database_rollback (db);
  sim_memory_fail (0, FALSE);

  scratch_run (db, "INSERT INTO sample VALUES ('alone')");
  g_assert_true (hall_database_begin (db, NULL));
  scratch_run (db, "INSERT INTO sample VALUES ('second')");
  g_assert_true (hall_database_commit (db, NULL));
  sim_disk_kill (disk);
  g_clear_pointer (&db, hall_database_close);
  sim_disk_revive (disk, SIM_SURVIVAL_NONE);

  db = hall_database_open_on (sim_disk_get_vfs (disk), "sample", HALL_DATABASE_READ_WRITE, NULL);
  assert_holds (db, "alone,second");
  g_clear_pointer (&db, hall_database_close);

  return sim_memory_count_failed () > before;
}

static void
test_transaction (void)
{
  for (int lasting = 0; lasting < 2; lasting++)
    for (guint64 nth = 1; undo_transaction (nth, lasting); nth++)
      continue;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  sim_memory_install ();
  g_test_add_func ("/sim/famine/savepoint", test_savepoint);
  g_test_add_func ("/sim/famine/transaction", test_transaction);

  return g_test_run ();
}
