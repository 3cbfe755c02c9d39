/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finds a title in the first heading of a post, or in the name of its file. */
#include "format/hall-post-title.h"

#include <string.h>

static gboolean
is_underline (const char *line)
{
  gsize length = strlen (line);

  return length > 1 && (strspn (line, "=") == length || strspn (line, "-") == length);
}

/* "## Title ##" gives "Title"; anything that is no such line gives NULL. */
static char *
heading_of (const char *line)
{
  gsize            level = strspn (line, "#");
  g_autofree char *heading = NULL;
  gsize            length;

  if (level == 0 || level > 6 || (line[level] != ' ' && line[level] != '\t'))
    return NULL;

  heading = g_strstrip (g_strdup (line + level));
  length = strlen (heading);
  while (length > 0 && heading[length - 1] == '#')
    length--;
  if (length == 0 || g_ascii_isspace (heading[length - 1]))
    heading[length] = '\0';
  g_strchomp (heading);

  return *heading != '\0' ? g_steal_pointer (&heading) : NULL;
}

/* The first Markdown heading, of either form; what stands between fences of code is none. */
static char *
find_heading (const char *body)
{
  g_auto (GStrv) lines = g_strsplit (body, "\n", -1);
  gboolean       in_code = FALSE;

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *heading = NULL;

    g_strchomp (lines[i]);
    if (g_str_has_prefix (lines[i], "```") || g_str_has_prefix (lines[i], "~~~"))
      in_code = !in_code;
    if (in_code)
      continue;

    heading = heading_of (lines[i]);
    if (heading != NULL)
      return g_steal_pointer (&heading);
    if (i > 0 && is_underline (lines[i]) && *lines[i - 1] != '\0')
      return g_strdup (g_strchug (lines[i - 1]));
  }

  return NULL;
}

/* "2016-05-23-live-from-pycon.markdown" gives "Live from pycon". */
static char *
title_of_file (const char *file_name)
{
  g_autofree char    *stem = g_filename_display_basename (file_name);
  g_autoptr (GString) title = NULL;
  const char         *at = stem;
  char               *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  if (strspn (at, "0123456789-") >= strlen ("2016-05-23-") && at[4] == '-' && at[7] == '-' && at[10] == '-')
    at += strlen ("2016-05-23-");
  if (*at == '\0')
    at = stem;

  title = g_string_new (NULL);
  g_string_append_unichar (title, g_unichar_toupper (g_utf8_get_char (at)));
  g_string_append (title, g_utf8_next_char (at));

  return g_strdelimit (g_strdup (title->str), "-_", ' ');
}

/**
 * hall_post_title_guess:
 * @body: the text of a post, without front matter
 * @file_name: (nullable): what its file is called
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the first heading, else the words of @file_name without its day and ending;
 *   NULL when there is neither
 */
char *
hall_post_title_guess (const char *body,
                       const char *file_name)
{
  char *heading;

  g_return_val_if_fail (body != NULL, NULL);

  heading = find_heading (body);
  if (heading != NULL)
    return heading;

  return file_name != NULL && *file_name != '\0' ? title_of_file (file_name) : NULL;
}
