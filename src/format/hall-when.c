/* SPDX-License-Identifier: GPL-3.0-or-later
 * From the parts somebody wrote to a wall time in a zone: the day they meant, and whether its clocks agree. */
#include "format/hall-when.h"

#include "format/hall-when-parts.h"
#include "format/hall-zone-names.h"

#include <glib/gi18n.h>
#include <stdarg.h>
#include <string.h>

#define DAY (86400 * (gint64) G_USEC_PER_SEC)
#define MINUTE (60 * (gint64) G_USEC_PER_SEC)

/* Far enough for the next 29 February. */
#define DAYS_AHEAD (366 * 9)

static gboolean refuse (GError     **error,
                        const char  *format,
                        ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID, message);

  return FALSE;
}

static char *
format_day (const GDate *day,
            const char  *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (g_date_get_year (day), g_date_get_month (day),
                                                    g_date_get_day (day), 12, 0, 0);

  return g_date_time_format (time, format);
}

/* The day as people write it; for sentences. */
static char *
say_day (const GDate *day)
{
  /* Translators: a day as GDateTime formats it, "30 May 2016" */
  /* xgettext:no-c-format */
  return format_day (day, _("%-d %B %Y"));
}

static void
day_of_wall (const char *wall,
             GDate      *day)
{
  g_date_clear (day, 1);
  g_date_set_dmy (day, g_ascii_strtoll (wall + 8, NULL, 10), g_ascii_strtoll (wall + 5, NULL, 10),
                  g_ascii_strtoll (wall, NULL, 10));
}

static HallWhen *
make_when (const GDate         *day,
           const HallWhenParts *parts,
           const char          *zone)
{
  HallWhen *when = g_new0 (HallWhen, 1);

  when->wall = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d", g_date_get_year (day), g_date_get_month (day),
                                g_date_get_day (day), parts->hour, parts->minute);
  when->zone = g_strdup (zone);
  when->kind = hall_wall_time_to_moment (when->wall, zone, 0, &when->moment);

  return when;
}

static gboolean
fits_day (const HallWhenParts *parts,
          const GDate         *day)
{
  return (parts->year == 0 || parts->year == g_date_get_year (day)) &&
         (parts->month == 0 || parts->month == (int) g_date_get_month (day)) &&
         (parts->day == 0 || parts->day == (int) g_date_get_day (day)) &&
         (parts->day != 0 || parts->weekday == 0 || parts->weekday == (int) g_date_get_weekday (day));
}

/* Where the year, or all of the day, was left out: the first one from now on. */
static HallWhen *
find_next (const HallWhenParts *parts,
           const GDate         *today,
           gint64               now,
           const char          *zone,
           GError             **error)
{
  GDate day = *today;

  for (int i = 0; i < DAYS_AHEAD; i++) {
    if (fits_day (parts, &day) && !(parts->next && i == 0)) {
      g_autoptr (HallWhen) when = make_when (&day, parts, zone);

      if (when->moment > now)
        return g_steal_pointer (&when);
    }
    g_date_add_days (&day, 1);
  }

  refuse (error, _("There is no such day from now on."));
  return NULL;
}

static gboolean
check_parts (const HallWhenParts *parts,
             GError             **error)
{
  gboolean names_day = parts->day != 0 || parts->month != 0 || parts->year != 0 || parts->weekday != 0;

  if (parts->in_minutes >= 0 && (names_day || parts->hour >= 0 || parts->in_days >= 0))
    return refuse (error, _("Say either how long from now, or the day and the time."));
  if (parts->in_minutes >= 0)
    return TRUE;
  if (parts->hour < 0)
    return refuse (error, _("The time of day is missing. Add it, such as “15:30” or “3:30pm”."));
  if (parts->in_days >= 0 && (parts->day != 0 || parts->month != 0 || parts->year != 0))
    return refuse (error, _("The day is said in two ways. Leave one of them out."));
  if ((parts->month != 0 && parts->day == 0) || (parts->year != 0 && (parts->month == 0 || parts->day == 0)))
    return refuse (error, _("The day is missing. Write it out, such as “30 May 2016”."));
  if (parts->year != 0 && !g_date_valid_dmy (parts->day, parts->month, parts->year))
    return refuse (error, _("There is no day %04d-%02d-%02d."), parts->year, parts->month, parts->day);
  if (parts->month != 0 && !g_date_valid_dmy (parts->day, parts->month, 2000))
    return refuse (error, _("There is no such day as %d-%02d in any year."), parts->month, parts->day);

  return TRUE;
}

static gboolean
check_weekday (const HallWhenParts *parts,
               const GDate         *day,
               GError             **error)
{
  GDate            wanted = *day;
  g_autofree char *date = NULL;
  g_autofree char *is = NULL;
  g_autofree char *said = NULL;

  if (parts->weekday == 0 || parts->weekday == (int) g_date_get_weekday (day))
    return TRUE;

  g_date_add_days (&wanted, 7 + parts->weekday - (int) g_date_get_weekday (day));
  date = say_day (day);
  is = format_day (day, "%A");
  said = format_day (&wanted, "%A");

  /* Translators: "30 May 2016 is a Monday, not a Tuesday." */
  return refuse (error, _("%s is a %s, not a %s. Correct one of them."), date, is, said);
}

static HallWhen *
resolve_minutes (const HallWhenParts *parts,
                 gint64               now,
                 const char          *zone)
{
  g_autoptr (HallWhen) when = g_new0 (HallWhen, 1);
  gint64               moment = now - now % MINUTE + parts->in_minutes * MINUTE;

  when->zone = g_strdup (zone);
  when->wall = hall_wall_time_from_moment (moment, zone, &when->fold);
  if (when->wall == NULL)
    return NULL;

  when->kind = HALL_WALL_TIME_PLAIN;
  when->moment = moment;
  return g_steal_pointer (&when);
}

static HallWhen *
resolve (const HallWhenParts *parts,
         gint64               now,
         const char          *zone,
         GError             **error)
{
  g_autofree char     *today_wall = hall_wall_time_from_moment (now, zone, NULL);
  g_autoptr (HallWhen) when = NULL;
  GDate                today;
  GDate                day;

  if (today_wall == NULL) {
    refuse (error, _("“%s” is not a time zone that is known here. Write it as “Europe/Berlin” or “PDT”."), zone);
    return NULL;
  }

  day_of_wall (today_wall, &today);
  if (parts->in_minutes >= 0) {
    when = resolve_minutes (parts, now, zone);
  } else if (parts->in_days >= 0) {
    day = today;
    g_date_add_days (&day, parts->in_days);
    when = make_when (&day, parts, zone);
  } else if (parts->year != 0) {
    g_date_clear (&day, 1);
    g_date_set_dmy (&day, parts->day, parts->month, parts->year);
    when = make_when (&day, parts, zone);
  } else {
    when = find_next (parts, &today, now, zone, error);
    if (when == NULL)
      return NULL;
  }

  if (when == NULL || when->kind == HALL_WALL_TIME_INVALID) {
    refuse (error, _("That is too far away."));
    return NULL;
  }
  day_of_wall (when->wall, &day);
  if (!check_weekday (parts, &day, error))
    return NULL;

  return g_steal_pointer (&when);
}

static gboolean
bears_name (gint64      moment,
            const char *zone,
            const char *name)
{
  g_autofree char *abbreviation = hall_wall_time_abbreviation (moment, zone);

  return abbreviation != NULL && g_ascii_strcasecmp (abbreviation, name) == 0;
}

/* Whether the clocks of @when's zone are on @name then. Where the time comes twice, the name tells which is meant. */
static gboolean
fits_name (HallWhen   *when,
           const char *name)
{
  gint64 second;

  if (bears_name (when->moment, when->zone, name)) {
    if (when->kind == HALL_WALL_TIME_TWICE)
      when->kind = HALL_WALL_TIME_PLAIN;
    return TRUE;
  }
  if (when->kind == HALL_WALL_TIME_TWICE &&
      hall_wall_time_to_moment (when->wall, when->zone, 1, &second) == HALL_WALL_TIME_TWICE &&
      bears_name (second, when->zone, name)) {
    when->kind = HALL_WALL_TIME_PLAIN;
    when->moment = second;
    when->fold = 1;
    return TRUE;
  }

  /* Just before a gap the clocks bore the other name. */
  return when->kind == HALL_WALL_TIME_SKIPPED && bears_name (when->moment - DAY, when->zone, name);
}

static gboolean
refuse_name (const HallWhen  *when,
             const char      *name,
             GError         **error)
{
  g_autofree char *right = hall_wall_time_abbreviation (when->moment, when->zone);
  g_autofree char *date = NULL;
  g_autofree char *said = g_ascii_strup (name, -1);
  GDate            day;

  day_of_wall (when->wall, &day);
  date = say_day (&day);

  /* Translators: "On 30 May 2016 the clocks of America/Los_Angeles are on PDT, not PST. Write PDT, or …" */
  return refuse (error, _("On %s the clocks of %s are on %s, not %s. Write %s, or the name of the zone that is meant."),
                 date, when->zone, right, said, right);
}

/* A name such as "CST" or "IST" means the host's own zone when its clocks bear that name; else what most people mean. */
static HallWhen *
resolve_name (const HallWhenParts *parts,
              gint64               now,
              const char          *default_zone,
              GError             **error)
{
  const HallZoneName  *known = hall_zone_names_find (parts->zone);
  g_autoptr (HallWhen) here = resolve (parts, now, default_zone, NULL);
  g_autoptr (HallWhen) there = NULL;

  if (here != NULL && fits_name (here, parts->zone))
    return g_steal_pointer (&here);
  if (known == NULL) {
    refuse (error, _("“%s” is not a time zone that is known here. Write it as “Europe/Berlin” or “PDT”."), parts->zone);
    return NULL;
  }

  there = resolve (parts, now, known->zone, error);
  if (there == NULL)
    return NULL;
  if (known->exact && !fits_name (there, parts->zone)) {
    refuse_name (there, parts->zone, error);
    return NULL;
  }

  return g_steal_pointer (&there);
}

/* "europe/berlin" becomes "Europe/Berlin"; names such as "Port-au-Prince" have to be written as they are. */
static char *
capitalise (const char *zone)
{
  char    *name = g_ascii_strdown (zone, -1);
  gboolean begins = TRUE;

  for (char *p = name; *p != '\0'; p++) {
    if (begins)
      *p = g_ascii_toupper (*p);
    begins = *p == '/' || *p == '_';
  }

  return name;
}

/**
 * hall_when_read:
 * @text: a time as somebody wrote it in English: "2016-05-30 15:30", "Monday May 30, 2016 at 3:30pm PDT",
 *   "30 May 2016 3:30 pm Europe/Berlin", "next Tuesday 15:30", "tomorrow 9am", "in 3 days 15:00", "in 2 hours"
 * @now: microseconds since 1970 in UTC
 * @default_zone: (nullable): the tz database name of the zone that is meant when none is said; "UTC" when NULL
 * @error: return location for HALL_FORMAT_ERROR_INVALID, whose message is a sentence for people
 *
 * Without a year the next such day is meant, and so it is with only a weekday ("next Tuesday" is never today) or
 * only a time of day. A weekday or a zone's name that contradicts the day is refused. A time that comes twice or
 * never when clocks change is read, and its kind says so; a zone's name such as "PST" tells which of two. Any thread.
 *
 * Returns: (transfer full): what was meant; NULL with @error set
 */
HallWhen *
hall_when_read (const char  *text,
                gint64       now,
                const char  *default_zone,
                GError     **error)
{
  g_auto (HallWhenParts) parts = { 0 };
  g_autofree char       *zone = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (default_zone == NULL)
    default_zone = "UTC";
  if (!hall_when_parts_read (&parts, text, error) || !check_parts (&parts, error))
    return NULL;
  if (parts.zone == NULL)
    return resolve (&parts, now, default_zone, error);
  if (strchr (parts.zone, '/') == NULL)
    return resolve_name (&parts, now, default_zone, error);

  zone = hall_wall_time_zone_exists (parts.zone) ? g_strdup (parts.zone) : capitalise (parts.zone);
  return resolve (&parts, now, zone, error);
}

/**
 * hall_when_free:
 * @when: (transfer full) (nullable): what hall_when_read() gave
 */
void
hall_when_free (HallWhen *when)
{
  if (when == NULL)
    return;

  g_free (when->wall);
  g_free (when->zone);
  g_free (when);
}

/**
 * hall_when_say:
 * @wall: a wall time, "2016-05-30T15:30"
 * @zone: a name of the tz database
 * @fold: 0 for the first such time of the day, 1 for the second
 *
 * Reads a time back in full, in the language of the session: "Monday 30 May 2016, 15:30 PDT". A time that clocks
 * skip is told as what they show instead. Any thread.
 *
 * Returns: (transfer full) (nullable): the text; NULL when there is no such time or zone
 */
char *
hall_when_say (const char *wall,
               const char *zone,
               gint64      fold)
{
  g_autoptr (GTimeZone) known = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  gint64                moment;

  g_return_val_if_fail (wall != NULL && zone != NULL, NULL);

  if (hall_wall_time_to_moment (wall, zone, fold, &moment) == HALL_WALL_TIME_INVALID)
    return NULL;

  known = g_time_zone_new_identifier (zone);
  utc = g_date_time_new_from_unix_utc_usec (moment);
  local = utc != NULL ? g_date_time_to_timezone (utc, known) : NULL;
  if (local == NULL)
    return NULL;

  /* Translators: a time as GDateTime formats it, "Monday 30 May 2016, 15:30 PDT" */
  /* xgettext:no-c-format */
  return g_date_time_format (local, _("%A %-d %B %Y, %H:%M %Z"));
}
