/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moments as RFC 3339 has them. */
#include "format/hall-wire-moment.h"

#include <string.h>

static gboolean
read_digits (const char **at,
             int          n,
             int         *number)
{
  *number = 0;
  for (int i = 0; i < n; i++) {
    if (!g_ascii_isdigit (**at))
      return FALSE;
    *number = *number * 10 + (*(*at)++ - '0');
  }

  return TRUE;
}

static gboolean
read_letter (const char **at,
             char         letter)
{
  return *(*at)++ == letter;
}

/* The part after the seconds: nothing, or a dot and one to six digits. */
static gboolean
read_fraction (const char **at,
               int         *microseconds)
{
  int scale = 1000000;

  *microseconds = 0;
  if (**at != '.')
    return TRUE;

  for ((*at)++; g_ascii_isdigit (**at) && scale > 1; (*at)++) {
    scale /= 10;
    *microseconds += (**at - '0') * scale;
  }

  return scale < 1000000;
}

/**
 * hall_wire_write_moment:
 * @moment: microseconds since 1970 in UTC; 0 for absent
 *
 * Writes a moment in UTC as RFC 3339 has it, "2016-05-30T22:30:00Z", with six digits of a second only when they
 * are not all zero. Any thread.
 *
 * Returns: (transfer full) (nullable): the text; NULL when absent or outside the years 1 to 9999
 */
char *
hall_wire_write_moment (gint64 moment)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autofree char      *text = NULL;
  int                   year, month, day;

  if (moment == 0)
    return NULL;

  utc = g_date_time_new_from_unix_utc_usec (moment);
  if (utc == NULL)
    return NULL;

  /* Not g_date_time_format(): its %Y does not pad the year to four digits. */
  g_date_time_get_ymd (utc, &year, &month, &day);
  text = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, g_date_time_get_hour (utc),
                          g_date_time_get_minute (utc), g_date_time_get_second (utc));
  if (g_date_time_get_microsecond (utc) == 0)
    return g_strconcat (text, "Z", NULL);

  return g_strdup_printf ("%s.%06dZ", text, g_date_time_get_microsecond (utc));
}

/**
 * hall_wire_read_moment:
 * @text: a time in UTC as RFC 3339 has it, ending in "Z", with at most six digits of a second
 * @moment: (out): microseconds since 1970 in UTC
 *
 * Leap seconds are refused, as Unix time has none. Any thread.
 *
 * Returns: whether it is such a time; when not, @moment is 0
 */
gboolean
hall_wire_read_moment (const char *text,
                       gint64     *moment)
{
  g_autoptr (GDateTime) utc = NULL;
  const char           *at = text;
  int                   year, month, day, hour, minute, second, microseconds;

  g_return_val_if_fail (text != NULL && moment != NULL, FALSE);

  *moment = 0;
  if (!read_digits (&at, 4, &year) || !read_letter (&at, '-') ||
      !read_digits (&at, 2, &month) || !read_letter (&at, '-') ||
      !read_digits (&at, 2, &day) || !read_letter (&at, 'T') ||
      !read_digits (&at, 2, &hour) || !read_letter (&at, ':') ||
      !read_digits (&at, 2, &minute) || !read_letter (&at, ':') ||
      !read_digits (&at, 2, &second) || !read_fraction (&at, &microseconds) ||
      strcmp (at, "Z") != 0)
    return FALSE;

  utc = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (utc == NULL)
    return FALSE;

  *moment = g_date_time_to_unix (utc) * G_USEC_PER_SEC + microseconds;
  return TRUE;
}
