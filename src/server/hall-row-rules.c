/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rules for each field, in tables. */
#include "server/hall-row-rules.h"

#include "server/hall-fault.h"

#include "format/hall-slug.h"
#include "model/hall-address.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-id.h"
#include "model/hall-post.h"
#include "model/hall-question.h"
#include "model/hall-series.h"
#include "model/hall-wall-time.h"

#include <string.h>

typedef enum {
  SHAPE_LINE,      /* one line, no control characters */
  SHAPE_TEXT,      /* lines; no control characters but tabs and line ends */
  SHAPE_VERBATIM,  /* anything */
  SHAPE_ID,
  SHAPE_SLUG,
  SHAPE_ZONE,
  SHAPE_WALL,
  SHAPE_ADDRESS,
  SHAPE_WEB,
  SHAPE_FILE_NAME,
  SHAPE_WORD,      /* one of the words of the rule */
} Shape;

static const struct {
  const HallKind *kind;
  const char     *field;
  Shape           shape;
  glong           longest; /* characters; 0 where the shape says it or only the size of a request bounds it */
  const char     *words;   /* for SHAPE_WORD, with "|" between them and at both ends */
} text_rules[] = {
  { &hall_series_kind,   "title",      SHAPE_LINE,      200 },
  { &hall_series_kind,   "summary",    SHAPE_TEXT,      10000 },
  { &hall_series_kind,   "wall",       SHAPE_WALL },
  { &hall_series_kind,   "zone",       SHAPE_ZONE },
  { &hall_series_kind,   "rule",       SHAPE_LINE,      500 },
  { &hall_chat_kind,     "series",     SHAPE_ID },
  { &hall_chat_kind,     "occurrence", SHAPE_WALL },
  { &hall_chat_kind,     "title",      SHAPE_LINE,      200 },
  { &hall_chat_kind,     "slug",       SHAPE_SLUG },
  { &hall_chat_kind,     "summary",    SHAPE_TEXT,      10000 },
  { &hall_chat_kind,     "wall",       SHAPE_WALL },
  { &hall_chat_kind,     "zone",       SHAPE_ZONE },
  { &hall_chat_kind,     "status",     SHAPE_WORD,      0, "|scheduled|cancelled|" },
  { &hall_chat_kind,     "recording",  SHAPE_WEB,       2000 },
  { &hall_guest_kind,    "chat",       SHAPE_ID },
  { &hall_guest_kind,    "name",       SHAPE_LINE,      HALL_LONGEST_NAME },
  { &hall_guest_kind,    "bio",        SHAPE_TEXT,      10000 },
  { &hall_guest_kind,    "address",    SHAPE_ADDRESS },
  { &hall_guest_kind,    "pronouns",   SHAPE_LINE,      100 },
  { &hall_guest_kind,    "zone",       SHAPE_ZONE },
  { &hall_guest_kind,    "status",     SHAPE_WORD,      0, "|invited|confirmed|declined|" },
  { &hall_post_kind,     "file_name",  SHAPE_FILE_NAME, 255 },
  { &hall_post_kind,     "text",       SHAPE_VERBATIM },
  { &hall_post_kind,     "status",     SHAPE_WORD,      0, "|draft|published|" },
  { &hall_attendee_kind, "chat",       SHAPE_ID },
  { &hall_attendee_kind, "name",       SHAPE_LINE,      HALL_LONGEST_NAME },
  { &hall_attendee_kind, "address",    SHAPE_ADDRESS },
  { &hall_attendee_kind, "status",     SHAPE_WORD,      0, "|going|waitlist|cancelled|" },
  { &hall_question_kind, "chat",       SHAPE_ID },
  { &hall_question_kind, "attendee",   SHAPE_ID },
  { &hall_question_kind, "name",       SHAPE_LINE,      HALL_LONGEST_NAME },
  { &hall_question_kind, "text",       SHAPE_TEXT,      HALL_LONGEST_QUESTION },
  { &hall_question_kind, "status",     SHAPE_WORD,      0, "|open|answered|skipped|" },
};

static const struct {
  const HallKind *kind;
  const char     *field;
  gint64          least;
  gint64          most;
} number_rules[] = {
  { &hall_series_kind, "duration", 0, 10080 },
  { &hall_chat_kind,   "fold",     0, 1 },
  { &hall_chat_kind,   "duration", 0, 10080 },
  { &hall_chat_kind,   "capacity", 0, 1000000 },
};

static gboolean
has_control (const char *text,
             gboolean    lines)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) && !(lines && strchr ("\t\r\n", *p) != NULL))
      return TRUE;

  return FALSE;
}

/* Whether it is written as a wall time and there is such a day, near enough for every zone to have it. One that a
 * change of clocks leaves out is the host's business. */
static gboolean
is_wall (const char *text)
{
  static const char pattern[] = "dddd-dd-ddTdd:dd";
  gint64            moment;

  for (gsize i = 0; i < sizeof pattern; i++)
    if (pattern[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != pattern[i])
      return FALSE;

  return strcmp (text, "1900") >= 0 && strcmp (text, "3000") < 0 &&
         hall_wall_time_to_moment (text, "UTC", 0, &moment) != HALL_WALL_TIME_INVALID;
}

/* These become links on public pages: never another scheme, such as "javascript:". */
static gboolean
is_web (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
         (strcmp (g_uri_get_scheme (uri), "https") == 0 || strcmp (g_uri_get_scheme (uri), "http") == 0);
}

static gboolean
is_word (const char *text,
         const char *words)
{
  g_autofree char *fenced = g_strdup_printf ("|%s|", text);

  return strchr (text, '|') == NULL && strstr (words, fenced) != NULL;
}

/* What is wrong with a text that should have a shape; NULL when nothing is. */
static const char *
find_misshape (const char *text,
               Shape       shape,
               const char *words)
{
  switch (shape) {
  case SHAPE_LINE:
    return has_control (text, FALSE) ? "must be one line without control characters" : NULL;
  case SHAPE_TEXT:
    return has_control (text, TRUE) ? "must not hold control characters" : NULL;
  case SHAPE_VERBATIM:
    return NULL;
  case SHAPE_ID:
    return hall_id_is_valid (text) ? NULL : "must be a UUID in lower case";
  case SHAPE_SLUG:
    return hall_slug_is_valid (text) ? NULL : "must be lower-case ASCII letters, digits and single hyphens between them";
  case SHAPE_ZONE:
    return hall_wall_time_zone_exists (text) ? NULL : "must be a zone of the tz database";
  case SHAPE_WALL:
    return is_wall (text) ? NULL : "must be a wall time such as 2016-05-30T15:30, from 1900 to 2999";
  case SHAPE_ADDRESS:
    return hall_address_is_valid (text) ? NULL : "must be a mail address";
  case SHAPE_WEB:
    return is_web (text) ? NULL : "must be an address that begins with https:// or http://";
  case SHAPE_FILE_NAME:
    return has_control (text, FALSE) || strchr (text, '/') != NULL || *text == '.' ? "must be the name of a visible file"
                                                                                   : NULL;
  case SHAPE_WORD:
    return is_word (text, words) ? NULL : "is none of the words it can be";
  default:
    g_assert_not_reached ();
  }
}

static void
check_texts (const HallValue *row,
             GPtrArray       *faults)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_rules); i++) {
    g_autofree char *pointer = NULL;
    g_autofree char *too_long = NULL;
    const char      *text;
    const char      *fault;

    if (text_rules[i].kind != row->kind)
      continue;

    text = hall_value_get_text (row, hall_kind_find_field (row->kind, text_rules[i].field));
    if (text == NULL)
      continue;

    pointer = g_strconcat ("/", text_rules[i].field, NULL);
    fault = find_misshape (text, text_rules[i].shape, text_rules[i].words);
    if (fault != NULL) {
      hall_faults_add (faults, pointer, fault);
    } else if (text_rules[i].longest > 0 && g_utf8_strlen (text, -1) > text_rules[i].longest) {
      too_long = g_strdup_printf ("must have at most %ld characters", text_rules[i].longest);
      hall_faults_add (faults, pointer, too_long);
    }
  }
}

static void
check_numbers (const HallValue *row,
               GPtrArray       *faults)
{
  for (guint i = 0; i < G_N_ELEMENTS (number_rules); i++) {
    g_autofree char *pointer = NULL;
    g_autofree char *detail = NULL;
    gint64           number;

    if (number_rules[i].kind != row->kind)
      continue;

    number = hall_value_get_int (row, hall_kind_find_field (row->kind, number_rules[i].field));
    if (number >= number_rules[i].least && number <= number_rules[i].most)
      continue;

    pointer = g_strconcat ("/", number_rules[i].field, NULL);
    detail = g_strdup_printf ("must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                              number_rules[i].least, number_rules[i].most);
    hall_faults_add (faults, pointer, detail);
  }
}

/**
 * hall_row_rules_check:
 * @row: a value of a kind that is sent
 *
 * Checks what can be told from the row alone. Whether its parents are there, and whether it is unique, is for
 * those who know the other rows.
 *
 * Returns: (transfer full) (element-type HallFault): what is wrong; empty when nothing is
 */
GPtrArray *
hall_row_rules_check (gconstpointer row)
{
  g_autoptr (GPtrArray) faults = hall_faults_new ();

  g_return_val_if_fail (row != NULL, NULL);

  check_texts (row, faults);
  check_numbers (row, faults);

  return g_steal_pointer (&faults);
}
