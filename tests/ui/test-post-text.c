/* SPDX-License-Identifier: GPL-3.0-or-later
 * A post in the editor's buffers is the same bytes again, and only what was changed changes. */
#include "ui/hall-post-text.h"

#include <string.h>

#define POST                                                                                                           \
  "---\nlayout: post\ntitle: \"Live from PyCon\"  # not final\ndate: 2016-05-23 09:00:00 -0700\n---\n\nFirst.\n\nLast.\n"

static void
count (HallPostText *text,
       guint        *times)
{
  ++*times;
}

static void
assert_text (HallPostText *text,
             const char   *expected)
{
  g_autofree char *got = hall_post_text_get (text);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_same_bytes (void)
{
  const char *const posts[] = {
    POST,
    "",
    "No front matter, no last line end",
    "\xEF\xBB\xBF---\r\ntitle: a\r\n---\r\nText\r\n",
    "---\ntitle: never closed\n\nText\n",
    "---\r\ntitle: mixed\n---\nText\r\nText\n",
    "Tabs\tand \xE2\x80\xA8 separators \xE2\x80\xA9 and \x0C form feeds\n\n\n",
    "Почему? \xF0\x9F\x99\x82\n",
  };
  g_autoptr (HallPostText) text = hall_post_text_new ();
  guint                    times = 0;

  g_signal_connect (text, "typed", G_CALLBACK (count), &times);
  for (guint i = 0; i < G_N_ELEMENTS (posts); i++) {
    hall_post_text_begin (text, posts[i]);
    assert_text (text, posts[i]);
  }
  g_assert_cmpuint (times, ==, 0);
}

static void
test_typing (void)
{
  g_autoptr (HallPostText) text = hall_post_text_new ();
  GtkTextBuffer           *body = GTK_TEXT_BUFFER (hall_post_text_get_body (text));
  GtkTextIter              end;
  guint                    times = 0;

  g_signal_connect (text, "typed", G_CALLBACK (count), &times);
  hall_post_text_begin (text, "---\r\ntitle: a\r\n---\r\nOne\r\n");
  gtk_text_buffer_get_end_iter (body, &end);
  gtk_text_buffer_insert (body, &end, "Two\n", -1);
  g_assert_cmpuint (times, ==, 1);
  /* The file's line ends are kept for what is new, too. */
  assert_text (text, "---\r\ntitle: a\r\n---\r\nOne\r\nTwo\r\n");
  g_assert_true (gtk_text_buffer_get_can_undo (body));

  hall_post_text_begin (text, POST);
  g_assert_false (gtk_text_buffer_get_can_undo (body));
}

static void
test_title (void)
{
  g_autoptr (HallPostText) text = hall_post_text_new ();
  g_autoptr (GString)      expected = g_string_new (POST);
  g_autoptr (GError)       error = NULL;
  guint                    times = 0;

  hall_post_text_begin (text, POST);
  g_signal_connect (text, "typed", G_CALLBACK (count), &times);
  g_assert_true (hall_post_text_set_title (text, "Live from the hallway", &error));
  g_assert_no_error (error);
  g_string_replace (expected, "Live from PyCon", "Live from the hallway", 0);
  assert_text (text, expected->str);
  g_assert_cmpuint (times, ==, 1);
}

static void
test_follow (void)
{
  g_autoptr (HallPostText) text = hall_post_text_new ();
  GtkTextBuffer           *body = GTK_TEXT_BUFFER (hall_post_text_get_body (text));
  g_autoptr (GString)      changed = g_string_new (POST);
  GtkTextIter              cursor, after;
  g_autofree char         *rest = NULL;
  guint                    times = 0;

  hall_post_text_begin (text, POST);
  g_signal_connect (text, "typed", G_CALLBACK (count), &times);
  /* Before "Last." */
  gtk_text_buffer_get_iter_at_line (body, &cursor, 3);
  gtk_text_buffer_place_cursor (body, &cursor);

  g_string_replace (changed, "First.", "Zuerst, für alle: 🙂.", 0);
  hall_post_text_follow (text, changed->str);
  assert_text (text, changed->str);
  g_assert_cmpuint (times, ==, 0);
  gtk_text_buffer_get_iter_at_mark (body, &cursor, gtk_text_buffer_get_insert (body));
  gtk_text_buffer_get_end_iter (body, &after);
  rest = gtk_text_buffer_get_text (body, &cursor, &after, TRUE);
  g_assert_cmpstr (rest, ==, "Last.\n");

  /* Letters that share their first bytes are not torn. */
  hall_post_text_begin (text, "é\n");
  hall_post_text_follow (text, "è\n");
  assert_text (text, "è\n");
  hall_post_text_follow (text, "Èè\n");
  assert_text (text, "Èè\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_source_init ();

  g_test_add_func ("/ui/post-text/same-bytes", test_same_bytes);
  g_test_add_func ("/ui/post-text/typing", test_typing);
  g_test_add_func ("/ui/post-text/title", test_title);
  g_test_add_func ("/ui/post-text/follow", test_follow);

  return g_test_run ();
}
