/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looks up the English words for days, months and spans of time, in full and as people shorten them. */
#include "format/hall-when-words.h"

#include <string.h>

static const char *const weekdays[7][4] = {
  { "monday", "mon" },
  { "tuesday", "tue", "tues" },
  { "wednesday", "wed", "weds" },
  { "thursday", "thu", "thur", "thurs" },
  { "friday", "fri" },
  { "saturday", "sat" },
  { "sunday", "sun" },
};

static const char *const months[12][3] = {
  { "january", "jan" },
  { "february", "feb" },
  { "march", "mar" },
  { "april", "apr" },
  { "may" },
  { "june", "jun" },
  { "july", "jul" },
  { "august", "aug" },
  { "september", "sep", "sept" },
  { "october", "oct" },
  { "november", "nov" },
  { "december", "dec" },
};

static const struct {
  const char *word;
  int         minutes;
} units[] = {
  { "minute", 1 },
  { "minutes", 1 },
  { "min", 1 },
  { "mins", 1 },
  { "hour", 60 },
  { "hours", 60 },
  { "day", 1440 },
  { "days", 1440 },
  { "week", 10080 },
  { "weeks", 10080 },
};

/* The place of @word among names of up to @n_forms forms each, from 1. */
static int
find_name (const char        *word,
           const char *const *names,
           guint              n_names,
           guint              n_forms)
{
  for (guint i = 0; i < n_names; i++)
    for (guint form = 0; form < n_forms && names[i * n_forms + form] != NULL; form++)
      if (strcmp (names[i * n_forms + form], word) == 0)
        return i + 1;

  return 0;
}

/**
 * hall_when_words_weekday:
 * @word: in lower case
 *
 * Returns: 1 for "monday" or "mon", to 7; 0 when it is no weekday
 */
int
hall_when_words_weekday (const char *word)
{
  g_return_val_if_fail (word != NULL, 0);

  return find_name (word, weekdays[0], G_N_ELEMENTS (weekdays), G_N_ELEMENTS (weekdays[0]));
}

/**
 * hall_when_words_month:
 * @word: in lower case
 *
 * Returns: 1 for "january" or "jan", to 12; 0 when it is no month
 */
int
hall_when_words_month (const char *word)
{
  g_return_val_if_fail (word != NULL, 0);

  return find_name (word, months[0], G_N_ELEMENTS (months), G_N_ELEMENTS (months[0]));
}

/**
 * hall_when_words_minutes:
 * @word: in lower case
 *
 * Returns: how many minutes a "minute", "hour", "day" or "week" has, in either number; 0 when it is none of them
 */
int
hall_when_words_minutes (const char *word)
{
  g_return_val_if_fail (word != NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].word, word) == 0)
      return units[i].minutes;

  return 0;
}
