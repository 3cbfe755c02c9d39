/* SPDX-License-Identifier: GPL-3.0-or-later
 * An account is tried before it is kept, and what cannot be kept whole is not kept at all. */
#include "app/hall-connections.h"
#include "app/hall-problem.h"
#include "desk-fixture.h"
#include "sync/hall-sync-error.h"

static void
assert_nothing_kept (DeskFixture *fixture)
{
  g_autoptr (GPtrArray) accounts = library_fixture_list (fixture->library.library, &hall_account_kind, NULL);

  g_assert_cmpuint (accounts->len, ==, 0);
}

static void
assert_refused (DeskFixture *fixture,
                const char  *name,
                const char  *url,
                const char  *token,
                GQuark       domain,
                int          code)
{
  HallLibrary             *library = fixture->library.library;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallAccount)  account = NULL;

  hall_connections_add_async (library, name, url, token, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  account = hall_connections_add_finish (library, result, &error);
  g_assert_null (account);
  g_assert_error (error, domain, code);
  assert_nothing_kept (fixture);
}

static void
test_add (DeskFixture   *fixture,
          gconstpointer  data)
{
  g_autofree char         *with_slash = g_strconcat (" ", fixture->desk.url, "/ ", NULL);
  g_autofree char         *with_line = g_strconcat (fixture->desk.token, "\n", NULL);
  HallLibrary             *library = fixture->library.library;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallAccount)  account = NULL;
  g_autofree char         *token = NULL;
  g_autofree char         *second = NULL;

  hall_connections_add_async (library, "Weekly", with_slash, with_line, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  account = hall_connections_add_finish (library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (account->name, ==, "Weekly");
  g_assert_cmpstr (account->service, ==, "hallwayd");
  g_assert_cmpstr (account->url, ==, fixture->desk.url);

  token = hall_keyring_look_up (hall_library_get_keyring (library), account->parent.id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, fixture->desk.token);

  /* A second one of the same service would own nothing. */
  second = desk_fixture_connect (fixture, &error);
  g_assert_null (second);
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_EXISTS);
}

static void
test_refusals (DeskFixture   *fixture,
               gconstpointer  data)
{
  const char *url = fixture->desk.url;
  const char *token = fixture->desk.token;

  assert_refused (fixture, " ", url, token, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE);
  assert_refused (fixture, "Weekly", "chats.example.org", token, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE);
  assert_refused (fixture, "Weekly", "ftp://chats.example.org", token, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE);
  assert_refused (fixture, "Weekly", "https://me:secret@chats.example.org", token, HALL_APP_ERROR,
                  HALL_APP_ERROR_WRONG_USE);
  assert_refused (fixture, "Weekly", url, "", HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE);
  assert_refused (fixture, "Weekly", url, "two words", HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE);
  assert_refused (fixture, "Weekly", url, "not-the-token", HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH);
  assert_refused (fixture, "Weekly", "http://chats.example.org", token, HALL_SYNC_ERROR, HALL_SYNC_ERROR_INSECURE);
}

static void
test_nobody_there (DeskFixture   *fixture,
                   gconstpointer  data)
{
  desk_fixture_stop (fixture);
  assert_refused (fixture, "Weekly", fixture->desk.url, fixture->desk.token, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
}

/* There is no bus to ask for a keyring, and its file lies where no file can be. */
static void
test_no_keyring (DeskFixture   *fixture,
                 gconstpointer  data)
{
  g_auto (GStrv)     environment = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = NULL;

  if (g_test_subprocess ()) {
    id = desk_fixture_connect (fixture, &error);
    g_assert_null (id);
    g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_KEYRING);
    assert_nothing_kept (fixture);
    return;
  }

  environment = g_environ_setenv (g_get_environ (), "HALL_TEST_NO_KEYRING", "yes", TRUE);
  g_test_trap_subprocess_with_envp (NULL, (const char *const *) environment, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_remove (DeskFixture   *fixture,
             gconstpointer  data)
{
  HallLibrary             *library = fixture->library.library;
  g_autoptr (HallChat)     chat = library_fixture_add_chat (library, "Day 1", "2016-05-30T15:30");
  g_autoptr (GError)       error = NULL;
  g_autofree char         *id = desk_fixture_connect (fixture, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    chats = NULL;
  g_autofree char         *token = NULL;

  g_assert_no_error (error);
  hall_connections_remove_async (library, id, library_fixture_keep, &result);
  library_fixture_await (&result);
  g_assert_true (hall_connections_remove_finish (library, result, &error));
  g_assert_no_error (error);

  assert_nothing_kept (fixture);
  chats = library_fixture_list (library, &hall_chat_kind, NULL);
  g_assert_cmpuint (chats->len, ==, 1);
  g_assert_null (((HallChat *) g_ptr_array_index (chats, 0))->account);
  token = hall_keyring_look_up (hall_library_get_keyring (library), id, NULL, &error);
  g_assert_null (token);
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_KEYRING);
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  if (g_getenv ("HALL_TEST_NO_KEYRING") != NULL) {
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null/nowhere", TRUE);
    g_setenv ("SECRET_FILE_TEST_PATH", "/dev/null/nowhere", TRUE);
  }
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add (path, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)

  ADD ("/app/connections/add", test_add);
  ADD ("/app/connections/refusals", test_refusals);
  ADD ("/app/connections/nobody-there", test_nobody_there);
  ADD ("/app/connections/no-keyring", test_no_keyring);
  ADD ("/app/connections/remove", test_remove);

  return g_test_run ();
}
