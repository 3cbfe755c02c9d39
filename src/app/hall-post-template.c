/* SPDX-License-Identifier: GPL-3.0-or-later
 * Front matter as Jekyll and Octopress read it, and a section for each chat that is announced. */
#include "app/hall-post-template.h"

#include "format/hall-front-matter.h"
#include "model/hall-wall-time.h"

#include <glib/gi18n.h>

static GDateTime *
find_local_time (gint64      moment,
                 const char *zone)
{
  g_autoptr (GTimeZone) known = hall_wall_time_zone_exists (zone) ? g_time_zone_new_identifier (zone) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (moment);

  return known != NULL ? g_date_time_to_timezone (utc, known) : g_date_time_ref (utc);
}

static void
append_chat (GString        *text,
             const HallChat *chat)
{
  g_autoptr (GDateTime) start = NULL;
  g_autofree char      *when = NULL;
  gint64                moment;

  hall_wall_time_to_moment (chat->wall, chat->zone, chat->fold, &moment);
  start = find_local_time (moment, chat->zone);
  /* Translators: the start of a chat in a post, "Monday 30 May 2016 at 15:30 PDT" */
  when = g_date_time_format (start, _("%A %-d %B %Y at %H:%M %Z"));

  g_string_append_printf (text, "%s## %s\n\n**%s**\n", text->len > 0 ? "\n" : "", chat->title, when);
  if (chat->summary != NULL)
    g_string_append_printf (text, "\n%s\n", chat->summary);
  if (chat->sign_up_url != NULL) {
    g_string_append_c (text, '\n');
    /* Translators: a link in a post, in Markdown; %s is the address of a sign-up page */
    g_string_append_printf (text, _("[Sign up and ask your question](%s)."), chat->sign_up_url);
    g_string_append_c (text, '\n');
  }
}

/**
 * hall_post_template_date:
 * @now: microseconds since 1970 in UTC
 * @zone: tz database name
 *
 * Returns: (transfer full): the date of a post with its offset from UTC, "2016-05-23 09:00:00 -0700"
 */
char *
hall_post_template_date (gint64      now,
                         const char *zone)
{
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  local = find_local_time (now, zone);

  return g_date_time_format (local, "%Y-%m-%d %H:%M:00 %z");
}

/**
 * hall_post_template_announce:
 * @chats: (element-type HallChat): chats
 *
 * A chat whose sign-up page is not known yet is announced without a link.
 *
 * Returns: (transfer full): a section for each chat, in Markdown; empty without chats
 */
char *
hall_post_template_announce (GPtrArray *chats)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (chats != NULL, NULL);

  for (guint i = 0; i < chats->len; i++)
    append_chat (text, g_ptr_array_index (chats, i));

  return g_string_free (text, FALSE);
}

/**
 * hall_post_template_fill:
 * @title: title of the post
 * @date: as hall_post_template_date() has it
 * @chats: (nullable) (element-type HallChat): the chats it announces
 *
 * Returns: (transfer full): the whole post
 */
char *
hall_post_template_fill (const char *title,
                         const char *date,
                         GPtrArray  *chats)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char               *titled;

  g_return_val_if_fail (title != NULL && date != NULL, NULL);

  g_string_printf (text, "---\nlayout: post\ntitle: \"\"\ndate: %s\n---\n\n", date);
  if (chats != NULL) {
    g_autofree char *sections = hall_post_template_announce (chats);

    g_string_append (text, sections);
  }

  /* Which quotes a title needs, the format floor knows. */
  titled = hall_front_matter_set (text->str, "title", title, NULL);

  return titled != NULL ? titled : g_strdup (text->str);
}
