/* SPDX-License-Identifier: GPL-3.0-or-later
 * Wording the time of a chat: in its own zone first, then in UTC, which everybody can work from. */
#include "server/hall-chat-when.h"

#include "format/hall-wire.h"
#include "model/hall-wall-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* A chat whose host gave no duration is taken to be over after this long. */
#define UNKNOWN_MINUTES 60

static gint64
get_start (const HallChat *chat)
{
  gint64 moment;

  hall_wall_time_to_moment (chat->wall, chat->zone, chat->fold, &moment);
  return moment;
}

static GDateTime *
get_local (const HallChat *chat)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (chat->zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (get_start (chat));

  return zone != NULL ? g_date_time_to_timezone (utc, zone) : g_steal_pointer (&utc);
}

/* "America/Los_Angeles" is "Los Angeles" to people. */
static char *
get_city (const HallChat *chat)
{
  const char *slash = strrchr (chat->zone, '/');

  return g_strdelimit (g_strdup (slash != NULL ? slash + 1 : chat->zone), "_", ' ');
}

/**
 * hall_chat_when_phase:
 * @chat: a chat
 * @now: microseconds since 1970 in UTC
 *
 * Returns: whether it is still to come, going on, or over
 */
HallChatPhase
hall_chat_when_phase (const HallChat *chat,
                      gint64          now)
{
  gint64 start, length;

  g_return_val_if_fail (chat != NULL, HALL_CHAT_PAST);

  start = get_start (chat);
  length = (chat->duration > 0 ? chat->duration : UNKNOWN_MINUTES) * G_TIME_SPAN_MINUTE;
  if (now < start)
    return HALL_CHAT_AHEAD;

  return now < start + length ? HALL_CHAT_ON_NOW : HALL_CHAT_PAST;
}

/**
 * hall_chat_when_machine:
 * @chat: a chat
 *
 * Returns: (transfer full): its start for the "datetime" of HTML's time element, in UTC
 */
char *
hall_chat_when_machine (const HallChat *chat)
{
  char *text;

  g_return_val_if_fail (chat != NULL, NULL);

  text = hall_wire_write_moment (get_start (chat));
  return text != NULL ? text : g_strdup ("1970-01-01T00:00:00Z");
}

/**
 * hall_chat_when_format:
 * @chat: a chat
 * @format: as g_date_time_format() takes it
 *
 * Returns: (transfer full): its start in its own zone
 */
char *
hall_chat_when_format (const HallChat *chat,
                       const char     *format)
{
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (chat != NULL && format != NULL, NULL);

  local = get_local (chat);
  return g_date_time_format (local, format);
}

/**
 * hall_chat_when_day:
 * @chat: a chat
 *
 * Returns: (transfer full): its day where it takes place, "Monday 30 May 2016"
 */
char *
hall_chat_when_day (const HallChat *chat)
{
  /* Translators: the day of a chat, "Monday 30 May 2016"; see g_date_time_format() */
  return hall_chat_when_format (chat, C_("day of a chat", "%A %-d %B %Y"));
}

/**
 * hall_chat_when_clock:
 * @chat: a chat
 *
 * Returns: (transfer full): its time where it takes place with the zone's short name, "3:30 pm PDT"; where the
 *   zone has no letters for a short name, the city's name
 */
char *
hall_chat_when_clock (const HallChat *chat)
{
  g_autofree char *clock = NULL;
  g_autofree char *zone = NULL;
  g_autofree char *city = NULL;

  g_return_val_if_fail (chat != NULL, NULL);

  /* Translators: the time of a chat, "3:30 pm"; use "%H:%M" for "15:30"; see g_date_time_format() */
  clock = hall_chat_when_format (chat, C_("time of a chat", "%-l:%M %P"));
  g_strstrip (clock);

  zone = hall_wall_time_abbreviation (get_start (chat), chat->zone);
  if (zone != NULL && g_ascii_isalpha (*zone))
    return g_strdup_printf ("%s %s", clock, zone);

  city = get_city (chat);
  /* Translators: a time and a city: "3:30 pm, Dubai time" */
  return g_strdup_printf (_("%s, %s time"), clock, city);
}

/**
 * hall_chat_when_utc:
 * @chat: a chat
 *
 * Returns: (transfer full) (nullable): its time in UTC, "22:30 UTC", with the day where that is another one; NULL
 *   when its own zone is UTC
 */
char *
hall_chat_when_utc (const HallChat *chat)
{
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autofree char      *zone = NULL;

  g_return_val_if_fail (chat != NULL, NULL);

  local = get_local (chat);
  zone = hall_wall_time_abbreviation (get_start (chat), chat->zone);
  if (g_strcmp0 (zone, "UTC") == 0)
    return NULL;

  utc = g_date_time_to_utc (local);
  if (g_date_time_get_day_of_month (utc) == g_date_time_get_day_of_month (local))
    return g_date_time_format (utc, "%H:%M UTC");

  /* Translators: a time in UTC on another day than the local one: "01:30 UTC on Tuesday" */
  return g_date_time_format (utc, C_("time of a chat", "%H:%M UTC on %A"));
}

/**
 * hall_chat_when_length:
 * @chat: a chat
 *
 * Returns: (transfer full) (nullable): how long it takes, "1 hour 30 minutes"; NULL when that is not known
 */
char *
hall_chat_when_length (const HallChat *chat)
{
  g_autofree char *hours = NULL;
  g_autofree char *minutes = NULL;
  gint64           h, m;

  g_return_val_if_fail (chat != NULL, NULL);

  if (chat->duration <= 0)
    return NULL;

  h = chat->duration / 60;
  m = chat->duration % 60;
  hours = g_strdup_printf (ngettext ("%d hour", "%d hours", h), (int) h);
  minutes = g_strdup_printf (ngettext ("%d minute", "%d minutes", m), (int) m);

  if (m == 0)
    return g_steal_pointer (&hours);
  if (h == 0)
    return g_steal_pointer (&minutes);

  /* Translators: hours and minutes: "1 hour 30 minutes" */
  return g_strdup_printf (_("%s %s"), hours, minutes);
}
