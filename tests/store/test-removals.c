/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a removed row leaves behind, and what goes along with it. */
#include "store/hall-edits.h"

#include "scratch-library.h"
#include "store/hall-conflicts.h"
#include "store/hall-outbox.h"
#include "store/hall-rows.h"

typedef struct {
  HallDatabase *db;
  HallAccount  *account;
  HallChat     *chat;
  const char   *owner;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->db = scratch_library ();
  f->account = scratch_account ("Desk");
  f->owner = f->account->parent.id;
  f->chat = scratch_chat (f->owner, "pycon");
  scratch_put (f->db, f->account);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  hall_value_unref (f->chat);
  hall_value_unref (f->account);
  hall_database_close (f->db);
}

static void
assert_outbox (Fixture    *f,
               const char *expected)
{
  g_autofree char *outbox = scratch_outbox (f->db);

  g_assert_cmpstr (outbox, ==, expected);
}

static void
set_newest (Fixture    *f,
            const char *state)
{
  g_assert_true (hall_database_run (f->db, NULL,
                                    "UPDATE outbox SET state = ?, body = '{}', attempts = 1 "
                                    "WHERE number = (SELECT max(number) FROM outbox)", "t", state));
}

static void
put_known (Fixture       *f,
           gconstpointer  value)
{
  scratch_put (f->db, value);
  scratch_base (f->db, f->owner, value);
}

static void
test_never_sent (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (HallGuest) guest = scratch_guest (f->chat, "Ada");

  scratch_save (f->db, f->chat);
  scratch_save (f->db, guest);
  scratch_remove (f->db, f->chat);
  assert_outbox (f, NULL);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM chats"), ==, 0);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM guests"), ==, 0);
}

static void
test_refused_create (Fixture       *f,
                     gconstpointer  data)
{
  scratch_save (f->db, f->chat);
  set_newest (f, "parked");
  scratch_remove (f->db, f->chat);
  assert_outbox (f, NULL);
}

static void
test_known (Fixture       *f,
            gconstpointer  data)
{
  put_known (f, f->chat);
  scratch_remove (f->db, f->chat);
  assert_outbox (f, "remove chat queued");

  /* The base stays until the service has confirmed. */
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM bases"), ==, 1);
}

static void
test_changed_before (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (HallChat) renamed = scratch_changed (f->chat, "title", "Day 2");

  put_known (f, f->chat);
  scratch_save (f->db, renamed);
  scratch_remove (f->db, renamed);
  assert_outbox (f, "remove chat queued");
}

static void
test_create_on_its_way (Fixture       *f,
                        gconstpointer  data)
{
  scratch_save (f->db, f->chat);
  set_newest (f, "unknown");
  scratch_remove (f->db, f->chat);
  assert_outbox (f, "create chat unknown, remove chat queued");
}

static void
test_brought_back (Fixture       *f,
                   gconstpointer  data)
{
  put_known (f, f->chat);
  scratch_remove (f->db, f->chat);
  scratch_save (f->db, f->chat);
  assert_outbox (f, "change chat queued");

  scratch_remove (f->db, f->chat);
  set_newest (f, "unknown");
  scratch_save (f->db, f->chat);
  assert_outbox (f, "remove chat unknown, create chat queued");
}

/* The create that is on its way makes it known: what follows is a change. */
static void
test_brought_back_while_created (Fixture       *f,
                                 gconstpointer  data)
{
  scratch_save (f->db, f->chat);
  set_newest (f, "sending");
  scratch_remove (f->db, f->chat);
  scratch_save (f->db, f->chat);
  assert_outbox (f, "create chat sending, change chat queued");
}

static void
test_twice (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  put_known (f, f->chat);
  scratch_remove (f->db, f->chat);
  scratch_begin (f->db);
  g_assert_false (hall_edits_remove (f->db, &hall_chat_kind, f->chat->parent.id, &scratch_clock, &scratch_random, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  scratch_commit (f->db);
  assert_outbox (f, "remove chat queued");
}

/* The service removes them with the chat, so nothing of them is sent; what is on its way waits for its answer. */
static void
test_children (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (HallGuest)    guest = scratch_guest (f->chat, "Ada");
  g_autoptr (HallGuest)    renamed = scratch_changed (guest, "name", "Ada Byron");
  g_autoptr (HallAttendee) attendee = scratch_attendee (f->chat, "Grace", "grace@example.org");
  g_autoptr (HallQuestion) question = scratch_question (f->chat, attendee, "Why?");

  put_known (f, f->chat);
  put_known (f, guest);
  put_known (f, attendee);
  scratch_save (f->db, renamed);
  set_newest (f, "unknown");
  scratch_save (f->db, question);
  g_assert_true (hall_conflicts_add (f->db, f->owner, &hall_attendee_kind, attendee->parent.id, NULL, NULL, "{}",
                                     &scratch_clock, &scratch_random, NULL));

  scratch_remove (f->db, f->chat);
  assert_outbox (f, "change guest unknown, remove chat queued");
  g_assert_cmpint (hall_conflicts_count (f->db, NULL, NULL), ==, 0);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM history WHERE after IS NULL"), ==, 4);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM attendees"), ==, 0);
}

/* Chats outlive their series, and the service is told so before the series goes. */
static void
test_series (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (HallSeries) series = scratch_series (f->owner);
  g_autoptr (HallChat)   weekly = scratch_changed (f->chat, "series", series->parent.id);
  g_autoptr (HallChat)   left = NULL;

  put_known (f, series);
  put_known (f, weekly);
  scratch_remove (f->db, series);
  assert_outbox (f, "change chat queued, remove series queued");
  left = hall_rows_get (f->db, &hall_chat_kind, weekly->parent.id, NULL);
  g_assert_null (left->series);
}

static void
test_attendee (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (HallAttendee) attendee = scratch_attendee (f->chat, "Grace", "grace@example.org");
  g_autoptr (HallQuestion) question = scratch_question (f->chat, attendee, "Why?");

  put_known (f, f->chat);
  put_known (f, attendee);
  put_known (f, question);
  scratch_remove (f->db, attendee);
  assert_outbox (f, "change question queued, remove attendee queued");
}

static void
test_nothing_when_it_fails (Fixture       *f,
                            gconstpointer  data)
{
  g_autoptr (HallGuest) guest = scratch_guest (f->chat, "Ada");
  g_autoptr (GError)    error = NULL;

  scratch_save (f->db, f->chat);
  scratch_save (f->db, guest);
  scratch_run (f->db, "CREATE TRIGGER no_end BEFORE DELETE ON chats BEGIN SELECT raise (ABORT, 'no'); END");
  scratch_begin (f->db);
  g_assert_false (hall_edits_remove (f->db, &hall_chat_kind, f->chat->parent.id, &scratch_clock, &scratch_random, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  scratch_commit (f->db);
  assert_outbox (f, "create chat queued, create guest queued");
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM history"), ==, 2);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM guests"), ==, 1);
}

#define TEST(path, function) g_test_add ("/store/removals/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TEST ("never-sent", test_never_sent);
  TEST ("refused-create", test_refused_create);
  TEST ("known", test_known);
  TEST ("changed-before", test_changed_before);
  TEST ("create-on-its-way", test_create_on_its_way);
  TEST ("brought-back", test_brought_back);
  TEST ("brought-back/while-created", test_brought_back_while_created);
  TEST ("twice", test_twice);
  TEST ("children", test_children);
  TEST ("series", test_series);
  TEST ("attendee", test_attendee);
  TEST ("nothing-when-it-fails", test_nothing_when_it_fails);

  return g_test_run ();
}
