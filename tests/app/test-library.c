/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening what is a library and refusing what is not; saving, reading, listing, removing. */
#include "app/hall-instance.h"
#include "app/hall-problem.h"
#include "library-fixture.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "store/hall-store-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
assert_not_opened (const char *path,
                   GQuark      domain,
                   int         code)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (HallLibrary) library = library_fixture_try_open (path, &error);

  g_assert_null (library);
  g_assert_error (error, domain, code);
}

static void
test_default_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hallway-home-XXXXXX", NULL);
  g_autofree char *home = g_build_filename (folder, "deep", NULL);
  g_autofree char *path = NULL;
  g_auto (GStrv)   environment = NULL;

  if (g_test_subprocess ()) {
    g_autoptr (GError)      error = NULL;
    g_autofree char        *by_default = hall_library_default_path ();
    g_autofree char        *parent = g_path_get_dirname (by_default);
    g_autoptr (HallLibrary) library = library_fixture_try_open (by_default, &error);
    LibraryFixture          fixture = { .library = library };
    GStatBuf                status;

    g_assert_no_error (error);
    g_assert_cmpint (g_stat (parent, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0700);
    g_assert_cmpint (g_stat (by_default, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    library_fixture_close (&fixture);
    library = NULL;
    return;
  }

  environment = g_environ_setenv (g_get_environ (), "XDG_DATA_HOME", home, TRUE);
  g_test_trap_subprocess_with_envp (NULL, (const char *const *) environment, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  path = g_build_filename (home, "hallway", "library.hallway", NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  library_fixture_remove_folder (folder);
}

static void
test_refusals (LibraryFixture *fixture,
               gconstpointer   data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "not", "there.hallway", NULL);
  g_autofree char *text = g_build_filename (fixture->folder, "text", NULL);
  g_autofree char *bytes = NULL;

  assert_not_opened (missing, HALL_APP_ERROR, HALL_APP_ERROR_FILE);
  assert_not_opened (fixture->folder, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_LIBRARY);

  g_assert_true (g_file_set_contents (text, "Dear diary, this is no library at all.\n", -1, NULL));
  assert_not_opened (text, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_LIBRARY);
  g_assert_true (g_file_get_contents (text, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "Dear diary, this is no library at all.\n");
}

static void
test_values (LibraryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (HallChat)     chat = library_fixture_add_chat (fixture->library, "Day 1", "2016-05-30T15:30");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallChat)     read = NULL;
  gpointer                 gone;

  hall_library_get_async (fixture->library, &hall_chat_kind, chat->parent.id, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  read = hall_library_get_finish (fixture->library, result, &error);
  g_assert_no_error (error);
  g_assert_true (hall_value_equal (chat, read));

  g_clear_object (&result);
  hall_library_remove_async (fixture->library, &hall_chat_kind, chat->parent.id, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_true (hall_library_remove_finish (fixture->library, result, &error));
  g_assert_no_error (error);

  g_clear_object (&result);
  hall_library_get_async (fixture->library, &hall_chat_kind, chat->parent.id, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  gone = hall_library_get_finish (fixture->library, result, &error);
  g_assert_null (gone);
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

/* What an editor saves in quick succession ends as the last of it. */
static void
test_order_of_saves (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (HallChat)     chat = library_fixture_add_chat (fixture->library, "Day 0", "2016-05-30T15:30");
  g_autoptr (GAsyncResult) last = NULL;
  g_autoptr (GPtrArray)    chats = NULL;

  for (guint i = 1; i <= 200; i++) {
    g_autoptr (HallChat) edited = hall_value_copy (chat);

    g_free (edited->title);
    edited->title = g_strdup_printf ("Day %u", i);
    hall_library_save_async (fixture->library, edited, i == 200 ? library_fixture_keep : NULL, &last);
  }
  library_fixture_await (&last);

  chats = library_fixture_list (fixture->library, &hall_chat_kind, NULL);
  g_assert_cmpuint (chats->len, ==, 1);
  g_assert_cmpstr (((HallChat *) g_ptr_array_index (chats, 0))->title, ==, "Day 200");
}

static void
test_refused_saves (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr (HallChat)     chat = library_fixture_add_chat (fixture->library, "Day 1", "2016-05-30T15:30");
  g_autoptr (HallChat)     same = hall_value_copy (chat);
  g_autoptr (HallChat)     other = hall_library_new_value (fixture->library, &hall_chat_kind);
  g_autoptr (HallChat)     empty = hall_value_copy (chat);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  /* Its own slug is no other's. */
  g_set_str (&same->title, "Day one");
  library_fixture_save (fixture->library, same);

  for (guint i = 0; i < hall_chat_kind.n_fields; i++)
    hall_value_take_field (other, chat, &hall_chat_kind.fields[i]);
  hall_library_save_async (fixture->library, other, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_false (hall_library_save_finish (fixture->library, result, &error));
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "Day one"));
  g_clear_error (&error);
  g_clear_object (&result);

  g_set_str (&empty->title, "");
  hall_library_save_async (fixture->library, empty, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_false (hall_library_save_finish (fixture->library, result, &error));
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE);
}

static void
on_changed (HallLibrary *library,
            GStrv        tables,
            GPtrArray   *told)
{
  for (guint i = 0; tables[i] != NULL; i++)
    g_ptr_array_add (told, g_strdup (tables[i]));
}

static void
test_changed (LibraryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HallChat)  chat = NULL;

  g_signal_connect (fixture->library, "changed", G_CALLBACK (on_changed), told);
  chat = library_fixture_add_chat (fixture->library, "Day 1", "2016-05-30T15:30");
  while (!g_ptr_array_find_with_equal_func (told, "chats", g_str_equal, NULL))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (fixture->library, told);
}

static void
test_lists (LibraryFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (HallChat)     late = library_fixture_add_chat (fixture->library, "Late", "2016-06-02T11:00");
  g_autoptr (HallChat)     early = library_fixture_add_chat (fixture->library, "Early", "2016-05-30T15:30");
  g_autoptr (HallAttendee) ana = library_fixture_make_attendee (fixture->library, late, "Ana", "ana@example.org");
  g_autoptr (GPtrArray)    chats = NULL;
  g_autoptr (GPtrArray)    guests = NULL;
  g_autoptr (GPtrArray)    posts = NULL;
  g_autoptr (GPtrArray)    questions = NULL;

  library_fixture_save (fixture->library, ana);
  library_fixture_ask (fixture->library, ana, "Where?");
  for (guint i = 0; i < 2; i++) {
    g_autoptr (HallGuest) guest = hall_library_new_value (fixture->library, &hall_guest_kind);
    g_autoptr (HallPost)  post = hall_library_new_value (fixture->library, &hall_post_kind);

    guest->chat = g_strdup (i == 0 ? late->parent.id : early->parent.id);
    guest->name = g_strdup (i == 0 ? "Zoë" : "Abe");
    guest->status = g_strdup ("invited");
    library_fixture_save (fixture->library, guest);

    post->file_name = g_strdup_printf ("post-%u.md", i);
    post->status = g_strdup ("draft");
    post->text = g_strdup ("Words.");
    post->edited_at = LIBRARY_FIXTURE_NOW + i;
    library_fixture_save (fixture->library, post);
  }

  chats = library_fixture_list (fixture->library, &hall_chat_kind, NULL);
  g_assert_cmpuint (chats->len, ==, 2);
  g_assert_true (hall_value_equal (g_ptr_array_index (chats, 0), early));
  guests = library_fixture_list (fixture->library, &hall_guest_kind, late->parent.id);
  g_assert_cmpuint (guests->len, ==, 1);
  g_assert_cmpstr (((HallGuest *) g_ptr_array_index (guests, 0))->name, ==, "Zoë");
  posts = library_fixture_list (fixture->library, &hall_post_kind, NULL);
  g_assert_cmpuint (posts->len, ==, 2);
  g_assert_cmpstr (((HallPost *) g_ptr_array_index (posts, 0))->file_name, ==, "post-1.md");
  questions = library_fixture_list (fixture->library, &hall_question_kind, late->parent.id);
  g_assert_cmpuint (questions->len, ==, 1);
}

/* With an account, what is new belongs to it and waits to be sent. */
static void
test_owner (LibraryFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (HallChat)    before = library_fixture_add_chat (fixture->library, "Before", "2016-05-30T15:30");
  g_autoptr (HallAccount) account = library_fixture_add_account (fixture->library);
  g_autoptr (HallChat)    after = library_fixture_add_chat (fixture->library, "After", "2016-06-02T11:00");
  g_autoptr (GPtrArray)   chats = library_fixture_list (fixture->library, &hall_chat_kind, NULL);
  guint                   waiting = 0;

  g_assert_cmpuint (chats->len, ==, 2);
  for (guint i = 0; i < chats->len; i++)
    g_assert_cmpstr (((HallChat *) g_ptr_array_index (chats, i))->account, ==, account->parent.id);

  g_object_get (hall_library_get_courier (fixture->library), "waiting", &waiting, NULL);
  while (waiting != 2) {
    g_main_context_iteration (NULL, TRUE);
    g_object_get (hall_library_get_courier (fixture->library), "waiting", &waiting, NULL);
  }
}

static void
test_instance_name (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autofree char *through_link = g_build_filename (link, "library.hallway", NULL);
  g_autofree char *roundabout = g_build_filename (fixture->folder, "link", "..", "x", "..", "library.hallway", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other.hallway", NULL);
  g_autofree char *name = hall_instance_name (fixture->path);
  g_autofree char *alias = g_build_filename (fixture->folder, "alias.hallway", NULL);
  g_autofree char *name_through_link = NULL;
  g_autofree char *name_of_alias = NULL;
  g_autofree char *name_of_roundabout = hall_instance_name (roundabout);
  g_autofree char *name_of_other = hall_instance_name (other);

  g_assert_cmpint (symlink (fixture->folder, link), ==, 0);
  name_through_link = hall_instance_name (through_link);
  g_assert_cmpint (symlink (fixture->path, alias), ==, 0);
  name_of_alias = hall_instance_name (alias);

  g_assert_true (g_application_id_is_valid (name));
  g_assert_cmpstr (name, ==, name_through_link);
  g_assert_cmpstr (name, ==, name_of_roundabout);
  g_assert_cmpstr (name, ==, name_of_alias);
  g_assert_cmpstr (name, !=, name_of_other);
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add (path, LibraryFixture, NULL, library_fixture_set_up, function, library_fixture_tear_down)

  g_test_add_func ("/app/library/default-path", test_default_path);
  ADD ("/app/library/refusals", test_refusals);
  ADD ("/app/library/values", test_values);
  ADD ("/app/library/order-of-saves", test_order_of_saves);
  ADD ("/app/library/refused-saves", test_refused_saves);
  ADD ("/app/library/changed", test_changed);
  ADD ("/app/library/lists", test_lists);
  ADD ("/app/library/owner", test_owner);
  ADD ("/app/library/instance-name", test_instance_name);

  return g_test_run ();
}
