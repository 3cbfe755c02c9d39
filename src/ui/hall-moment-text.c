/* SPDX-License-Identifier: GPL-3.0-or-later
 * Times in words for the screen. Moments are microseconds since 1970 in UTC. */
#include "ui/hall-moment-text.h"

#include "model/hall-wall-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTE (60 * G_TIME_SPAN_SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static GDateTime *
read_moment (gint64      moment,
             const char *zone)
{
  g_autoptr (GTimeZone) known = hall_wall_time_zone_exists (zone) ? g_time_zone_new_identifier (zone) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (moment);

  if (utc == NULL)
    return NULL;

  return known != NULL ? g_date_time_to_timezone (utc, known) : g_steal_pointer (&utc);
}

static char *
format_moment (gint64      moment,
               const char *zone,
               const char *format)
{
  g_autoptr (GDateTime) time = read_moment (moment, zone);

  return time != NULL ? g_date_time_format (time, format) : g_strdup ("");
}

/* "PDT"; places without letters of their own have only a number, which is said to be an offset. */
static char *
short_zone (gint64      moment,
            const char *zone)
{
  g_autofree char *name = hall_wall_time_abbreviation (moment, zone);

  if (name != NULL && (*name == '+' || *name == '-'))
    return g_strconcat ("UTC", name, NULL);

  return g_steal_pointer (&name);
}

static int
days_between (gint64      from,
              gint64      to,
              const char *zone)
{
  g_autoptr (GDateTime) a = read_moment (from, zone);
  g_autoptr (GDateTime) b = read_moment (to, zone);
  GDate                 day_a, day_b;

  if (a == NULL || b == NULL)
    return G_MAXINT;

  g_date_clear (&day_a, 1);
  g_date_clear (&day_b, 1);
  g_date_set_dmy (&day_a, g_date_time_get_day_of_month (a), g_date_time_get_month (a), g_date_time_get_year (a));
  g_date_set_dmy (&day_b, g_date_time_get_day_of_month (b), g_date_time_get_month (b), g_date_time_get_year (b));

  return g_date_days_between (&day_a, &day_b);
}

static gboolean
same_year (gint64      a,
           gint64      b,
           const char *zone)
{
  g_autoptr (GDateTime) one = read_moment (a, zone);
  g_autoptr (GDateTime) two = read_moment (b, zone);

  return one != NULL && two != NULL && g_date_time_get_year (one) == g_date_time_get_year (two);
}

/**
 * hall_moment_text_full:
 * @moment: when it begins
 * @minutes: how long it takes; 0 for a moment without an end
 * @zone: whose clock is read, a name of the tz database
 *
 * Returns: (transfer full): such as "Thursday 2 June 2016, 11:00–12:00 PDT"
 */
char *
hall_moment_text_full (gint64      moment,
                       gint64      minutes,
                       const char *zone)
{
  g_autofree char *day = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  /* Translators: a day in full, such as "Thursday 2 June 2016"; see g_date_time_format(). */
  day = format_moment (moment, zone, _("%A %-e %B %Y"));
  /* Translators: a time of the day, such as "15:30"; see g_date_time_format(). */
  from = format_moment (moment, zone, _("%H:%M"));
  name = short_zone (moment, zone);
  if (minutes <= 0)
    /* Translators: day, time, zone: "Thursday 2 June 2016, 11:00 PDT" */
    return g_strdup_printf (_("%s, %s %s"), day, from, name);

  to = format_moment (moment + minutes * MINUTE, zone, _("%H:%M"));
  /* Translators: day, begin, end, zone: "Thursday 2 June 2016, 11:00–12:00 PDT" */
  return g_strdup_printf (_("%s, %s–%s %s"), day, from, to, name);
}

/**
 * hall_moment_text_brief:
 * @moment: when it begins
 * @zone: whose clock is read
 * @now: the present moment: its year is left out
 *
 * Returns: (transfer full): such as "Thu 2 June, 11:00"
 */
char *
hall_moment_text_brief (gint64      moment,
                        const char *zone,
                        gint64      now)
{
  g_return_val_if_fail (zone != NULL, NULL);

  /* Translators: weekday, day and time in a list; see g_date_time_format(). */
  return format_moment (moment, zone, same_year (moment, now, zone) ? _("%a %-e %B, %H:%M") : _("%a %-e %b %Y, %H:%M"));
}

/**
 * hall_moment_text_stamp:
 * @moment: when something was done
 * @zone: whose clock is read
 * @now: the present moment: its year is left out
 *
 * Returns: (transfer full): such as "28 May, 09:12"; empty for no moment
 */
char *
hall_moment_text_stamp (gint64      moment,
                        const char *zone,
                        gint64      now)
{
  g_return_val_if_fail (zone != NULL, NULL);

  if (moment == 0)
    return g_strdup ("");

  /* Translators: day and time in a column of a table; see g_date_time_format(). */
  return format_moment (moment, zone, same_year (moment, now, zone) ? _("%-e %b, %H:%M") : _("%-e %b %Y, %H:%M"));
}

/**
 * hall_moment_text_there:
 * @moment: when it begins
 * @zone: the zone it was planned in
 * @other: the zone of the reader
 *
 * Returns: (transfer full) (nullable): such as "20:00 in Berlin", with the weekday when that differs;
 *   NULL when both clocks say the same
 */
char *
hall_moment_text_there (gint64      moment,
                        const char *zone,
                        const char *other)
{
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  g_autofree char *time = NULL;
  g_autofree char *day_here = NULL;
  g_autofree char *day_there = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (zone != NULL && other != NULL, NULL);

  here = format_moment (moment, zone, "%F %H:%M");
  there = format_moment (moment, other, "%F %H:%M");
  if (strcmp (here, there) == 0)
    return NULL;

  day_here = format_moment (moment, zone, "%F");
  day_there = format_moment (moment, other, "%F");
  /* Translators: weekday and time, such as "Fri 01:00"; see g_date_time_format(). */
  time = format_moment (moment, other, strcmp (day_here, day_there) == 0 ? _("%H:%M") : _("%a %H:%M"));
  place = hall_moment_text_place (other);

  /* Translators: a time and a city: "20:00 in Berlin" */
  return g_strdup_printf (_("%s in %s"), time, place);
}

/**
 * hall_moment_text_relative:
 * @moment: when it begins
 * @minutes: how long it takes
 * @now: the present moment
 *
 * Counts in full units, as people do: 36 hours ahead is "in 1 day".
 *
 * Returns: (transfer full): such as "in 3 days", "on now", "2 weeks ago"
 */
char *
hall_moment_text_relative (gint64 moment,
                           gint64 minutes,
                           gint64 now)
{
  gint64   gap;
  gboolean ahead = moment > now;
  int      n;

  if (!ahead && now < moment + minutes * MINUTE)
    return g_strdup (_("on now"));

  gap = ahead ? moment - now : now - (moment + minutes * MINUTE);
  if (gap < MINUTE)
    return g_strdup (ahead ? _("in less than a minute") : _("just now"));

  if (gap < HOUR) {
    n = gap / MINUTE;
    return g_strdup_printf (ahead ? ngettext ("in %d minute", "in %d minutes", n)
                                  : ngettext ("%d minute ago", "%d minutes ago", n), n);
  }
  if (gap < DAY) {
    n = gap / HOUR;
    return g_strdup_printf (ahead ? ngettext ("in %d hour", "in %d hours", n)
                                  : ngettext ("%d hour ago", "%d hours ago", n), n);
  }
  if (gap < 21 * DAY) {
    n = gap / DAY;
    return g_strdup_printf (ahead ? ngettext ("in %d day", "in %d days", n)
                                  : ngettext ("%d day ago", "%d days ago", n), n);
  }
  if (gap < 60 * DAY) {
    n = gap / (7 * DAY);
    return g_strdup_printf (ahead ? ngettext ("in %d week", "in %d weeks", n)
                                  : ngettext ("%d week ago", "%d weeks ago", n), n);
  }
  if (gap < 730 * DAY) {
    n = gap / (30 * DAY);
    return g_strdup_printf (ahead ? ngettext ("in %d month", "in %d months", n)
                                  : ngettext ("%d month ago", "%d months ago", n), n);
  }
  n = gap / (365 * DAY);
  return g_strdup_printf (ahead ? ngettext ("in %d year", "in %d years", n)
                                : ngettext ("%d year ago", "%d years ago", n), n);
}

/**
 * hall_moment_text_age:
 * @moment: when it was made
 * @now: the present moment
 *
 * Returns: (transfer full) (nullable): how old it is in few letters, such as "5 min", "2 h", "3 d"; NULL for less than
 *   a minute
 */
char *
hall_moment_text_age (gint64 moment,
                      gint64 now)
{
  gint64 age = MAX (now - moment, 0);

  if (age < MINUTE)
    return NULL;
  if (age < HOUR)
    return g_strdup_printf (_("%d min"), (int) (age / MINUTE));
  if (age < 2 * DAY)
    return g_strdup_printf (_("%d h"), (int) (age / HOUR));

  /* Translators: days, in as few letters as hours in "2 h" */
  return g_strdup_printf (_("%d d"), (int) (age / DAY));
}

/**
 * hall_moment_text_edited:
 * @moment: when something was last changed; 0 for never
 * @zone: whose clock is read
 * @now: the present moment
 *
 * Returns: (transfer full): such as "Edited at 14:05", "Edited yesterday", "Edited on 23 May"
 */
char *
hall_moment_text_edited (gint64      moment,
                         const char *zone,
                         gint64      now)
{
  int days;

  g_return_val_if_fail (zone != NULL, NULL);

  if (moment == 0)
    return g_strdup (_("Not edited"));

  days = days_between (moment, now, zone);
  if (days == 0)
    /* Translators: see g_date_time_format(). */
    return format_moment (moment, zone, _("Edited at %H:%M"));
  if (days == 1)
    return g_strdup (_("Edited yesterday"));

  /* Translators: see g_date_time_format(). */
  return format_moment (moment, zone, same_year (moment, now, zone) ? _("Edited on %-e %B") : _("Edited on %-e %B %Y"));
}

/**
 * hall_moment_text_place:
 * @zone: a name of the tz database, "America/Los_Angeles"
 *
 * Returns: (transfer full): the place it is named after, "Los Angeles"
 */
char *
hall_moment_text_place (const char *zone)
{
  const char *slash;
  char       *place;

  g_return_val_if_fail (zone != NULL, NULL);

  slash = strrchr (zone, '/');
  place = g_strdup (slash != NULL ? slash + 1 : zone);
  g_strdelimit (place, "_", ' ');

  return place;
}
