/* SPDX-License-Identifier: GPL-3.0-or-later
 * Operations: what is frozen, what is next, and what a parked one holds up. */
#include "store/hall-outbox.h"

#include "scratch-library.h"
#include "store/hall-rows.h"

typedef struct {
  HallDatabase *db;
  HallAccount  *account;
  HallChat     *chat;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->db = scratch_library ();
  f->account = scratch_account ("Desk");
  f->chat = scratch_chat (f->account->parent.id, "pycon");
  scratch_put (f->db, f->account);
  scratch_put (f->db, f->chat);
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
add (Fixture           *f,
     gconstpointer      value,
     HallOperationVerb  verb)
{
  const HallValue   *self = value;
  g_autoptr (GError) error = NULL;

  hall_outbox_add (f->db, f->account->parent.id, self->kind, self->id, verb, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
}

static HallOperation *
next (Fixture *f,
      gint64   after)
{
  g_autoptr (GError) error = NULL;
  HallOperation     *operation = hall_outbox_next (f->db, f->account->parent.id, after, &error);

  g_assert_no_error (error);

  return operation;
}

static void
freeze (Fixture       *f,
        HallOperation *operation)
{
  g_autoptr (GError) error = NULL;

  hall_outbox_freeze (f->db, operation, "00000000000000aa", "{\"title\":\"x\"}", &error);
  g_assert_no_error (error);
}

static void
set_state (Fixture            *f,
           gint64              order,
           HallOperationState  state,
           const char         *reason)
{
  g_autoptr (GError) error = NULL;

  hall_outbox_set_state (f->db, order, state, reason, &error);
  g_assert_no_error (error);
}

static void
test_add (Fixture       *f,
          gconstpointer  data)
{
  g_autoptr (HallOperation) operation = NULL;

  g_assert_null (next (f, 0));
  add (f, f->chat, HALL_OPERATION_CREATE);
  operation = next (f, 0);
  g_assert_true (hall_id_is_valid (operation->id));
  g_assert_cmpstr (operation->account, ==, f->account->parent.id);
  g_assert_true (operation->kind == &hall_chat_kind);
  g_assert_cmpstr (operation->row, ==, f->chat->parent.id);
  g_assert_cmpint (operation->verb, ==, HALL_OPERATION_CREATE);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_QUEUED);
  g_assert_null (operation->base_mark);
  g_assert_null (operation->body);
  g_assert_null (operation->reason);
  g_assert_cmpint (operation->attempts, ==, 0);
  g_assert_cmpint (operation->made_at, ==, SCRATCH_NOW);
  g_assert_null (next (f, operation->order));
}

static void
test_freeze (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (HallOperation) again = NULL;
  g_autoptr (GError)        error = NULL;

  add (f, f->chat, HALL_OPERATION_CHANGE);
  operation = next (f, 0);
  freeze (f, operation);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_SENDING);
  g_assert_cmpint (operation->attempts, ==, 1);
  g_assert_cmpstr (operation->base_mark, ==, "00000000000000aa");
  g_assert_cmpstr (operation->body, ==, "{\"title\":\"x\"}");

  /* A second freezing would give the same id other bytes. */
  g_assert_false (hall_outbox_freeze (f->db, operation, "00000000000000bb", "{}", &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);

  again = next (f, 0);
  g_assert_cmpstr (again->id, ==, operation->id);
  g_assert_cmpint (again->state, ==, HALL_OPERATION_SENDING);
  g_assert_cmpint (again->attempts, ==, 1);
  g_assert_cmpstr (again->base_mark, ==, "00000000000000aa");
  g_assert_cmpstr (again->body, ==, "{\"title\":\"x\"}");
}

static void
test_send_again (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (HallOperation) again = NULL;

  add (f, f->chat, HALL_OPERATION_CHANGE);
  operation = next (f, 0);
  freeze (f, operation);
  set_state (f, operation->order, HALL_OPERATION_UNKNOWN, NULL);
  set_state (f, operation->order, HALL_OPERATION_SENDING, NULL);
  again = next (f, 0);
  g_assert_cmpint (again->attempts, ==, 2);
  g_assert_cmpstr (again->id, ==, operation->id);
  g_assert_cmpstr (again->body, ==, operation->body);
}

static void
test_set_state_refused (Fixture       *f,
                        gconstpointer  data)
{
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (GError)        error = NULL;

  add (f, f->chat, HALL_OPERATION_CHANGE);
  operation = next (f, 0);
  g_assert_false (hall_outbox_set_state (f->db, operation->order, HALL_OPERATION_UNKNOWN, NULL, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (hall_outbox_set_state (f->db, 999, HALL_OPERATION_PARKED, "No", &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

static void
test_renew (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (HallOperation) renewed = NULL;
  g_autoptr (GError)        error = NULL;

  add (f, f->chat, HALL_OPERATION_CREATE);
  operation = next (f, 0);
  freeze (f, operation);
  set_state (f, operation->order, HALL_OPERATION_PARKED, "The title is too long.");
  g_assert_null (next (f, 0));

  hall_outbox_renew (f->db, operation->order, HALL_OPERATION_CHANGE, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  renewed = next (f, 0);
  g_assert_cmpint (renewed->order, ==, operation->order);
  g_assert_cmpstr (renewed->id, !=, operation->id);
  g_assert_cmpint (renewed->verb, ==, HALL_OPERATION_CHANGE);
  g_assert_cmpint (renewed->state, ==, HALL_OPERATION_QUEUED);
  g_assert_cmpint (renewed->attempts, ==, 0);
  g_assert_null (renewed->body);
  g_assert_null (renewed->base_mark);
  g_assert_null (renewed->reason);

  g_assert_false (hall_outbox_renew (f->db, 999, HALL_OPERATION_CHANGE, &scratch_clock, &scratch_random, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

static void
test_one_row_in_order (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr (HallOperation) first = NULL;
  g_autoptr (HallOperation) second = NULL;
  g_autoptr (HallOperation) newest = NULL;

  add (f, f->chat, HALL_OPERATION_CREATE);
  first = next (f, 0);
  freeze (f, first);
  add (f, f->chat, HALL_OPERATION_CHANGE);

  g_assert_null (next (f, first->order));
  newest = hall_outbox_find (f->db, &hall_chat_kind, f->chat->parent.id, NULL);
  g_assert_cmpint (newest->verb, ==, HALL_OPERATION_CHANGE);
  g_assert_true (hall_outbox_drop (f->db, first->order, NULL));
  second = next (f, first->order);
  g_assert_cmpint (second->order, ==, newest->order);
}

/* What hangs on something that cannot be created waits with it; all else goes on. */
static void
test_parked_parent (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (HallSeries)    series = scratch_series (f->account->parent.id);
  g_autoptr (HallChat)      weekly = scratch_changed (f->chat, "series", series->parent.id);
  g_autoptr (HallAttendee)  attendee = scratch_attendee (f->chat, "Ada", "ada@example.org");
  g_autoptr (HallQuestion)  question = scratch_question (f->chat, attendee, "Why?");
  g_autoptr (HallGuest)     guest = scratch_guest (f->chat, "Grace");
  g_autoptr (HallChat)      other = scratch_chat (f->account->parent.id, "sprints");
  g_autoptr (HallOperation) operation = NULL;
  gint64                    orders[6];
  const gpointer            rows[] = { series, weekly, guest, attendee, question, other };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    scratch_put (f->db, rows[i]);
    add (f, rows[i], HALL_OPERATION_CREATE);
    orders[i] = scratch_ask (f->db, "SELECT max(number) FROM outbox");
  }

  set_state (f, orders[0], HALL_OPERATION_PARKED, "No");
  operation = next (f, 0);
  g_assert_cmpint (operation->order, ==, orders[5]);
  g_clear_pointer (&operation, hall_operation_free);

  hall_outbox_drop (f->db, orders[0], NULL);
  set_state (f, orders[1], HALL_OPERATION_PARKED, "No");
  operation = next (f, 0);
  g_assert_cmpint (operation->order, ==, orders[5]);
  g_clear_pointer (&operation, hall_operation_free);

  hall_outbox_drop (f->db, orders[1], NULL);
  set_state (f, orders[3], HALL_OPERATION_PARKED, "No");
  operation = next (f, 0);
  g_assert_cmpint (operation->order, ==, orders[2]);
  g_clear_pointer (&operation, hall_operation_free);
  operation = next (f, orders[2]);
  g_assert_cmpint (operation->order, ==, orders[5]);
}

/* A change of the parent that is parked is no reason to keep its children waiting, as long as the service has the
 * parent. */
static void
test_parked_change (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (HallGuest)     guest = scratch_guest (f->chat, "Grace");
  g_autoptr (HallOperation) operation = NULL;

  scratch_put (f->db, guest);
  add (f, f->chat, HALL_OPERATION_CHANGE);
  set_state (f, scratch_ask (f->db, "SELECT max(number) FROM outbox"), HALL_OPERATION_PARKED, "conflict");
  add (f, guest, HALL_OPERATION_CREATE);
  operation = next (f, 0);
  g_assert_null (operation);

  scratch_base (f->db, f->account->parent.id, f->chat);
  operation = next (f, 0);
  g_assert_true (operation->kind == &hall_guest_kind);
}

static void
test_other_account (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (HallAccount) other = scratch_account ("Other");

  scratch_put (f->db, other);
  add (f, f->chat, HALL_OPERATION_CREATE);
  g_assert_null (hall_outbox_next (f->db, other->parent.id, 0, NULL));
}

static void
test_count (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (HallChat)    second = scratch_chat (f->account->parent.id, "sprints");
  g_autoptr (HallChat)    third = scratch_chat (f->account->parent.id, "lobby");
  g_autoptr (HallAccount) other = scratch_account ("Other");

  scratch_put (f->db, other);
  add (f, f->chat, HALL_OPERATION_CREATE);
  add (f, second, HALL_OPERATION_CREATE);
  add (f, third, HALL_OPERATION_CREATE);
  set_state (f, scratch_ask (f->db, "SELECT max(number) FROM outbox"), HALL_OPERATION_PARKED, "conflict");

  g_assert_cmpint (hall_outbox_count (f->db, NULL, FALSE, NULL), ==, 2);
  g_assert_cmpint (hall_outbox_count (f->db, NULL, TRUE, NULL), ==, 1);
  g_assert_cmpint (hall_outbox_count (f->db, f->account->parent.id, FALSE, NULL), ==, 2);
  g_assert_cmpint (hall_outbox_count (f->db, other->parent.id, FALSE, NULL), ==, 0);
}

static void
test_find (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (HallOperation) none = hall_outbox_find_first (f->db, &hall_chat_kind, f->chat->parent.id, NULL);
  g_autoptr (HallOperation) first = NULL;
  g_autoptr (HallOperation) newest = NULL;

  g_assert_null (none);
  add (f, f->chat, HALL_OPERATION_CREATE);
  add (f, f->chat, HALL_OPERATION_CHANGE);
  add (f, f->chat, HALL_OPERATION_REMOVE);
  first = hall_outbox_find_first (f->db, &hall_chat_kind, f->chat->parent.id, NULL);
  newest = hall_outbox_find (f->db, &hall_chat_kind, f->chat->parent.id, NULL);
  g_assert_cmpint (first->verb, ==, HALL_OPERATION_CREATE);
  g_assert_cmpint (newest->verb, ==, HALL_OPERATION_REMOVE);
}

static void
test_count_below (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (HallChat)     other = scratch_chat (f->account->parent.id, "sprints");
  g_autoptr (HallGuest)    guest = scratch_guest (f->chat, "Grace");
  g_autoptr (HallAttendee) attendee = scratch_attendee (f->chat, "Ada", "ada@example.org");
  g_autoptr (HallQuestion) question = scratch_question (f->chat, attendee, "What?");

  scratch_put (f->db, other);
  scratch_put (f->db, guest);
  scratch_put (f->db, attendee);
  scratch_put (f->db, question);
  add (f, f->chat, HALL_OPERATION_CHANGE);
  g_assert_cmpint (hall_outbox_count_below (f->db, f->chat->parent.id, NULL), ==, 0);

  add (f, guest, HALL_OPERATION_CREATE);
  add (f, attendee, HALL_OPERATION_CREATE);
  add (f, question, HALL_OPERATION_CREATE);
  g_assert_cmpint (hall_outbox_count_below (f->db, f->chat->parent.id, NULL), ==, 3);
  g_assert_cmpint (hall_outbox_count_below (f->db, other->parent.id, NULL), ==, 0);
}

#define TEST(path, function) g_test_add ("/store/outbox/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TEST ("add", test_add);
  TEST ("freeze", test_freeze);
  TEST ("send-again", test_send_again);
  TEST ("set-state-refused", test_set_state_refused);
  TEST ("renew", test_renew);
  TEST ("one-row-in-order", test_one_row_in_order);
  TEST ("parked-parent", test_parked_parent);
  TEST ("parked-change", test_parked_change);
  TEST ("other-account", test_other_account);
  TEST ("count", test_count);
  TEST ("count-below", test_count_below);
  TEST ("find", test_find);

  return g_test_run ();
}
