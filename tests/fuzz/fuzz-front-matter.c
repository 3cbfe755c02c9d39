/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any file as a post, and any first line of it as a new title: refused with a reason, or changed as asked. */
#include "fuzz.h"

#include "format/hall-front-matter.h"
#include "format/hall-post-file.h"

#include <string.h>

static void
check_set (const char *text,
           const char *key,
           const char *value)
{
  g_autoptr (GError)          error = NULL;
  g_autofree char            *changed = hall_front_matter_set (text, key, value, &error);
  g_autofree char            *again = NULL;
  g_autofree char            *trimmed = g_strstrip (g_strdup (value));
  g_autoptr (HallFrontMatter) before = NULL;
  g_autoptr (HallFrontMatter) after = NULL;

  if (changed == NULL) {
    g_assert_nonnull (error);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return;
  }

  before = hall_front_matter_read (text, NULL);
  after = hall_front_matter_read (changed, NULL);
  g_assert_null (after->fault);
  if (strcmp (key, "title") == 0 && *trimmed != '\0')
    g_assert_cmpstr (after->title, ==, trimmed);
  if (before->body > 0)
    g_assert_cmpstr (text + before->body, ==, changed + after->body);
  g_assert_cmpstr (before->date, ==, after->date);

  again = hall_front_matter_set (changed, key, value, &error);
  g_assert_cmpstr (again, ==, changed);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError)          error = NULL;
  g_autofree char            *text = hall_post_file_read ((const char *) data, size, &error);
  g_autofree char            *name = NULL;
  g_autofree char            *line = NULL;
  g_autoptr (HallFrontMatter) post = NULL;

  if (text == NULL) {
    g_assert_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT);
    return 0;
  }

  post = hall_front_matter_read (text, "2016-05-23-name.markdown");
  g_assert_nonnull (post->title);
  g_assert_true (g_utf8_validate (post->title, -1, NULL));
  g_assert_cmpuint (post->body, <=, strlen (text));
  g_assert_true ((post->fault == NULL) == (post->fault_line == 0));
  name = hall_post_file_name (post->date, post->title);
  g_assert_true (hall_post_file_name_is_valid (name));

  line = g_strndup (text + post->body, strcspn (text + post->body, "\n"));
  check_set (text, "title", line);
  check_set (text, "layout", line);

  return 0;
}
