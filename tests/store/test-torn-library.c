/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files that a crash left while their log was moved into them: what is true is in the log. */
#include "store/hall-migrator.h"

#include "scratch.h"

#include <string.h>

static const char *const scripts[] = { "CREATE TABLE chats (id TEXT PRIMARY KEY) STRICT;", NULL };

static const HallSchema schema = { 0x54455354, scripts };
static const HallSchema foreign = { 0x4f544852, scripts };

static void
copy (const char *from,
      const char *to)
{
  g_autofree char *source = scratch_path (from);
  g_autofree char *target = scratch_path (to);
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (source, &content, &length, NULL));
  g_assert_true (g_file_set_contents (target, content, length, NULL));
}

/* A library "crashed" whose log of one long row has not been moved into it yet, except for its first page. */
static void
make_half_moved (const char *head,
                 gsize       head_length)
{
  g_autofree char         *path = scratch_path ("library");
  g_autofree char         *crashed = scratch_path ("crashed");
  g_autofree char         *content = NULL;
  g_autofree char         *half = NULL;
  g_autoptr (HallDatabase) db = NULL;
  gsize                    length;

  db = hall_migrator_open (path, &schema, NULL);
  g_assert_nonnull (db);
  g_assert_true (hall_database_script (db, "INSERT INTO chats VALUES (printf ('%.200000c', 'x'))", NULL));
  copy ("library", "crashed");
  copy ("library-wal", "crashed-wal");
  g_clear_pointer (&db, hall_database_close);

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_file_get_contents (crashed, &half, &length, NULL));
  memcpy (half, content, 4096);
  if (head != NULL)
    memcpy (half, head, head_length);
  g_assert_true (g_file_set_contents (crashed, half, length, NULL));
}

static void
assert_half_moved_opens (void)
{
  g_autofree char         *crashed = scratch_path ("crashed");
  g_autoptr (HallDatabase) db = NULL;
  g_autoptr (GError)       error = NULL;

  g_assert_true (hall_migrator_check (crashed, &schema, &error));
  db = hall_migrator_open (crashed, &schema, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hall_database_get_int (db, NULL, "SELECT count (*) FROM chats WHERE length (id) = 200000", ""), ==, 1);
}

/* As a crash or a full disk leaves it while the log is moved into the file: the first page is there and tells of
 * pages that are still in the log. */
static void
test_half_moved_log (void)
{
  make_half_moved (NULL, 0);
  assert_half_moved_opens ();
}

/* As a power cut leaves it on a disk that spoils the sector it writes just then. */
static void
test_torn_head (void)
{
  g_autofree char *rubbish = g_strnfill (512, '#');

  make_half_moved (rubbish, 512);
  assert_half_moved_opens ();
}

/* That there is a log beside it does not make another program's file one of ours, nor is it changed. */
static void
test_torn_file_of_others (void)
{
  g_autofree char         *crashed = scratch_path ("crashed");
  g_autofree char         *log = scratch_path ("crashed-wal");
  g_autofree char         *rubbish = g_strnfill (512, '#');
  g_autofree char         *before = NULL;
  g_autofree char         *log_before = NULL;
  g_autofree char         *after = NULL;
  g_autofree char         *log_after = NULL;
  g_autoptr (GError)       error = NULL;

  make_half_moved (rubbish, 512);
  before = scratch_checksum (crashed);
  log_before = scratch_checksum (log);
  g_assert_null (hall_migrator_open (crashed, &foreign, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_LIBRARY);
  after = scratch_checksum (crashed);
  log_after = scratch_checksum (log);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (log_before, ==, log_after);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/torn-library/half-moved-log", test_half_moved_log);
  g_test_add_func ("/store/torn-library/torn-head", test_torn_head);
  g_test_add_func ("/store/torn-library/of-others", test_torn_file_of_others);

  return g_test_run ();
}
