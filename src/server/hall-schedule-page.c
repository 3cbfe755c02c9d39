/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two lists of chats. */
#include "server/hall-schedule-page.h"

#include "server/hall-chat-when.h"
#include "server/hall-desk-rows.h"
#include "server/hall-page.h"

#include "model/hall-chat.h"

#include <glib/gi18n.h>
#include <string.h>

/* No chat takes longer (hall-row-rules.c), so one that began before this is over. */
#define LONGEST_CHAT (7 * G_TIME_SPAN_DAY)

#define TEASER_LENGTH 180 /* characters */

static gboolean
is_cancelled (const HallChat *chat)
{
  return strcmp (chat->status, "cancelled") == 0;
}

/* The first paragraph, cut at a word when it is long. */
static char *
make_teaser (const char *summary)
{
  g_autofree char *text = g_strdup (summary != NULL ? summary : "");
  char            *end = strstr (text, "\n\n");
  char            *blank;

  if (end != NULL)
    *end = '\0';
  g_strstrip (g_strdelimit (text, "\r\n\t", ' '));
  if (g_utf8_strlen (text, -1) <= TEASER_LENGTH)
    return g_steal_pointer (&text);

  *g_utf8_offset_to_pointer (text, TEASER_LENGTH) = '\0';
  blank = strrchr (text, ' ');
  if (blank != NULL)
    *blank = '\0';

  return g_strconcat (text, "…", NULL);
}

static void
add_chat (GString         *page,
          const HallVisit *visit,
          const HallChat  *chat)
{
  g_autofree char *machine = hall_chat_when_machine (chat);
  g_autofree char *month = hall_chat_when_format (chat, "%b");
  g_autofree char *date = hall_chat_when_format (chat, "%-d");
  g_autofree char *day = hall_chat_when_day (chat);
  g_autofree char *clock = hall_chat_when_clock (chat);
  g_autofree char *utc = hall_chat_when_utc (chat);
  g_autofree char *length = hall_chat_when_length (chat);
  g_autofree char *teaser = make_teaser (chat->summary);
  HallChatPhase    phase = hall_chat_when_phase (chat, visit->now);

  /* The leaf of a calendar is for the eye; the time is said in full beside it. */
  hall_page_add (page,
                 "<li>\n"
                 "<p class=\"leaf\" aria-hidden=\"true\"><span class=\"month\">%s</span><span class=\"date\">%s</span></p>\n"
                 "<div>\n<h3><a href=\"%s/e/%s\">%s</a></h3>\n"
                 "<p class=\"when\"><time datetime=\"%s\"><span class=\"day\">%s</span> <span class=\"clock\">%s</span></time>",
                 month, date, visit->prefix, chat->slug, chat->title, machine, day, clock);
  if (utc != NULL && phase != HALL_CHAT_PAST)
    hall_page_add (page, "\n<span class=\"more\">%s</span>", utc);
  if (length != NULL && phase != HALL_CHAT_PAST)
    hall_page_add (page, "\n<span class=\"more\">%s</span>", length);
  g_string_append (page, "</p>\n");

  if (is_cancelled (chat))
    hall_page_add (page, "<p class=\"tag cancelled\">%s</p>\n", _("Cancelled"));
  else if (phase == HALL_CHAT_ON_NOW)
    hall_page_add (page, "<p class=\"tag now\">%s</p>\n", _("On now"));
  if (*teaser != '\0')
    hall_page_add (page, "<p class=\"teaser\">%s</p>\n", teaser);
  if (phase == HALL_CHAT_PAST && chat->recording != NULL && *chat->recording != '\0')
    hall_page_add (page, "<p><a class=\"quiet\" href=\"%s\" aria-label=\"%s\">%s</a></p>\n", chat->recording,
                   chat->title, _("Watch the recording"));
  g_string_append (page, "</div>\n</li>\n");
}

static GPtrArray *
list_upcoming (const HallVisit  *visit,
               GError          **error)
{
  GPtrArray *chats = hall_desk_rows_list (visit, &hall_chat_kind, error, "WHERE starts_at > ? ORDER BY starts_at, id", "i",
                                          visit->now - LONGEST_CHAT);

  for (guint i = chats != NULL ? chats->len : 0; i > 0; i--)
    if (hall_chat_when_phase (g_ptr_array_index (chats, i - 1), visit->now) == HALL_CHAT_PAST)
      g_ptr_array_remove_index (chats, i - 1);

  return chats;
}

static GPtrArray *
list_past (const HallVisit  *visit,
           GError          **error)
{
  GPtrArray *chats = hall_desk_rows_list (visit, &hall_chat_kind, error,
                                          "WHERE starts_at < ? AND status <> 'cancelled' "
                                          "ORDER BY starts_at DESC, id LIMIT 100", "i", visit->now);

  for (guint i = chats != NULL ? chats->len : 0; i > 0; i--)
    if (hall_chat_when_phase (g_ptr_array_index (chats, i - 1), visit->now) != HALL_CHAT_PAST)
      g_ptr_array_remove_index (chats, i - 1);

  return chats;
}

static void
add_list (GString         *page,
          const HallVisit *visit,
          const char      *heading,
          const char      *class,
          GPtrArray       *chats)
{
  hall_page_add (page, "<section class=\"%s\">\n<h2>%s</h2>\n<ul class=\"chats\">\n", class, heading);
  for (guint i = 0; i < chats->len; i++)
    add_chat (page, visit, g_ptr_array_index (chats, i));
  g_string_append (page, "</ul>\n</section>\n");
}

/**
 * hall_schedule_page_show:
 * @visit: a GET of /
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full): the schedule; NULL with @error set
 */
HallReply *
hall_schedule_page_show (const HallVisit  *visit,
                         GError          **error)
{
  g_autoptr (GPtrArray) upcoming = NULL;
  g_autoptr (GPtrArray) past = NULL;
  GString              *page;

  g_return_val_if_fail (visit != NULL, NULL);

  upcoming = list_upcoming (visit, error);
  if (upcoming == NULL)
    return NULL;
  past = list_past (visit, error);
  if (past == NULL)
    return NULL;

  page = hall_page_begin (visit, _("Live chats"));
  hall_page_add (page, "<h1>%s</h1>\n", _("Live chats"));

  if (upcoming->len > 0)
    add_list (page, visit, _("Upcoming"), "upcoming", upcoming);
  else
    hall_page_add (page, "<p class=\"empty\">%s</p>\n", _("Nothing is planned right now. New chats will appear here."));
  if (past->len > 0)
    add_list (page, visit, _("Past"), "past", past);

  return hall_page_finish (page, 200);
}
