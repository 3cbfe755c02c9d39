/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which files are posts, and which names their files may have. */
#include "format/hall-post-file.h"

#include <string.h>

static void
test_read (void)
{
  const char        *post = "\xef\xbb\xbf---\r\ntitle: Ж\r\n---\r\n\r\nno end of line";
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = hall_post_file_read (post, strlen (post), &error);
  g_autofree char   *empty = hall_post_file_read (NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, post);
  g_assert_cmpstr (empty, ==, "");
}

static void
test_not_text (void)
{
  const struct {
    const char *bytes;
    gsize       length;
    const char *says;
  } files[] = {
    { "\x89PNG\r\n\x1a\n\0\0\0", 11, "not text" },
    { "caf\xe9\n", 5, "Line 1" },
    { "one\ntwo\ncaf\xe9", 12, "Line 3" },
    { "cut \xd0", 5, "Line 1" },
  };
  g_autofree char *large = g_strnfill (HALL_POST_FILE_LARGEST + 1, 'x');
  g_autofree char *largest = NULL;
  g_autoptr (GError) too_large = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (hall_post_file_read (files[i].bytes, files[i].length, &error));
    g_assert_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT);
    g_assert_nonnull (strstr (error->message, files[i].says));
  }

  g_assert_null (hall_post_file_read (large, HALL_POST_FILE_LARGEST + 1, &too_large));
  g_assert_error (too_large, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT);
  g_assert_nonnull (strstr (too_large->message, "5 MiB"));
  largest = hall_post_file_read (large, HALL_POST_FILE_LARGEST, NULL);
  g_assert_nonnull (largest);
}

static void
test_name (void)
{
  const char *const names[][3] = {
    { "2016-05-23 09:00:00 -0700", "Live from PyCon", "2016-05-23-live-from-pycon.markdown" },
    { "2016-05-23", "Привет", "2016-05-23-privet.markdown" },
    { NULL, "A draft", "a-draft.markdown" },
    { "", "A draft", "a-draft.markdown" },
    { "23 May 2016", "A draft", "a-draft.markdown" },
    { "2016-02-30", "A draft", "a-draft.markdown" },
    { "2016-5-23", "A draft", "a-draft.markdown" },
    { "2016/05/23", "../../etc", "etc.markdown" },
    { "2016-05-23", NULL, "2016-05-23-post.markdown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = hall_post_file_name (names[i][0], names[i][1]);

    g_assert_cmpstr (name, ==, names[i][2]);
    g_assert_true (hall_post_file_name_is_valid (name));
  }
}

static void
test_name_is_valid (void)
{
  const char *const bad[] = { "", ".", "..", ".hidden", "a/b", "/etc/passwd", "..\\a", "a\nb", "a\x7f", "\xff.md", "a\xc2\x85" };
  g_autofree char  *longest = g_strnfill (200, 'a');
  g_autofree char  *longer = g_strnfill (201, 'a');

  g_assert_true (hall_post_file_name_is_valid ("2016-05-23-live.markdown"));
  g_assert_true (hall_post_file_name_is_valid ("Ünï cödé.md"));
  g_assert_true (hall_post_file_name_is_valid (longest));
  g_assert_false (hall_post_file_name_is_valid (longer));
  g_assert_false (hall_post_file_name_is_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (hall_post_file_name_is_valid (bad[i]))
      g_error ("“%s” was taken", bad[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/post-file/read", test_read);
  g_test_add_func ("/format/post-file/not-text", test_not_text);
  g_test_add_func ("/format/post-file/name", test_name);
  g_test_add_func ("/format/post-file/name-is-valid", test_name_is_valid);

  return g_test_run ();
}
