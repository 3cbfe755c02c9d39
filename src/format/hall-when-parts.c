/* SPDX-License-Identifier: GPL-3.0-or-later
 * Takes a time apart into figures and words, in any order; nothing is skipped that was not understood. */
#include "format/hall-when-parts.h"

#include "format/hall-when-words.h"
#include "format/hall-zone-names.h"

#include <glib/gi18n.h>
#include <string.h>

#define LONGEST 200

#define MINUTES_A_DAY 1440

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LETTERS CAPITALS "abcdefghijklmnopqrstuvwxyz"

typedef struct {
  HallWhenParts *parts;
  const char    *at;
  const char    *month_end; /* where the last month's name ended: a hyphen there goes on to the year */
  gboolean       after_at;
  gboolean       after_in;
} Scanner;

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID, sentence);
  return FALSE;
}

/* Shows what stands from @from to the next blank. */
static gboolean
refuse_part (GError     **error,
             const char  *from,
             const char  *sentence)
{
  gsize            length = strcspn (from, " \t\r\n,;");
  g_autofree char *part = g_strndup (from, length > 0 ? length : 1);
  g_autofree char *shown = g_utf8_make_valid (part, -1);
  g_autoptr (GString) message = g_string_new (sentence);

  g_string_replace (message, "%s", shown, 1);
  return refuse (error, message->str);
}

static gboolean
refuse_unknown (GError     **error,
                const char  *from)
{
  return refuse_part (error, from,
                      _("“%s” was not understood. Write the time as “2016-05-30 15:30” or “30 May 2016 3:30pm”."));
}

static gboolean
set_once (int         *part,
          int          nothing,
          int          number,
          const char  *from,
          GError     **error)
{
  if (*part != nothing)
    return refuse_part (error, from, _("“%s” is one too many: that was said before."));

  *part = number;
  return TRUE;
}

static gboolean
set_time (Scanner     *scanner,
          int          hour,
          int          minute,
          const char  *from,
          GError     **error)
{
  if (hour < 0 || hour > 23 || minute > 59)
    return refuse_part (error, from, _("“%s” is no time of day."));

  scanner->parts->minute = minute;
  return set_once (&scanner->parts->hour, -1, hour, from, error);
}

static gboolean
set_zone (Scanner     *scanner,
          const char  *word,
          const char  *from,
          GError     **error)
{
  if (scanner->parts->zone != NULL)
    return refuse_part (error, from, _("“%s” is one too many: a zone was named before."));

  scanner->parts->zone = g_strdup (word);
  return TRUE;
}

/* Reads one to @most digits; gives how many there were, 0 when none or more. */
static int
read_digits (const char **at,
             int          most,
             int         *number)
{
  int n = 0;

  *number = 0;
  while (g_ascii_isdigit ((*at)[n])) {
    if (n == most)
      return 0;
    *number = *number * 10 + ((*at)[n] - '0');
    n++;
  }

  *at += n;
  return n;
}

static gboolean
is_part_of_word (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

/* Steps over "am", "p.m." and the like. Gives 0 for morning, 12 for afternoon, -1 when nothing of it stands there. */
static int
read_half (const char **at)
{
  const char *const halves[] = { "a.m.", "p.m.", "a.m", "p.m", "am", "pm" };
  const char       *from = *at + strspn (*at, " \t");

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++) {
    gsize length = strlen (halves[i]);

    if (g_ascii_strncasecmp (from, halves[i], length) == 0 && !is_part_of_word (from[length])) {
      *at = from + length;
      return i % 2 == 0 ? 0 : 12;
    }
  }

  return -1;
}

static int
to_24_hours (int hour,
             int half)
{
  if (half < 0)
    return hour;

  return hour < 1 || hour > 12 ? -1 : hour % 12 + half;
}

/* "2016-05-30" and "2016/05/30", after the year; a "T" that leads to a time is stepped over. */
static gboolean
read_iso_date (Scanner     *scanner,
               int          year,
               const char  *from,
               GError     **error)
{
  char separator = *scanner->at++;
  int  month, day;

  if (read_digits (&scanner->at, 2, &month) == 0 || *scanner->at++ != separator ||
      read_digits (&scanner->at, 2, &day) == 0)
    return refuse_unknown (error, from);
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1)
    return refuse_part (error, from, _("There is no day “%s”."));

  if ((*scanner->at == 'T' || *scanner->at == 't') && g_ascii_isdigit (scanner->at[1]))
    scanner->at++;

  return set_once (&scanner->parts->year, 0, year, from, error) &&
         set_once (&scanner->parts->month, 0, month, from, error) &&
         set_once (&scanner->parts->day, 0, day, from, error);
}

/* ":30", ":30:00", ".30", then perhaps "pm", after the hour. */
static gboolean
read_clock (Scanner     *scanner,
            int          hour,
            const char  *from,
            GError     **error)
{
  int minute, seconds;

  scanner->at++;
  if (read_digits (&scanner->at, 2, &minute) != 2)
    return refuse_part (error, from, _("“%s” is no time of day."));
  if (*scanner->at == ':') {
    scanner->at++;
    if (read_digits (&scanner->at, 2, &seconds) != 2 || seconds != 0)
      return refuse_part (error, from, _("“%s” is too exact: chats begin at a full minute."));
  }

  return set_time (scanner, to_24_hours (hour, read_half (&scanner->at)), minute, from, error);
}

static gboolean
is_clock_with_dot (const char *at)
{
  const char *after = at + 3;

  return at[0] == '.' && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]) && read_half (&after) >= 0;
}

static gboolean
read_ordinal (const char **at)
{
  const char *const endings[] = { "st", "nd", "rd", "th" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strncasecmp (*at, endings[i], 2) == 0 && !is_part_of_word ((*at)[2])) {
      *at += 2;
      return TRUE;
    }

  return FALSE;
}

/* "days" and the like after a count; FALSE leaves everything as it was. */
static gboolean
read_unit (Scanner *scanner,
           int      count)
{
  HallWhenParts   *parts = scanner->parts;
  const char      *from = scanner->at + strspn (scanner->at, " \t");
  gsize            length = strspn (from, LETTERS);
  g_autofree char *word = g_ascii_strdown (from, length);
  int              minutes = hall_when_words_minutes (word);

  if (minutes == 0)
    return FALSE;

  if (minutes >= MINUTES_A_DAY)
    parts->in_days = MAX (parts->in_days, 0) + count * (minutes / MINUTES_A_DAY);
  else
    parts->in_minutes = MAX (parts->in_minutes, 0) + count * minutes;
  scanner->at = from + length;

  return TRUE;
}

/* A figure that is neither a date nor a clock time of its own: a year, a day, or an hour with "pm" behind it. */
static gboolean
read_bare_figure (Scanner     *scanner,
                  int          n_digits,
                  int          number,
                  const char  *from,
                  GError     **error)
{
  gboolean ordinal = read_ordinal (&scanner->at);
  int      half = ordinal ? -1 : read_half (&scanner->at);

  if (half >= 0)
    return set_time (scanner, n_digits <= 2 ? to_24_hours (number, half) : -1, 0, from, error);
  if (is_part_of_word (*scanner->at))
    return refuse_unknown (error, from);
  if (!ordinal && scanner->after_in && read_unit (scanner, number))
    return TRUE;
  if (n_digits == 4 && number > 0 && !ordinal)
    return set_once (&scanner->parts->year, 0, number, from, error);
  if (n_digits > 2)
    return refuse_unknown (error, from);
  if (scanner->after_at && !ordinal)
    return refuse_part (error, from, _("“%s” can be in the morning or in the evening. Add “am” or “pm”, or “:00”."));
  if (number < 1 || number > 31)
    return refuse_part (error, from, _("No month has a day “%s”."));

  return set_once (&scanner->parts->day, 0, number, from, error);
}

static gboolean
read_figure (Scanner  *scanner,
             GError  **error)
{
  const char *from = scanner->at;
  char        next;
  int         number;
  int         n_digits = read_digits (&scanner->at, 4, &number);

  if (n_digits == 0)
    return refuse_unknown (error, from);

  next = *scanner->at;
  if (n_digits == 4 && (next == '-' || next == '/') && g_ascii_isdigit (scanner->at[1]))
    return read_iso_date (scanner, number, from, error);
  if (n_digits <= 2 && ((next == ':' && g_ascii_isdigit (scanner->at[1])) || is_clock_with_dot (scanner->at)))
    return read_clock (scanner, number, from, error);
  if (n_digits <= 2 && next != '\0' && strchr ("./-", next) != NULL && g_ascii_isdigit (scanner->at[1]))
    return refuse_part (error, from, _("“%s” can be read in two ways. Write the month by name, such as “30 May 2016”."));
  if (n_digits <= 2 && next == '-' && g_ascii_isalpha (scanner->at[1])) {
    scanner->at++;
    return number >= 1 && number <= 31 ? set_once (&scanner->parts->day, 0, number, from, error)
                                       : refuse_unknown (error, from);
  }

  return read_bare_figure (scanner, n_digits, number, from, error);
}

/* Words that say nothing of their own, but may tell how the next is meant. */
static gboolean
take_small_word (Scanner    *scanner,
                 const char *word)
{
  const char *const small[] = { "on", "the", "of", "this", "time", NULL };

  if (strcmp (word, "at") == 0)
    scanner->after_at = TRUE;
  else if (strcmp (word, "in") == 0)
    scanner->after_in = TRUE;
  else if (strcmp (word, "next") == 0)
    scanner->parts->next = TRUE;
  else if (!g_strv_contains (small, word))
    return scanner->after_in && (strcmp (word, "a") == 0 || strcmp (word, "an") == 0) && read_unit (scanner, 1);

  return TRUE;
}

/* "PDT" and the like, known or not, and names of the tz database: those are looked up once the day is known. */
static gboolean
is_zone (const char *word)
{
  gsize length = strlen (word);

  return hall_zone_names_find (word) != NULL || strchr (word, '/') != NULL ||
         (length >= 3 && length <= 5 && strspn (word, CAPITALS) == length);
}

static gboolean
take_word (Scanner     *scanner,
           const char  *word,
           const char  *from,
           GError     **error)
{
  HallWhenParts   *parts = scanner->parts;
  g_autofree char *lower = g_ascii_strdown (word, -1);
  int              weekday = hall_when_words_weekday (lower);
  int              month = hall_when_words_month (lower);

  if (weekday != 0)
    return set_once (&parts->weekday, 0, weekday, from, error);
  if (month != 0) {
    scanner->month_end = scanner->at;
    return set_once (&parts->month, 0, month, from, error);
  }
  if (strcmp (lower, "today") == 0 || strcmp (lower, "tonight") == 0)
    return set_once (&parts->in_days, -1, 0, from, error);
  if (strcmp (lower, "tomorrow") == 0)
    return set_once (&parts->in_days, -1, 1, from, error);
  if (strcmp (lower, "noon") == 0)
    return set_time (scanner, 12, 0, from, error);
  if (strcmp (lower, "midnight") == 0)
    return set_time (scanner, 0, 0, from, error);
  if (take_small_word (scanner, lower))
    return TRUE;

  return is_zone (word) ? set_zone (scanner, word, from, error) : refuse_unknown (error, from);
}

static gboolean
read_word (Scanner  *scanner,
           GError  **error)
{
  const char      *from = scanner->at;
  gsize            length = strspn (from, LETTERS);
  g_autofree char *word = NULL;

  if (from[length] == '/' || from[length] == '_')
    length = strspn (from, LETTERS "0123456789/_+-");
  else if (is_part_of_word (from[length]))
    return refuse_unknown (error, from);

  word = g_strndup (from, length);
  scanner->at += length;
  if (*scanner->at == '.')
    scanner->at++;

  return take_word (scanner, word, from, error);
}

/* Blanks, and what people put between the parts; "*" is there when a line of a Markdown post was copied. */
static gboolean
is_between (Scanner *scanner,
            gunichar c)
{
  char after = scanner->at[1];

  switch (c) {
  case ',':
  case ';':
  case '(':
  case ')':
  case '*':
  case '@':
  case 0x2013: /* – */
  case 0x2014: /* — */
    return TRUE;
  case '-':
    return scanner->at == scanner->month_end || !g_ascii_isalnum (after);
  case '.':
    return after == '\0' || g_ascii_isspace (after);
  default:
    return g_unichar_isspace (c);
  }
}

static void
skip_blanks (Scanner *scanner)
{
  gunichar c;

  while ((c = g_utf8_get_char_validated (scanner->at, -1)) != '\0' && is_between (scanner, c)) {
    scanner->after_at = scanner->after_at || c == '@';
    scanner->at = g_utf8_next_char (scanner->at);
  }
}

static gboolean
read_part (Scanner  *scanner,
           GError  **error)
{
  const char *from = scanner->at;
  gboolean    after_at = scanner->after_at;
  gboolean    good;

  if ((*from == '+' || *from == '-') && g_ascii_isdigit (from[1]))
    return refuse_part (error, from,
                        _("“%s” is only an offset. Name the zone, such as “Europe/Berlin” or “PDT”."));

  good = g_ascii_isdigit (*from)   ? read_figure (scanner, error)
         : g_ascii_isalpha (*from) ? read_word (scanner, error)
                                   : refuse_unknown (error, from);
  if (after_at)
    scanner->after_at = FALSE;

  return good;
}

/**
 * hall_when_parts_read:
 * @parts: (out caller-allocates): the parts, to be cleared with hall_when_parts_clear() even after a fault
 * @text: a time as somebody wrote it in English
 * @error: return location for HALL_FORMAT_ERROR_INVALID, whose message is a sentence for people
 *
 * Takes a text apart, its parts in any order. Whether such a day, hour or zone exists together is not asked.
 * Any thread.
 *
 * Returns: whether every part was understood and none said twice
 */
gboolean
hall_when_parts_read (HallWhenParts *parts,
                      const char    *text,
                      GError       **error)
{
  Scanner scanner = { .parts = parts, .at = text };

  g_return_val_if_fail (parts != NULL && text != NULL, FALSE);

  *parts = (HallWhenParts) { .hour = -1, .in_days = -1, .in_minutes = -1 };
  if (strlen (text) > LONGEST)
    return refuse (error, _("That is too long to be a time."));

  for (skip_blanks (&scanner); *scanner.at != '\0'; skip_blanks (&scanner))
    if (!read_part (&scanner, error))
      return FALSE;

  return TRUE;
}

/**
 * hall_when_parts_clear:
 * @parts: parts that were read
 *
 * Frees what @parts holds.
 */
void
hall_when_parts_clear (HallWhenParts *parts)
{
  g_clear_pointer (&parts->zone, g_free);
}
