/* SPDX-License-Identifier: GPL-3.0-or-later
 * What waits to be sent, as the faces are told of it, and their word on what was refused. */
#include "app/hall-problem.h"
#include "app/hall-unsent.h"
#include "dispute.h"
#include "library-fixture.h"

static GPtrArray *
list (LibraryFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  GPtrArray               *edits;

  hall_unsent_list_async (fixture->library, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  edits = hall_unsent_list_finish (fixture->library, result, &error);
  g_assert_no_error (error);

  return edits;
}

typedef void (*Ask) (HallLibrary         *library,
                     const char          *operation,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data);
typedef gboolean (*Hear) (HallLibrary   *library,
                          GAsyncResult  *result,
                          GError       **error);

static void
say (LibraryFixture *fixture,
     Ask             ask,
     Hear            hear,
     const char     *operation,
     gboolean        is_heard)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  ask (fixture->library, operation, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_cmpint (hear (fixture->library, result, &error), ==, is_heard);
  if (is_heard)
    g_assert_no_error (error);
  else
    g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_NOT_FOUND);
}

#define RETRY   hall_unsent_retry_async, hall_unsent_retry_finish
#define DISCARD hall_unsent_discard_async, hall_unsent_discard_finish
#define UNDO    hall_unsent_undo_async, hall_unsent_undo_finish

static void
test_list (LibraryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (GPtrArray)   none = list (fixture);
  g_autoptr (HallChat)    refused = dispute_refused (fixture->library);
  g_autoptr (HallChat)    waiting = library_fixture_add_chat (fixture->library, "Waiting", "2016-05-31T15:30");
  g_autoptr (GPtrArray)   edits = list (fixture);
  const HallUnsentEdit   *edit;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (edits->len, ==, 2);
  edit = edits->pdata[0];
  g_assert_cmpstr (edit->title, ==, "Refused");
  g_assert_cmpstr (edit->account, ==, "Nobody");
  g_assert_cmpstr (edit->row, ==, refused->parent.id);
  g_assert_cmpint (edit->what, ==, HALL_UNSENT_MADE);
  g_assert_cmpint (edit->state, ==, HALL_UNSENT_REFUSED);
  g_assert_cmpstr (edit->reason, ==, "There is another chat at this address.");
  g_assert_cmpint (edit->made_at, ==, LIBRARY_FIXTURE_NOW);
  edit = edits->pdata[1];
  g_assert_cmpstr (edit->title, ==, "Waiting");
  g_assert_cmpint (edit->state, ==, HALL_UNSENT_WAITING);
  g_assert_null (edit->reason);
}

static void
test_conflict (LibraryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (HallChat)  chat = dispute_title (fixture->library);
  g_autoptr (GPtrArray) edits = list (fixture);
  const HallUnsentEdit *edit = edits->pdata[0];

  g_assert_cmpuint (edits->len, ==, 1);
  g_assert_cmpint (edit->state, ==, HALL_UNSENT_CONFLICT);
  g_assert_cmpint (edit->what, ==, HALL_UNSENT_CHANGED);
  g_assert_null (edit->reason);
  say (fixture, DISCARD, edit->id, FALSE);
  say (fixture, RETRY, edit->id, FALSE);
}

static void
test_retry (LibraryFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (HallChat)  chat = dispute_refused (fixture->library);
  g_autoptr (GPtrArray) edits = list (fixture);
  g_autoptr (GPtrArray) after = NULL;
  const HallUnsentEdit *edit = edits->pdata[0];

  say (fixture, RETRY, edit->id, TRUE);
  say (fixture, RETRY, edit->id, FALSE);
  after = list (fixture);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpint (((HallUnsentEdit *) after->pdata[0])->state, ==, HALL_UNSENT_WAITING);
}

static void
test_discard (LibraryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (HallChat)  chat = dispute_refused (fixture->library);
  g_autoptr (GPtrArray) edits = list (fixture);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) chats = NULL;
  const HallUnsentEdit *edit = edits->pdata[0];

  say (fixture, DISCARD, edit->id, TRUE);
  say (fixture, DISCARD, edit->id, FALSE);
  after = list (fixture);
  g_assert_cmpuint (after->len, ==, 0);
  chats = library_fixture_list (fixture->library, &hall_chat_kind, NULL);
  g_assert_cmpuint (chats->len, ==, 0);

  say (fixture, UNDO, edit->id, TRUE);
  say (fixture, UNDO, edit->id, FALSE);
  g_ptr_array_unref (after);
  after = list (fixture);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((HallUnsentEdit *) after->pdata[0])->title, ==, "Refused");
  g_assert_cmpint (((HallUnsentEdit *) after->pdata[0])->state, ==, HALL_UNSENT_WAITING);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  library_fixture_prepare ();

#define UNSENT_TEST(path, function) \
  g_test_add (path, LibraryFixture, NULL, library_fixture_set_up, function, library_fixture_tear_down)

  UNSENT_TEST ("/app/unsent/list", test_list);
  UNSENT_TEST ("/app/unsent/conflict", test_conflict);
  UNSENT_TEST ("/app/unsent/retry", test_retry);
  UNSENT_TEST ("/app/unsent/discard", test_discard);

  return g_test_run ();
}
