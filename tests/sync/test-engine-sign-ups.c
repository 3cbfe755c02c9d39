/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sign-ups from the public page meet those that a host has made by hand. */
#include "town.h"

#include "store/hall-rows.h"

static void
test_sign_ups_arrive (Town       *town,
                      gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat)     other = town_share_chat (town, "sprints");
  g_autoptr (GPtrArray)    attendees = NULL;
  g_autoptr (GPtrArray)    questions = NULL;
  const HallAttendee      *attendee;

  town_sign_up (town, "pycon", "name=Ada+L.&address=Ada%40example.org&question=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82");
  town_sign_up (town, "sprints", "name=Ada+Lovelace&address=ada%40EXAMPLE.org");
  host_sync_well (town->ann);

  attendees = hall_rows_list (town->ann->db, &hall_attendee_kind, "WHERE chat = ?", chat->parent.id, NULL);
  g_assert_cmpuint (attendees->len, ==, 1);
  attendee = g_ptr_array_index (attendees, 0);
  g_assert_cmpstr (attendee->name, ==, "Ada L.");
  questions = hall_rows_list (town->ann->db, &hall_question_kind, NULL, NULL, NULL);
  g_assert_cmpuint (questions->len, ==, 1);
  g_assert_cmpstr (((HallQuestion *) g_ptr_array_index (questions, 0))->text, ==, "Привет");
  g_assert_cmpstr (((HallQuestion *) g_ptr_array_index (questions, 0))->attendee, ==, attendee->parent.id);

  /* Who signs up for both is one person, called as they last called themselves. */
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM people"), ==, 1);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM people WHERE name = 'Ada Lovelace'"), ==, 1);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(DISTINCT person) FROM attendees"), ==, 1);
  town_assert_converged (town);
}

/* Ann adds somebody by hand who has signed up on the page meanwhile: one sign-up, the question with it. */
static void
test_attendee_exists (Town       *town,
                      gconstpointer  data)
{
  gboolean                 is_late = GPOINTER_TO_INT (data);
  g_autoptr (HallChat)     first = town_share_chat (town, "first");
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallAttendee) attendee = scratch_attendee (chat, "Ada by hand", "ada@example.org");
  g_autoptr (HallQuestion) question = scratch_question (chat, attendee, "Asked on the phone");
  g_autoptr (HallAttendee) replaced = NULL;
  g_autoptr (HallAttendee) there = NULL;
  g_autoptr (HallQuestion) handed_over = NULL;
  g_autofree char         *id = NULL;

  attendee->attended = TRUE;
  host_save (town->ann, attendee);
  host_save (town->ann, question);

  /* Either the news of it comes first, or the refusal of the create does. */
  if (is_late) {
    host_sync_well (town->ben);
    town_let_happen (town, LOSE_REQUEST, "PUT");
    g_error_free (host_sync (town->ann, NULL));
  }
  town_sign_up (town, "pycon", "name=Ada&address=ADA%40example.org");
  host_sync_well (town->ann);

  replaced = host_get (town->ann, &hall_attendee_kind, attendee->parent.id);
  g_assert_null (replaced);
  id = hall_database_get_text (town->ann->db, NULL, "SELECT id FROM attendees", "");
  there = host_get (town->ann, &hall_attendee_kind, id);
  g_assert_cmpstr (there->name, ==, "Ada");
  g_assert_true (there->attended);
  handed_over = host_get (town->ann, &hall_question_kind, question->parent.id);
  g_assert_cmpstr (handed_over->attendee, ==, id);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM history WHERE before LIKE '%Ada by hand%'"), >, 0);

  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM attendees"), ==, 1);
  g_assert_cmpint (scratch_ask (town->db, "SELECT attended FROM attendees"), ==, 1);
}

/* Ann gives an attendee an address that somebody else has signed up with. */
static void
test_address_taken (Town       *town,
                    gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallAttendee) attendee = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallAttendee) edited = NULL;
  g_autoptr (HallAttendee) after = NULL;
  g_autoptr (HallConflict) conflict = NULL;

  host_save (town->ann, attendee);
  host_sync_well (town->ann);
  edited = host_get (town->ann, &hall_attendee_kind, attendee->parent.id);
  {
    g_autoptr (HallAttendee) moved = hall_value_copy (edited);

    g_set_str (&moved->address, "grace@example.org");
    g_set_str (&moved->address_key, "grace@example.org");
    host_save (town->ann, moved);
  }
  town_sign_up (town, "pycon", "name=Grace&address=grace%40example.org");
  host_sync_well (town->ann);

  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM attendees"), ==, 2);
  after = host_get (town->ann, &hall_attendee_kind, attendee->parent.id);
  g_assert_cmpstr (after->address, ==, "ada@example.org");
  conflict = host_conflict (town->ann, attendee);
  g_assert_nonnull (strstr (conflict->mine, "grace@example.org"));
}

/* And somebody new whom Ann has added meanwhile has the address that the attendee goes back to. */
static void
test_address_goes_back (Town          *town,
                        gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallAttendee) ada = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallAttendee) another = scratch_attendee (chat, "Another", "ada@example.org");
  g_autoptr (HallAttendee) moved = NULL;
  g_autoptr (HallAttendee) after = NULL;
  g_autoptr (HallConflict) conflict = NULL;

  host_save (town->ann, ada);
  host_sync_well (town->ann);
  moved = host_get (town->ann, &hall_attendee_kind, ada->parent.id);
  g_set_str (&moved->address, "grace@example.org");
  g_set_str (&moved->address_key, "grace@example.org");
  host_save (town->ann, moved);
  host_save (town->ann, another);
  town_sign_up (town, "pycon", "name=Grace&address=grace%40example.org");
  host_sync_well (town->ann);

  after = host_get (town->ann, &hall_attendee_kind, ada->parent.id);
  g_assert_cmpstr (after->address, ==, "ada@example.org");
  conflict = host_conflict (town->ann, ada);
  g_assert_nonnull (strstr (conflict->mine, "grace@example.org"));
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM attendees"), ==, 2);
}

/* Two attendees exchange their addresses on the service; each step of it is news of its own. */
static void
test_addresses_swapped (Town       *town,
                        gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallAttendee) ada = scratch_attendee (chat, "Ada", "a@example.org");
  g_autoptr (HallAttendee) bob = scratch_attendee (chat, "Bob", "b@example.org");
  static const char *const steps[][2] = { { "ada", "c@example.org" }, { "bob", "a@example.org" }, { "ada", "b@example.org" } };

  host_save (town->ann, ada);
  host_save (town->ann, bob);
  town_assert_converged (town);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    HallAttendee            *who = strcmp (steps[i][0], "ada") == 0 ? ada : bob;
    g_autoptr (HallAttendee) now = host_get (town->ann, &hall_attendee_kind, who->parent.id);
    g_autoptr (HallAttendee) then = hall_value_copy (now);

    g_set_str (&then->address, steps[i][1]);
    g_set_str (&then->address_key, steps[i][1]);
    host_save (town->ann, then);
    host_sync_well (town->ann);
  }

  /* Ben has checked one of them in and learns of it all at once. */
  {
    g_autoptr (HallAttendee) now = host_get (town->ben, &hall_attendee_kind, bob->parent.id);
    g_autoptr (HallAttendee) then = hall_value_copy (now);

    then->attended = TRUE;
    host_save (town->ben, then);
  }
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT attended FROM attendees WHERE address_key = 'a@example.org'"), ==, 1);
}

/* Somebody whom Ann adds by hand finds no seat: the desk says so in its answer. */
static void
test_no_seat_left (Town          *town,
                   gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat)     now = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_autoptr (HallChat)     small = hall_value_copy (now);
  g_autoptr (HallAttendee) attendee = scratch_attendee (chat, "Ada by hand", "ada@example.org");
  g_autoptr (HallAttendee) after = NULL;

  small->capacity = 1;
  host_save (town->ann, small);
  host_sync_well (town->ann);
  town_sign_up (town, "pycon", "name=Grace&address=grace%40example.org");
  host_save (town->ann, attendee);
  host_sync_well (town->ann);

  after = host_get (town->ann, &hall_attendee_kind, attendee->parent.id);
  g_assert_nonnull (after);
  g_assert_cmpstr (after->status, ==, "waitlist");
  g_assert_cmpstr (after->address_key, ==, "ada@example.org");
  town_assert_converged (town);
}

/* Who an attendee is follows the name and the address they have at the desk. */
static void
test_person_follows (Town          *town,
                     gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallAttendee) attendee = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallAttendee) moved = NULL;

  host_save (town->ann, attendee);
  town_assert_converged (town);
  host_save_text (town->ann, attendee, "name", "Ada Lovelace");
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM people WHERE name = 'Ada Lovelace'"), ==, 1);

  moved = hall_value_copy (attendee);
  g_set_str (&moved->address, "lovelace@example.org");
  g_set_str (&moved->address_key, "lovelace@example.org");
  host_save (town->ann, moved);
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->ben->db,
                                "SELECT count(*) FROM attendees AS a JOIN people AS p ON p.id = a.person "
                                "WHERE p.address = a.address_key"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/engine-sign-ups/sign-ups-arrive", test_sign_ups_arrive, NULL);
  TOWN_TEST ("/sync/engine-sign-ups/attendee-exists/news-first", test_attendee_exists, GINT_TO_POINTER (FALSE));
  TOWN_TEST ("/sync/engine-sign-ups/attendee-exists/refused-first", test_attendee_exists, GINT_TO_POINTER (TRUE));
  TOWN_TEST ("/sync/engine-sign-ups/address-taken", test_address_taken, NULL);
  TOWN_TEST ("/sync/engine-sign-ups/address-goes-back", test_address_goes_back, NULL);
  TOWN_TEST ("/sync/engine-sign-ups/no-seat-left", test_no_seat_left, NULL);
  TOWN_TEST ("/sync/engine-sign-ups/person-follows", test_person_follows, NULL);
  TOWN_TEST ("/sync/engine-sign-ups/addresses-swapped", test_addresses_swapped, NULL);

  return g_test_run ();
}
