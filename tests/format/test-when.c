/* SPDX-License-Identifier: GPL-3.0-or-later
 * Times as people write them, and the sentences they are told when one cannot be. */
#include "format/hall-when.h"

#include "format/hall-zone-names.h"

#include <string.h>

#define LOS_ANGELES "America/Los_Angeles"
#define BERLIN "Europe/Berlin"

/* Wednesday 25 May 2016, 10:00:30 in Los Angeles */
#define NOW G_GINT64_CONSTANT (1464195630000000)

typedef struct {
  const char *text;
  const char *wall;
  const char *zone;
} Good;

static const Good good[] = {
  /* dates in full */
  { "2016-05-30 15:30", "2016-05-30T15:30", LOS_ANGELES },
  { "2016-05-30T15:30", "2016-05-30T15:30", LOS_ANGELES },
  { "2016-05-30T15:30:00", "2016-05-30T15:30", LOS_ANGELES },
  { "2016-05-30T22:30:00Z", "2016-05-30T22:30", "UTC" },
  { "2016/5/30 9:05", "2016-05-30T09:05", LOS_ANGELES },
  { "Monday May 30, 2016 at 3:30pm", "2016-05-30T15:30", LOS_ANGELES },
  { "30 May 2016 3:30 pm", "2016-05-30T15:30", LOS_ANGELES },
  { "30-May-2016 15:30", "2016-05-30T15:30", LOS_ANGELES },
  { "3:30 P.M., Mon. 30. May 2016", "2016-05-30T15:30", LOS_ANGELES },
  { "the 30th of May 2016 @ 3.30pm", "2016-05-30T15:30", LOS_ANGELES },
  { "1999-12-31 23:59", "1999-12-31T23:59", LOS_ANGELES },

  /* as the post says it, with its asterisks */
  { "**Monday** May 30, 2016 at **3:30pm** PDT", "2016-05-30T15:30", LOS_ANGELES },
  { "**Thursday** June 2, 2016 at **11:00am** PDT", "2016-06-02T11:00", LOS_ANGELES },

  /* no year: the next one */
  { "Thu 2 June 11am PDT", "2016-06-02T11:00", LOS_ANGELES },
  { "24 May 15:30", "2017-05-24T15:30", LOS_ANGELES },
  { "25 May 9:00", "2017-05-25T09:00", LOS_ANGELES },
  { "25 May 10:01", "2016-05-25T10:01", LOS_ANGELES },
  { "29 February 12:00", "2020-02-29T12:00", LOS_ANGELES },
  { "on the 1st at 9am", "2016-06-01T09:00", LOS_ANGELES },
  { "31st 9am", "2016-05-31T09:00", LOS_ANGELES },

  /* days by name */
  { "next Tuesday 15:30", "2016-05-31T15:30", LOS_ANGELES },
  { "next Wednesday 15:30", "2016-06-01T15:30", LOS_ANGELES },
  { "this Wednesday 15:30", "2016-05-25T15:30", LOS_ANGELES },
  { "wed 9:00", "2016-06-01T09:00", LOS_ANGELES },
  { "Fri noon", "2016-05-27T12:00", LOS_ANGELES },
  { "tomorrow 9am", "2016-05-26T09:00", LOS_ANGELES },
  { "today 23:00", "2016-05-25T23:00", LOS_ANGELES },
  { "tonight at 8pm", "2016-05-25T20:00", LOS_ANGELES },
  { "tomorrow midnight", "2016-05-26T00:00", LOS_ANGELES },
  { "15:30", "2016-05-25T15:30", LOS_ANGELES },
  { "9:30", "2016-05-26T09:30", LOS_ANGELES },

  /* from now */
  { "in 3 days 15:00", "2016-05-28T15:00", LOS_ANGELES },
  { "in 2 weeks at 15:00", "2016-06-08T15:00", LOS_ANGELES },
  { "in a week 15:00", "2016-06-01T15:00", LOS_ANGELES },
  { "in 2 hours", "2016-05-25T12:00", LOS_ANGELES },
  { "in an hour", "2016-05-25T11:00", LOS_ANGELES },
  { "in 1 hour 30 minutes", "2016-05-25T11:30", LOS_ANGELES },
  { "in 20 hours UTC", "2016-05-26T13:00", "UTC" },

  /* the clock */
  { "30 May 2016 12am", "2016-05-30T00:00", LOS_ANGELES },
  { "30 May 2016 12:30am", "2016-05-30T00:30", LOS_ANGELES },
  { "30 May 2016 12pm", "2016-05-30T12:00", LOS_ANGELES },
  { "30 May 2016 0:00", "2016-05-30T00:00", LOS_ANGELES },
  { "at noon, 30 May 2016", "2016-05-30T12:00", LOS_ANGELES },
  { "at 15:30 30 May 2016", "2016-05-30T15:30", LOS_ANGELES },
  { "30 May 2016 11 a.m.", "2016-05-30T11:00", LOS_ANGELES },

  /* zones */
  { "30 May 2016 3:30pm Europe/Berlin", "2016-05-30T15:30", BERLIN },
  { "30 May 2016 3:30pm (europe/berlin)", "2016-05-30T15:30", BERLIN },
  { "Etc/GMT+5 30 May 2016 15:30", "2016-05-30T15:30", "Etc/GMT+5" },
  { "30 May 2016 3:30pm CEST", "2016-05-30T15:30", BERLIN },
  { "30 May 2016 3:30pm cest", "2016-05-30T15:30", BERLIN },
  { "30 Nov 2016 3:30pm CET", "2016-11-30T15:30", BERLIN },
  { "30 May 2016 3:30pm BST", "2016-05-30T15:30", "Europe/London" },
  { "30 May 2016 3:30pm GMT", "2016-05-30T15:30", "Etc/GMT" },
  { "30 May 2016 3:30pm EDT", "2016-05-30T15:30", "America/New_York" },
  { "30 May 2016 3:30pm Eastern time", "2016-05-30T15:30", "America/New_York" },
  { "30 May 2016 3:30pm PT", "2016-05-30T15:30", LOS_ANGELES },
  { "30 May 2016 3:30pm IST", "2016-05-30T15:30", "Asia/Kolkata" },
  { "tomorrow 9am NZST", "2016-05-27T09:00", "Pacific/Auckland" },
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (GError)   error = NULL;
    g_autoptr (HallWhen) when = hall_when_read (good[i].text, NOW, LOS_ANGELES, &error);
    gint64               moment;

    if (when == NULL)
      g_error ("“%s”: %s", good[i].text, error->message);
    if (strcmp (when->wall, good[i].wall) != 0 || strcmp (when->zone, good[i].zone) != 0)
      g_error ("“%s” gives %s %s", good[i].text, when->wall, when->zone);

    g_assert_cmpint (when->kind, ==, HALL_WALL_TIME_PLAIN);
    g_assert_cmpint (when->fold, ==, 0);
    hall_wall_time_to_moment (when->wall, when->zone, 0, &moment);
    g_assert_cmpint (when->moment, ==, moment);
  }
}

static void
test_bad (void)
{
  const char *const bad[][2] = {
    { "", "time of day is missing" },
    { "30 May 2016", "time of day is missing" },
    { "30 May 2016 frobnicate", "“frobnicate” was not understood" },
    { "30 May 2016 15:30 Жаворонок", "“Жаворонок” was not understood" },
    { "30 May 2016 15:30 \xff\xfe", "was not understood" },
    { "30 May 2016 15:30 !", "“!” was not understood" },
    { "15:30 16:30", "“16:30” is one too many" },
    { "30 31 May 2016 15:30", "“31” is one too many" },
    { "Mon Tue 15:30", "“Tue” is one too many" },
    { "3pm PDT CET", "“CET” is one too many" },
    { "30 May 2016 25:00", "“25:00” is no time of day" },
    { "30 May 2016 24:00", "“24:00” is no time of day" },
    { "30 May 2016 12:60", "“12:60” is no time of day" },
    { "30 May 2016 15:30pm", "“15:30pm” is no time of day" },
    { "30 May 2016 0:30am", "“0:30am” is no time of day" },
    { "30 May 2016 13pm", "“13pm” is no time of day" },
    { "30 May 2016 330pm", "“330pm” is no time of day" },
    { "30 May 2016 15:3", "“15:3” is no time of day" },
    { "30 May 2016 15:30:45", "too exact" },
    { "30 May 2016 at 3", "“3” can be in the morning or in the evening" },
    { "30 May 2016 @ 3", "“3” can be in the morning or in the evening" },
    { "30 May 2016 3pmx", "“3pmx” was not understood" },
    { "5/30/2016 15:30", "“5/30/2016” can be read in two ways" },
    { "30.5.2016 15:30", "“30.5.2016” can be read in two ways" },
    { "2016-02-30 15:30", "There is no day 2016-02-30" },
    { "2016-13-01 15:30", "There is no day “2016-13-01”" },
    { "30 February 15:30", "no such day" },
    { "2015-02-29 15:30", "There is no day 2015-02-29" },
    { "32 May 2016 15:30", "No month has a day “32”" },
    { "0 May 2016 15:30", "No month has a day “0”" },
    { "May 2016 15:30", "The day is missing" },
    { "2016 15:30", "The day is missing" },
    { "May 15:30", "The day is missing" },
    { "Tuesday 30 May 2016 15:30", "30 May 2016 is a Monday, not a Tuesday" },
    { "Sun 2 June 15:30", "2 June 2016 is a Thursday, not a Sunday" },
    { "tomorrow 30 May 15:30", "said in two ways" },
    { "in 2 hours 15:30", "either how long from now" },
    { "30 May 2016 15:30 PST", "On 30 May 2016 the clocks of America/Los_Angeles are on PDT, not PST" },
    { "30 Nov 2016 15:30 cest", "on CET, not CEST" },
    { "30 May 2016 15:30 MST", "on MDT, not MST" },
    { "30 May 2016 15:30 XYZ", "“XYZ” is not a time zone" },
    { "30 May 2016 15:30 Europe/Nowhere", "“Europe/Nowhere” is not a time zone" },
    { "30 May 2016 15:30 ../etc/passwd", "was not understood" },
    { "30 May 2016 15:30 etc/passwd", "“Etc/Passwd” is not a time zone" },
    { "30 May 2016 15:30 -07:00", "“-07:00” is only an offset" },
    { "2016-05-30T15:30:00-07:00", "“-07:00” is only an offset" },
    { "30 May 2016 15:30 UTC+2", "“+2” is only an offset" },
    { "9998-12-31 15:30 in 9999 weeks", "two ways" },
    { "12345 15:30", "“12345” was not understood" },
    { "123 15:30", "“123” was not understood" },
    { "3rdx 15:30", "“3rdx” was not understood" },
    { "yesterday 15:30", "“yesterday” was not understood" },
  };
  g_autofree char     *long_text = g_strnfill (201, ' ');
  g_autoptr (GError)   too_long = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError)   error = NULL;
    g_autoptr (HallWhen) when = hall_when_read (bad[i][0], NOW, LOS_ANGELES, &error);

    if (when != NULL)
      g_error ("“%s” gives %s", bad[i][0], when->wall);
    g_assert_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID);
    if (strstr (error->message, bad[i][1]) == NULL)
      g_error ("“%s”: %s", bad[i][0], error->message);
    g_assert_true (g_str_has_suffix (error->message, "."));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }

  g_assert_null (hall_when_read (long_text, NOW, LOS_ANGELES, &too_long));
  g_assert_nonnull (strstr (too_long->message, "too long"));
}

static void
assert_when (const char      *text,
             const char      *zone,
             HallWallTimeKind kind,
             gint64           fold,
             const char      *utc)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (HallWhen)  when = hall_when_read (text, NOW, zone, &error);
  g_autoptr (GDateTime) wanted = g_date_time_new_from_iso8601 (utc, NULL);

  g_assert_no_error (error);
  g_assert_cmpint (when->kind, ==, kind);
  g_assert_cmpint (when->fold, ==, fold);
  g_assert_cmpint (when->moment, ==, g_date_time_to_unix (wanted) * G_USEC_PER_SEC);
}

static void
test_clock_changes (void)
{
  assert_when ("6 Nov 2016 1:30am", LOS_ANGELES, HALL_WALL_TIME_TWICE, 0, "2016-11-06T08:30:00Z");
  assert_when ("6 Nov 2016 1:30am PDT", LOS_ANGELES, HALL_WALL_TIME_PLAIN, 0, "2016-11-06T08:30:00Z");
  assert_when ("6 Nov 2016 1:30am PST", LOS_ANGELES, HALL_WALL_TIME_PLAIN, 1, "2016-11-06T09:30:00Z");
  assert_when ("6 Nov 2016 1:30am PST", BERLIN, HALL_WALL_TIME_PLAIN, 1, "2016-11-06T09:30:00Z");
  assert_when ("12 March 2017 2:30am", LOS_ANGELES, HALL_WALL_TIME_SKIPPED, 0, "2017-03-12T10:30:00Z");
  assert_when ("Sun 12 March 2017 2:30am PST", LOS_ANGELES, HALL_WALL_TIME_SKIPPED, 0, "2017-03-12T10:30:00Z");
}

/* "in an hour" across the change is an hour, whatever the clocks say. */
static void
test_minutes_across_change (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallWhen) when = NULL;

  /* 6 November 2016, 1:30 PDT */
  when = hall_when_read ("in an hour", G_GINT64_CONSTANT (1478421000000000), LOS_ANGELES, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (when->wall, ==, "2016-11-06T01:30");
  g_assert_cmpint (when->fold, ==, 1);
  g_assert_cmpint (when->moment, ==, G_GINT64_CONSTANT (1478424600000000));
}

/* What a short name means depends on where the host is. */
static void
test_own_zone_first (void)
{
  const char *const homes[][3] = {
    { "30 May 2016 15:30 CEST", "Europe/Paris", "Europe/Paris" },
    { "30 May 2016 15:30 MST", "America/Phoenix", "America/Phoenix" },
    { "30 May 2016 15:30 CST", "Asia/Shanghai", "Asia/Shanghai" },
    { "30 May 2016 15:30 IST", "Europe/Dublin", "Europe/Dublin" },
    { "30 Nov 2016 15:30 IST", "Asia/Jerusalem", "Asia/Jerusalem" },
    { "30 Nov 2016 15:30 GMT", "Europe/London", "Europe/London" },
    { "30 May 2016 15:30 GMT", "Europe/London", "Etc/GMT" },
    { "30 May 2016 15:30 PDT", "Europe/Paris", "America/Los_Angeles" },
    { "30 May 2016 15:30", NULL, "UTC" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++) {
    g_autoptr (GError)   error = NULL;
    g_autoptr (HallWhen) when = hall_when_read (homes[i][0], NOW, homes[i][1], &error);

    g_assert_no_error (error);
    g_assert_cmpstr (when->zone, ==, homes[i][2]);
  }
}

/* "Today" is the day it is in the zone that was named. */
static void
test_today_is_there (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallWhen) when = hall_when_read ("today 23:00 Pacific/Auckland", NOW, LOS_ANGELES, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (when->wall, ==, "2016-05-26T23:00");
}

/* 31 December 9998: no calendar goes much further. */
static void
test_too_far (void)
{
  const char *const texts[][2] = {
    { "in 60 weeks 15:30", "too far away" },
    { "in 9999 hours", "too far away" },
    { "29 February 15:30", "no such day from now on" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (hall_when_read (texts[i][0], G_GINT64_CONSTANT (253370678400000000), LOS_ANGELES, &error));
    g_assert_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID);
    g_assert_nonnull (strstr (error->message, texts[i][1]));
  }
}

static void
test_zone_names (void)
{
  guint               n;
  const HallZoneName *names = hall_zone_names_list (&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *winter = hall_wall_time_abbreviation (G_GINT64_CONSTANT (1484000000000000), names[i].zone);
    g_autofree char *summer = hall_wall_time_abbreviation (G_GINT64_CONSTANT (1468000000000000), names[i].zone);

    g_assert_nonnull (winter);
    if (names[i].exact && g_strcmp0 (winter, names[i].name) != 0 && g_strcmp0 (summer, names[i].name) != 0)
      g_error ("%s is never %s", names[i].zone, names[i].name);
    g_assert_true (hall_zone_names_find (names[i].name) == &names[i]);
  }
  g_assert_null (hall_zone_names_find ("XYZ"));
}

static void
test_say (void)
{
  g_autofree char *summer = hall_when_say ("2016-05-30T15:30", LOS_ANGELES, 0);
  g_autofree char *first = hall_when_say ("2016-11-06T01:30", LOS_ANGELES, 0);
  g_autofree char *second = hall_when_say ("2016-11-06T01:30", LOS_ANGELES, 1);
  g_autofree char *early = hall_when_say ("2016-06-02T09:05", BERLIN, 0);

  g_assert_cmpstr (summer, ==, "Monday 30 May 2016, 15:30 PDT");
  g_assert_cmpstr (first, ==, "Sunday 6 November 2016, 01:30 PDT");
  g_assert_cmpstr (second, ==, "Sunday 6 November 2016, 01:30 PST");
  g_assert_cmpstr (early, ==, "Thursday 2 June 2016, 09:05 CEST");
  g_assert_null (hall_when_say ("2016-02-30T15:30", LOS_ANGELES, 0));
  g_assert_null (hall_when_say ("2016-05-30T15:30", "Europe/Nowhere", 0));
}

/* What is said can be read again. */
static void
test_say_and_read (void)
{
  for (int i = 0; i < 500; i++) {
    gint64               moment = NOW / 60000000 * 60000000 + g_test_rand_int_range (0, 500000) * (gint64) 60000000;
    const char          *zone = i % 2 == 0 ? LOS_ANGELES : BERLIN;
    g_autoptr (GError)   error = NULL;
    gint64               fold;
    g_autofree char     *wall = hall_wall_time_from_moment (moment, zone, &fold);
    g_autofree char     *said = hall_when_say (wall, zone, fold);
    g_autoptr (HallWhen) when = hall_when_read (said, NOW, "UTC", &error);

    g_assert_no_error (error);
    g_assert_cmpstr (when->zone, ==, zone);
    g_assert_cmpint (when->moment, ==, moment);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/when/good", test_good);
  g_test_add_func ("/format/when/bad", test_bad);
  g_test_add_func ("/format/when/clock-changes", test_clock_changes);
  g_test_add_func ("/format/when/minutes-across-change", test_minutes_across_change);
  g_test_add_func ("/format/when/own-zone-first", test_own_zone_first);
  g_test_add_func ("/format/when/today-is-there", test_today_is_there);
  g_test_add_func ("/format/when/too-far", test_too_far);
  g_test_add_func ("/format/when/zone-names", test_zone_names);
  g_test_add_func ("/format/when/say", test_say);
  g_test_add_func ("/format/when/say-and-read", test_say_and_read);

  return g_test_run ();
}
