/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a host does to a library, with the power cut, the disk failing or full, and memory running out at every point. */
#include "crash.h"

#include "scratch-library.h"
#include "store/hall-accounts.h"
#include "store/hall-edits.h"
#include "store/hall-library-schema.h"
#include "store/hall-revisions.h"

static HallDatabase *
open_library (Crash   *crash,
              GError **error)
{
  return hall_migrator_open_on (sim_disk_get_vfs (crash->disk), CRASH_FILE, hall_library_schema (), error);
}

static HallDatabase *
begin_library (Crash *crash)
{
  g_autoptr (GError) error = NULL;
  HallDatabase      *db = open_library (crash, &error);

  g_assert_no_error (error);

  return db;
}

static gpointer
keep (Crash    *crash,
      gpointer  value)
{
  g_ptr_array_add (crash->values, value);

  return value;
}

static gpointer
get (Crash *crash,
     guint  number)
{
  return g_ptr_array_index (crash->values, number);
}

static gboolean
save (Crash        *crash,
      gconstpointer value,
      GError      **error)
{
  return hall_edits_save (crash->db, value, &scratch_clock, &crash->random, error);
}

/* An account with a chat in it: 0 and 1. */
static HallDatabase *
begin_shared_library (Crash *crash)
{
  HallDatabase *db = begin_library (crash);
  HallAccount  *account = keep (crash, scratch_account ("Desk"));
  HallChat     *chat = keep (crash, scratch_chat (account->parent.id, "one"));

  scratch_put (db, account);
  scratch_put (db, chat);
  scratch_base (db, account->parent.id, chat);

  return db;
}

/* ---- An edit with its place in the outbox ---- */

static void
prepare_edit (Crash *crash)
{
  g_autoptr (HallDatabase) db = begin_shared_library (crash);
  HallAccount             *account = get (crash, 0);

  keep (crash, scratch_changed (get (crash, 1), "title", "Live from Day 2"));
  keep (crash, scratch_changed (get (crash, 2), "summary", "Bring a laptop"));
  keep (crash, scratch_chat (account->parent.id, "two"));
}

static gboolean
change_title (Crash   *crash,
              GError **error)
{
  return save (crash, get (crash, 2), error);
}

static gboolean
change_summary (Crash   *crash,
                GError **error)
{
  return save (crash, get (crash, 3), error);
}

static gboolean
add_chat (Crash   *crash,
          GError **error)
{
  return save (crash, get (crash, 4), error);
}

static const CrashStep edit_steps[] = { change_title, change_summary, add_chat, NULL };
static const CrashScenario edit = { "edit", open_library, prepare_edit, edit_steps };

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  crash_add (&edit);

  return crash_run ();
}
