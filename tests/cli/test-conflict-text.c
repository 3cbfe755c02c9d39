/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a command says of a conflict, line by line. */
#include "cli/hall-conflict-text.h"
#include "model/hall-chat.h"
#include "model/hall-post.h"

#include <string.h>

static HallSettlerCase *
make_case (const HallKind *kind)
{
  HallSettlerCase *each = g_new0 (HallSettlerCase, 1);

  each->kind = kind;
  each->title = g_strdup ("Mine");
  each->account = g_strdup ("desk");
  each->fields = g_ptr_array_new ();

  return each;
}

static HallValue *
make_chat (const char *title,
           gint64      capacity)
{
  HallChat *chat = hall_value_new (&hall_chat_kind, "x");

  chat->title = g_strdup (title);
  chat->capacity = capacity;

  return (HallValue *) chat;
}

static HallValue *
make_post (const char *text)
{
  HallPost *post = hall_value_new (&hall_post_kind, "x");

  post->text = g_strdup (text);

  return (HallValue *) post;
}

static void
assert_text (const HallSettlerCase *each,
             const char            *expected)
{
  g_autofree char *text = hall_conflict_text_write (each);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_short (void)
{
  g_autoptr (HallSettlerCase) each = make_case (&hall_chat_kind);
  g_autofree char            *fields = NULL;

  each->before = make_chat ("Before", 0);
  each->mine = make_chat ("Mi\nne\033[2J", 10);
  each->theirs = make_chat (NULL, 0);
  g_ptr_array_add (each->fields, (gpointer) hall_kind_find_field (&hall_chat_kind, "title"));
  g_ptr_array_add (each->fields, (gpointer) hall_kind_find_field (&hall_chat_kind, "capacity"));
  assert_text (each,
               "chat “Mine” of desk: changed in both places\n"
               "title\n  before  Before\n  mine    Mi ne [2J\n  theirs  –\n"
               "capacity\n  before  0\n  mine    10\n  theirs  0\n");
  fields = hall_conflict_text_fields (each);
  g_assert_cmpstr (fields, ==, "title,capacity");
}

static void
test_removed_here (void)
{
  g_autoptr (HallSettlerCase) each = make_case (&hall_chat_kind);

  each->before = make_chat ("Before", 0);
  each->theirs = make_chat ("Theirs", 0);
  assert_text (each,
               "chat “Mine” of desk: removed here, changed on the service\n"
               "title\n  before  Before\n  theirs  Theirs\n");
}

static void
test_deleted_there (void)
{
  g_autoptr (HallSettlerCase) each = make_case (&hall_chat_kind);

  each->before = make_chat ("Before", 0);
  each->mine = make_chat ("Before", 5);
  assert_text (each,
               "chat “Mine” of desk: changed here, deleted on the service\n"
               "capacity\n  before  0\n  mine    5\n");
}

static void
test_long (void)
{
  g_autoptr (HallSettlerCase) each = make_case (&hall_post_kind);

  each->before = make_post ("One\ntwo\nthree\nfour\nfive\n");
  each->mine = make_post ("One\ntwo\nthree and a half\nfour\nsix\n");
  each->theirs = make_post ("two\nthree\nfour\nfive\nlast");
  g_ptr_array_add (each->fields, (gpointer) hall_kind_find_field (&hall_post_kind, "text"));
  assert_text (each,
               "post “Mine” of desk: changed in both places\n"
               "text\n"
               "  before, and what is other in mine\n"
               "    - three\n    + three and a half\n      …\n    - five\n    + six\n"
               "  before, and what is other in theirs\n"
               "    - One\n      …\n    + last\n");

  g_clear_pointer (&each->before, hall_value_unref);
  assert_text (each,
               "post “Mine” of desk: changed in both places\n"
               "text\n"
               "  theirs, and what is other in mine\n"
               "    + One\n      …\n    - three\n    + three and a half\n      …\n    - five\n    - last\n    + six\n");
}

/* A line end alone: both lines are others now. */
static void
test_joined_lines (void)
{
  g_autoptr (HallSettlerCase) each = make_case (&hall_post_kind);

  each->before = make_post ("one\ntwo\nthree\n");
  each->theirs = make_post ("onetwo\nthree\n");
  assert_text (each,
               "post “Mine” of desk: removed here, changed on the service\n"
               "text\n"
               "  before, and what is other in theirs\n"
               "    - one\n    - two\n    + onetwo\n      …\n");
}

/* Whatever the texts: what is marked - is a line of the one, what is marked + a line of the other. */
static void
test_long_adds_up (void)
{
  static const char *const words[] = { "a", "b", " ", "\n", "\n\n", "c d", "Привет" };
  g_autoptr (GRand)        dice = g_rand_new_with_seed (7);

  for (guint round = 0; round < 400; round++) {
    g_autoptr (HallSettlerCase) each = make_case (&hall_post_kind);
    g_autoptr (GString)         before = g_string_new (NULL);
    g_autoptr (GString)         theirs = g_string_new (NULL);
    g_autofree char            *text = NULL;
    g_auto (GStrv)              lines = NULL;
    g_auto (GStrv)              olds = NULL;
    g_auto (GStrv)              news = NULL;
    g_autoptr (GHashTable)      old_lines = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GHashTable)      new_lines = g_hash_table_new (g_str_hash, g_str_equal);

    for (guint i = 0; i < 12; i++) {
      const char *word = words[g_rand_int_range (dice, 0, G_N_ELEMENTS (words))];

      g_string_append (before, word);
      if (g_rand_int_range (dice, 0, 3) > 0)
        g_string_append (theirs, word);
    }
    each->before = make_post (before->str);
    each->theirs = make_post (theirs->str);
    text = hall_conflict_text_write (each);

    lines = g_strsplit (text, "\n", -1);
    olds = g_strsplit (before->str, "\n", -1);
    news = g_strsplit (theirs->str, "\n", -1);
    for (guint i = 0; olds[i] != NULL; i++)
      g_hash_table_add (old_lines, olds[i]);
    for (guint i = 0; news[i] != NULL; i++)
      g_hash_table_add (new_lines, news[i]);
    for (guint i = 0; lines[i] != NULL; i++) {
      if (g_str_has_prefix (lines[i], "    - "))
        g_assert_true (g_hash_table_contains (old_lines, lines[i] + 6));
      else if (g_str_has_prefix (lines[i], "    + "))
        g_assert_true (g_hash_table_contains (new_lines, lines[i] + 6));
    }
    g_assert_cmpint (strcmp (before->str, theirs->str) == 0, ==, strstr (text, "\ntext\n") == NULL);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/conflict-text/short", test_short);
  g_test_add_func ("/cli/conflict-text/removed-here", test_removed_here);
  g_test_add_func ("/cli/conflict-text/deleted-there", test_deleted_there);
  g_test_add_func ("/cli/conflict-text/long", test_long);
  g_test_add_func ("/cli/conflict-text/joined-lines", test_joined_lines);
  g_test_add_func ("/cli/conflict-text/long-adds-up", test_long_adds_up);

  return g_test_run ();
}
