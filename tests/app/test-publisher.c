/* SPDX-License-Identifier: GPL-3.0-or-later
 * Posts in and out of the library with every byte kept, and nothing written over. */
#include "app/hall-problem.h"
#include "app/hall-publisher.h"
#include "format/hall-format-error.h"
#include "library-fixture.h"
#include "store/hall-store-error.h"

#include <glib/gstdio.h>
#include <string.h>

/* A byte order mark, DOS line ends and others, trailing blanks, empty lines at the end. */
#define ODD_POST "\xef\xbb\xbf---\r\nlayout: post\r\ntitle: \"Über Köln\"\r\ndate: 2016-05-23 09:00:00 -0700\r\n---\r\n\r\n" \
                 "Привет  \r\n\ttab\n\n\nend \n \n"

static HallPost *
import (LibraryFixture *fixture,
        const char     *path,
        GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile)        file = g_file_new_for_path (path);

  hall_publisher_import_async (fixture->library, file, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);

  return hall_publisher_import_finish (fixture->library, result, error);
}

static GFile *
export (LibraryFixture *fixture,
        const char     *id,
        const char     *folder,
        GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile)        to = g_file_new_for_path (folder);

  hall_publisher_export_async (fixture->library, id, to, NULL, library_fixture_keep, &result);
  library_fixture_await (&result);

  return hall_publisher_export_finish (fixture->library, result, error);
}

static char *
write_file (LibraryFixture *fixture,
            const char     *name,
            const char     *bytes,
            gssize          length)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, length, NULL));

  return path;
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint            n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
round_trip (LibraryFixture *fixture,
            const char     *path)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallPost) post = import (fixture, path, &error);
  g_autofree char     *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autoptr (GFile)    file = NULL;
  g_autoptr (GFile)    again = NULL;
  g_autofree char     *name = g_path_get_basename (path);
  g_autofree char     *written = NULL;
  g_autofree char     *before = NULL;
  g_autofree char     *after = NULL;
  gsize                length_before;
  gsize                length_after;

  g_assert_no_error (error);
  g_assert_cmpstr (post->file_name, ==, name);
  g_assert_cmpstr (post->status, ==, "draft");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  file = export (fixture, post->parent.id, folder, &error);
  g_assert_no_error (error);

  written = g_file_get_path (file);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  g_assert_true (g_file_get_contents (written, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);

  /* The same bytes again are no trouble. */
  again = export (fixture, post->parent.id, folder, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (file, again));
  g_assert_cmpuint (count_files (folder), ==, 1);
}

static void
test_odd_bytes (LibraryFixture *fixture,
                gconstpointer   data)
{
  g_autofree char *path = write_file (fixture, "2016-05-23-koeln.markdown", ODD_POST, -1);

  round_trip (fixture, path);
}

static void
test_empty (LibraryFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *path = write_file (fixture, "empty.md", "", 0);

  round_trip (fixture, path);
}

static void
test_seed (LibraryFixture *fixture,
           gconstpointer   data)
{
  const char      *seed = g_getenv ("HALL_TEST_SEED");
  g_autoptr (GDir) folder = seed != NULL ? g_dir_open (seed, 0, NULL) : NULL;
  const char      *name;

  if (folder == NULL) {
    g_test_skip ("the seed post lies outside this clone");
    return;
  }

  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".markdown")) {
      g_autofree char *path = g_build_filename (seed, name, NULL);

      round_trip (fixture, path);
      return;
    }
}

static void
test_import_again (LibraryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (GError)   error = NULL;
  g_autofree char     *path = write_file (fixture, "live.md", "# Live\n", -1);
  g_autoptr (HallPost) first = import (fixture, path, &error);
  g_autoptr (HallPost) same = import (fixture, path, &error);
  g_autoptr (HallPost) changed = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (first->title, ==, "Live");
  g_assert_cmpstr (first->parent.id, ==, same->parent.id);

  g_assert_true (g_file_set_contents (path, "# Live again\n", -1, NULL));
  changed = import (fixture, path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->parent.id, !=, changed->parent.id);
}

static void
assert_not_imported (LibraryFixture *fixture,
                     const char     *path,
                     GQuark          domain,
                     int             code)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (HallPost)  post = import (fixture, path, &error);
  g_autoptr (GPtrArray) posts = library_fixture_list (fixture->library, &hall_post_kind, NULL);

  g_assert_null (post);
  g_assert_error (error, domain, code);
  g_assert_cmpuint (posts->len, ==, 0);
}

static void
test_import_refused (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *binary = write_file (fixture, "picture.png", "\x89PNG\r\n\x1a\n\0\0\0", 11);
  g_autofree char *latin = write_file (fixture, "latin.md", "K\xf6ln\n", 5);

  assert_not_imported (fixture, binary, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT);
  assert_not_imported (fixture, latin, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT);
  assert_not_imported (fixture, "/dev/zero", HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT);
  assert_not_imported (fixture, fixture->folder, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  assert_not_imported (fixture, "/nowhere/at/all.md", G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_export_refused (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (GError)   error = NULL;
  g_autofree char     *path = write_file (fixture, "live.md", "# Live\n", -1);
  g_autofree char     *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char     *there = g_build_filename (folder, "live.md", NULL);
  g_autofree char     *kept = NULL;
  g_autoptr (HallPost) post = import (fixture, path, &error);
  g_autoptr (GFile)    file = NULL;

  g_assert_no_error (error);
  file = export (fixture, post->parent.id, folder, &error);
  g_assert_null (file);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (there, "mine\n", -1, NULL));
  file = export (fixture, post->parent.id, folder, &error);
  g_assert_null (file);
  g_assert_error (error, HALL_APP_ERROR, HALL_APP_ERROR_FILE);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (there, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "mine\n");
  g_assert_cmpuint (count_files (folder), ==, 1);

  file = export (fixture, "not-a-post", folder, &error);
  g_assert_null (file);
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

static void
test_new_post (LibraryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (GPtrArray) chats = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_value_unref);
  HallChat             *chat = library_fixture_add_chat (fixture->library, "Live from Day 1", "2016-05-30T15:30");
  g_autoptr (HallPost)  post = NULL;
  g_autoptr (HallPost)  edited = NULL;

  g_ptr_array_add (chats, chat);
  chat->sign_up_url = g_strdup ("https://chats.example.org/e/day-1");
  post = hall_publisher_new_post (fixture->library, "Why \"live\": two chats", "America/Los_Angeles", chats);

  g_assert_cmpstr (post->title, ==, "Why \"live\": two chats");
  g_assert_true (g_str_has_prefix (post->file_name, "2016-05-23-why-live-two-chats."));
  g_assert_true (g_str_has_prefix (post->text, "---\n"));
  g_assert_nonnull (strstr (post->text, "\ndate: 2016-05-23 03:40:00 -0700\n"));
  g_assert_nonnull (strstr (post->text, "## Live from Day 1\n\n**Monday 30 May 2016 at 15:30 PDT**\n"));
  g_assert_nonnull (strstr (post->text, "(https://chats.example.org/e/day-1)"));
  library_fixture_save (fixture->library, post);

  /* What the template says of itself is read back as it was meant. */
  edited = hall_publisher_with_text (post, post->text, LIBRARY_FIXTURE_NOW + 1);
  g_assert_cmpstr (edited->title, ==, "Why \"live\": two chats");
  g_assert_cmpint (edited->edited_at, ==, LIBRARY_FIXTURE_NOW + 1);
}

int
main (int    argc,
      char **argv)
{
  library_fixture_prepare ();
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add (path, LibraryFixture, NULL, library_fixture_set_up, function, library_fixture_tear_down)

  ADD ("/app/publisher/odd-bytes", test_odd_bytes);
  ADD ("/app/publisher/empty", test_empty);
  ADD ("/app/publisher/seed", test_seed);
  ADD ("/app/publisher/import-again", test_import_again);
  ADD ("/app/publisher/import-refused", test_import_refused);
  ADD ("/app/publisher/export-refused", test_export_refused);
  ADD ("/app/publisher/new-post", test_new_post);

  return g_test_run ();
}
