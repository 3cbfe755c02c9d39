/* SPDX-License-Identifier: GPL-3.0-or-later
 * The difference of two texts reads as people would mark it up, gives both texts back, and ends soon. */
#include "format/hall-difference.h"

#include <string.h>

/* [-taken out-]{+put in+} */
static char *
mark_up (const char *before,
         const char *after)
{
  g_autoptr (GPtrArray) parts = hall_difference_find (before, after);
  GString              *line = g_string_new (NULL);
  static const char    *opening[] = { "", "[-", "{+" };
  static const char    *closing[] = { "", "-]", "+}" };

  for (guint i = 0; i < parts->len; i++) {
    const HallDifference *part = parts->pdata[i];

    g_assert_cmpstr (part->text, !=, "");
    g_string_append_printf (line, "%s%s%s", opening[part->kind], part->text, closing[part->kind]);
  }

  return g_string_free (line, FALSE);
}

static void
assert_both_given_back (const char *before,
                        const char *after)
{
  g_autoptr (GPtrArray) parts = hall_difference_find (before, after);
  g_autoptr (GString)   one = g_string_new (NULL);
  g_autoptr (GString)   two = g_string_new (NULL);
  int                   last = -1;

  for (guint i = 0; i < parts->len; i++) {
    const HallDifference *part = parts->pdata[i];

    g_assert_true (g_utf8_validate (part->text, -1, NULL));
    g_assert_cmpint (part->kind, !=, last);
    g_assert_false (part->kind == HALL_DIFFERENCE_REMOVED && last == HALL_DIFFERENCE_ADDED);
    last = part->kind;
    if (part->kind != HALL_DIFFERENCE_ADDED)
      g_string_append (one, part->text);
    if (part->kind != HALL_DIFFERENCE_REMOVED)
      g_string_append (two, part->text);
  }
  g_assert_cmpstr (one->str, ==, before);
  g_assert_cmpstr (two->str, ==, after);
}

static void
test_marked_up (void)
{
  const char *const cases[][3] = {
    { "", "", "" },
    { "Bring tea.", "Bring tea.", "Bring tea." },
    { "", "Bring tea.", "{+Bring tea.+}" },
    { "Bring tea.", "", "[-Bring tea.-]" },
    { "Bring tea.", "Bring coffee.", "Bring [-tea-]{+coffee+}." },
    { "Bring tea.", "Bring green tea.", "Bring {+green +}tea." },
    { "Don't bring tea", "Do bring tea", "[-Don't-]{+Do+} bring tea" },
    { "one two three", "eins zwei three", "[-one two-]{+eins zwei+} three" },
    { "bring one book that", "bring two thin books that", "bring [-one book -]{+two thin books +}that" },
    { "a b c", "a x c y", "a [-b-]{+x+} c{+ y+}" },
    { "naïve Żurek", "naive Żurek", "[-naïve-]{+naive+} Żurek" },
    { "first\nsecond\nthird\n", "first\nzweite\nthird\n", "first\n[-second-]{+zweite+}\nthird\n" },
    { "first\nthird\n", "first\nsecond\nthird\n", "first\n{+second\n+}third\n" },
    { "same\n", "same\nmore", "same\n{+more+}" },
    { "Как пройти?", "Как дойти?", "Как [-пройти-]{+дойти+}?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *marked = mark_up (cases[i][0], cases[i][1]);

    g_assert_cmpstr (marked, ==, cases[i][2]);
    assert_both_given_back (cases[i][0], cases[i][1]);
  }
}

static void
test_absent (void)
{
  g_autofree char *made = mark_up (NULL, "tea");
  g_autofree char *gone = mark_up ("tea", NULL);

  g_assert_cmpstr (made, ==, "{+tea+}");
  g_assert_cmpstr (gone, ==, "[-tea-]");
}

/* Words, spaces and lines by chance, with pieces of one put into the other. */
static void
test_any (void)
{
  static const char *const pieces[] = { "tea", "Tee", "чай", " ", "  ", "\n", ".", "é", "🐍", "'", "\r\n" };

  for (guint round = 0; round < 3000; round++) {
    g_autoptr (GString) before = g_string_new (NULL);
    g_autoptr (GString) after = g_string_new (NULL);
    guint               length = g_test_rand_int_range (0, 40);

    for (guint i = 0; i < length; i++) {
      const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];
      int         what = g_test_rand_int_range (0, 4);

      if (what != 1)
        g_string_append (before, piece);
      if (what != 2)
        g_string_append (after, piece);
    }
    assert_both_given_back (before->str, after->str);
  }
}

static char *
write_long (guint       lines,
            const char *word,
            guint       every)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines; i++)
    g_string_append_printf (text, "line %u of the text has a %s in it\n", i, i % every == 0 ? word : "pot");

  return g_string_free (text, FALSE);
}

static guint
count (const char *before,
       const char *after)
{
  g_autoptr (GPtrArray) parts = hall_difference_find (before, after);

  return parts->len;
}

/* Too many words differ, then too many lines, then there is nothing in common. */
static void
test_large (void)
{
  g_autofree char *few = write_long (20000, "cup", 100);
  g_autofree char *more = write_long (20000, "mug", 100);
  g_autofree char *many = write_long (20000, "cup", 2);
  g_autofree char *most = write_long (20000, "mug", 2);
  g_autofree char *some = write_long (20000, "cup of the best of teas", 50);
  g_autofree char *other = write_long (20000, "mug in any case in a box", 50);

  assert_both_given_back (few, more);
  g_assert_cmpuint (count (few, more), >, 500);

  /* 400 lines with more words in each than are compared: the lines are told apart as wholes. */
  assert_both_given_back (some, other);
  g_assert_cmpuint (count (some, other), ==, 3 * 400);

  assert_both_given_back (many, most);
  g_assert_cmpuint (count (many, most), <=, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/difference/marked-up", test_marked_up);
  g_test_add_func ("/format/difference/absent", test_absent);
  g_test_add_func ("/format/difference/any", test_any);
  g_test_add_func ("/format/difference/large", test_large);

  return g_test_run ();
}
