/* SPDX-License-Identifier: GPL-3.0-or-later
 * Full jitter: anything between at once and a bound that doubles with every failure, so that clients which
 * failed together do not come back together. Pure: no clock and no dice of its own. */
#include "sync/hall-backoff.h"

#include <libsoup/soup.h>
#include <string.h>

/* The bound after the first failure. */
#define FIRST (5 * G_USEC_PER_SEC)

/* Of a wish, added to it: whoever was sent away in one second shall not all come back in one. */
#define SPREAD 10

static gint64
read_date (const char *text)
{
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix_usec (date) : 0;
}

/* Whole seconds. More digits than a number holds are as good as the longest pause. */
static gint64
read_seconds (const char *text)
{
  guint64 seconds = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, HALL_BACKOFF_LONGEST / G_USEC_PER_SEC, &seconds, NULL))
    return HALL_BACKOFF_LONGEST;

  return seconds * G_USEC_PER_SEC;
}

/**
 * hall_backoff_read_wish:
 * @headers: those of a reply
 * @now: microseconds since 1970 in UTC
 *
 * Reads Retry-After (RFC 9110, 10.2.3), which is a number of seconds or a date. A date is measured from the Date
 * of the same reply, for the two clocks may differ by years; only without one it is measured from @now.
 *
 * Returns: how many microseconds the service wants to be left alone, at most %HALL_BACKOFF_LONGEST; 0 when it
 *   does not say, or says nothing that can be understood
 */
gint64
hall_backoff_read_wish (const HallHeaders *headers,
                        gint64             now)
{
  g_autofree char *text = NULL;
  gint64           until, since;

  g_return_val_if_fail (headers != NULL, 0);

  text = g_strdup (hall_headers_get (headers, "Retry-After"));
  if (text == NULL || *g_strstrip (text) == '\0')
    return 0;

  if (text[strspn (text, G_CSET_DIGITS)] == '\0')
    return read_seconds (text);

  until = read_date (text);
  since = read_date (hall_headers_get (headers, "Date"));
  if (since == 0)
    since = now;

  return until != 0 ? CLAMP (until - since, 0, HALL_BACKOFF_LONGEST) : 0;
}

/**
 * hall_backoff_draw:
 * @failures: how often it has failed in a row, this time included; at least 1
 * @wish: microseconds the service wants to be left alone, from hall_backoff_read_wish(); 0 when it named none
 * @random: 64 random bits
 *
 * A wish is kept, and never cut short. Without one the bound is 5 s, 10 s, 20 s and so on up to %HALL_BACKOFF_CAP.
 *
 * Returns: microseconds to wait, at most %HALL_BACKOFF_LONGEST
 */
gint64
hall_backoff_draw (guint   failures,
                   gint64  wish,
                   guint64 random)
{
  gint64 bound = FIRST;

  g_return_val_if_fail (failures > 0, 0);
  g_return_val_if_fail (wish >= 0, 0);

  if (wish > 0)
    return MIN (wish + (gint64) (random % (guint64) (wish / SPREAD + 1)), HALL_BACKOFF_LONGEST);

  for (guint i = 1; i < failures && bound < HALL_BACKOFF_CAP; i++)
    bound *= 2;

  return random % (guint64) (MIN (bound, HALL_BACKOFF_CAP) + 1);
}
