/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was changed in both places, as the faces are told of it, and their choice. */
#include "app/hall-problem.h"
#include "app/hall-settler.h"
#include "dispute.h"
#include "library-fixture.h"

static GPtrArray *
list (LibraryFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  GPtrArray               *cases;

  hall_settler_list_async (fixture->library, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  cases = hall_settler_list_finish (fixture->library, result, &error);
  g_assert_no_error (error);

  return cases;
}

static void
choose (LibraryFixture *fixture,
        const char     *conflict,
        HallChoice      choice,
        gconstpointer   edited,
        int             code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  hall_settler_choose_async (fixture->library, conflict, choice, edited, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_cmpint (hall_settler_choose_finish (fixture->library, result, &error), ==, code < 0);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, HALL_APP_ERROR, code);
}

static gboolean
undo (LibraryFixture  *fixture,
      const char      *conflict,
      GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hall_settler_undo_async (fixture->library, conflict, library_fixture_keep, &result);
  library_fixture_await (&result);

  return hall_settler_undo_finish (fixture->library, result, error);
}

static void
assert_title (LibraryFixture *fixture,
              const char     *title)
{
  g_autoptr (GPtrArray) chats = library_fixture_list (fixture->library, &hall_chat_kind, NULL);

  g_assert_cmpuint (chats->len, ==, 1);
  g_assert_cmpstr (((HallChat *) chats->pdata[0])->title, ==, title);
}

static void
test_list (LibraryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (GPtrArray)  none = list (fixture);
  g_autoptr (HallChat)   chat = dispute_title (fixture->library);
  g_autoptr (GPtrArray)  cases = list (fixture);
  const HallSettlerCase *only;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (cases->len, ==, 1);
  only = cases->pdata[0];
  g_assert_true (only->kind == &hall_chat_kind);
  g_assert_cmpstr (only->row, ==, chat->parent.id);
  g_assert_cmpstr (only->title, ==, "Mine");
  g_assert_cmpstr (only->account, ==, "Nobody");
  g_assert_cmpint (only->found_at, ==, LIBRARY_FIXTURE_NOW);
  g_assert_cmpstr (((HallChat *) only->before)->title, ==, "Before");
  g_assert_cmpstr (((HallChat *) only->mine)->title, ==, "Mine");
  g_assert_cmpstr (((HallChat *) only->theirs)->title, ==, "Theirs");
  g_assert_cmpuint (only->fields->len, ==, 1);
  g_assert_cmpstr (((const HallField *) only->fields->pdata[0])->name, ==, "title");
}

static void
test_deleted (LibraryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (HallChat)   chat = dispute_deleted (fixture->library);
  g_autoptr (GPtrArray)  cases = list (fixture);
  const HallSettlerCase *only = cases->pdata[0];

  g_assert_null (only->theirs);
  g_assert_cmpuint (only->fields->len, ==, 0);
  choose (fixture, only->id, HALL_CHOICE_THEIRS, NULL, -1);
  {
    g_autoptr (GPtrArray) chats = library_fixture_list (fixture->library, &hall_chat_kind, NULL);

    g_assert_cmpuint (chats->len, ==, 0);
  }
  g_assert_true (undo (fixture, only->id, NULL));
  assert_title (fixture, "Mine");
}

static void
test_choose (LibraryFixture *fixture,
             gconstpointer   data)
{
  HallChoice             choice = GPOINTER_TO_INT (data);
  const char            *titles[] = { "Mine", "Theirs", "Both" };
  g_autoptr (HallChat)   chat = dispute_title (fixture->library);
  g_autoptr (HallChat)   third = hall_value_copy (chat);
  g_autoptr (GPtrArray)  cases = list (fixture);
  const HallSettlerCase *only = cases->pdata[0];
  g_autoptr (GPtrArray)  after = NULL;
  g_autoptr (GPtrArray)  again = NULL;
  g_autoptr (GError)     error = NULL;

  g_set_str (&third->title, "Both");
  choose (fixture, only->id, choice, choice == HALL_CHOICE_EDITED ? third : NULL, -1);
  assert_title (fixture, titles[choice]);
  after = list (fixture);
  g_assert_cmpuint (after->len, ==, 0);

  g_assert_true (undo (fixture, only->id, &error));
  g_assert_no_error (error);
  again = list (fixture);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpstr (((HallSettlerCase *) again->pdata[0])->id, ==, only->id);
  assert_title (fixture, "Mine");

  g_assert_false (undo (fixture, only->id, &error));
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_NOT_FOUND);
}

/* What cannot be a chat, or would take another one's address, is not let in by this door either. */
static void
test_refused (LibraryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (HallChat)   chat = dispute_title (fixture->library);
  g_autoptr (HallChat)   other = NULL;
  g_autoptr (HallChat)   third = hall_value_copy (chat);
  g_autoptr (GPtrArray)  cases = list (fixture);
  g_autoptr (GPtrArray)  again = NULL;
  const HallSettlerCase *only = cases->pdata[0];

  g_set_str (&third->title, "");
  choose (fixture, only->id, HALL_CHOICE_EDITED, third, HALL_APP_ERROR_WRONG_USE);
  other = library_fixture_add_chat (fixture->library, "Other", "2016-05-31T15:30");
  g_set_str (&third->title, "Both");
  g_set_str (&third->slug, "other");
  choose (fixture, only->id, HALL_CHOICE_EDITED, third, HALL_APP_ERROR_EXISTS);
  choose (fixture, "no such id", HALL_CHOICE_MINE, NULL, HALL_APP_ERROR_NOT_FOUND);
  again = list (fixture);
  g_assert_cmpuint (again->len, ==, 1);
}

static void
test_changed_again (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr (HallChat)   chat = dispute_title (fixture->library);
  g_autoptr (GPtrArray)  cases = list (fixture);
  const HallSettlerCase *only = cases->pdata[0];

  dispute_move_on (fixture->library, chat);
  choose (fixture, only->id, HALL_CHOICE_MINE, NULL, HALL_APP_ERROR_NOT_FOUND);
  assert_title (fixture, "Mine");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  library_fixture_prepare ();

#define SETTLER_TEST(path, function, data) \
  g_test_add (path, LibraryFixture, data, library_fixture_set_up, function, library_fixture_tear_down)

  SETTLER_TEST ("/app/settler/list", test_list, NULL);
  SETTLER_TEST ("/app/settler/deleted", test_deleted, NULL);
  SETTLER_TEST ("/app/settler/choose/mine", test_choose, GINT_TO_POINTER (HALL_CHOICE_MINE));
  SETTLER_TEST ("/app/settler/choose/theirs", test_choose, GINT_TO_POINTER (HALL_CHOICE_THEIRS));
  SETTLER_TEST ("/app/settler/choose/edited", test_choose, GINT_TO_POINTER (HALL_CHOICE_EDITED));
  SETTLER_TEST ("/app/settler/refused", test_refused, NULL);
  SETTLER_TEST ("/app/settler/changed-again", test_changed_again, NULL);

  return g_test_run ();
}
