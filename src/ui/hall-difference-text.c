/* SPDX-License-Identifier: GPL-3.0-or-later
 * Underlined and struck through, so that it can be told without colours; what stays is shown only around changes. */
#include "ui/hall-difference-text.h"

#include "format/hall-difference.h"

#include <glib/gi18n.h>
#include <string.h>

/* How much of what stayed is shown on each side of a change at least, and how much of a change (characters). */
#define AROUND 80
#define AT_MOST 4000
/* So many changes are shown; nobody reads more. */
#define PARTS 400

static const char ADDED[] = "<span underline=\"single\" bgcolor=\"#2ec27e\" bgalpha=\"22%\">";
static const char REMOVED[] = "<span strikethrough=\"true\" bgcolor=\"#e01b24\" bgalpha=\"18%\">";

static void
append_escaped (GString    *to,
                const char *text,
                gssize      length)
{
  g_autofree char *escaped = g_markup_escape_text (text, length);

  g_string_append (to, escaped);
}

/* The beginning after a change, the end before the next one, and dots between them. */
static void
append_same (GString    *to,
             const char *text,
             gboolean    first,
             gboolean    last)
{
  glong       n = g_utf8_strlen (text, -1);
  const char *head = text;
  const char *tail = text + strlen (text);

  if (n <= (first || last ? 2 : 3) * AROUND) {
    append_escaped (to, text, -1);
    return;
  }

  /* Up to the end of a word on either side. */
  if (!first)
    for (head = g_utf8_offset_to_pointer (text, AROUND); head < tail && !g_ascii_isspace (*head);)
      head = g_utf8_next_char (head);
  if (!last)
    for (tail = g_utf8_offset_to_pointer (text, n - AROUND); tail > head && !g_ascii_isspace (tail[-1]);)
      tail = g_utf8_prev_char (tail);

  append_escaped (to, text, head - text);
  if (tail > head)
    g_string_append (to, first ? "… " : last ? " …" : " … ");
  append_escaped (to, tail, -1);
}

static void
append_change (GString    *to,
               const char *text)
{
  if (g_utf8_strlen (text, -1) <= AT_MOST) {
    append_escaped (to, text, -1);
  } else {
    append_escaped (to, text, g_utf8_offset_to_pointer (text, AT_MOST) - text);
    g_string_append (to, "…");
  }
}

/**
 * hall_difference_text_markup:
 * @before: (nullable): a text
 * @after: (nullable): what became of it
 *
 * Returns: (transfer full): Pango markup of @after, with what was taken out struck through and what was put in
 *   underlined; long stretches that stayed are left out
 */
char *
hall_difference_text_markup (const char *before,
                             const char *after)
{
  g_autoptr (GPtrArray) parts = hall_difference_find (before, after);
  GString              *markup = g_string_new (NULL);

  for (guint i = 0; i < MIN (parts->len, PARTS); i++) {
    const HallDifference *part = parts->pdata[i];

    if (part->kind == HALL_DIFFERENCE_SAME) {
      append_same (markup, part->text, i == 0, i == parts->len - 1);
    } else {
      g_string_append (markup, part->kind == HALL_DIFFERENCE_ADDED ? ADDED : REMOVED);
      append_change (markup, part->text);
      g_string_append (markup, "</span>");
    }
  }
  if (parts->len > PARTS)
    g_string_append (markup, "…");

  return g_string_free (markup, FALSE);
}

/**
 * hall_difference_text_say:
 * @before: (nullable): a text
 * @after: (nullable): what became of it
 *
 * Returns: (transfer full): the changes alone in words, for those who do not see the markup
 */
char *
hall_difference_text_say (const char *before,
                          const char *after)
{
  g_autoptr (GPtrArray) parts = hall_difference_find (before, after);
  GString              *said = g_string_new (NULL);

  for (guint i = 0; i < MIN (parts->len, PARTS); i++) {
    const HallDifference *part = parts->pdata[i];
    g_autofree char      *text = g_strstrip (g_utf8_substring (part->text, 0, MIN (g_utf8_strlen (part->text, -1), AT_MOST)));

    if (part->kind == HALL_DIFFERENCE_SAME)
      continue;
    if (said->len > 0)
      g_string_append_c (said, ' ');
    /* Translators: read aloud; what was taken out of a text, or put in */
    g_string_append_printf (said, part->kind == HALL_DIFFERENCE_ADDED ? _("Added: %s.") : _("Removed: %s."), text);
  }

  return said->len > 0 ? g_string_free (said, FALSE) : (g_string_free (said, TRUE), g_strdup (_("Not changed.")));
}
