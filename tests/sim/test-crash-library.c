/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a host does to a library, with the power cut, the disk failing or full, and memory running out at every point. */
#include "crash.h"

#include "scratch-library.h"
#include "store/hall-accounts.h"
#include "store/hall-edits.h"
#include "store/hall-library-schema.h"

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

/* ---- A post that is saved again and again while it is typed ---- */

static void
prepare_post (Crash *crash)
{
  g_autoptr (HallDatabase) db = begin_shared_library (crash);
  HallAccount             *account = get (crash, 0);
  g_autofree char         *long_text = g_strnfill (9000, 'x'); /* goes on over several pages */
  HallPost                *post = keep (crash, scratch_post (account->parent.id, "One"));

  scratch_save (db, post);
  keep (crash, scratch_changed (post, "text", "One, two"));
  keep (crash, scratch_changed (post, "text", long_text));
}

static gboolean
save_post (Crash   *crash,
           GError **error)
{
  return save (crash, get (crash, 3), error);
}

static gboolean
save_long_post (Crash   *crash,
                GError **error)
{
  return save (crash, get (crash, 4), error);
}

static const CrashStep post_steps[] = { save_post, save_long_post, save_post, NULL };
static const CrashScenario post = { "post", open_library, prepare_post, post_steps };

/* ---- A chat that goes with all that hangs on it ---- */

static void
prepare_removal (Crash *crash)
{
  g_autoptr (HallDatabase) db = begin_shared_library (crash);
  HallChat                *chat = get (crash, 1);
  g_autoptr (HallGuest)    guest = scratch_guest (chat, "Ada");

  scratch_save (db, guest);
  for (int i = 0; i < 12; i++) {
    g_autofree char          *address = g_strdup_printf ("visitor%d@example.org", i);
    g_autoptr (HallAttendee)  attendee = scratch_attendee (chat, "Visitor", address);
    g_autoptr (HallQuestion)  question = scratch_question (chat, attendee, "Will there be tea?");

    scratch_save (db, attendee);
    scratch_save (db, question);
  }
}

static gboolean
remove_chat (Crash   *crash,
             GError **error)
{
  HallChat *chat = get (crash, 1);

  return hall_edits_remove (crash->db, &hall_chat_kind, chat->parent.id, &scratch_clock, &crash->random, error);
}

static const CrashStep removal_steps[] = { remove_chat, NULL };
static const CrashScenario removal = { "removal", open_library, prepare_removal, removal_steps };

/* ---- The first account, which gets all that was made before ---- */

static void
prepare_adoption (Crash *crash)
{
  g_autoptr (HallDatabase) db = begin_library (crash);
  g_autoptr (HallSeries)   series = scratch_series (NULL);
  g_autoptr (HallPost)     draft = scratch_post (NULL, "Before there was any desk");

  keep (crash, scratch_account ("Desk"));
  keep (crash, scratch_account ("Another desk"));
  scratch_save (db, series);
  scratch_save (db, draft);
  for (int i = 0; i < 4; i++) {
    g_autofree char       *slug = g_strdup_printf ("chat-%d", i);
    g_autoptr (HallChat)   chat = scratch_chat (NULL, slug);
    g_autoptr (HallGuest)  guest = scratch_guest (chat, "Ada");

    scratch_save (db, chat);
    scratch_save (db, guest);
  }
}

static gboolean
add_account (Crash   *crash,
             GError **error)
{
  return hall_accounts_add (crash->db, get (crash, 0), &scratch_clock, &crash->random, error);
}

static gboolean
add_another_account (Crash   *crash,
                     GError **error)
{
  return hall_accounts_add (crash->db, get (crash, 1), &scratch_clock, &crash->random, error);
}

static gboolean
remove_account (Crash   *crash,
                GError **error)
{
  HallAccount *account = get (crash, 0);

  return hall_accounts_remove (crash->db, account->parent.id, error);
}

static const CrashStep adoption_steps[] = { add_account, add_another_account, remove_account, NULL };
static const CrashScenario adoption = { "adoption", open_library, prepare_adoption, adoption_steps };

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  crash_add (&edit);
  crash_add (&post);
  crash_add (&removal);
  crash_add (&adoption);

  return crash_run ();
}
