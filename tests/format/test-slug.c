/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any title gives a slug that can stand in an address. */
#include "format/hall-slug.h"

#include <string.h>

static void
test_titles (void)
{
  const char *const pairs[][2] = {
    { "Live from Day 1 of PyCon", "live-from-day-1-of-pycon" },
    { "  Q&A: what's new?  ", "q-a-whats-new" },
    { "We’re live", "were-live" },
    { "Crème brûlée & Żurek", "creme-brulee-zurek" },
    { "Straße", "strasse" },
    { "Привет, мир", "privet-mir" },
    { "東京", "dong-jing" },
    { "🐍", "chat" },
    { "", "chat" },
    { "---", "chat" },
    { "\xff\xfe", "chat" },
    { "C++ / C#", "c-c" },
    { "one two three four five six seven eight nine ten eleven twelve",
      "one-two-three-four-five-six-seven-eight-nine-ten-eleven" },
    { "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg",
      "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff" },
    { "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee fffffffff gggg",
      "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee-fffffffff" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *slug = hall_slug_from_title (pairs[i][0]);

    g_assert_cmpstr (slug, ==, pairs[i][1]);
    g_assert_true (hall_slug_is_valid (slug));
  }
}

static void
test_any_title (void)
{
  for (int i = 0; i < 300; i++) {
    GString         *title = g_string_new (NULL);
    g_autofree char *text = NULL;
    g_autofree char *slug = NULL;

    for (int n = g_test_rand_int_range (0, 400); n > 0; n--)
      g_string_append_unichar (title, g_test_rand_int_range (1, 0xd800));
    text = g_string_free (title, FALSE);
    slug = hall_slug_from_title (text);
    if (!hall_slug_is_valid (slug))
      g_error ("“%s” gives “%s”", text, slug);
  }
}

static void
test_valid (void)
{
  g_assert_true (hall_slug_is_valid ("pycon"));
  g_assert_true (hall_slug_is_valid ("2016-pycon"));
  g_assert_false (hall_slug_is_valid (NULL));
  g_assert_false (hall_slug_is_valid (""));
  g_assert_false (hall_slug_is_valid ("-pycon"));
  g_assert_false (hall_slug_is_valid ("pycon-"));
  g_assert_false (hall_slug_is_valid ("PyCon"));
  g_assert_false (hall_slug_is_valid ("py con"));
  g_assert_false (hall_slug_is_valid ("py/con"));
  g_assert_false (hall_slug_is_valid ("pýcon"));
  g_assert_false (hall_slug_is_valid ("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffffffffff"));
}

static gpointer
make_often (gpointer data)
{
  for (int i = 0; i < 200; i++) {
    g_autofree char *slug = hall_slug_from_title ("Привет, мир");

    g_assert_cmpstr (slug, ==, "privet-mir");
  }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("slug", make_often, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/slug/titles", test_titles);
  g_test_add_func ("/format/slug/any-title", test_any_title);
  g_test_add_func ("/format/slug/valid", test_valid);
  g_test_add_func ("/format/slug/threads", test_threads);

  return g_test_run ();
}
