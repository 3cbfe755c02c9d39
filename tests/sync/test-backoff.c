/* SPDX-License-Identifier: GPL-3.0-or-later
 * How long a service is left alone: its own wish, or anything below a bound that doubles. */
#include "sync/hall-backoff.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define NOW    (1464647400 * SECOND) /* Mon, 30 May 2016 22:30:00 GMT */

static gint64
read_wish (const char *retry_after,
           const char *date)
{
  HallHeaders *headers = hall_headers_new ();
  gint64       wish;

  hall_headers_set (headers, "retry-after", retry_after);
  hall_headers_set (headers, "Date", date);
  wish = hall_backoff_read_wish (headers, NOW);
  hall_headers_free (headers);

  return wish;
}

static void
test_seconds (void)
{
  g_assert_cmpint (read_wish (NULL, NULL), ==, 0);
  g_assert_cmpint (read_wish ("120", NULL), ==, 120 * SECOND);
  g_assert_cmpint (read_wish (" 7 ", NULL), ==, 7 * SECOND);
  g_assert_cmpint (read_wish ("0", NULL), ==, 0);
  g_assert_cmpint (read_wish ("86400", NULL), ==, HALL_BACKOFF_LONGEST);
  g_assert_cmpint (read_wish ("86401", NULL), ==, HALL_BACKOFF_LONGEST);
  g_assert_cmpint (read_wish ("99999999999999999999999999", NULL), ==, HALL_BACKOFF_LONGEST);
}

static void
test_not_understood (void)
{
  static const char *const texts[] = { "", "  ", "-5", "+5", "1.5", "1e3", "0x10", "soon", "5 s", "Mon", "\303\251" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (read_wish (texts[i], NULL), ==, 0);
}

static void
test_date (void)
{
  g_assert_cmpint (read_wish ("Mon, 30 May 2016 22:31:30 GMT", NULL), ==, 90 * SECOND);
  g_assert_cmpint (read_wish ("Monday, 30-May-16 22:31:30 GMT", NULL), ==, 90 * SECOND);
  g_assert_cmpint (read_wish ("Mon May 30 22:31:30 2016", NULL), ==, 90 * SECOND);
  g_assert_cmpint (read_wish ("Mon, 30 May 2016 22:29:00 GMT", NULL), ==, 0);
  g_assert_cmpint (read_wish ("Tue, 30 May 2017 22:29:00 GMT", NULL), ==, HALL_BACKOFF_LONGEST);
}

/* Ten years lie between the two clocks: it is the service's own that counts. */
static void
test_date_by_its_own_clock (void)
{
  g_assert_cmpint (read_wish ("Sat, 30 May 2026 12:00:10 GMT", "Sat, 30 May 2026 12:00:00 GMT"), ==, 10 * SECOND);
  g_assert_cmpint (read_wish ("Tue, 30 May 2006 12:00:10 GMT", "Tue, 30 May 2006 12:00:00 GMT"), ==, 10 * SECOND);
}

static void
test_doubling (void)
{
  gint64 bound = 5 * SECOND;

  for (guint failures = 1; failures < 40; failures++) {
    g_assert_cmpint (hall_backoff_draw (failures, 0, 0), ==, 0);
    g_assert_cmpint (hall_backoff_draw (failures, 0, bound), ==, bound);
    g_assert_cmpint (hall_backoff_draw (failures, 0, bound + 1), ==, 0);
    g_assert_cmpint (hall_backoff_draw (failures, 0, G_MAXUINT64), <=, bound);
    bound = MIN (bound * 2, HALL_BACKOFF_CAP);
  }
  g_assert_cmpint (hall_backoff_draw (G_MAXUINT, 0, HALL_BACKOFF_CAP), ==, HALL_BACKOFF_CAP);
}

static void
test_never_before_the_wish (void)
{
  static const gint64 wishes[] = { 1, SECOND, 30 * SECOND, HALL_BACKOFF_CAP * 3, HALL_BACKOFF_LONGEST };

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    for (guint64 random = 1; random < G_MAXUINT64 / 3; random = random * 3 + 1) {
      gint64 delay = hall_backoff_draw (1 + i, wishes[i], random);

      g_assert_cmpint (delay, >=, wishes[i]);
      g_assert_cmpint (delay, <=, MIN (wishes[i] + wishes[i] / 10, HALL_BACKOFF_LONGEST));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/backoff/seconds", test_seconds);
  g_test_add_func ("/sync/backoff/not-understood", test_not_understood);
  g_test_add_func ("/sync/backoff/date", test_date);
  g_test_add_func ("/sync/backoff/date-by-its-own-clock", test_date_by_its_own_clock);
  g_test_add_func ("/sync/backoff/doubling", test_doubling);
  g_test_add_func ("/sync/backoff/never-before-the-wish", test_never_before_the_wish);

  return g_test_run ();
}
