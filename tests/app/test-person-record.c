/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person has signed up for and asked, and readings that nobody waits for any more. */
#include "app/hall-person-record.h"
#include "library-fixture.h"
#include "model/hall-person.h"

static HallPerson *
add_person (LibraryFixture *fixture,
            const char     *name,
            const char     *address)
{
  HallPerson *person = hall_library_new_value (fixture->library, &hall_person_kind);

  person->name = g_strdup (name);
  person->address = g_strdup (address);
  library_fixture_save (fixture->library, person);

  return person;
}

static HallAttendee *
sign_up (LibraryFixture   *fixture,
         const HallPerson *person,
         const HallChat   *chat,
         gint64            signed_up_at)
{
  HallAttendee *attendee = library_fixture_make_attendee (fixture->library, chat, person->name, person->address);

  g_set_str (&attendee->person, person->parent.id);
  attendee->signed_up_at = signed_up_at;
  library_fixture_save (fixture->library, attendee);

  return attendee;
}

static void
test_read (LibraryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (HallChat)     day = library_fixture_add_chat (fixture->library, "Day 1", "2016-05-30T15:30");
  g_autoptr (HallChat)     sprints = library_fixture_add_chat (fixture->library, "Sprints", "2016-06-02T11:00");
  g_autoptr (HallPerson)   ada = add_person (fixture, "Ada", "ada@example.org");
  g_autoptr (HallPerson)   grace = add_person (fixture, "Grace", "grace@example.org");
  g_autoptr (HallAttendee) first = sign_up (fixture, ada, day, LIBRARY_FIXTURE_NOW);
  g_autoptr (HallAttendee) second = sign_up (fixture, ada, sprints, LIBRARY_FIXTURE_NOW + 1);
  g_autoptr (HallAttendee) other = sign_up (fixture, grace, day, LIBRARY_FIXTURE_NOW);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GPtrArray)    entries = NULL;
  const HallPersonEntry   *entry;

  library_fixture_ask (fixture->library, first, "What is there to do?");
  library_fixture_ask (fixture->library, other, "Somebody else’s?");

  hall_person_record_read_async (fixture->library, ada->parent.id, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  entries = hall_person_record_read_finish (fixture->library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);

  entry = entries->pdata[0];
  g_assert_cmpstr (entry->chat->title, ==, "Sprints");
  g_assert_cmpuint (entry->questions->len, ==, 0);
  entry = entries->pdata[1];
  g_assert_cmpstr (entry->attendee->parent.id, ==, first->parent.id);
  g_assert_cmpstr (entry->chat->title, ==, "Day 1");
  g_assert_cmpuint (entry->questions->len, ==, 1);
  g_assert_cmpstr (((const HallQuestion *) entry->questions->pdata[0])->text, ==, "What is there to do?");
}

/* Whoever cancels may be gone: the answer must not look like one, however late the cancelling came. */
static void
test_cancelled (LibraryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (HallPerson)   ada = add_person (fixture, "Ada", "ada@example.org");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GPtrArray)    entries = NULL;

  hall_person_record_read_async (fixture->library, ada->parent.id, cancellable, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_cancellable_cancel (cancellable);
  entries = hall_person_record_read_finish (fixture->library, result, &error);
  g_assert_null (entries);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  library_fixture_prepare ();

  g_test_add ("/app/person-record/read", LibraryFixture, NULL,
              library_fixture_set_up, test_read, library_fixture_tear_down);
  g_test_add ("/app/person-record/cancelled", LibraryFixture, NULL,
              library_fixture_set_up, test_cancelled, library_fixture_tear_down);

  return g_test_run ();
}
