/* SPDX-License-Identifier: GPL-3.0-or-later
 * New, older, newer and foreign files, and migrations that fail half-way. */
#include "store/hall-migrator.h"

#include "scratch.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <string.h>
#include <unistd.h>

static const char *const scripts[] = {
  "CREATE TABLE chats (id TEXT PRIMARY KEY) STRICT;"
  "CREATE TABLE guests (chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE) STRICT;",
  "CREATE TABLE renamed (id TEXT PRIMARY KEY, slug TEXT) STRICT;"
  "INSERT INTO renamed (id) SELECT id FROM chats; DROP TABLE chats; ALTER TABLE renamed RENAME TO chats;",
  NULL,
};
static const char *const broken_scripts[] = {
  "CREATE TABLE chats (id TEXT PRIMARY KEY) STRICT;"
  "CREATE TABLE guests (chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE) STRICT;",
  "ALTER TABLE chats ADD COLUMN slug TEXT; UPDATE chats SET slug = id; INSERT INTO nowhere VALUES (1);",
  NULL,
};
static const char *const orphaning_scripts[] = {
  "CREATE TABLE chats (id TEXT PRIMARY KEY) STRICT;"
  "CREATE TABLE guests (chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE) STRICT;",
  "DELETE FROM chats WHERE id = 'pycon';",
  NULL,
};
static const char *const first_script[] = { scripts[0], NULL };

static const HallSchema newest = { 0x54455354, scripts };
static const HallSchema broken = { 0x54455354, broken_scripts };
static const HallSchema orphaning = { 0x54455354, orphaning_scripts };
static const HallSchema first = { 0x54455354, first_script };
static const HallSchema foreign = { 0x4f544852, first_script };

static HallDatabase *
open_as (const HallSchema *schema)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = scratch_path ("library");
  HallDatabase      *db = hall_migrator_open (path, schema, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);

  return db;
}

/* A library of version 1 with one chat and one guest, closed. */
static void
make_first (void)
{
  g_autoptr (HallDatabase) db = open_as (&first);

  g_assert_true (hall_database_script (db, "INSERT INTO chats VALUES ('pycon'); INSERT INTO guests VALUES ('pycon')", NULL));
}

/* @schema refuses the library with @expected, which is left as it is with nothing new beside it. */
static void
assert_refused (const HallSchema *schema,
                HallStoreError    expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = scratch_path ("library");
  g_autofree char   *names_before = scratch_list ();
  g_autofree char   *before = scratch_checksum (path);
  g_autofree char   *after = NULL;
  g_autofree char   *names_after = NULL;

  g_assert_false (hall_migrator_check (path, schema, &error));
  g_assert_error (error, HALL_STORE_ERROR, (int) expected);
  g_clear_error (&error);
  g_assert_null (hall_migrator_open (path, schema, &error));
  g_assert_error (error, HALL_STORE_ERROR, (int) expected);

  after = scratch_checksum (path);
  names_after = scratch_list ();
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (names_before, ==, names_after);
}

static void
test_new (void)
{
  g_autofree char         *path = scratch_path ("library");
  g_autofree char         *names = NULL;
  g_autoptr (HallDatabase) db = NULL;
  struct stat              status;

  g_assert_true (hall_migrator_check (path, &newest, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  db = open_as (&newest);
  g_assert_cmpint (hall_database_get_int (db, NULL, "PRAGMA user_version", ""), ==, 2);
  g_assert_cmpint (hall_database_get_int (db, NULL, "PRAGMA application_id", ""), ==, 0x54455354);
  g_assert_cmpint (hall_database_get_int (db, NULL, "PRAGMA foreign_keys", ""), ==, 1);
  g_assert_null (hall_database_take_changed (db));
  g_clear_pointer (&db, hall_database_close);

  names = scratch_list ();
  g_assert_cmpstr (names, ==, "library");
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
}

static void
test_empty_file (void)
{
  g_autofree char *path = scratch_path ("library");

  scratch_write (path, "");
  hall_database_close (open_as (&newest));
}

/* As a crash leaves it between making the file and the first script. */
static void
test_only_just_made (void)
{
  g_autofree char *path = scratch_path ("library");

  hall_database_close (hall_database_open (path, HALL_DATABASE_CREATE, NULL));
  hall_database_close (open_as (&newest));
}

static void
test_again (void)
{
  g_autofree char *names = NULL;

  hall_database_close (open_as (&newest));
  hall_database_close (open_as (&newest));
  names = scratch_list ();
  g_assert_cmpstr (names, ==, "library");
}

static void
test_older (void)
{
  g_autofree char         *backup_path = scratch_path ("library.v1-backup");
  g_autoptr (HallDatabase) db = NULL;
  g_autoptr (HallDatabase) backup = NULL;
  struct stat              status;

  make_first ();
  db = open_as (&newest);
  g_assert_cmpint (hall_database_get_int (db, NULL, "PRAGMA user_version", ""), ==, 2);
  g_assert_cmpint (hall_database_get_int (db, NULL, "SELECT count (*) FROM chats WHERE slug IS NULL", ""), ==, 1);
  /* Dropping the table it hangs on has not taken the guest along. */
  g_assert_cmpint (hall_database_get_int (db, NULL, "SELECT count (*) FROM guests", ""), ==, 1);

  g_assert_cmpint (stat (backup_path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  backup = hall_migrator_open (backup_path, &first, NULL);
  g_assert_nonnull (backup);
  g_assert_cmpint (hall_database_get_int (backup, NULL, "SELECT count (*) FROM guests", ""), ==, 1);
}

static void
assert_still_first (void)
{
  g_autoptr (HallDatabase) db = open_as (&first);
  g_autofree char         *healthy = hall_database_get_text (db, NULL, "PRAGMA integrity_check", "");

  g_assert_cmpint (hall_database_get_int (db, NULL, "PRAGMA user_version", ""), ==, 1);
  g_assert_cmpint (hall_database_get_int (db, NULL, "SELECT count (*) FROM chats", ""), ==, 1);
  g_assert_cmpint (hall_database_get_int (db, NULL, "SELECT count (*) FROM pragma_table_info ('chats')", ""), ==, 1);
  g_assert_cmpint (hall_database_get_int (db, NULL, "SELECT count (*) FROM guests", ""), ==, 1);
  g_assert_cmpstr (healthy, ==, "ok");
}

static void
test_fails_half_way (void)
{
  g_autofree char   *path = scratch_path ("library");
  g_autoptr (GError) error = NULL;

  make_first ();
  g_assert_null (hall_migrator_open (path, &broken, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  assert_still_first ();

  /* And the next try, with a program that has it right, is not in the way of the first. */
  hall_database_close (open_as (&newest));
}

static void
test_leaves_orphans (void)
{
  g_autofree char   *path = scratch_path ("library");
  g_autoptr (GError) error = NULL;

  make_first ();
  g_assert_null (hall_migrator_open (path, &orphaning, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_CORRUPT);
  assert_still_first ();
}

static void
test_new_fails (void)
{
  g_autofree char   *path = scratch_path ("library");
  g_autofree char   *names = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (hall_migrator_open (path, &broken, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  names = scratch_list ();
  g_assert_cmpstr (names, ==, "");
}

static void
test_not_sqlite (void)
{
  g_autofree char *path = scratch_path ("library");
  g_autofree char *long_text = g_strnfill (100000, 'x');

  scratch_write (path, "a few words");
  assert_refused (&newest, HALL_STORE_ERROR_NOT_LIBRARY);
  scratch_write (path, long_text);
  assert_refused (&newest, HALL_STORE_ERROR_NOT_LIBRARY);
}

static void
test_folder (void)
{
  g_autofree char   *path = scratch_path ("library");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_null (hall_migrator_open (path, &newest, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_LIBRARY);
}

static void
test_link_to_nowhere (void)
{
  g_autofree char   *path = scratch_path ("library");
  g_autofree char   *names = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("nowhere", path), ==, 0);
  g_assert_null (hall_migrator_open (path, &newest, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  names = scratch_list ();
  g_assert_cmpstr (names, ==, "library");
}

static void
test_no_folder (void)
{
  g_autofree char   *path = scratch_path ("no/such/library");
  g_autoptr (GError) error = NULL;

  g_assert_null (hall_migrator_open (path, &newest, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

static void
test_newer (void)
{
  hall_database_close (open_as (&newest));
  assert_refused (&first, HALL_STORE_ERROR_TOO_NEW);
}

static void
test_other_program (void)
{
  g_autofree char *path = scratch_path ("library");
  HallDatabase    *db = open_as (&foreign);

  hall_database_close (db);
  assert_refused (&newest, HALL_STORE_ERROR_NOT_LIBRARY);

  /* Most programs never set an application id. */
  g_unlink (path);
  db = hall_database_open (path, HALL_DATABASE_CREATE, NULL);
  g_assert_true (hall_database_script (db, "CREATE TABLE bookmarks (a)", NULL));
  hall_database_close (db);
  assert_refused (&newest, HALL_STORE_ERROR_NOT_LIBRARY);
}

static void
abandon_in (HallDatabase *db)
{
  hall_database_abandon (db);
}

/* What says that it is newer is still in the log: a newer program was killed while it migrated. */
static void
test_newer_by_its_log (void)
{
  g_autofree char   *path = scratch_path ("library");
  g_autofree char   *log = scratch_path ("library-wal");
  g_autofree char   *before = NULL;
  g_autofree char   *after = NULL;
  g_autofree char   *log_before = NULL;
  g_autofree char   *log_after = NULL;
  g_autoptr (GError) error = NULL;
  HallDatabase      *db;

  make_first ();
  db = open_as (&first);
  g_assert_true (hall_database_script (db, "PRAGMA user_version = 2", NULL));
  abandon_in (db);

  before = scratch_checksum (path);
  log_before = scratch_checksum (log);
  g_assert_null (hall_migrator_open (path, &first, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_TOO_NEW);
  after = scratch_checksum (path);
  log_after = scratch_checksum (log);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (log_before, ==, log_after);
}

/* Overwrites a part of the library. */
static void
damage (gsize offset,
        guint8 byte,
        gsize length)
{
  g_autofree char *path = scratch_path ("library");
  g_autofree char *content = NULL;
  gsize            whole;

  g_assert_true (g_file_get_contents (path, &content, &whole, NULL));
  g_assert_cmpint (offset + length, <=, whole);
  memset (content + offset, byte, length);
  g_assert_true (g_file_set_contents (path, content, whole, NULL));
}

/* Damage is found before anything is changed: there, where reading everything would meet it, and where it would not. */
static void
test_damaged (void)
{
  static const struct { gsize offset; guint8 byte; gsize length; } damages[] = {
    { 4096, 0xff, 4096 }, /* the root of a table */
    { 39, 5, 1 },         /* how many pages are said to be free */
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autofree char   *path = scratch_path ("library");
    g_autofree char   *before = NULL;
    g_autofree char   *after = NULL;
    g_autofree char   *names = NULL;
    g_autoptr (GError) error = NULL;

    make_first ();
    damage (damages[i].offset, damages[i].byte, damages[i].length);
    before = scratch_checksum (path);

    g_assert_null (hall_migrator_open (path, &newest, &error));
    g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_CORRUPT);
    after = scratch_checksum (path);
    names = scratch_list ();
    g_assert_cmpstr (before, ==, after);
    g_assert_cmpstr (names, ==, "library");
    g_unlink (path);
  }
}

/* A file that has lost its end, with no log to make up for it, is damaged. */
static void
test_cut_short (void)
{
  g_autofree char   *path = scratch_path ("library");
  g_autofree char   *before = NULL;
  g_autofree char   *after = NULL;
  g_autofree char   *names = NULL;
  g_autoptr (GError) error = NULL;

  make_first ();
  g_assert_cmpint (truncate (path, 4096), ==, 0);
  before = scratch_checksum (path);
  g_assert_null (hall_migrator_open (path, &first, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_CORRUPT);
  after = scratch_checksum (path);
  names = scratch_list ();
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (names, ==, "library");
}

static int
expect (const char     *path,
        HallStoreError  expected)
{
  g_autoptr (GError) error = NULL;

  if (hall_migrator_open (path, &newest, &error) != NULL)
    return 1;
  if (!g_error_matches (error, HALL_STORE_ERROR, (int) expected))
    return 2;

  return 0;
}

static void
assert_refused_unprivileged (HallStoreError expected)
{
  g_autofree char *path = scratch_path ("library");
  g_autofree char *before = scratch_checksum (path);
  g_autofree char *after = NULL;
  g_autofree char *names = NULL;
  pid_t            child = fork ();

  if (child == 0) {
    scratch_drop_privileges ();
    _exit (expect (path, expected));
  }
  g_assert_cmpint (scratch_wait (child), ==, 0);

  after = scratch_checksum (path);
  names = scratch_list ();
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (names, ==, "library");
}

static void
test_read_only_file (void)
{
  g_autofree char *path = scratch_path ("library");

  make_first ();
  g_assert_cmpint (chmod (path, 0400), ==, 0);
  assert_refused_unprivileged (HALL_STORE_ERROR_READ_ONLY);
}

static void
test_read_only_folder (void)
{
  make_first ();
  g_assert_cmpint (chmod (g_get_user_data_dir (), 0500), ==, 0);
  assert_refused_unprivileged (HALL_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (chmod (g_get_user_data_dir (), 0700), ==, 0);
}

/* With every room from none on, until there is enough: whatever fails, it is for want of room. */
static void
test_disk_full (void)
{
  g_autofree char *path = scratch_path ("library");
  HallDatabase    *db;
  gboolean         done = FALSE;
  guint            refused = 0;

  /* Larger than SQLite's own files, so that the copy beside it is what does not fit, too. */
  make_first ();
  db = open_as (&first);
  g_assert_true (hall_database_script (db, "INSERT INTO chats VALUES (printf ('%.200000c', 'x'))", NULL));
  hall_database_close (db);

  for (rlim_t room = 0; !done; room += 16384) {
    pid_t child = fork ();
    int   status;

    g_assert_cmpint (room, <, 1000000);
    if (child == 0) {
      struct rlimit      limit = { room, room };
      g_autoptr (GError) error = NULL;

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
      db = hall_migrator_open (path, &newest, &error);
      _exit (db != NULL ? 42 : g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL) ? 0 : 1);
    }
    status = scratch_wait (child);
    done = status == 42;
    if (!done) {
      g_autofree char *unfinished = scratch_path ("library.v1-backup.unfinished");

      g_assert_cmpint (status, ==, 0);
      g_assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
      refused++;
    }
  }

  g_assert_cmpint (refused, >, 10);
  hall_database_close (open_as (&newest));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/migrator/new", test_new);
  g_test_add_func ("/store/migrator/new/empty-file", test_empty_file);
  g_test_add_func ("/store/migrator/new/only-just-made", test_only_just_made);
  g_test_add_func ("/store/migrator/new/fails", test_new_fails);
  g_test_add_func ("/store/migrator/again", test_again);
  g_test_add_func ("/store/migrator/refuses/cut-short", test_cut_short);
  g_test_add_func ("/store/migrator/older", test_older);
  g_test_add_func ("/store/migrator/older/fails-half-way", test_fails_half_way);
  g_test_add_func ("/store/migrator/older/leaves-orphans", test_leaves_orphans);
  g_test_add_func ("/store/migrator/older/damaged", test_damaged);
  g_test_add_func ("/store/migrator/older/disk-full", test_disk_full);
  g_test_add_func ("/store/migrator/refuses/not-sqlite", test_not_sqlite);
  g_test_add_func ("/store/migrator/refuses/folder", test_folder);
  g_test_add_func ("/store/migrator/refuses/link-to-nowhere", test_link_to_nowhere);
  g_test_add_func ("/store/migrator/refuses/no-folder", test_no_folder);
  g_test_add_func ("/store/migrator/refuses/newer", test_newer);
  g_test_add_func ("/store/migrator/refuses/newer-by-its-log", test_newer_by_its_log);
  g_test_add_func ("/store/migrator/refuses/other-program", test_other_program);
  g_test_add_func ("/store/migrator/refuses/read-only-file", test_read_only_file);
  g_test_add_func ("/store/migrator/refuses/read-only-folder", test_read_only_folder);

  return g_test_run ();
}
