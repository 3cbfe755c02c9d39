/* SPDX-License-Identifier: GPL-3.0-or-later
 * The steps lead from one order to the other, and touch no more than they must. */
#include "app/hall-id-changes.h"

#include <string.h>

static GArray *
ids_from (const char *letters)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *letters != '\0'; letters++) {
    gint64 id = *letters;

    g_array_append_val (ids, id);
  }

  return ids;
}

/* Takes the steps, and returns them as "position-removed+added". */
static char *
walk (GArray *before,
      GArray *after)
{
  g_autoptr (GArray)  changes = hall_id_changes ((gint64 *) before->data, before->len, (gint64 *) after->data, after->len);
  g_autoptr (GString) said = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++) {
    HallIdChange change = g_array_index (changes, HallIdChange, i);

    g_assert_cmpuint (change.position + change.removed, <=, before->len);
    g_assert_cmpuint (change.position + change.added, <=, after->len);
    if (change.removed > 0)
      g_array_remove_range (before, change.position, change.removed);
    if (change.added > 0)
      g_array_insert_vals (before, change.position, &g_array_index (after, gint64, change.position), change.added);
    g_string_append_printf (said, "%s%u-%u+%u", i > 0 ? " " : "", change.position, change.removed, change.added);
  }

  g_assert_cmpmem (before->data, before->len * sizeof (gint64), after->data, after->len * sizeof (gint64));

  return g_string_free (g_steal_pointer (&said), FALSE);
}

static void
assert_steps (const char *from,
              const char *to,
              const char *steps)
{
  g_autoptr (GArray) before = ids_from (from);
  g_autoptr (GArray) after = ids_from (to);
  g_autofree char   *said = walk (before, after);

  g_assert_cmpstr (said, ==, steps);
}

static void
test_steps (void)
{
  assert_steps ("", "", "");
  assert_steps ("abc", "abc", "");
  assert_steps ("", "abc", "0-0+3");
  assert_steps ("abc", "", "0-3+0");
  assert_steps ("abc", "abcd", "3-0+1");
  assert_steps ("abc", "xabc", "0-0+1");
  assert_steps ("abcdef", "abxcdyef", "2-0+1 5-0+1");
  assert_steps ("abcdef", "acdf", "1-1+0 3-1+0");
  assert_steps ("abcdef", "axcdyf", "1-1+1 4-1+1");
  assert_steps ("abcd", "abdc", "2-2+2");
}

static void
test_any_orders (void)
{
  for (guint round = 0; round < 2000; round++) {
    g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_autofree char   *said = NULL;

    for (gint64 id = 0; id < 40; id++) {
      guint where = g_test_rand_int_range (0, 4);

      if (where != 1)
        g_array_append_val (before, id);
      if (where != 2)
        g_array_append_val (after, id);
    }
    if (round % 3 == 0 && after->len > 1) {
      gint64 moved = g_array_index (after, gint64, 0);

      g_array_remove_index (after, 0);
      g_array_insert_val (after, after->len / 2, moved);
    }

    said = walk (before, after);
  }
}

static void
test_large (void)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char   *said = NULL;

  for (gint64 id = 0; id < 20000; id++) {
    if (id % 2 == 0)
      g_array_append_val (before, id);
    if (id % 3 == 0)
      g_array_append_val (after, id);
  }

  said = walk (before, after);
  g_assert_null (strchr (said, ' '));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/id-changes/steps", test_steps);
  g_test_add_func ("/app/id-changes/any-orders", test_any_orders);
  g_test_add_func ("/app/id-changes/large", test_large);

  return g_test_run ();
}
