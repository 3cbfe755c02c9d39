/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making a library, bringing an old one to the newest schema, and moving a long log into its file. */
#include "crash.h"

#include "old-file.h"
#include "scratch-library.h"
#include "store/hall-library-schema.h"

static HallDatabase *
open_library (Crash   *crash,
              GError **error)
{
  return hall_migrator_open_on (sim_disk_get_vfs (crash->disk), CRASH_FILE, hall_library_schema (), error);
}

/* Something to do with the library once it is open. */
static gboolean
put_account (Crash   *crash,
             GError **error)
{
  return hall_database_run (crash->db, error, "INSERT INTO accounts (id, name, service, url) "
                                              "VALUES ('a', 'Desk', 'hallwayd', 'https://desk.example.org')", "");
}

static const CrashStep steps[] = { put_account, NULL };

/* ---- A library that was not there ---- */

static const CrashScenario creation = { "creation", open_library, NULL, steps };

/* ---- A library of the first version, with data ---- */

static void
prepare_old_library (Crash *crash)
{
  old_file_put (crash, STORE_FIXTURES "/library-1.sql");
}

static const CrashScenario migration = {
  "migration", open_library, prepare_old_library, steps, .inspect = old_file_inspect
};

/* ---- A log of some hundred pages ---- */

static void
prepare_log (Crash *crash)
{
  g_autoptr (GError)   error = NULL;
  g_autofree char     *text = g_strnfill (20000, 'x');
  HallDatabase        *db = open_library (crash, &error);

  g_assert_no_error (error);
  scratch_run (db, "PRAGMA wal_autocheckpoint = 0");
  for (int i = 0; i < 7; i++) {
    g_autoptr (HallPost) post = scratch_post (NULL, text);

    scratch_save (db, post);
    if (i % 3 == 0)
      scratch_remove (db, post);
  }
  hall_database_abandon (db);
}

static gboolean
move_log (Crash   *crash,
          GError **error)
{
  return (crash->done > 1 || (hall_database_checkpoint (crash->db, error) && crash_note (crash))) &&
         (crash->done > 2 || (crash_start (crash, error) && put_account (crash, error) && crash_commit (crash, error))) &&
         (crash->done > 3 || (hall_database_checkpoint (crash->db, error) && crash_note (crash)));
}

static const CrashScenario checkpoint = { "checkpoint", open_library, prepare_log, .work = move_log };

/* ---- So much in one transaction that the log is moved by itself ---- */

static void
prepare_nothing (Crash *crash)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallDatabase) db = open_library (crash, &error);

  g_assert_no_error (error);
}

static gboolean
save_posts (Crash   *crash,
            GError **error)
{
  g_autofree char *text = g_strnfill (30000, 'a' + crash->done);

  for (gint64 i = 0; i < 5; i++) {
    g_autofree char *id = g_strdup_printf ("%u-%" G_GINT64_FORMAT, crash->done, i);

    if (!hall_database_run (crash->db, error, "INSERT INTO posts (id, file_name, text, status) VALUES (?, 'a', ?, 'draft')",
                            "tt", id, text))
      return FALSE;
  }

  return TRUE;
}

static gboolean
drop_posts (Crash   *crash,
            GError **error)
{
  return hall_database_run (crash->db, error, "DELETE FROM posts WHERE row % 2 = 0", "");
}

static const CrashStep bulk_steps[] = { save_posts, drop_posts, save_posts, NULL };
static const CrashScenario bulk = { "bulk", open_library, prepare_nothing, bulk_steps };

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  crash_add (&creation);
  crash_add (&migration);
  crash_add (&checkpoint);
  crash_add (&bulk);

  return crash_run ();
}
