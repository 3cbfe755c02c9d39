/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opens real libraries; the clock stands still, everything else is as in the program. */
#include "library-fixture.h"

#include "model/hall-address.h"
#include "store/hall-accounts.h"
#include "store/hall-store.h"

#include <glib/gstdio.h>
#include <unistd.h>

static gint64
stand_still (gpointer data)
{
  return LIBRARY_FIXTURE_NOW;
}

static const HallClock clock_standing_still = { stand_still, NULL };

void
library_fixture_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      library_fixture_remove_folder (child);
    else
      g_unlink (child);
  }

  g_rmdir (path);
}

static char *
find_secrets (void)
{
  g_autofree char *name = g_strdup_printf ("hallway-secrets-%d", getpid ());

  return g_build_filename (g_get_tmp_dir (), name, NULL);
}

/* On a stage (tests/stage) tokens go to its keyring; elsewhere to a file of libsecret's, rather than to the keyring
 * of whoever runs the tests. */
void
library_fixture_prepare (void)
{
  g_autofree char *path = find_secrets ();

  if (g_getenv ("HALLWAY_STAGE") != NULL)
    return;

  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "for tests", TRUE);
}

static HallLibrary *
open_with (const char       *path,
           const HallClock  *clock,
           GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hall_library_open_with_async (path, clock, &hall_random_system, 0, NULL,
                                library_fixture_keep, &result);
  library_fixture_await (&result);

  return hall_library_open_finish (result, error);
}

HallLibrary *
library_fixture_try_open (const char  *path,
                          GError     **error)
{
  return open_with (path, &clock_standing_still, error);
}

static void
set_up_with (LibraryFixture  *fixture,
             const HallClock *clock)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("hallway-app-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "library.hallway", NULL);
  fixture->library = open_with (fixture->path, clock, &error);
  g_assert_no_error (error);
}

void
library_fixture_set_up (LibraryFixture *fixture,
                        gconstpointer   data)
{
  set_up_with (fixture, &clock_standing_still);
}

/* With the clock of this computer, for what has to do with waiting. */
void
library_fixture_set_up_ticking (LibraryFixture *fixture,
                                gconstpointer   data)
{
  set_up_with (fixture, &hall_clock_system);
}

void
library_fixture_close (LibraryFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (fixture->library == NULL)
    return;

  hall_library_close_async (fixture->library, library_fixture_keep, &result);
  library_fixture_await (&result);
  hall_library_close_finish (fixture->library, result);
  g_clear_object (&result);
  g_clear_object (&fixture->library);
}

void
library_fixture_tear_down (LibraryFixture *fixture,
                           gconstpointer   data)
{
  g_autofree char *secrets = find_secrets ();

  library_fixture_close (fixture);
  g_unlink (secrets);
  library_fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

void
library_fixture_keep (GObject      *object,
                      GAsyncResult *result,
                      gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

void
library_fixture_await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
library_fixture_save (HallLibrary   *library,
                      gconstpointer  value)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  hall_library_save_async (library, value, library_fixture_keep, &result);
  library_fixture_await (&result);
  hall_library_save_finish (library, result, &error);
  g_assert_no_error (error);
}

HallChat *
library_fixture_add_chat (HallLibrary *library,
                          const char  *title,
                          const char  *wall)
{
  HallChat *chat = hall_library_new_value (library, &hall_chat_kind);

  chat->title = g_strdup (title);
  chat->slug = g_ascii_strdown (title, -1);
  g_strdelimit (chat->slug, " ", '-');
  chat->wall = g_strdup (wall);
  chat->zone = g_strdup ("America/Los_Angeles");
  chat->duration = 60;
  chat->status = g_strdup ("scheduled");
  library_fixture_save (library, chat);

  return chat;
}

HallAttendee *
library_fixture_make_attendee (HallLibrary    *library,
                               const HallChat *chat,
                               const char     *name,
                               const char     *address)
{
  HallAttendee *attendee = hall_library_new_value (library, &hall_attendee_kind);

  attendee->chat = g_strdup (chat->parent.id);
  attendee->name = g_strdup (name);
  attendee->address = g_strdup (address);
  attendee->address_key = hall_address_normalise (address);
  attendee->status = g_strdup ("going");
  attendee->signed_up_at = LIBRARY_FIXTURE_NOW;

  return attendee;
}

void
library_fixture_ask (HallLibrary        *library,
                     const HallAttendee *attendee,
                     const char         *text)
{
  g_autoptr (HallQuestion) question = hall_library_new_value (library, &hall_question_kind);

  question->chat = g_strdup (attendee->chat);
  question->attendee = g_strdup (attendee->parent.id);
  question->name = g_strdup (attendee->name);
  question->text = g_strdup (text);
  question->status = g_strdup ("open");
  question->asked_at = LIBRARY_FIXTURE_NOW;
  library_fixture_save (library, question);
}

static gboolean
add_account_job (HallDatabase  *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return hall_accounts_add (db, data, &clock_standing_still, &hall_random_system, error);
}

/* Nobody is asked. The token is kept in memory, if there is one. */
HallAccount *
library_fixture_add_account_at (HallLibrary *library,
                                const char  *name,
                                const char  *url,
                                const char  *token)
{
  HallAccount             *account = hall_library_new_value (library, &hall_account_kind);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  account->name = g_strdup (name);
  account->service = g_strdup ("hallwayd");
  account->url = g_strdup (url);
  hall_store_write_async (hall_library_get_store (library), add_account_job, account, NULL, NULL,
                          library_fixture_keep, &result);
  library_fixture_await (&result);
  hall_store_job_finish (hall_library_get_store (library), result, &error);
  g_assert_no_error (error);

  if (token != NULL)
    hall_keyring_remember (hall_library_get_keyring (library), account->parent.id, token);

  return account;
}

/* An account at a port where nobody listens. */
HallAccount *
library_fixture_add_account (HallLibrary *library)
{
  return library_fixture_add_account_at (library, "Nobody", "http://127.0.0.1:9", NULL);
}

GPtrArray *
library_fixture_list (HallLibrary    *library,
                      const HallKind *kind,
                      const char     *parent)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  GPtrArray               *values;

  hall_library_list_async (library, kind, parent, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);
  values = hall_library_list_finish (library, result, &error);
  g_assert_no_error (error);

  return values;
}
