/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chats, posts and people as lists. */
#include "ui/hall-place.h"

#include "model/hall-chat.h"
#include "model/hall-person.h"
#include "model/hall-post.h"
#include "ui/hall-moment-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTE (60 * G_TIME_SPAN_SECOND)

static char *
join_words (const char *one,
            const char *two)
{
  return g_strjoin ("\n", one != NULL ? one : "", two, NULL);
}

static void
fill_chat (HallListRow   *row,
           HallValueItem *item,
           HallKeeper    *keeper)
{
  const HallChat  *chat = hall_value_item_get_value (item);
  HallChatSummary *summary = hall_value_item_get_summary (item);
  gint64           starts_at = hall_chat_summary_get_starts_at (summary);
  guint            going = hall_chat_summary_get_going (summary);
  g_autofree char *when = hall_moment_text_brief (starts_at, hall_keeper_get_zone (keeper), hall_keeper_get_now (keeper));
  g_autofree char *trailing = NULL;

  if (strcmp (chat->status, "cancelled") == 0)
    trailing = g_strdup (_("Cancelled"));
  else if (going > 0)
    /* Translators: how many people have signed up */
    trailing = g_strdup_printf (_("%u going"), going);

  hall_list_row_set_text (row, chat->title, when, trailing);
}

static gint64
end_of (HallValueItem *item)
{
  const HallChat *chat = hall_value_item_get_value (item);

  return hall_chat_summary_get_starts_at (hall_value_item_get_summary (item)) + chat->duration * MINUTE;
}

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  gint64 one = hall_chat_summary_get_starts_at (hall_value_item_get_summary (*(HallValueItem **) a));
  gint64 two = hall_chat_summary_get_starts_at (hall_value_item_get_summary (*(HallValueItem **) b));

  return one < two ? -1 : one > two;
}

/* Upcoming ones soonest first, then past ones newest first. */
static guint
arrange_chats (GPtrArray *items,
               gint64     now)
{
  g_autoptr (GPtrArray) past = g_ptr_array_new ();
  g_autoptr (GPtrArray) upcoming = g_ptr_array_new ();

  g_ptr_array_sort (items, compare_starts);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (end_of (items->pdata[i]) > now ? upcoming : past, items->pdata[i]);

  for (guint i = 0; i < upcoming->len; i++)
    items->pdata[i] = upcoming->pdata[i];
  for (guint i = 0; i < past->len; i++)
    items->pdata[upcoming->len + i] = past->pdata[past->len - 1 - i];

  return upcoming->len;
}

static char *
find_words_of_chat (gconstpointer value)
{
  const HallChat *chat = value;

  return join_words (chat->title, chat->slug);
}

static void
fill_post (HallListRow   *row,
           HallValueItem *item,
           HallKeeper    *keeper)
{
  const HallPost  *post = hall_value_item_get_value (item);
  gboolean         published = strcmp (post->status, "published") == 0;
  g_autofree char *edited = hall_moment_text_edited (post->edited_at, hall_keeper_get_zone (keeper),
                                                     hall_keeper_get_now (keeper));

  hall_list_row_set_text (row, post->title != NULL && *post->title != '\0' ? post->title : post->file_name,
                          edited, published ? _("Published") : _("Draft"));
}

static char *
find_words_of_post (gconstpointer value)
{
  const HallPost *post = value;

  return join_words (post->title, post->file_name);
}

static void
fill_person (HallListRow   *row,
             HallValueItem *item,
             HallKeeper    *keeper)
{
  const HallPerson *person = hall_value_item_get_value (item);

  hall_list_row_set_text (row, person->name != NULL && *person->name != '\0' ? person->name : person->address,
                          person->address, NULL);
}

static char *
find_words_of_person (gconstpointer value)
{
  const HallPerson *person = value;

  return join_words (person->name, person->address);
}

static const HallPlace places[HALL_N_PLACES] = {
  {
    .name = "chats",
    .kind = &hall_chat_kind,
    .title = N_("Chats"),
    .icon = "hall-chats-symbolic",
    .add = N_("New chat"),
    .empty = N_("No chats yet"),
    .empty_advice = N_("Schedule your first chat, or look around with sample data that you can throw away."),
    .sections = { N_("Upcoming"), N_("Past") },
    .fill = fill_chat,
    .arrange = arrange_chats,
    .tells_time = TRUE,
    .words = find_words_of_chat,
  },
  {
    .name = "posts",
    .kind = &hall_post_kind,
    .title = N_("Posts"),
    .icon = "hall-posts-symbolic",
    .add = N_("New post"),
    .empty = N_("No posts yet"),
    .empty_advice = N_("Write a post that announces your chats, or import one that you have."),
    .fill = fill_post,
    .tells_time = TRUE,
    .words = find_words_of_post,
  },
  {
    .name = "people",
    .kind = &hall_person_kind,
    .title = N_("People"),
    .icon = "hall-people-symbolic",
    .empty = N_("Nobody yet"),
    .empty_advice = N_("Everybody who signs up for one of your chats is found here."),
    .fill = fill_person,
    .words = find_words_of_person,
  },
};

/**
 * hall_place_get:
 * @n: 0 to HALL_N_PLACES - 1, as they lie in the sidebar
 *
 * Returns: (transfer none): that place
 */
const HallPlace *
hall_place_get (guint n)
{
  g_return_val_if_fail (n < HALL_N_PLACES, NULL);

  return &places[n];
}

/**
 * hall_place_from_name:
 * @name: such as "chats"
 *
 * Returns: (transfer none): the place of that name; the first one when there is none
 */
const HallPlace *
hall_place_from_name (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < HALL_N_PLACES; i++)
    if (strcmp (places[i].name, name) == 0)
      return &places[i];

  return &places[0];
}
