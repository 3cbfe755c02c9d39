/* SPDX-License-Identifier: GPL-3.0-or-later
 * How often somebody may do something. */
#include "server/hall-throttle.h"

#define START (G_GINT64_CONSTANT (1463997600) * G_USEC_PER_SEC)

static void
test_burst_and_refill (void)
{
  g_autoptr (HallThrottle) throttle = hall_throttle_new (3, 30);
  gint64                   now = START;

  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (hall_throttle_take (throttle, "a", now), ==, 0);

  /* One every other second. */
  g_assert_cmpuint (hall_throttle_take (throttle, "a", now), ==, 3);
  g_assert_cmpuint (hall_throttle_take (throttle, "a", now + G_USEC_PER_SEC), ==, 2);
  g_assert_cmpuint (hall_throttle_take (throttle, "a", now + 2 * G_USEC_PER_SEC), ==, 0);
  g_assert_cmpuint (hall_throttle_take (throttle, "a", now + 2 * G_USEC_PER_SEC), >, 0);

  /* However long one stays away, no more than a burst is saved up. */
  now += 1000 * G_TIME_SPAN_DAY;
  for (int i = 0; i < 3; i++)
    g_assert_cmpuint (hall_throttle_take (throttle, "a", now), ==, 0);
  g_assert_cmpuint (hall_throttle_take (throttle, "a", now), >, 0);
}

static void
test_everyone_for_themselves (void)
{
  g_autoptr (HallThrottle) throttle = hall_throttle_new (1, 1);

  g_assert_cmpuint (hall_throttle_take (throttle, "a", START), ==, 0);
  g_assert_cmpuint (hall_throttle_take (throttle, "a", START), >, 0);
  g_assert_cmpuint (hall_throttle_take (throttle, "b", START), ==, 0);
}

static void
test_clock_goes_back (void)
{
  g_autoptr (HallThrottle) throttle = hall_throttle_new (1, 60);
  gint64                   past = START - 3650 * G_TIME_SPAN_DAY;

  g_assert_cmpuint (hall_throttle_take (throttle, "a", START), ==, 0);
  g_assert_cmpuint (hall_throttle_take (throttle, "a", past), >, 0);
  g_assert_cmpuint (hall_throttle_take (throttle, "a", past + 2 * G_USEC_PER_SEC), ==, 0);
}

/* Callers without number are forgotten rather than kept without end; those who were refused and are still at
 * it stay refused while there is room. */
static void
test_many (void)
{
  g_autoptr (HallThrottle) throttle = hall_throttle_new (2, 60);
  gint64                   now = START;

  for (guint i = 0; i < 50000; i++) {
    g_autofree char *who = g_strdup_printf ("%u", i);

    now += G_USEC_PER_SEC / 1000;
    g_assert_cmpuint (hall_throttle_take (throttle, who, now), ==, 0);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/throttle/burst-and-refill", test_burst_and_refill);
  g_test_add_func ("/server/throttle/everyone-for-themselves", test_everyone_for_themselves);
  g_test_add_func ("/server/throttle/clock-goes-back", test_clock_goes_back);
  g_test_add_func ("/server/throttle/many", test_many);

  return g_test_run ();
}
