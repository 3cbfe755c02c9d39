/* SPDX-License-Identifier: GPL-3.0-or-later
 * Merging long texts line by line. */
#include "sync/hall-text-merge.h"

typedef struct {
  const char *name;
  const char *base;
  const char *mine;
  const char *theirs;
  const char *merged; /* absent where only a person can decide */
} Case;

static const Case cases[] = {
  { "nothing-changed", "a\nb\n", "a\nb\n", "a\nb\n", "a\nb\n" },
  { "mine-only", "a\nb\nc\n", "a\nB\nc\n", "a\nb\nc\n", "a\nB\nc\n" },
  { "theirs-only", "a\nb\nc\n", "a\nb\nc\n", "a\nb\nC\n", "a\nb\nC\n" },
  { "both-the-same", "a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\n", "a\nX\nc\n" },
  { "apart", "a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n" },
  { "one-line-between", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n" },
  { "touching", "a\nb\n", "A\nb\n", "a\nB\n", NULL },
  { "same-line", "a\nb\nc\n", "a\nX\nc\n", "a\nY\nc\n", NULL },
  { "both-insert-there", "a\nb\n", "a\nX\nb\n", "a\nY\nb\n", NULL },
  { "insert-and-remove-apart", "a\nb\nc\nd\n", "a\nX\nb\nc\nd\n", "a\nb\nc\n", "a\nX\nb\nc\n" },
  { "remove-against-change", "a\nb\nc\n", "a\nc\n", "a\nB\nc\n", NULL },
  { "both-remove", "a\nb\nc\n", "a\nc\n", "a\nc\n", "a\nc\n" },
  { "mine-empties", "a\nb\n", "", "a\nb\n", "" },
  { "empties-against-change", "a\nb\n", "", "a\nB\n", NULL },
  { "nothing-at-all", "", "", "", "" },
  { "from-nothing-one-side", "", "", "new\n", "new\n" },
  { "from-nothing-both", "", "one\n", "two\n", NULL },
  { "no-last-line-end", "a\nb\nc", "A\nb\nc", "a\nb\nc", "A\nb\nc" },
  { "last-line-end-added", "a\nb\nc", "A\nb\nc", "a\nb\nc\n", "A\nb\nc\n" },
  { "other-line-ends", "a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\nC\r\n", "A\r\nb\r\nC\r\n" },
  { "line-moved-against-change", "a\nb\nc\nd\n", "b\nc\nd\na\n", "A\nb\nc\nd\n", NULL },
  { "line-moved-and-other-change", "a\nb\nc\nd\ne\nf\n", "b\nc\na\nd\ne\nf\n", "a\nb\nc\nd\ne\nF\n", "b\nc\na\nd\ne\nF\n" },
  { "lines-that-repeat", "x\n\nx\n\nx\n\nend\n", "x\n\nx\n\nx\n\nx\n\nend\n", "top\nx\n\nx\n\nx\n\nend\n", "top\nx\n\nx\n\nx\n\nx\n\nend\n" },
  { "not-latin", "привет\nмир\nвсем\n", "Привет\nмир\nвсем\n", "привет\nмир\nвсем 👋\n", "Привет\nмир\nвсем 👋\n" },
};

static void
test_case (gconstpointer data)
{
  const Case      *row = data;
  g_autofree char *merged = hall_text_merge (row->base, row->mine, row->theirs);
  g_autofree char *mirrored = hall_text_merge (row->base, row->theirs, row->mine);

  g_assert_cmpstr (merged, ==, row->merged);
  g_assert_cmpstr (mirrored, ==, row->merged);
}

static char *
numbered_lines (guint n,
                guint changed)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, i == changed ? "changed %u\n" : "line %u\n", i % 50);

  return g_string_free (text, FALSE);
}

/* Lines that all repeat leave no anchor: what the ends do not match counts as changed, and nothing is lost. */
static void
test_long_and_repeating (void)
{
  g_autofree char *base = numbered_lines (20000, G_MAXUINT);
  g_autofree char *mine = numbered_lines (20000, 10);
  g_autofree char *theirs = numbered_lines (20000, 19990);
  g_autofree char *merged = hall_text_merge (base, mine, theirs);
  g_auto (GStrv)   lines = NULL;

  g_assert_nonnull (merged);
  lines = g_strsplit (merged, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 20001);
  g_assert_cmpstr (lines[10], ==, "changed 10");
  g_assert_cmpstr (lines[19990], ==, "changed 40");
}

/* Each line one of a few, changed here and there at random: whatever comes out joins both sides' changes the
 * same way round, and gives back a side where the other did nothing. */
static void
test_random (void)
{
  for (guint round = 0; round < 300; round++) {
    GString *texts[3];

    for (guint i = 0; i < 3; i++)
      texts[i] = g_string_new (NULL);

    for (guint n = g_test_rand_int_range (0, 30); n > 0; n--) {
      guint line = g_test_rand_int_range (0, 12);

      g_string_append_printf (texts[0], "%u\n", line);
      for (guint i = 1; i < 3; i++) {
        guint dice = g_test_rand_int_range (0, 10);

        if (dice == 0)
          g_string_append_printf (texts[i], "new %u\n", line);
        if (dice > 1)
          g_string_append_printf (texts[i], "%u\n", line);
      }
    }

    {
      g_autofree char *merged = hall_text_merge (texts[0]->str, texts[1]->str, texts[2]->str);
      g_autofree char *mirrored = hall_text_merge (texts[0]->str, texts[2]->str, texts[1]->str);
      g_autofree char *only_mine = hall_text_merge (texts[0]->str, texts[1]->str, texts[0]->str);
      g_autofree char *only_theirs = hall_text_merge (texts[0]->str, texts[0]->str, texts[2]->str);

      g_assert_cmpstr (merged, ==, mirrored);
      g_assert_cmpstr (only_mine, ==, texts[1]->str);
      g_assert_cmpstr (only_theirs, ==, texts[2]->str);
    }

    for (guint i = 0; i < 3; i++)
      g_string_free (texts[i], TRUE);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/sync/text-merge/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/sync/text-merge/long-and-repeating", test_long_and_repeating);
  g_test_add_func ("/sync/text-merge/random", test_random);

  return g_test_run ();
}
