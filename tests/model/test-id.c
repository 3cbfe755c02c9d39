/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ids have the bits RFC 9562 asks for, and come from the clock and randomness that were handed in. */
#include "model/hall-clock.h"
#include "model/hall-id.h"

#include <string.h>

static void
fill_with (guint8   *bytes,
           gsize     length,
           gpointer  data)
{
  memset (bytes, *(guint8 *) data, length);
}

static void
test_bits (void)
{
  guint8           all = 0xff;
  HallRandom       random = { fill_with, &all };
  g_autofree char *ones = NULL;
  g_autofree char *zeros = NULL;

  /* The example of RFC 9562, A.6, as far as its random bits allow. */
  ones = hall_id_new (G_GINT64_CONSTANT (1645557742000999), &random);
  g_assert_cmpstr (ones, ==, "017f22e2-79b0-7fff-bfff-ffffffffffff");
  all = 0;
  zeros = hall_id_new (0, &random);
  g_assert_cmpstr (zeros, ==, "00000000-0000-7000-8000-000000000000");
}

static void
test_system (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++) {
    char *id = hall_id_new (hall_clock_now (&hall_clock_system), &hall_random_system);

    g_assert_true (hall_id_is_valid (id));
    g_assert_cmpuint (id[14], ==, '7');
    g_assert_true (g_hash_table_add (seen, id));
  }
}

static void
test_valid (void)
{
  g_assert_true (hall_id_is_valid ("01900000-0000-7000-8000-00000000abcf"));
  g_assert_false (hall_id_is_valid (NULL));
  g_assert_false (hall_id_is_valid (""));
  g_assert_false (hall_id_is_valid ("01900000-0000-7000-8000-00000000abc"));
  g_assert_false (hall_id_is_valid ("01900000-0000-7000-8000-00000000abcde"));
  g_assert_false (hall_id_is_valid ("01900000-0000-7000-8000-00000000ABCF"));
  g_assert_false (hall_id_is_valid ("0190000000007000800000000000abcf"));
  g_assert_false (hall_id_is_valid ("01900000_0000-7000-8000-00000000abcf"));
  g_assert_false (hall_id_is_valid ("01900000-0000-7000-8000-00000000abcg"));
  g_assert_false (hall_id_is_valid ("{1900000-0000-7000-8000-00000000abc}"));
}

/* The first draw is 0, which is no mark. */
static void
fill_zero_first (guint8   *bytes,
                 gsize     length,
                 gpointer  data)
{
  int *draws = data;

  memset (bytes, (*draws)++ == 0 ? 0 : 1, length);
}

static void
test_mark (void)
{
  int        draws = 0;
  HallRandom random = { fill_zero_first, &draws };

  g_assert_cmphex (hall_random_mark (&random), ==, G_GUINT64_CONSTANT (0x0101010101010101));
  g_assert_cmpint (draws, ==, 2);
  g_assert_cmphex (hall_random_mark (&hall_random_system), !=, hall_random_mark (&hall_random_system));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/id/bits", test_bits);
  g_test_add_func ("/model/id/system", test_system);
  g_test_add_func ("/model/id/valid", test_valid);
  g_test_add_func ("/model/id/mark", test_mark);

  return g_test_run ();
}
