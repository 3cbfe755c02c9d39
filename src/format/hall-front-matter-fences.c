/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finds the fences as Jekyll does: "---" alone on the first line, then "---" or "..." alone on a line. */
#include "format/hall-front-matter-fences.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char *
after_line (const char *line)
{
  const char *newline = strchr (line, '\n');

  return newline != NULL ? newline + 1 : line + strlen (line);
}

static gboolean
is_fence (const char *line,
          const char *mark)
{
  const char *end = after_line (line);

  if (!g_str_has_prefix (line, mark))
    return FALSE;

  for (const char *p = line + strlen (mark); p < end; p++)
    if (!g_ascii_isspace (*p))
      return FALSE;

  return TRUE;
}

/**
 * hall_front_matter_fences_find:
 * @text: a post
 *
 * A byte order mark before the first fence, blanks after a fence, lines that end in CR LF and a last line that
 * does not end are all fine. Where the closing fence is missing, everything after the first is taken for front
 * matter. Any thread.
 *
 * Returns: where the front matter stands
 */
HallFrontMatterFences
hall_front_matter_fences_find (const char *text)
{
  HallFrontMatterFences fences = { .newline = "\n" };
  const char           *line = text;

  g_return_val_if_fail (text != NULL, fences);

  if (g_str_has_prefix (line, BYTE_ORDER_MARK))
    line += strlen (BYTE_ORDER_MARK);
  fences.start = line - text;
  fences.end = fences.start;
  if (!is_fence (line, "---"))
    return fences;

  fences.opened = TRUE;
  line = after_line (line);
  if (line - text >= 2 && strncmp (line - 2, "\r\n", 2) == 0)
    fences.newline = "\r\n";
  fences.start = line - text;
  while (*line != '\0' && !is_fence (line, "---") && !is_fence (line, "..."))
    line = after_line (line);

  fences.closed = *line != '\0';
  fences.end = line - text;
  fences.body = after_line (line) - text;

  return fences;
}
