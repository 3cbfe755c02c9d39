/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names are found without their accents, in any script. */
#include "format/hall-fold.h"

#include <string.h>

static const char *const pairs[][2] = {
  { "", "" },
  { "Ada LOVELACE", "ada lovelace" },
  { "Łukasz Żółć", "lukasz zolc" },
  { "Işıl İnci", "isil inci" },
  { "Straße STRASSE ẞ", "strasse strasse ss" },
  { "Øystein Ærlig", "oystein aerlig" },
  { "Đorđe", "dorde" },
  { "Þór Guðmundsson", "thor gudmundsson" },
  { "Nguyễn Thị Ánh", "nguyen thi anh" },
  { "E\xcc\x81mile", "emile" },
  { "Ａｄａ　ＬＯＶＥ", "ada love" },
  { "ﬁne Ⅷ", "fine viii" },
  { "O’Brien", "o'brien" },
  { "ЁЖИК Йод", "ежик иод" },
  { "Ἀθηνᾶ ΟΔΟΣ οδος", "αθηνα οδοσ οδοσ" },
  { "אָלֶף", "אלף" },
  { "مُحَمَّد", "محمد" },
  { "田中さん ガギグ が", "田中さん ガギグ が" },
  { "ｶﾞ", "ガ" },
  { "김민준", "김민준" },
  { "हिन्दी", "हिन्दी" },
  { "🐍 ŁÓDŹ", "🐍 lodz" },
};

static void
test_pairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *folded = hall_fold (pairs[i][0]);

    g_assert_cmpstr (folded, ==, pairs[i][1]);
  }
}

static void
test_again (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *once = hall_fold (pairs[i][0]);
    g_autofree char *twice = hall_fold (once);

    g_assert_cmpstr (twice, ==, once);
  }
}

/* Every letter there is: the result is UTF-8, and folding it again changes nothing. */
static void
test_every_letter (void)
{
  for (gunichar c = 1; c <= 0x10ffff; c++) {
    char             letter[7] = { 0 };
    g_autofree char *once = NULL;
    g_autofree char *twice = NULL;

    if (c >= 0xd800 && c <= 0xdfff)
      continue;
    if (c == 0x40000)
      c = 0xe0000;

    g_unichar_to_utf8 (c, letter);
    once = hall_fold (letter);
    twice = hall_fold (once);
    if (!g_utf8_validate (once, -1, NULL) || strcmp (once, twice) != 0)
      g_error ("U+%04X: “%s”, then “%s”", c, once, twice);
  }
}

static void
test_not_utf8 (void)
{
  g_autofree char *folded = hall_fold ("A\xff\xc3");
  GString         *grows = g_string_new (NULL);
  g_autofree char *large = NULL;

  g_assert_cmpstr (folded, ==, "a\xef\xbf\xbd\xef\xbf\xbd");

  /* U+FDFA becomes eighteen letters. */
  for (int i = 0; i < 5000; i++)
    g_string_append (grows, "\xef\xb7\xba");
  large = hall_fold (grows->str);
  g_assert_cmpuint (g_utf8_strlen (large, -1), ==, 5000 * 18);
  g_string_free (grows, TRUE);
}

static gpointer
fold_often (gpointer data)
{
  for (int i = 0; i < 2000; i++) {
    g_autofree char *folded = hall_fold (pairs[i % G_N_ELEMENTS (pairs)][0]);

    g_assert_cmpstr (folded, ==, pairs[i % G_N_ELEMENTS (pairs)][1]);
  }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("fold", fold_often, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/fold/pairs", test_pairs);
  g_test_add_func ("/format/fold/again", test_again);
  g_test_add_func ("/format/fold/every-letter", test_every_letter);
  g_test_add_func ("/format/fold/not-utf8", test_not_utf8);
  g_test_add_func ("/format/fold/threads", test_threads);

  return g_test_run ();
}
