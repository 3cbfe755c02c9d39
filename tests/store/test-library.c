/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library as a file: one process at a time, and what is refused untouched. */
#include "store/hall-store.h"

#include "scratch.h"
#include "scratch-library.h"
#include "store/hall-file-lock.h"
#include "store/hall-history.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static HallStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  HallStore         *store = hall_store_open (path, &scratch_clock, &scratch_random, 0, &error);

  g_assert_no_error (error);

  return store;
}

static void
close_store (HallStore *store)
{
  hall_store_close (store);
  g_object_unref (store);
}

static void
assert_refused (const char     *path,
                HallStoreError  expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hall_store_open (path, &scratch_clock, &scratch_random, 0, &error));
  g_assert_error (error, HALL_STORE_ERROR, (int) expected);
}

static void
test_files (void)
{
  g_autofree char *path = scratch_path ("library.hallway");
  g_autofree char *lock = scratch_path ("library.hallway-lock");
  g_autofree char *names = NULL;
  struct stat      status;

  close_store (open_store (path));
  close_store (open_store (path));
  names = scratch_list ();
  g_assert_cmpstr (names, ==, "library.hallway library.hallway-lock");
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  g_assert_cmpint (stat (lock, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
}

static void
test_busy_here (void)
{
  g_autofree char *path = scratch_path ("library.hallway");
  HallStore       *store = open_store (path);

  assert_refused (path, HALL_STORE_ERROR_BUSY);
  close_store (store);
  close_store (open_store (path));
}

/* Holds the library from its first byte on one pipe to the end of another. */
static pid_t
hold_elsewhere (const char *path,
                int         tells[2],
                int         asks[2])
{
  char  byte = 0;
  pid_t child;

  g_assert_cmpint (pipe (tells), ==, 0);
  g_assert_cmpint (pipe (asks), ==, 0);
  child = fork ();
  if (child == 0) {
    HallFileLock *lock = hall_file_lock_take (path, 0, NULL);

    close (asks[1]);
    if (lock == NULL || write (tells[1], &byte, 1) != 1)
      _exit (1);
    while (read (asks[0], &byte, 1) > 0)
      ;
    _exit (0);
  }
  close (tells[1]);
  close (asks[0]);
  g_assert_cmpint (read (tells[0], &byte, 1), ==, 1);

  return child;
}

static void
test_busy_elsewhere (void)
{
  g_autofree char *path = scratch_path ("library.hallway");
  int              tells[2];
  int              asks[2];
  pid_t            child;

  close_store (open_store (path));
  child = hold_elsewhere (path, tells, asks);
  assert_refused (path, HALL_STORE_ERROR_BUSY);
  close (asks[1]);
  g_assert_cmpint (scratch_wait (child), ==, 0);
  close_store (open_store (path));
}

static void
test_killed_holder (void)
{
  g_autofree char *path = scratch_path ("library.hallway");
  int              tells[2];
  int              asks[2];
  pid_t            child = hold_elsewhere (path, tells, asks);

  kill (child, SIGKILL);
  g_assert_cmpint (scratch_wait (child), ==, -SIGKILL);
  close_store (open_store (path));
}

static gpointer
let_go_soon (gpointer data)
{
  close (GPOINTER_TO_INT (data));

  return NULL;
}

/* Whether the other lets go before or after we begin to wait, we get it. */
static void
test_waits (void)
{
  g_autofree char   *path = scratch_path ("library.hallway");
  g_autoptr (GError) error = NULL;
  HallStore         *store;
  GThread           *thread;
  int                tells[2];
  int                asks[2];
  pid_t              child = hold_elsewhere (path, tells, asks);

  thread = g_thread_new ("lets go", let_go_soon, GINT_TO_POINTER (asks[1]));
  store = hall_store_open (path, &scratch_clock, &scratch_random, 60, &error);
  g_assert_no_error (error);
  g_thread_join (thread);
  g_assert_cmpint (scratch_wait (child), ==, 0);
  close_store (store);
}

static void
test_link (void)
{
  g_autofree char *path = scratch_path ("library.hallway");
  g_autofree char *link_path = scratch_path ("link");
  g_autofree char *names = NULL;
  HallStore       *store;

  close_store (open_store (path));
  g_assert_cmpint (symlink ("library.hallway", link_path), ==, 0);
  store = open_store (link_path);
  g_assert_cmpstr (hall_store_get_path (store), ==, path);
  assert_refused (path, HALL_STORE_ERROR_BUSY);
  close_store (store);
  names = scratch_list ();
  g_assert_cmpstr (names, ==, "library.hallway library.hallway-lock link");
}

static void
test_getters (void)
{
  g_autofree char *path = scratch_path ("library.hallway");
  HallStore       *store = open_store (path);

  g_assert_true (hall_store_get_clock (store) == &scratch_clock);
  g_assert_true (hall_store_get_random (store) == &scratch_random);
  close_store (store);
}

/* Not even a lock is left beside a file that is none of ours. */
static void
test_refused (void)
{
  g_autofree char *path = scratch_path ("letter");
  g_autofree char *link_path = scratch_path ("link");
  g_autofree char *lost = scratch_path ("no/such/folder");
  g_autofree char *names = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  scratch_write (path, "Dear host, this is a letter and no library.");
  before = scratch_checksum (path);
  g_assert_cmpint (symlink ("nowhere", link_path), ==, 0);
  assert_refused (path, HALL_STORE_ERROR_NOT_LIBRARY);
  assert_refused (link_path, HALL_STORE_ERROR_NOT_FOUND);
  assert_refused (lost, HALL_STORE_ERROR_NOT_FOUND);
  names = scratch_list ();
  after = scratch_checksum (path);
  g_assert_cmpstr (names, ==, "letter link");
  g_assert_cmpstr (before, ==, after);
}

static void
test_refused_newer (void)
{
  g_autofree char *path = scratch_path ("library.hallway");
  g_autofree char *names = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  HallDatabase    *db = scratch_library ();

  scratch_run (db, "PRAGMA user_version = 9999");
  hall_database_close (db);
  before = scratch_checksum (path);
  assert_refused (path, HALL_STORE_ERROR_TOO_NEW);
  names = scratch_list ();
  after = scratch_checksum (path);
  g_assert_cmpstr (names, ==, "library.hallway");
  g_assert_cmpstr (before, ==, after);
}

static int
expect_read_only (const char *path)
{
  g_autoptr (GError) error = NULL;

  scratch_drop_privileges ();

  return hall_store_open (path, &scratch_clock, &scratch_random, 0, &error) == NULL &&
         g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_READ_ONLY) ? 0 : 1;
}

static void
test_refused_read_only (void)
{
  g_autofree char *path = scratch_path ("library.hallway");
  g_autofree char *names = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  pid_t            child;

  hall_database_close (scratch_library ());
  before = scratch_checksum (path);

  g_assert_cmpint (chmod (path, 0400), ==, 0);
  child = fork ();
  if (child == 0)
    _exit (expect_read_only (path));
  g_assert_cmpint (scratch_wait (child), ==, 0);

  g_assert_cmpint (chmod (path, 0600), ==, 0);
  g_assert_cmpint (chmod (g_get_user_data_dir (), 0500), ==, 0);
  child = fork ();
  if (child == 0)
    _exit (expect_read_only (path));
  g_assert_cmpint (scratch_wait (child), ==, 0);
  g_assert_cmpint (chmod (g_get_user_data_dir (), 0700), ==, 0);

  names = scratch_list ();
  after = scratch_checksum (path);
  g_assert_cmpstr (names, ==, "library.hallway");
  g_assert_cmpstr (before, ==, after);
}

static gint64
hundred_days_on (gpointer data)
{
  return SCRATCH_NOW + 100 * G_TIME_SPAN_DAY;
}

static void
test_history_pruned (void)
{
  const HallClock      later = { hundred_days_on, NULL };
  g_autofree char     *path = scratch_path ("library.hallway");
  g_autoptr (HallPost) post = scratch_post (NULL, "Soon");
  HallStore           *store;
  HallDatabase        *db = scratch_library ();

  g_assert_true (hall_history_add (db, HALL_HISTORY_HOST, NULL, post, SCRATCH_NOW, NULL));
  g_assert_true (hall_history_add (db, HALL_HISTORY_HOST, NULL, post, SCRATCH_NOW + 11 * G_TIME_SPAN_DAY, NULL));
  hall_database_close (db);

  store = hall_store_open (path, &later, &scratch_random, 0, NULL);
  g_assert_nonnull (store);
  close_store (store);

  db = scratch_library ();
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM history"), ==, 1);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM history WHERE made_at > 1464647400000000"), ==, 1);
  hall_database_close (db);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/library/files", test_files);
  g_test_add_func ("/store/library/busy/here", test_busy_here);
  g_test_add_func ("/store/library/busy/elsewhere", test_busy_elsewhere);
  g_test_add_func ("/store/library/busy/killed-holder", test_killed_holder);
  g_test_add_func ("/store/library/busy/waits", test_waits);
  g_test_add_func ("/store/library/link", test_link);
  g_test_add_func ("/store/library/getters", test_getters);
  g_test_add_func ("/store/library/refused", test_refused);
  g_test_add_func ("/store/library/refused/newer", test_refused_newer);
  g_test_add_func ("/store/library/refused/read-only", test_refused_read_only);
  g_test_add_func ("/store/library/history-pruned", test_history_pruned);

  return g_test_run ();
}
