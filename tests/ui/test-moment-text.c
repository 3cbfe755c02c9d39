/* SPDX-License-Identifier: GPL-3.0-or-later
 * Times in words. */
#include "ui/hall-moment-text.h"

#include "model/hall-wall-time.h"

#define MINUTE (60 * G_TIME_SPAN_SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static gint64
at (const char *wall,
    const char *zone)
{
  gint64 moment;

  g_assert_cmpuint (hall_wall_time_to_moment (wall, zone, 0, &moment), ==, HALL_WALL_TIME_PLAIN);

  return moment;
}

#define ASSERT_TEXT(call, expected)                                                                                    \
  G_STMT_START {                                                                                                       \
    g_autofree char *text = (call);                                                                                    \
    g_assert_cmpstr (text, ==, expected);                                                                              \
  } G_STMT_END

static void
test_full (void)
{
  gint64 moment = at ("2016-05-30T15:30", "America/Los_Angeles");

  ASSERT_TEXT (hall_moment_text_full (moment, 60, "America/Los_Angeles"), "Monday 30 May 2016, 15:30–16:30 PDT");
  ASSERT_TEXT (hall_moment_text_full (moment, 0, "Europe/Berlin"), "Tuesday 31 May 2016, 00:30 CEST");
  /* A place whose clock has no letters of its own. */
  ASSERT_TEXT (hall_moment_text_full (moment, 0, "Asia/Tashkent"), "Tuesday 31 May 2016, 03:30 UTC+05");
}

static void
test_brief (void)
{
  gint64 moment = at ("2016-06-02T11:00", "America/Los_Angeles");

  ASSERT_TEXT (hall_moment_text_brief (moment, "Europe/Berlin", moment - DAY), "Thu 2 June, 20:00");
  ASSERT_TEXT (hall_moment_text_brief (moment, "Europe/Berlin", moment + 400 * DAY), "Thu 2 Jun 2016, 20:00");
  ASSERT_TEXT (hall_moment_text_stamp (moment, "Europe/Berlin", moment), "2 Jun, 20:00");
  ASSERT_TEXT (hall_moment_text_stamp (0, "Europe/Berlin", moment), "");
}

static void
test_age (void)
{
  ASSERT_TEXT (hall_moment_text_age (0, 59 * G_TIME_SPAN_SECOND), NULL);
  ASSERT_TEXT (hall_moment_text_age (DAY, 0), NULL);
  ASSERT_TEXT (hall_moment_text_age (0, 5 * MINUTE), "5 min");
  ASSERT_TEXT (hall_moment_text_age (0, 2 * HOUR + 59 * MINUTE), "2 h");
  ASSERT_TEXT (hall_moment_text_age (0, 47 * HOUR), "47 h");
  ASSERT_TEXT (hall_moment_text_age (0, 3 * DAY), "3 d");
}

static void
test_there (void)
{
  gint64 day = at ("2016-06-02T11:00", "America/Los_Angeles");
  gint64 evening = at ("2016-05-30T15:30", "America/Los_Angeles");

  ASSERT_TEXT (hall_moment_text_there (day, "America/Los_Angeles", "Europe/Berlin"), "20:00 in Berlin");
  ASSERT_TEXT (hall_moment_text_there (evening, "America/Los_Angeles", "Europe/Berlin"), "Tue 00:30 in Berlin");
  ASSERT_TEXT (hall_moment_text_there (day, "America/Los_Angeles", "America/Tijuana"), NULL);
  ASSERT_TEXT (hall_moment_text_place ("America/Argentina/Buenos_Aires"), "Buenos Aires");
}

static void
test_relative (void)
{
  const struct {
    gint64      from_now;
    const char *text;
  } cases[] = {
    { 30 * G_TIME_SPAN_SECOND, "in less than a minute" },
    { MINUTE, "in 1 minute" },
    { 59 * MINUTE, "in 59 minutes" },
    { 2 * HOUR, "in 2 hours" },
    { 36 * HOUR, "in 1 day" },
    { 3 * DAY + HOUR, "in 3 days" },
    { 30 * DAY, "in 4 weeks" },
    { 100 * DAY, "in 3 months" },
    { 800 * DAY, "in 2 years" },
    { -MINUTE, "on now" },
    { -60 * MINUTE, "just now" },
    { -HOUR - 5 * MINUTE, "5 minutes ago" },
    { -8 * DAY, "7 days ago" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    ASSERT_TEXT (hall_moment_text_relative (1000 * DAY + cases[i].from_now, 60, 1000 * DAY), cases[i].text);
}

static void
test_edited (void)
{
  gint64 now = at ("2016-05-23T09:00", "America/Los_Angeles");

  ASSERT_TEXT (hall_moment_text_edited (now - 2 * HOUR, "America/Los_Angeles", now), "Edited at 07:00");
  ASSERT_TEXT (hall_moment_text_edited (now - 10 * HOUR, "America/Los_Angeles", now), "Edited yesterday");
  ASSERT_TEXT (hall_moment_text_edited (now - 3 * DAY, "America/Los_Angeles", now), "Edited on 20 May");
  ASSERT_TEXT (hall_moment_text_edited (now - 300 * DAY, "America/Los_Angeles", now), "Edited on 28 July 2015");
  ASSERT_TEXT (hall_moment_text_edited (0, "America/Los_Angeles", now), "Not edited");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/moment-text/full", test_full);
  g_test_add_func ("/ui/moment-text/brief", test_brief);
  g_test_add_func ("/ui/moment-text/age", test_age);
  g_test_add_func ("/ui/moment-text/there", test_there);
  g_test_add_func ("/ui/moment-text/relative", test_relative);
  g_test_add_func ("/ui/moment-text/edited", test_edited);

  return g_test_run ();
}
