/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telling a text post from other files, and naming it as Jekyll and Octopress do. */
#include "format/hall-post-file.h"

#include "format/hall-slug.h"

#include <glib/gi18n.h>
#include <string.h>

/* Most file systems allow 255; a program that writes beside a file needs some for itself. */
#define LONGEST_NAME 200

/**
 * hall_post_file_read:
 * @bytes: (array length=length): what a file holds
 * @length: how many bytes
 * @error: return location for HALL_FORMAT_ERROR_NOT_TEXT, whose message is a sentence for people
 *
 * Takes a file for a post when it is UTF-8 without NUL and no larger than HALL_POST_FILE_LARGEST. Nothing in it
 * is changed. Any thread.
 *
 * Returns: (transfer full): the same bytes with a NUL behind them; NULL with @error set
 */
char *
hall_post_file_read (const char  *bytes,
                     gsize        length,
                     GError     **error)
{
  const char *end;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  if (length > HALL_POST_FILE_LARGEST) {
    g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT,
                 _("The file is larger than %d MiB, which is more than a post can be."),
                 HALL_POST_FILE_LARGEST / 1024 / 1024);
    return NULL;
  }
  if (length > 0 && memchr (bytes, '\0', length) != NULL) {
    g_set_error_literal (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT,
                         _("The file is not text. A post is a text file, such as Markdown."));
    return NULL;
  }
  if (length > 0 && !g_utf8_validate_len (bytes, length, &end)) {
    guint line = 1;

    for (const char *p = bytes; p < end; p++)
      if (*p == '\n')
        line++;
    g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_NOT_TEXT,
                 _("Line %u of the file is not UTF-8 text. Save the file as UTF-8, then try again."), line);
    return NULL;
  }

  return length > 0 ? g_strndup (bytes, length) : g_strdup ("");
}

static gboolean
begins_with_day (const char *date)
{
  int part[3] = { 0 };

  for (guint i = 0, n = 0; i < strlen ("2016-05-23"); i++)
    if (i == 4 || i == 7) {
      if (date[i] != '-')
        return FALSE;
      n++;
    } else {
      if (!g_ascii_isdigit (date[i]))
        return FALSE;
      part[n] = part[n] * 10 + (date[i] - '0');
    }

  return g_date_valid_dmy (part[2], part[1], part[0]);
}

/**
 * hall_post_file_name:
 * @date: (nullable): the date of the post, beginning "2016-05-23"; NULL for a draft without one
 * @title: (nullable): its title
 *
 * Any thread.
 *
 * Returns: (transfer full): a file name such as "2016-05-23-live-from-pycon.markdown", or without the day when
 *   @date does not begin with one
 */
char *
hall_post_file_name (const char *date,
                     const char *title)
{
  g_autofree char *slug = hall_slug_from_title (title != NULL ? title : "post");

  if (date == NULL || !begins_with_day (date))
    return g_strconcat (slug, ".markdown", NULL);

  return g_strdup_printf ("%.10s-%s.markdown", date, slug);
}

/**
 * hall_post_file_name_is_valid:
 * @file_name: (nullable): a name, perhaps one that a service sent
 *
 * Returns: whether a file of that name can be written into a folder of the host's choice and nowhere else: UTF-8,
 *   no slash or backslash, no control characters, no dot at its start, at most 200 bytes
 */
gboolean
hall_post_file_name_is_valid (const char *file_name)
{
  if (file_name == NULL || *file_name == '\0' || *file_name == '.' || strlen (file_name) > LONGEST_NAME ||
      !g_utf8_validate (file_name, -1, NULL))
    return FALSE;

  for (const char *p = file_name; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == '/' || *p == '\\' || g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}
