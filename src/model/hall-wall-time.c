/* SPDX-License-Identifier: GPL-3.0-or-later
 * Wall time to moment and back, by GLib's reading of the tz database. */
#include "model/hall-wall-time.h"

#include <string.h>

#define DAY 86400

/* Where the tz database lies on every system Hallway is built for. */
#define TZ_FOLDER "/usr/share/zoneinfo/"

/* Names without a slash that hold digits. GLib would read others of that shape, such as "ABC5", as POSIX rules. */
static const char *const names_with_digits[] = { "CST6CDT", "EST5EDT", "GMT+0", "GMT-0", "GMT0", "MST7MDT", "PST8PDT", NULL };

/* GLib takes paths, offsets and rules for identifiers, too, and opens whatever file is named; zones come from the
 * network, so only what has the shape of a name in the tz database may reach it. */
static gboolean
is_zone_name (const char *zone)
{
  gsize    length = strlen (zone);
  gboolean has_slash = strchr (zone, '/') != NULL;

  if (length < 2 || length > 64 || !g_ascii_isupper (zone[0]) || zone[length - 1] == '/' ||
      strstr (zone, "//") != NULL || strcmp (zone, "Factory") == 0)
    return FALSE;

  for (const char *p = zone; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("/_+-", *p) == NULL)
      return FALSE;

  return has_slash || strpbrk (zone, "0123456789") == NULL || g_strv_contains (names_with_digits, zone);
}

/* GLib reads a zone's file anew unless somebody holds the zone, so each thread holds the one it used last. */
static GTimeZone *
open_zone (const char *zone)
{
  static GPrivate last = G_PRIVATE_INIT ((GDestroyNotify) g_time_zone_unref);
  GTimeZone      *opened = is_zone_name (zone) ? g_time_zone_new_identifier (zone) : NULL;

  if (opened != NULL && opened != g_private_get (&last))
    g_private_replace (&last, g_time_zone_ref (opened));

  return opened;
}

static gboolean
read_number (const char *digits,
             int         n,
             int        *number)
{
  *number = 0;
  for (int i = 0; i < n; i++) {
    if (!g_ascii_isdigit (digits[i]))
      return FALSE;
    *number = *number * 10 + (digits[i] - '0');
  }

  return TRUE;
}

/* Reads "2016-05-30T15:30" as if it were UTC. */
static gboolean
read_wall (const char *wall,
           gint64     *seconds)
{
  g_autoptr (GDateTime) time = NULL;
  int                   year, month, day, hour, minute;

  if (strlen (wall) != strlen ("2016-05-30T15:30") ||
      !read_number (wall, 4, &year) || wall[4] != '-' ||
      !read_number (wall + 5, 2, &month) || wall[7] != '-' ||
      !read_number (wall + 8, 2, &day) || wall[10] != 'T' ||
      !read_number (wall + 11, 2, &hour) || wall[13] != ':' ||
      !read_number (wall + 14, 2, &minute))
    return FALSE;

  time = g_date_time_new_utc (year, month, day, hour, minute, 0);
  if (time == NULL)
    return FALSE;

  *seconds = g_date_time_to_unix (time);
  return TRUE;
}

static gint64
offset_at (GTimeZone *zone,
           int        interval)
{
  return interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
}

/* Which moments, in seconds since 1970, the clocks of @zone show @wall at: none in a gap, two in an overlap, the
 * earlier first. Every offset in force within a day on either side is tried; no offset is farther from UTC. */
static guint
find_moments (GTimeZone *zone,
              gint64     wall,
              gint64     found[2])
{
  int   first = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, wall - DAY);
  int   last = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, wall + DAY);
  guint n = 0;

  for (int i = first; i <= last && n < 2; i++) {
    gint64 moment = wall - offset_at (zone, i);

    if (g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, moment) == i)
      found[n++] = moment;
  }
  if (n == 0)
    found[0] = wall - offset_at (zone, first);

  return n;
}

/**
 * hall_wall_time_zone_exists:
 * @zone: (nullable): a text
 *
 * Returns: whether it names a zone of the tz database, such as "Europe/Berlin" or "UTC"
 */
gboolean
hall_wall_time_zone_exists (const char *zone)
{
  g_autoptr (GTimeZone) known = NULL;

  if (zone == NULL)
    return FALSE;

  known = open_zone (zone);
  return known != NULL;
}

/**
 * hall_wall_time_to_moment:
 * @wall: a wall time, "2016-05-30T15:30"
 * @zone: a name of the tz database
 * @fold: 0 for the first such time of the day, 1 for the second (PEP 495); matters only when it happens twice
 * @moment: (out): microseconds since 1970 in UTC; in a gap, what the clock would have said without it
 *
 * Any thread.
 *
 * Returns: how often that wall time happens
 */
HallWallTimeKind
hall_wall_time_to_moment (const char *wall,
                          const char *zone,
                          gint64      fold,
                          gint64     *moment)
{
  g_autoptr (GTimeZone) known = NULL;
  gint64                seconds;
  gint64                found[2];
  guint                 n;

  g_return_val_if_fail (wall != NULL && zone != NULL && moment != NULL, HALL_WALL_TIME_INVALID);

  *moment = 0;
  known = open_zone (zone);
  if (known == NULL || !read_wall (wall, &seconds))
    return HALL_WALL_TIME_INVALID;

  n = find_moments (known, seconds, found);
  *moment = found[n == 2 && fold == 1 ? 1 : 0] * G_USEC_PER_SEC;

  return n == 0 ? HALL_WALL_TIME_SKIPPED : n == 1 ? HALL_WALL_TIME_PLAIN : HALL_WALL_TIME_TWICE;
}

/**
 * hall_wall_time_from_moment:
 * @moment: microseconds since 1970 in UTC
 * @zone: a name of the tz database
 * @fold: (out) (optional): 1 when this is the second such wall time of its day
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the wall time, "2016-05-30T15:30", seconds left out; NULL when there is no
 *   such zone, or outside the years 1 to 9999
 */
char *
hall_wall_time_from_moment (gint64      moment,
                            const char *zone,
                            gint64     *fold)
{
  g_autoptr (GTimeZone) known = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char      *wall = NULL;
  gint64                seconds;
  gint64                found[2];
  int                   year, month, day;

  g_return_val_if_fail (zone != NULL, NULL);

  known = open_zone (zone);
  utc = g_date_time_new_from_unix_utc_usec (moment);
  local = known != NULL && utc != NULL ? g_date_time_to_timezone (utc, known) : NULL;
  if (local == NULL)
    return NULL;

  /* Not g_date_time_format(): its %Y does not pad the year to four digits. */
  g_date_time_get_ymd (local, &year, &month, &day);
  wall = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d", year, month, day,
                          g_date_time_get_hour (local), g_date_time_get_minute (local));
  if (fold != NULL)
    *fold = read_wall (wall, &seconds) && find_moments (known, seconds, found) == 2 &&
            g_date_time_to_unix (utc) >= found[1];

  return g_steal_pointer (&wall);
}

/**
 * hall_wall_time_abbreviation:
 * @moment: microseconds since 1970 in UTC
 * @zone: a name of the tz database
 *
 * Returns: (transfer full) (nullable): what the zone is called at that moment, such as "PDT"
 */
char *
hall_wall_time_abbreviation (gint64      moment,
                             const char *zone)
{
  g_autoptr (GTimeZone) known = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  known = open_zone (zone);
  utc = g_date_time_new_from_unix_utc_usec (moment);
  local = known != NULL && utc != NULL ? g_date_time_to_timezone (utc, known) : NULL;

  return local != NULL ? g_date_time_format (local, "%Z") : NULL;
}

/**
 * hall_wall_time_host_zone:
 *
 * Asks TZ, with or without a colon or the database's folder before the name (POSIX, 8.3), then where
 * /etc/localtime points to, then /etc/timezone, which Debian and Flatpak write. Any thread.
 *
 * Returns: (transfer full): the system's time zone by its name in the tz database; "UTC" when it has none
 */
char *
hall_wall_time_host_zone (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autofree char      *written = NULL;
  const char           *name = g_time_zone_get_identifier (local);

  if (name[0] == ':')
    name++;
  if (g_str_has_prefix (name, TZ_FOLDER))
    name += strlen (TZ_FOLDER);
  if (hall_wall_time_zone_exists (name))
    return g_strdup (name);

  if (g_getenv ("TZ") == NULL && g_file_get_contents ("/etc/timezone", &written, NULL, NULL) &&
      hall_wall_time_zone_exists (g_strstrip (written)))
    return g_steal_pointer (&written);

  return g_strdup ("UTC");
}
