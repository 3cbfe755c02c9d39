/* SPDX-License-Identifier: GPL-3.0-or-later
 * Wall time to moment and back, by GLib's reading of the tz database. */
#include "model/hall-wall-time.h"

#include <stdio.h>
#include <string.h>

/* "2016-05-30T15:30" */
#define WALL_LENGTH 16

static GDateTime *
read_wall (const char *wall)
{
  int  year, month, day, hour, minute;
  char end;

  if (strlen (wall) != WALL_LENGTH ||
      sscanf (wall, "%4d-%2d-%2dT%2d:%2d%c", &year, &month, &day, &hour, &minute, &end) != 5)
    return NULL;

  return g_date_time_new_utc (year, month, day, hour, minute, 0);
}

static gint64
to_microseconds (GDateTime *time)
{
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

/* Which of the offsets in force around the wanted wall time give it back: none in a gap, two in an overlap. */
static guint
find_moments (GTimeZone *zone,
              gint64     wall_seconds,
              gint64     found[2])
{
  gint64 offsets[2];
  guint  n = 0;

  /* A day on either side is farther than any offset and nearer than two changes of offset. */
  for (int i = 0; i < 2; i++) {
    gint64 near = wall_seconds + (i == 0 ? -1 : 1) * 86400;
    int    interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, near);

    offsets[i] = interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
  }

  for (int i = 0; i < 2; i++) {
    gint64 moment = wall_seconds - offsets[i];
    int    interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, moment);
    gint64 offset = interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);

    if (offset == offsets[i] && (n == 0 || found[0] != moment))
      found[n++] = moment;
  }

  if (n == 2 && found[0] > found[1]) {
    gint64 later = found[0];

    found[0] = found[1];
    found[1] = later;
  }
  if (n == 0)
    found[0] = wall_seconds - offsets[0];

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

  if (zone == NULL || *zone == '\0')
    return FALSE;

  known = g_time_zone_new_identifier (zone);
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
  g_autoptr (GDateTime) time = NULL;
  gint64                found[2];
  guint                 n;

  g_return_val_if_fail (wall != NULL && zone != NULL && moment != NULL, HALL_WALL_TIME_INVALID);

  *moment = 0;
  known = g_time_zone_new_identifier (zone);
  time = read_wall (wall);
  if (known == NULL || time == NULL)
    return HALL_WALL_TIME_INVALID;

  n = find_moments (known, g_date_time_to_unix (time), found);
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
 * Returns: (transfer full) (nullable): the wall time, "2016-05-30T15:30"; NULL when there is no such zone
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
  gint64                first;

  g_return_val_if_fail (zone != NULL, NULL);

  known = g_time_zone_new_identifier (zone);
  utc = g_date_time_new_from_unix_utc_usec (moment);
  if (known == NULL || utc == NULL)
    return NULL;

  local = g_date_time_to_timezone (utc, known);
  wall = g_date_time_format (local, "%Y-%m-%dT%H:%M");
  if (fold != NULL)
    *fold = hall_wall_time_to_moment (wall, zone, 0, &first) == HALL_WALL_TIME_TWICE &&
            first / (60 * G_USEC_PER_SEC) != to_microseconds (utc) / (60 * G_USEC_PER_SEC);

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

  known = g_time_zone_new_identifier (zone);
  utc = g_date_time_new_from_unix_utc_usec (moment);
  if (known == NULL || utc == NULL)
    return NULL;

  local = g_date_time_to_timezone (utc, known);
  return g_date_time_format (local, "%Z");
}

/**
 * hall_wall_time_host_zone:
 *
 * Returns: (transfer full): the system's time zone by its name in the tz database; "UTC" when it has none
 */
char *
hall_wall_time_host_zone (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char           *name = g_time_zone_get_identifier (local);

  return g_strdup (hall_wall_time_zone_exists (name) ? name : "UTC");
}
