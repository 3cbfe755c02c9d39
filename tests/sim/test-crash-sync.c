/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an exchange does to a library, with the power cut, the disk failing or full, and memory running out at every
 * point. The desk at the other end goes on: what it was told once stays told. */
#include "crash.h"

#include "far-desk.h"
#include "scratch-library.h"
#include "store/hall-accounts.h"
#include "store/hall-edits.h"
#include "store/hall-library-schema.h"
#include "store/hall-rows.h"
#include "sync/hall-choices.h"
#include "sync/hall-discards.h"
#include "sync/hall-engine.h"
#include "sync/hall-remote-hallway.h"

#include <string.h>

static HallDatabase *
open_library (Crash   *crash,
              GError **error)
{
  return hall_migrator_open_on (sim_disk_get_vfs (crash->disk), CRASH_FILE, hall_library_schema (), error);
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

/* One exchange, from its beginning: after a crash the program knows of no other. */
static gboolean
exchange (Crash   *crash,
          GError **error)
{
  HallAccount            *account = get (crash, 0);
  g_autoptr (HallEngine)  engine = NULL;
  g_autoptr (HallRequest) request = NULL;

  engine = hall_engine_new (account->parent.id, &hall_remote_hallway, &scratch_clock, &crash->random);
  while (TRUE) {
    g_autoptr (HallReply) reply = NULL;

    if (!crash_start (crash, error) || !hall_engine_next (engine, crash->db, &request, error) || !crash_commit (crash, error))
      return FALSE;
    if (request == NULL)
      break;

    reply = far_desk_answer (crash->data, request);
    g_clear_pointer (&request, hall_request_free);
    if (!crash_start (crash, error) || !hall_engine_take (engine, crash->db, reply, NULL, error) || !crash_commit (crash, error))
      return FALSE;
  }
  g_assert_no_error (hall_engine_get_trouble (engine));

  return TRUE;
}

static void
restart (Crash *crash)
{
  far_desk_open (crash->data);
}

static void
stop (Crash *crash)
{
  far_desk_close (crash->data);
}

static void
clear (Crash *crash)
{
  far_desk_free (crash->data);
}

/* A library with an account, number 0, and the desk it is for; both open. */
static void
begin (Crash *crash)
{
  g_autoptr (GError) error = NULL;

  crash->data = far_desk_new ();
  crash->is_even = TRUE;
  crash->db = open_library (crash, &error);
  g_assert_no_error (error);
  scratch_begin (crash->db);
  hall_accounts_add (crash->db, keep (crash, scratch_account ("Desk")), &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  scratch_commit (crash->db);
}

static void
sync_well (Crash *crash)
{
  g_autoptr (GError) error = NULL;

  exchange (crash, &error);
  g_assert_no_error (error);
}

static void
end (Crash *crash)
{
  g_clear_pointer (&crash->db, hall_database_close);
  far_desk_keep (crash->data);
}

/* As another host's program would send it. */
static void
change_at_desk (Crash      *crash,
                const char *method,
                const char *path,
                const char *json)
{
  static guint            number = 0;
  g_autofree char        *key = g_strdup_printf ("other-%u", ++number);
  g_autoptr (HallRequest) look = hall_request_new ("GET", path);
  g_autoptr (HallRequest) request = hall_request_new (method, path);
  g_autoptr (HallReply)   now = NULL;
  g_autoptr (HallReply)   reply = NULL;

  if (strcmp (method, "PUT") == 0) {
    hall_headers_set (request->headers, "If-None-Match", "*");
  } else {
    now = far_desk_answer (crash->data, look);
    hall_headers_set (request->headers, "If-Match", hall_headers_get (now->headers, "ETag"));
  }
  hall_headers_set (request->headers, "Idempotency-Key", key);
  request->body = json != NULL ? g_bytes_new (json, strlen (json)) : NULL;
  reply = far_desk_answer (crash->data, request);
  g_assert_cmpuint (reply->status / 100, ==, 2);
}

/* A chat with sign-ups, on the desk and in the library; number 1. */
static void
share_chat (Crash *crash)
{
  HallAccount *account = get (crash, 0);
  HallChat    *chat = keep (crash, scratch_chat (account->parent.id, "pycon"));

  scratch_save (crash->db, chat);
  for (int i = 0; i < 3; i++) {
    g_autofree char          *address = g_strdup_printf ("visitor%d@example.org", i);
    g_autoptr (HallAttendee)  attendee = scratch_attendee (chat, "Visitor", address);

    scratch_save (crash->db, attendee);
  }
  sync_well (crash);
}

static char *
path_of (gconstpointer value)
{
  const HallValue *self = value;

  return g_strdup_printf ("/v1/%s/%s", self->kind->plural, self->id);
}

/* ---- News from the desk ---- */

static void
prepare_arrival (Crash *crash)
{
  g_autofree char *path = NULL;
  const char      *chat;

  begin (crash);
  share_chat (crash);
  path = path_of (get (crash, 1));
  chat = ((HallValue *) get (crash, 1))->id;
  change_at_desk (crash, "PATCH", path, "{\"title\":\"Live from Day 2\"}");
  for (int i = 0; i < 5; i++) {
    g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-00000000000%d", i);
    g_autofree char *at = g_strdup_printf ("/v1/attendees/%s", id);
    g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"chat\":\"%s\",\"name\":\"New\",\"address\":\"new%d@example.org\","
                                             "\"address_key\":\"new%d@example.org\",\"status\":\"going\"}", id, chat, i, i);

    change_at_desk (crash, "PUT", at, json);
  }
  end (crash);
}

static const CrashScenario arrival = {
  "arrival", open_library, prepare_arrival, .work = exchange, .restart = restart, .stop = stop, .clear = clear,
};

/* ---- Edits that are sent, frozen with the first attempt, and settled by their answers ---- */

static void
prepare_sending (Crash *crash)
{
  g_autoptr (HallChat)  changed = NULL;
  g_autoptr (HallChat)  fresh = NULL;
  g_autoptr (HallGuest) guest = NULL;
  HallAccount          *account;

  begin (crash);
  share_chat (crash);
  account = get (crash, 0);
  changed = scratch_changed (get (crash, 1), "title", "Live from Day 3");
  fresh = scratch_chat (account->parent.id, "another");
  guest = scratch_guest (fresh, "Ada");
  scratch_save (crash->db, changed);
  scratch_save (crash->db, fresh);
  scratch_save (crash->db, guest);
  end (crash);
}

static const CrashScenario sending = {
  "sending", open_library, prepare_sending, .work = exchange, .restart = restart, .stop = stop, .clear = clear,
};

/* ---- The same changed here and there ---- */

static void
prepare_conflict (Crash *crash)
{
  g_autofree char      *path = NULL;
  g_autoptr (HallChat)  changed = NULL;

  begin (crash);
  share_chat (crash);
  path = path_of (get (crash, 1));
  change_at_desk (crash, "PATCH", path, "{\"title\":\"Their title\",\"summary\":\"Theirs alone\"}");
  changed = scratch_changed (get (crash, 1), "title", "My title");
  scratch_save (crash->db, changed);
  end (crash);
}

static const CrashScenario conflict = {
  "conflict", open_library, prepare_conflict, .work = exchange, .restart = restart, .stop = stop, .clear = clear,
};

/* ---- The host's choice, taken back and made again ---- */

static void
prepare_choice (Crash *crash)
{
  prepare_conflict (crash);
  far_desk_open (crash->data);
  crash->db = open_library (crash, NULL);
  sync_well (crash);
  crash->old = hall_database_get_text (crash->db, NULL, "SELECT id FROM conflicts", "");
  g_assert_nonnull (crash->old);
  g_clear_pointer (&crash->db, hall_database_close);
  far_desk_close (crash->data);
}

static gboolean
choose_mine (Crash   *crash,
             GError **error)
{
  return hall_choices_make (crash->db, crash->old, HALL_CHOICE_MINE, NULL, &scratch_clock, &crash->random, error);
}

static gboolean
choose_theirs (Crash   *crash,
               GError **error)
{
  return hall_choices_make (crash->db, crash->old, HALL_CHOICE_THEIRS, NULL, &scratch_clock, &crash->random, error);
}

static gboolean
take_back (Crash   *crash,
           GError **error)
{
  return hall_choices_undo (crash->db, crash->old, &scratch_clock, &crash->random, error);
}

static const CrashStep choice_steps[] = { choose_theirs, take_back, choose_mine, NULL };
static const CrashScenario choice = {
  "choice", open_library, prepare_choice, choice_steps, .clear = clear,
};

/* ---- An edit that was refused is let go, and taken back ---- */

static void
prepare_discard (Crash *crash)
{
  g_autoptr (HallChat)  refused = NULL;
  g_autoptr (HallGuest) guest = NULL;
  HallAccount          *account;

  begin (crash);
  share_chat (crash);
  account = get (crash, 0);
  refused = scratch_chat (account->parent.id, "pycon"); /* whose address is taken */
  guest = scratch_guest (refused, "Ada");
  scratch_save (crash->db, refused);
  scratch_save (crash->db, guest);
  sync_well (crash);
  crash->old = hall_database_get_text (crash->db, NULL, "SELECT operation FROM outbox WHERE state = 'parked'", "");
  g_assert_nonnull (crash->old);
  end (crash);
}

static gboolean
let_go (Crash   *crash,
        GError **error)
{
  return hall_discards_make (crash->db, crash->old, &scratch_clock, &crash->random, error);
}

static gboolean
keep_after_all (Crash   *crash,
                GError **error)
{
  return hall_discards_undo (crash->db, crash->old, &scratch_clock, &crash->random, error);
}

static const CrashStep discard_steps[] = { let_go, keep_after_all, NULL };
static const CrashScenario discard = { "discard", open_library, prepare_discard, discard_steps, .clear = clear };

/* ---- A service that has forgotten where the library stands: all of it comes down anew and is swapped in ---- */

static void
prepare_resync (Crash *crash)
{
  g_autofree char          *path = NULL;
  g_autofree char          *gone = NULL;
  g_autoptr (HallChat)      changed = NULL;
  g_autofree char          *cursor = NULL;
  g_autoptr (GPtrArray)     attendees = NULL;
  g_autoptr (HallAttendee)  mine = NULL;
  g_autoptr (HallRequest)   look = NULL;
  g_autoptr (HallReply)     reply = NULL;

  begin (crash);
  share_chat (crash);
  path = path_of (get (crash, 1));
  attendees = hall_rows_list (crash->db, &hall_attendee_kind, NULL, NULL, NULL);

  /* One edit that still fits, and one of a row that is gone. */
  changed = scratch_changed (get (crash, 1), "title", "Live from Day 4");
  scratch_save (crash->db, changed);
  mine = scratch_changed (attendees->pdata[0], "name", "Visitor of mine");
  scratch_save (crash->db, mine);
  gone = path_of (mine);
  change_at_desk (crash, "DELETE", gone, NULL);
  change_at_desk (crash, "PATCH", path, "{\"summary\":\"Bring a laptop\"}");
  change_at_desk (crash, "PATCH", path, "{\"summary\":\"Bring a friend\"}");
  far_desk_prune (crash->data);

  look = hall_request_new ("GET", "/v1/changes");
  cursor = hall_database_get_text (crash->db, NULL, "SELECT cursor FROM cursors", "");
  look->query = g_strconcat ("since=", cursor, NULL);
  reply = far_desk_answer (crash->data, look);
  g_assert_cmpuint (reply->status, ==, 410);
  end (crash);
}

/* The swap has come through, and nothing that waited is lost. */
static void
finish_resync (Crash *crash)
{
  HallChat             *chat = get (crash, 1);
  g_autoptr (HallChat)  now = hall_rows_get (crash->db, &hall_chat_kind, chat->parent.id, NULL);

  g_assert_cmpstr (now->title, ==, "Live from Day 4");
  g_assert_cmpstr (now->summary, ==, "Bring a friend");
  g_assert_cmpint (scratch_ask (crash->db, "SELECT count(*) FROM conflicts WHERE theirs IS NULL"), ==, 1);
  g_assert_cmpint (scratch_ask (crash->db, "SELECT count(*) FROM attendees"), ==, 3);
  g_assert_cmpint (scratch_ask (crash->db, "SELECT count(*) FROM resyncs"), ==, 0);
  g_assert_cmpint (scratch_ask (crash->db, "SELECT count(*) FROM staged"), ==, 0);
}

static const CrashScenario resync = {
  "resync", open_library, prepare_resync, .work = exchange, .restart = restart, .stop = stop, .finish = finish_resync,
  .clear = clear,
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  crash_add (&arrival);
  crash_add (&sending);
  crash_add (&conflict);
  crash_add (&choice);
  crash_add (&discard);
  crash_add (&resync);

  return crash_run ();
}
