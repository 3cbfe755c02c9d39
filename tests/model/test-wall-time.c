/* SPDX-License-Identifier: GPL-3.0-or-later
 * Wall times on the days clocks change, and texts that are no wall time or no zone. */
#include "model/hall-wall-time.h"

#define LOS_ANGELES "America/Los_Angeles"
#define BERLIN "Europe/Berlin"
#define LORD_HOWE "Australia/Lord_Howe"
#define SAMOA "Pacific/Apia"

typedef struct {
  const char      *wall;
  const char      *zone;
  gint64           fold;
  HallWallTimeKind kind;
  const char      *utc;
} Case;

static const Case cases[] = {
  { "2016-05-30T15:30", LOS_ANGELES, 0, HALL_WALL_TIME_PLAIN, "2016-05-30T22:30:00Z" },
  { "2016-05-30T15:30", LOS_ANGELES, 1, HALL_WALL_TIME_PLAIN, "2016-05-30T22:30:00Z" },
  { "2016-01-30T15:30", LOS_ANGELES, 0, HALL_WALL_TIME_PLAIN, "2016-01-30T23:30:00Z" },
  { "2016-05-30T15:30", "UTC", 0, HALL_WALL_TIME_PLAIN, "2016-05-30T15:30:00Z" },
  { "2016-05-30T15:30", "Asia/Kathmandu", 0, HALL_WALL_TIME_PLAIN, "2016-05-30T09:45:00Z" },

  /* Spring: 2:00 to 3:00 does not happen. */
  { "2016-03-13T01:59", LOS_ANGELES, 0, HALL_WALL_TIME_PLAIN, "2016-03-13T09:59:00Z" },
  { "2016-03-13T02:00", LOS_ANGELES, 0, HALL_WALL_TIME_SKIPPED, "2016-03-13T10:00:00Z" },
  { "2016-03-13T02:30", LOS_ANGELES, 1, HALL_WALL_TIME_SKIPPED, "2016-03-13T10:30:00Z" },
  { "2016-03-13T02:59", LOS_ANGELES, 0, HALL_WALL_TIME_SKIPPED, "2016-03-13T10:59:00Z" },
  { "2016-03-13T03:00", LOS_ANGELES, 0, HALL_WALL_TIME_PLAIN, "2016-03-13T10:00:00Z" },
  { "2016-03-27T02:30", BERLIN, 0, HALL_WALL_TIME_SKIPPED, "2016-03-27T01:30:00Z" },

  /* Autumn: 1:00 to 2:00 happens twice. */
  { "2016-11-06T00:59", LOS_ANGELES, 0, HALL_WALL_TIME_PLAIN, "2016-11-06T07:59:00Z" },
  { "2016-11-06T01:00", LOS_ANGELES, 0, HALL_WALL_TIME_TWICE, "2016-11-06T08:00:00Z" },
  { "2016-11-06T01:30", LOS_ANGELES, 1, HALL_WALL_TIME_TWICE, "2016-11-06T09:30:00Z" },
  { "2016-11-06T01:59", LOS_ANGELES, 1, HALL_WALL_TIME_TWICE, "2016-11-06T09:59:00Z" },
  { "2016-11-06T02:00", LOS_ANGELES, 0, HALL_WALL_TIME_PLAIN, "2016-11-06T10:00:00Z" },
  { "2016-10-30T02:30", BERLIN, 0, HALL_WALL_TIME_TWICE, "2016-10-30T00:30:00Z" },
  { "2016-10-30T02:30", BERLIN, 1, HALL_WALL_TIME_TWICE, "2016-10-30T01:30:00Z" },

  /* Half an hour only. */
  { "2016-10-02T02:15", LORD_HOWE, 0, HALL_WALL_TIME_SKIPPED, "2016-10-01T15:45:00Z" },
  { "2016-10-02T02:30", LORD_HOWE, 0, HALL_WALL_TIME_PLAIN, "2016-10-01T15:30:00Z" },
  { "2016-04-03T01:29", LORD_HOWE, 0, HALL_WALL_TIME_PLAIN, "2016-04-02T14:29:00Z" },
  { "2016-04-03T01:45", LORD_HOWE, 0, HALL_WALL_TIME_TWICE, "2016-04-02T14:45:00Z" },
  { "2016-04-03T01:45", LORD_HOWE, 1, HALL_WALL_TIME_TWICE, "2016-04-02T15:15:00Z" },

  /* Samoa went over the date line: there was no 30 December 2011. */
  { "2011-12-29T23:59", SAMOA, 0, HALL_WALL_TIME_PLAIN, "2011-12-30T09:59:00Z" },
  { "2011-12-30T00:00", SAMOA, 0, HALL_WALL_TIME_SKIPPED, "2011-12-30T10:00:00Z" },
  { "2011-12-30T23:59", SAMOA, 0, HALL_WALL_TIME_SKIPPED, "2011-12-31T09:59:00Z" },
  { "2011-12-31T00:00", SAMOA, 0, HALL_WALL_TIME_PLAIN, "2011-12-30T10:00:00Z" },

  /* Beyond what the database lists day by day, and before it begins. */
  { "2090-07-01T12:00", LOS_ANGELES, 0, HALL_WALL_TIME_PLAIN, "2090-07-01T19:00:00Z" },
  { "9999-12-31T12:00", "UTC", 0, HALL_WALL_TIME_PLAIN, "9999-12-31T12:00:00Z" },
  { "0001-01-02T12:00", "UTC", 0, HALL_WALL_TIME_PLAIN, "0001-01-02T12:00:00Z" },
};

static void
test_to_moment (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GDateTime) utc = NULL;
    g_autoptr (GDateTime) wanted = g_date_time_new_from_iso8601 (cases[i].utc, NULL);
    gint64                moment;
    HallWallTimeKind      kind;

    kind = hall_wall_time_to_moment (cases[i].wall, cases[i].zone, cases[i].fold, &moment);
    utc = g_date_time_new_from_unix_utc_usec (moment);
    if (kind != cases[i].kind || !g_date_time_equal (utc, wanted)) {
      g_autofree char *got = g_date_time_format_iso8601 (utc);

      g_error ("%s in %s: kind %d, %s", cases[i].wall, cases[i].zone, kind, got);
    }
  }
}

static void
test_from_moment (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GDateTime) utc = g_date_time_new_from_iso8601 (cases[i].utc, NULL);
    g_autofree char      *wall = NULL;
    gint64                fold = 7;

    if (cases[i].kind == HALL_WALL_TIME_SKIPPED)
      continue;

    /* Any second within the minute says the same. */
    wall = hall_wall_time_from_moment ((g_date_time_to_unix (utc) + 59) * G_USEC_PER_SEC, cases[i].zone, &fold);
    g_assert_cmpstr (wall, ==, cases[i].wall);
    g_assert_cmpint (fold, ==, cases[i].kind == HALL_WALL_TIME_TWICE ? cases[i].fold : 0);
  }
}

/* Before 1970 the moments are negative; the seconds of a minute must not change what fold it is. */
static void
test_from_negative_moment (void)
{
  gint64 first;

  g_assert_cmpint (hall_wall_time_to_moment ("1969-10-26T01:30", LOS_ANGELES, 0, &first), ==, HALL_WALL_TIME_TWICE);
  g_assert_cmpint (first, <, 0);

  for (int hour = 0; hour < 2; hour++)
    for (int second = 0; second < 60; second += 59) {
      gint64           seconds = hour * 3600 + second;
      g_autofree char *wall = NULL;
      gint64           fold;

      wall = hall_wall_time_from_moment (first + seconds * G_USEC_PER_SEC, LOS_ANGELES, &fold);
      g_assert_cmpstr (wall, ==, "1969-10-26T01:30");
      g_assert_cmpint (fold, ==, hour);
    }
}

/* Every quarter of an hour for two years: back and forth is the same moment. */
static void
test_back_and_forth (void)
{
  const char *const zones[] = { LOS_ANGELES, BERLIN, LORD_HOWE, SAMOA, "Africa/Casablanca", "America/Sao_Paulo" };

  for (gsize z = 0; z < G_N_ELEMENTS (zones); z++) {
    /* GLib reads a zone's file once for as long as somebody holds the zone. */
    g_autoptr (GTimeZone) held = g_time_zone_new_identifier (zones[z]);

    for (gint64 quarter = 0; quarter < 2 * 366 * 96; quarter++) {
      gint64           moment = (1293840000 + quarter * 900) * G_USEC_PER_SEC;
      g_autofree char *wall = NULL;
      gint64           fold;
      gint64           again;

      wall = hall_wall_time_from_moment (moment, zones[z], &fold);
      g_assert_cmpint (hall_wall_time_to_moment (wall, zones[z], fold, &again), !=, HALL_WALL_TIME_SKIPPED);
      g_assert_cmpint (again, ==, moment);
    }
  }
}

static void
test_wall_shape (void)
{
  const char *const bad[] = {
    "", "2016-05-30", "2016-05-30T15:30:00", "2016-05-30 15:30", "2016-5-30T15:30", "2016-05-30T5:30pm",
    "2016-02-30T15:30", "2015-02-29T15:30", "2016-13-01T15:30", "2016-00-01T15:30", "2016-05-30T24:00",
    "2016-05-30T15:60", "0000-01-01T00:00", " 016-05-30T15:30", "+016-05-30T15:30", "2016--5-30T15:30",
    "2016-05- 3T15:30", "2016-05-30T15:3x", "2016-05-30T15:-3", "２０16-05-30T15:30",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    gint64 moment = 5;

    if (hall_wall_time_to_moment (bad[i], LOS_ANGELES, 0, &moment) != HALL_WALL_TIME_INVALID)
      g_error ("“%s” was taken", bad[i]);
    g_assert_cmpint (moment, ==, 0);
  }
}

static void
test_zones (void)
{
  const char *const good[] = {
    "UTC", "Etc/UTC", LOS_ANGELES, BERLIN, "America/Argentina/Buenos_Aires", "Etc/GMT+5", "America/Port-au-Prince",
  };
  const char *const bad[] = {
    "", "Z", "+02:00", "-08:00", "08", "ABC5", "CET-1CEST", "EST5EDT,M3.2.0,M11.1.0", ":Europe/Berlin", "europe/berlin",
    "Europe", "Europe/", "Europe//Berlin", "Europe/Nowhere", "Factory", "localtime", "posixrules", "tzdata.zi",
    "/etc/passwd", "/usr/share/zoneinfo/Europe/Berlin", "../zoneinfo/Europe/Berlin", "Europe/../Europe/Berlin",
    "Europe/Berlin\n", "Europe/Berlin ", "PDT",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    if (!hall_wall_time_zone_exists (good[i]))
      g_error ("“%s” was refused", good[i]);

  g_assert_false (hall_wall_time_zone_exists (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    gint64 moment;

    if (hall_wall_time_zone_exists (bad[i]))
      g_error ("“%s” was taken", bad[i]);
    g_assert_cmpint (hall_wall_time_to_moment ("2016-05-30T15:30", bad[i], 0, &moment), ==, HALL_WALL_TIME_INVALID);
    g_assert_null (hall_wall_time_from_moment (0, bad[i], NULL));
    g_assert_null (hall_wall_time_abbreviation (0, bad[i]));
  }
}

static void
test_abbreviation (void)
{
  g_autofree char *summer = hall_wall_time_abbreviation (G_GINT64_CONSTANT (1464647400000000), LOS_ANGELES);
  g_autofree char *winter = hall_wall_time_abbreviation (G_GINT64_CONSTANT (1454196600000000), LOS_ANGELES);

  g_assert_cmpstr (summer, ==, "PDT");
  g_assert_cmpstr (winter, ==, "PST");
}

static void
test_outside (void)
{
  g_assert_null (hall_wall_time_from_moment (G_MAXINT64, "UTC", NULL));
  g_assert_null (hall_wall_time_from_moment (G_MININT64, "UTC", NULL));
  g_assert_null (hall_wall_time_abbreviation (G_MAXINT64, "UTC"));
}

static void
test_host_zone (void)
{
  const char *const texts[][2] = {
    { "Europe/Berlin", "Europe/Berlin" },
    { ":Europe/Berlin", "Europe/Berlin" },
    { ":/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin" },
    { "/usr/share/zoneinfo/America/Los_Angeles", "America/Los_Angeles" },
    { "UTC", "UTC" },
    { "", "UTC" },
    { "CET-1CEST", "UTC" },
    { "Europe/Nowhere", "UTC" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *zone = NULL;

    g_setenv ("TZ", texts[i][0], TRUE);
    zone = hall_wall_time_host_zone ();
    g_assert_cmpstr (zone, ==, texts[i][1]);
  }
}

static void
test_host_zone_by_file (void)
{
  g_autofree char *target = g_file_read_link ("/etc/localtime", NULL);
  g_autofree char *zone = NULL;

  g_unsetenv ("TZ");
  zone = hall_wall_time_host_zone ();
  g_assert_true (hall_wall_time_zone_exists (zone));
  if (target == NULL)
    g_test_skip ("/etc/localtime is no link here");
  else
    g_assert_true (g_str_has_suffix (target, zone));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/wall-time/to-moment", test_to_moment);
  g_test_add_func ("/model/wall-time/from-moment", test_from_moment);
  g_test_add_func ("/model/wall-time/from-negative-moment", test_from_negative_moment);
  g_test_add_func ("/model/wall-time/back-and-forth", test_back_and_forth);
  g_test_add_func ("/model/wall-time/wall-shape", test_wall_shape);
  g_test_add_func ("/model/wall-time/zones", test_zones);
  g_test_add_func ("/model/wall-time/abbreviation", test_abbreviation);
  g_test_add_func ("/model/wall-time/outside", test_outside);
  g_test_add_func ("/model/wall-time/host-zone", test_host_zone);
  g_test_add_func ("/model/wall-time/host-zone-by-file", test_host_zone_by_file);

  return g_test_run ();
}
