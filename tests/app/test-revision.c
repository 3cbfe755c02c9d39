/* SPDX-License-Identifier: GPL-3.0-or-later
 * A host's change leaves alone what changed elsewhere meanwhile. */
#include "app/hall-problem.h"
#include "app/hall-revision.h"
#include "library-fixture.h"
#include "model/hall-post.h"

static gboolean
revise (LibraryFixture  *fixture,
        gconstpointer    before,
        gconstpointer    after,
        GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hall_revision_save_async (fixture->library, before, after, library_fixture_keep, &result);
  library_fixture_await (&result);

  return hall_revision_save_finish (fixture->library, result, error);
}

static void
test_fields (LibraryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (HallChat)  before = library_fixture_add_chat (fixture->library, "Day 1", "2016-05-30T15:30");
  g_autoptr (HallChat)  here = hall_value_copy (before);
  g_autoptr (HallChat)  elsewhere = hall_value_copy (before);
  g_autoptr (GPtrArray) chats = NULL;
  const HallChat       *chat;

  g_set_str (&elsewhere->title, "Day one");
  g_set_str (&elsewhere->sign_up_url, "https://chats.example.org/e/day-1");
  elsewhere->duration = 90;
  library_fixture_save (fixture->library, elsewhere);

  g_set_str (&here->recording, "https://video.example.org/1");
  here->duration = 45;
  g_assert_true (revise (fixture, before, here, NULL));

  chats = library_fixture_list (fixture->library, &hall_chat_kind, NULL);
  chat = chats->pdata[0];
  g_assert_cmpstr (chat->title, ==, "Day one");
  g_assert_cmpstr (chat->sign_up_url, ==, "https://chats.example.org/e/day-1");
  g_assert_cmpstr (chat->recording, ==, "https://video.example.org/1");
  /* Changed in both places: the host's is the newer one. */
  g_assert_cmpint (chat->duration, ==, 45);
}

static void
test_text (LibraryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (HallPost)  before = hall_library_new_value (fixture->library, &hall_post_kind);
  g_autoptr (HallPost)  here = NULL;
  g_autoptr (HallPost)  elsewhere = NULL;
  g_autoptr (GPtrArray) posts = NULL;

  before->file_name = g_strdup ("2016-05-23-live.markdown");
  before->text = g_strdup ("First\n\nMiddle\n\nLast\n");
  before->status = g_strdup ("draft");
  library_fixture_save (fixture->library, before);

  elsewhere = hall_value_copy (before);
  g_set_str (&elsewhere->text, "First, from elsewhere\n\nMiddle\n\nLast\n");
  elsewhere->edited_at = LIBRARY_FIXTURE_NOW + 7;
  library_fixture_save (fixture->library, elsewhere);

  here = hall_value_copy (before);
  g_set_str (&here->text, "First\n\nMiddle\n\nLast, from here\n");
  g_assert_true (revise (fixture, before, here, NULL));

  posts = library_fixture_list (fixture->library, &hall_post_kind, NULL);
  g_assert_cmpstr (((const HallPost *) posts->pdata[0])->text, ==,
                   "First, from elsewhere\n\nMiddle\n\nLast, from here\n");
  g_assert_cmpint (((const HallPost *) posts->pdata[0])->edited_at, ==, LIBRARY_FIXTURE_NOW + 7);
}

static void
test_odd_cases (LibraryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (HallChat)     before = library_fixture_add_chat (fixture->library, "Day 1", "2016-05-30T15:30");
  g_autoptr (HallChat)     nameless = hall_value_copy (before);
  g_autoptr (HallChat)     renamed = hall_value_copy (before);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    chats = NULL;
  g_autoptr (GError)       error = NULL;

  g_set_str (&nameless->title, "");
  g_assert_false (revise (fixture, before, nameless, &error));
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE);
  g_clear_error (&error);

  hall_library_remove_async (fixture->library, &hall_chat_kind, before->parent.id, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_true (hall_library_remove_finish (fixture->library, result, NULL));
  g_set_str (&renamed->title, "In the nick of time");
  g_assert_true (revise (fixture, before, renamed, &error));
  g_assert_no_error (error);
  chats = library_fixture_list (fixture->library, &hall_chat_kind, NULL);
  g_assert_cmpuint (chats->len, ==, 1);
  g_assert_cmpstr (((const HallChat *) chats->pdata[0])->title, ==, "In the nick of time");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  library_fixture_prepare ();

  g_test_add ("/app/revision/fields", LibraryFixture, NULL,
              library_fixture_set_up, test_fields, library_fixture_tear_down);
  g_test_add ("/app/revision/text", LibraryFixture, NULL,
              library_fixture_set_up, test_text, library_fixture_tear_down);
  g_test_add ("/app/revision/odd-cases", LibraryFixture, NULL,
              library_fixture_set_up, test_odd_cases, library_fixture_tear_down);

  return g_test_run ();
}
