/* SPDX-License-Identifier: GPL-3.0-or-later
 * That a SimDisk keeps what was synced, loses the rest in every way a disk may, and does the same for the same seed. */
#include "disk.h"

#include "scratch-library.h"
#include "store/hall-library-schema.h"

#include <sqlite3.h>
#include <string.h>

#define SEEDS 400

/* One sector of the smaller size, and a half. */
#define LENGTH 768

static sqlite3_file *
open_raw (SimDisk    *disk,
          const char *name,
          int         flags)
{
  sqlite3_vfs  *vfs = sqlite3_vfs_find (sim_disk_get_vfs (disk));
  sqlite3_file *file = g_malloc0 (vfs->szOsFile);

  g_assert_cmpint (vfs->xOpen (vfs, name, file, flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), ==, SQLITE_OK);

  return file;
}

static void
close_raw (sqlite3_file *file)
{
  file->pMethods->xClose (file);
  g_free (file);
}

static int
write_raw (sqlite3_file *file,
           char          letter,
           gint64        offset)
{
  g_autofree char *bytes = g_strnfill (LENGTH, letter);

  return file->pMethods->xWrite (file, bytes, LENGTH, offset);
}

/* "AAAAB" as "A4 B1". */
static char *
sum_up (SimDisk    *disk,
        const char *name)
{
  g_autoptr (GBytes) content = sim_disk_get_content (disk, name);
  GString           *sum = g_string_new (NULL);
  const char        *data;
  gsize              size;

  if (content == NULL)
    return g_string_free (g_string_assign (sum, "gone"), FALSE);

  data = g_bytes_get_data (content, &size);
  for (gsize i = 0, start = 0; i < size; i++)
    if (i + 1 == size || data[i + 1] != data[i]) {
      g_string_append_printf (sum, "%s%c%" G_GSIZE_FORMAT, start > 0 ? " " : "", g_ascii_isalpha (data[i]) ? data[i] : '?',
                              i + 1 - start);
      start = i + 1;
    }

  return g_string_free (sum, FALSE);
}

static void
assert_content (SimDisk    *disk,
                const char *name,
                const char *expected)
{
  g_autofree char *sum = sum_up (disk, name);

  g_assert_cmpstr (sum, ==, expected);
}

/* What is written is read by everybody at once, and survives a power cut only when it was synced, name and all. */
static void
test_sync (void)
{
  g_autoptr (SimDisk) disk = sim_disk_new ("sim-test", 1);
  sqlite3_file       *file = open_raw (disk, "a", SQLITE_OPEN_WAL);

  write_raw (file, 'a', 0);
  assert_content (disk, "a", "a768");
  file->pMethods->xSync (file, 0);
  write_raw (file, 'b', LENGTH);
  file->pMethods->xTruncate (file, 10);
  assert_content (disk, "a", "a10");
  close_raw (file);
  sim_disk_revive (disk, SIM_SURVIVAL_NONE);
  assert_content (disk, "a", "a768");

  /* Only a journal or a log brings its folder to the disk. */
  file = open_raw (disk, "b", SQLITE_OPEN_MAIN_DB);
  write_raw (file, 'b', 0);
  file->pMethods->xSync (file, 0);
  close_raw (file);
  assert_content (disk, "b", "b768");
  sim_disk_revive (disk, SIM_SURVIVAL_NONE);
  assert_content (disk, "b", "gone");

  /* A program that is killed takes nothing with it. */
  file = open_raw (disk, "b", SQLITE_OPEN_MAIN_DB);
  write_raw (file, 'b', 0);
  sim_disk_kill (disk);
  g_assert_true (sim_disk_is_dead (disk));
  g_assert_cmpint (write_raw (file, 'c', 0), ==, SQLITE_IOERR_WRITE);
  sim_disk_revive (disk, SIM_SURVIVAL_ALL);
  g_assert_cmpint (write_raw (file, 'c', 0), ==, SQLITE_IOERR_WRITE);
  close_raw (file);
  assert_content (disk, "b", "b768");
}

static void
test_deletion (void)
{
  gboolean came_back = FALSE;
  gboolean stayed_away = FALSE;

  for (guint64 seed = 0; seed < SEEDS; seed++) {
    g_autoptr (SimDisk) disk = sim_disk_new ("sim-test", seed);
    sqlite3_vfs        *vfs = sqlite3_vfs_find ("sim-test");
    g_autoptr (GBytes)  content = g_bytes_new_static ("x", 1);
    g_autofree char    *sum = NULL;

    sim_disk_set_content (disk, "a", content);
    sim_disk_set_content (disk, "b", content);
    g_assert_cmpint (vfs->xDelete (vfs, "a", TRUE), ==, SQLITE_OK);
    g_assert_cmpint (vfs->xDelete (vfs, "b", FALSE), ==, SQLITE_OK);
    g_assert_cmpint (vfs->xDelete (vfs, "b", FALSE), ==, SQLITE_IOERR_DELETE_NOENT);
    sim_disk_revive (disk, SIM_SURVIVAL_BY_SEED);
    assert_content (disk, "a", "gone");
    sum = sum_up (disk, "b");
    came_back |= strcmp (sum, "x1") == 0;
    stayed_away |= strcmp (sum, "gone") == 0;
  }
  g_assert_true (came_back && stayed_away);
}

/* Over the seeds everything is seen that a disk without promises may leave of one write. */
static void
test_tearing (void)
{
  static const char *const expected[] = {
    "a1536",           /* all dropped */
    "b768 a768",       /* all kept */
    "b512 a1024",      /* one of the sectors */
    "a512 b256 a768",  /* the other one */
  };
  gboolean seen[G_N_ELEMENTS (expected)] = { FALSE };
  gboolean torn = FALSE;
  gboolean spoilt = FALSE;

  for (guint64 seed = 0; seed < SEEDS; seed++) {
    g_autoptr (SimDisk) disk = sim_disk_new ("sim-test", seed);
    sqlite3_file       *file = open_raw (disk, "a", SQLITE_OPEN_WAL);
    g_autofree char    *sum = NULL;

    write_raw (file, 'a', 0);
    write_raw (file, 'a', LENGTH);
    file->pMethods->xSync (file, 0);
    write_raw (file, 'b', 0);
    close_raw (file);
    sim_disk_revive (disk, SIM_SURVIVAL_BY_SEED);

    sum = sum_up (disk, "a");
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
      seen[i] |= strcmp (sum, expected[i]) == 0;
    torn |= sum[0] == 'b' && strchr (sum, '?') == NULL && strcmp (sum, expected[1]) != 0 && strcmp (sum, expected[2]) != 0;
    spoilt |= strchr (sum, '?') != NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_true (seen[i]);
  g_assert_true (torn && spoilt);
}

static void
test_plan (void)
{
  g_autoptr (SimDisk) disk = sim_disk_new ("sim-test", 5);
  g_autoptr (GBytes)  content = NULL;
  sqlite3_file       *file = open_raw (disk, "a", SQLITE_OPEN_WAL);
  sqlite3_int64       size;

  sim_disk_plan (disk, SIM_ACT_WRITE | SIM_ACT_SYNC, 3, SIM_FAULT_FULL, FALSE);
  g_assert_cmpint (write_raw (file, 'a', 0), ==, SQLITE_OK);
  g_assert_cmpint (file->pMethods->xSync (file, 0), ==, SQLITE_OK);
  g_assert_cmpint (write_raw (file, 'a', 0), ==, SQLITE_FULL);
  g_assert_cmpint (write_raw (file, 'a', 0), ==, SQLITE_OK);
  g_assert_cmpuint (sim_disk_count (disk, SIM_ACT_WRITE), ==, 3);
  g_assert_cmpuint (sim_disk_count (disk, SIM_ACTS_CHANGE), ==, 4);
  g_assert_cmpuint (sim_disk_count_faults (disk), ==, 1);

  sim_disk_plan (disk, SIM_ACT_SYNC, 1, SIM_FAULT_IO_ERROR, TRUE);
  g_assert_cmpint (write_raw (file, 'a', 0), ==, SQLITE_OK);
  g_assert_cmpint (file->pMethods->xSync (file, 0), ==, SQLITE_IOERR_FSYNC);
  g_assert_cmpint (file->pMethods->xSync (file, 0), ==, SQLITE_IOERR_FSYNC);
  sim_disk_clear_plan (disk);
  g_assert_cmpint (file->pMethods->xSync (file, 0), ==, SQLITE_OK);

  sim_disk_set_room (disk, 2 * LENGTH);
  g_assert_cmpint (write_raw (file, 'a', LENGTH), ==, SQLITE_OK);
  g_assert_cmpint (write_raw (file, 'a', 2 * LENGTH), ==, SQLITE_FULL);
  sim_disk_set_room (disk, 0);

  sim_disk_plan (disk, SIM_ACT_WRITE, 1, SIM_FAULT_KILL_AFTER, FALSE);
  g_assert_cmpint (write_raw (file, 'z', 0), ==, SQLITE_IOERR_WRITE);
  g_assert_true (sim_disk_is_dead (disk));
  g_assert_cmpint (file->pMethods->xFileSize (file, &size), ==, SQLITE_IOERR_FSTAT);
  sim_disk_revive (disk, SIM_SURVIVAL_ALL);
  g_assert_false (sim_disk_is_dead (disk));
  close_raw (file);
  content = sim_disk_get_content (disk, "a");
  g_assert_cmpuint (g_bytes_get_size (content), >=, LENGTH);
}

/* Two connections to one file, as SQLite asks for its locks. */
static void
test_locks (void)
{
  const int           shared = SQLITE_SHM_LOCK | SQLITE_SHM_SHARED;
  const int           exclusive = SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE;
  g_autoptr (SimDisk) disk = sim_disk_new ("sim-test", 6);
  sqlite3_file       *one = open_raw (disk, "a", SQLITE_OPEN_MAIN_DB);
  sqlite3_file       *two = open_raw (disk, "a", SQLITE_OPEN_MAIN_DB);
  void volatile      *memory;
  void volatile      *same;
  int                 taken;

  g_assert_cmpint (one->pMethods->xLock (one, SQLITE_LOCK_SHARED), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xLock (two, SQLITE_LOCK_SHARED), ==, SQLITE_OK);
  g_assert_cmpint (one->pMethods->xLock (one, SQLITE_LOCK_RESERVED), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xLock (two, SQLITE_LOCK_RESERVED), ==, SQLITE_BUSY);
  g_assert_cmpint (two->pMethods->xCheckReservedLock (two, &taken), ==, SQLITE_OK);
  g_assert_cmpint (taken, ==, 1);
  g_assert_cmpint (one->pMethods->xLock (one, SQLITE_LOCK_EXCLUSIVE), ==, SQLITE_BUSY);
  g_assert_cmpint (two->pMethods->xUnlock (two, SQLITE_LOCK_NONE), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xLock (two, SQLITE_LOCK_SHARED), ==, SQLITE_BUSY);
  g_assert_cmpint (one->pMethods->xLock (one, SQLITE_LOCK_EXCLUSIVE), ==, SQLITE_OK);
  g_assert_cmpint (one->pMethods->xUnlock (one, SQLITE_LOCK_SHARED), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xLock (two, SQLITE_LOCK_RESERVED), ==, SQLITE_OK);

  g_assert_cmpint (one->pMethods->xShmMap (one, 0, 32768, FALSE, &memory), ==, SQLITE_OK);
  g_assert_null ((gpointer) memory);
  g_assert_cmpint (one->pMethods->xShmMap (one, 0, 32768, TRUE, &memory), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xShmMap (two, 0, 32768, FALSE, &same), ==, SQLITE_OK);
  g_assert_true (memory == same);
  g_assert_cmpint (one->pMethods->xShmLock (one, 3, 1, shared), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xShmLock (two, 3, 1, shared), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xShmLock (two, 1, 3, exclusive), ==, SQLITE_BUSY);
  g_assert_cmpint (one->pMethods->xShmLock (one, 3, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xShmLock (two, 3, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xShmLock (two, 1, 3, exclusive), ==, SQLITE_OK);
  g_assert_cmpint (one->pMethods->xShmLock (one, 3, 1, shared), ==, SQLITE_BUSY);

  /* What a program held is free when it is gone. */
  sim_disk_revive (disk, SIM_SURVIVAL_ALL);
  close_raw (two);
  two = open_raw (disk, "a", SQLITE_OPEN_MAIN_DB);
  g_assert_cmpint (two->pMethods->xLock (two, SQLITE_LOCK_EXCLUSIVE), ==, SQLITE_OK);
  g_assert_cmpint (two->pMethods->xShmMap (two, 0, 32768, TRUE, &same), ==, SQLITE_OK);
  g_assert_true (memory != same);
  g_assert_cmpint (two->pMethods->xShmLock (two, 3, 1, exclusive), ==, SQLITE_OK);
  close_raw (one);
  g_assert_cmpint (two->pMethods->xShmLock (two, 3, 1, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE), ==, SQLITE_OK);
  close_raw (two);
}

static HallDatabase *
open_library (SimDisk *disk)
{
  g_autoptr (GError) error = NULL;
  HallDatabase      *db = hall_migrator_open_on (sim_disk_get_vfs (disk), "library.hallway", hall_library_schema (), &error);

  g_assert_no_error (error);

  return db;
}

/* A library as on any other disk: the log, its index and the locks between two connections. */
static void
test_library (void)
{
  g_autoptr (SimDisk)      disk = sim_disk_new ("sim-test", 7);
  g_autoptr (SimDiskImage) image = NULL;
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "one");
  g_autoptr (HallChat)     other = scratch_chat (NULL, "two");
  g_autoptr (HallDatabase) db = open_library (disk);
  g_autoptr (HallDatabase) reader = NULL;
  g_autoptr (GError)       error = NULL;

  scratch_save (db, chat);
  reader = hall_database_open_on ("sim-test", "library.hallway", HALL_DATABASE_READ_ONLY, &error);
  g_assert_no_error (error);
  scratch_begin (reader);
  g_assert_cmpint (scratch_ask (reader, "SELECT count(*) FROM chats"), ==, 1);
  scratch_save (db, other);
  g_assert_cmpint (scratch_ask (reader, "SELECT count(*) FROM chats"), ==, 1);
  scratch_commit (reader);
  g_assert_cmpint (scratch_ask (reader, "SELECT count(*) FROM chats"), ==, 2);
  g_clear_pointer (&reader, hall_database_close);

  /* A commit is on the disk. */
  image = sim_disk_take_image (disk);
  sim_disk_revive (disk, SIM_SURVIVAL_NONE);
  g_clear_pointer (&db, hall_database_close);
  db = open_library (disk);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM chats"), ==, 2);
  scratch_remove (db, other);
  g_clear_pointer (&db, hall_database_close);

  sim_disk_put_image (disk, image);
  db = open_library (disk);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM chats"), ==, 2);
  g_clear_pointer (&db, hall_database_close);

  g_assert_null (hall_database_open_on ("sim-test", "other", HALL_DATABASE_READ_WRITE, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

static guint64
live (guint64 seed)
{
  g_autoptr (SimDisk)      disk = sim_disk_new ("sim-test", seed);
  g_autoptr (HallDatabase) db = NULL;
  g_autoptr (GBytes)       content = NULL;

  sim_disk_seed_sqlite (seed + 1);
  db = open_library (disk);
  scratch_run (db, "CREATE TABLE sample (number INTEGER PRIMARY KEY, text TEXT, made REAL)");
  for (int i = 0; i < 20; i++)
    scratch_run (db, "INSERT INTO sample VALUES (random(), hex(randomblob(500)), julianday('now'))");
  sim_disk_revive (disk, SIM_SURVIVAL_BY_SEED);
  g_clear_pointer (&db, hall_database_close);
  db = open_library (disk);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM sample"), ==, 20);
  hall_database_checkpoint (db, NULL);
  content = sim_disk_get_content (disk, "library.hallway");

  return sim_disk_get_trace (disk) ^ g_bytes_hash (content);
}

static void
test_same_seed (void)
{
  guint64 first = live (11);

  g_assert_cmpuint (live (11), ==, first);
  g_assert_cmpuint (live (12), !=, first);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sim/disk/sync", test_sync);
  g_test_add_func ("/sim/disk/deletion", test_deletion);
  g_test_add_func ("/sim/disk/tearing", test_tearing);
  g_test_add_func ("/sim/disk/plan", test_plan);
  g_test_add_func ("/sim/disk/locks", test_locks);
  g_test_add_func ("/sim/disk/library", test_library);
  g_test_add_func ("/sim/disk/same-seed", test_same_seed);

  return g_test_run ();
}
