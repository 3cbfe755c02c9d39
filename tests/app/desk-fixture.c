/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desk of the server's tests beside the library of the app's. */
#include "desk-fixture.h"

#include "app/hall-connections.h"

void
desk_fixture_set_up (DeskFixture   *fixture,
                     gconstpointer  data)
{
  library_fixture_set_up (&fixture->library, data);
  desk_process_set_up (&fixture->desk, data);
  desk_process_start (&fixture->desk);
}

void
desk_fixture_tear_down (DeskFixture   *fixture,
                        gconstpointer  data)
{
  library_fixture_tear_down (&fixture->library, data);
  desk_process_tear_down (&fixture->desk, data);
}

/* Returns the account's id, or NULL with the error. */
char *
desk_fixture_connect (DeskFixture  *fixture,
                      GError      **error)
{
  HallLibrary             *library = fixture->library.library;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HallAccount)  account = NULL;

  hall_connections_add_async (library, "Weekly chats", fixture->desk.url, fixture->desk.token, NULL,
                              library_fixture_keep, &result);
  library_fixture_await (&result);
  account = hall_connections_add_finish (library, result, error);

  return account != NULL ? g_strdup (account->parent.id) : NULL;
}

gboolean
desk_fixture_sync (DeskFixture  *fixture,
                   GError      **error)
{
  HallCourier             *courier = hall_library_get_courier (fixture->library.library);
  g_autoptr (GAsyncResult) result = NULL;

  hall_courier_sync_async (courier, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);

  return hall_courier_sync_finish (courier, result, NULL, error);
}

void
desk_fixture_stop (DeskFixture *fixture)
{
  desk_process_stop (&fixture->desk);
}

/* At the address it had before. */
void
desk_fixture_restart (DeskFixture *fixture)
{
  g_autofree char *place = g_strdup (fixture->desk.url + strlen ("http://"));

  desk_process_start_with (&fixture->desk, "--data", fixture->desk.data, "--listen", place, NULL);
}

/* On the public page, as a browser sends it. */
void
desk_fixture_sign_up (DeskFixture    *fixture,
                      const HallChat *chat,
                      const char     *name,
                      const char     *question)
{
  g_autofree char *path = g_strdup_printf ("/e/%s", chat->slug);
  g_autofree char *escaped_name = g_uri_escape_string (name, NULL, TRUE);
  g_autofree char *escaped_question = g_uri_escape_string (question, NULL, TRUE);
  g_autofree char *form = g_strdup_printf ("name=%s&address=%s%%40example.org&question=%s", escaped_name,
                                           escaped_name, escaped_question);

  g_assert_cmpuint (desk_process_ask (&fixture->desk, "POST", path, NULL, form, NULL), ==, 200);
}
