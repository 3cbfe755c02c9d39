/* SPDX-License-Identifier: GPL-3.0-or-later
 * Underlined and struck through, so that it can be told without colours; what stays is shown only around changes. */
#include "ui/hall-difference-text.h"

#include "format/hall-difference.h"

#include <glib/gi18n.h>
#include <string.h>

/* How much of what stayed is shown on each side of a change at least, and how much of any stretch (characters). */
#define AROUND 60
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

static void
append_cut (GString    *to,
            const char *text,
            const char *end)
{
  gboolean fits = g_utf8_strlen (text, end - text) <= AT_MOST;

  append_escaped (to, text, (fits ? end : g_utf8_offset_to_pointer (text, AT_MOST)) - text);
  if (!fits)
    g_string_append (to, "…");
}

/* The beginning after a change, the end before the next one, and dots between them. */
static void
append_same (GString    *to,
             const char *text,
             gboolean    first,
             gboolean    last)
{
  const char *start = text;
  const char *end = text + strlen (text);
  const char *head, *tail;
  glong       n;

  /* Empty lines at either end would only take room. */
  while (first && g_ascii_isspace (*start))
    start++;
  while (last && end > start && g_ascii_isspace (end[-1]))
    end--;
  n = g_utf8_strlen (start, end - start);
  if ((first && last) || n <= (first || last ? AROUND + AROUND / 2 : 3 * AROUND)) {
    append_cut (to, start, end);
    return;
  }

  /* Up to the end of a word on either side. */
  head = first ? start : g_utf8_offset_to_pointer (start, AROUND);
  tail = last ? end : g_utf8_offset_to_pointer (start, n - AROUND);
  while (!first && head < tail && !g_ascii_isspace (*head))
    head = g_utf8_next_char (head);
  while (!last && tail > head && !g_ascii_isspace (tail[-1]))
    tail = g_utf8_prev_char (tail);

  append_escaped (to, start, head - start);
  if (tail > head)
    g_string_append (to, first ? "… " : last ? " …" : " … ");
  append_escaped (to, tail, end - tail);
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
      append_cut (markup, part->text, part->text + strlen (part->text));
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
