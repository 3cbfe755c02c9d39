/* SPDX-License-Identifier: GPL-3.0-or-later
 * A weekly series around today, who speaks in it, and three posts about it. All of it is our own writing. */
#include "app/hall-demo-programme.h"

#include "app/hall-post-template.h"
#include "format/hall-post-file.h"
#include "format/hall-slug.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "model/hall-series.h"
#include "model/hall-wall-time.h"

#define SERIES  "The evening workshop"
#define SUMMARY "An hour a week with somebody who makes things, and your questions"
#define MINUTES 60
#define TODAY   4 /* which of the chats is this week's */

typedef struct {
  const char *title;
  const char *summary;
  const char *guest;
  const char *zone;
  const char *bio;
} Evening;

static const Evening evenings[] = {
  { "Mending a bicycle wheel without a stand", "Spokes, a zip tie and patience.",
    "Jorun Tvedt", "Europe/Oslo", "Keeps forty shared bicycles running in a harbour town." },
  { "Bread for people who forget about it", "A dough that forgives two days in the cold.",
    "Célestine Auclair", "Europe/Paris", "Bakes on a boat, for whoever lies alongside." },
  { "Reading old maps", "What the blank parts say, and why rivers move.",
    "Ignacio Belmar", "America/Santiago", "Draws today’s paths on yesterday’s paper." },
  { "A small synthesiser on one chip", "From a click to a chord in sixty minutes.",
    "Mirela Ionescu-Park", "Asia/Seoul", "Builds instruments that fit into a matchbox." },
  { "Binding a notebook in an evening", "Thread, cardboard and one good knot.",
    "Tobias Ährenfeld", "Europe/Berlin", "Has bound the same diary for thirty years." },
  { "What bees do in winter", "A look into the hive without opening it.",
    "Wanjiku Achieng-Moss", "Africa/Nairobi", "Listens to hives for a living." },
  { "Sharpening everything in the house", "One stone, many edges, all fingers.",
    "Haruka Minase", "Asia/Tokyo", "Sharpens knives at a market, and answers questions meanwhile." },
  { "Watercolour from a train window", "Three colours, two minutes, next hill.",
    "Oluwaseun Bright", "Africa/Lagos", "Paints landscapes that are gone before they are dry." },
};

static char *
find_wall (gint64      now,
           const char *zone,
           int         weeks)
{
  g_autofree char      *today = hall_wall_time_from_moment (now, zone, NULL);
  g_autofree char      *at_utc = g_strconcat (today, ":00Z", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (at_utc, NULL);
  g_autoptr (GDateTime) wanted = NULL;

  /* Days are counted on the calendar: a week in which clocks change has no 168 hours. */
  wanted = g_date_time_add_weeks (day, weeks);

  return g_date_time_format (wanted, "%Y-%m-%dT18:00");
}

static HallSeries *
add_series (GPtrArray   *values,
            HallLibrary *library,
            const char  *zone)
{
  HallSeries *series = hall_library_new_value (library, &hall_series_kind);

  series->title = g_strdup (SERIES);
  series->summary = g_strdup (SUMMARY);
  series->wall = find_wall (hall_clock_now (hall_library_get_clock (library)), zone, -TODAY);
  series->zone = g_strdup (zone);
  series->duration = MINUTES;
  series->rule = g_strdup ("FREQ=WEEKLY");
  g_ptr_array_add (values, series);

  return series;
}

static HallChat *
add_chat (GPtrArray        *values,
          HallLibrary      *library,
          const HallSeries *series,
          int               number,
          const char       *desk_url)
{
  HallChat *chat = hall_library_new_value (library, &hall_chat_kind);

  chat->series = g_strdup (series->parent.id);
  chat->title = g_strdup (evenings[number].title);
  chat->slug = hall_slug_from_title (chat->title);
  chat->summary = g_strdup (evenings[number].summary);
  chat->wall = find_wall (hall_clock_now (hall_library_get_clock (library)), series->zone, number - TODAY);
  chat->occurrence = g_strdup (chat->wall);
  chat->zone = g_strdup (series->zone);
  chat->duration = MINUTES;
  chat->status = g_strdup ("scheduled");
  chat->sign_up_url = g_strdup_printf ("%s/e/%s", desk_url, chat->slug);
  g_ptr_array_add (values, chat);

  return chat;
}

static void
add_guest (GPtrArray      *values,
           HallLibrary    *library,
           const HallChat *chat,
           int             number)
{
  HallGuest       *guest = hall_library_new_value (library, &hall_guest_kind);
  g_autofree char *local = hall_slug_from_title (evenings[number].guest);

  guest->chat = g_strdup (chat->parent.id);
  guest->name = g_strdup (evenings[number].guest);
  guest->bio = g_strdup (evenings[number].bio);
  guest->address = g_strdup_printf ("%s@example.org", local);
  guest->zone = g_strdup (evenings[number].zone);
  guest->status = g_strdup (number <= TODAY + 1 ? "confirmed" : "invited");
  g_ptr_array_add (values, guest);
}

static void
add_post (GPtrArray   *values,
          HallLibrary *library,
          const char  *title,
          const char  *zone,
          int          days_ago,
          const char  *opening,
          GPtrArray   *chats,
          const char  *ending,
          const char  *status)
{
  HallPost           *post = hall_library_new_value (library, &hall_post_kind);
  gint64              now = hall_clock_now (hall_library_get_clock (library));
  gint64              then = now - days_ago * G_TIME_SPAN_DAY;
  g_autofree char    *date = hall_post_template_date (then, zone);
  g_autofree char    *template = hall_post_template_fill (title, date, NULL);
  g_autofree char    *sections = hall_post_template_announce (chats);

  post->title = g_strdup (title);
  post->file_name = hall_post_file_name (date, title);
  post->text = g_strdup_printf ("%s%s\n%s\n%s\n", template, opening, sections, ending);
  post->status = g_strdup (status);
  post->edited_at = then;
  g_ptr_array_add (values, post);
}

static void
add_posts (GPtrArray   *values,
           HallLibrary *library,
           GPtrArray   *chats,
           const char  *zone)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) next = g_ptr_array_new ();
  g_autoptr (GPtrArray) later = g_ptr_array_new ();

  g_ptr_array_add (next, g_ptr_array_index (chats, TODAY));
  for (guint i = TODAY + 1; i < chats->len; i++)
    g_ptr_array_add (later, g_ptr_array_index (chats, i));

  add_post (values, library, "Why an hour a week", zone, 30,
            "I like to watch people do what they are good at, and I like even more to ask them how.\n\n"
            "So once a week, for an hour, somebody who makes things sits down with us. They show one thing. "
            "You ask. Nothing is sold, nothing is graded, and it is over in time for supper.",
            none, "Come as you are. Bring a question.", "published");
  add_post (values, library, "This week: a notebook of your own", zone, 3,
            "You need two sheets of cardboard, twenty of paper, a needle, and strong thread. "
            "If you have an awl, good; a nail does as well.",
            next, "If your first one comes out crooked, keep it. You will want to see how far you have come.",
            "published");
  add_post (values, library, "The next three evenings", zone, 0,
            "Bees, blades and a train window: here is what comes after the notebook.",
            later, "Something missing that you would like to learn? Ask for it when you sign up.", "draft");
}

/**
 * hall_demo_programme_make:
 * @library: the library that is tried out
 * @zone: the host's zone, tz database name
 * @desk_url: where people will sign up
 *
 * Returns: (transfer full) (element-type HallValue): a series, its chats with their guests, and posts, parents first
 */
GPtrArray *
hall_demo_programme_make (HallLibrary *library,
                          const char  *zone,
                          const char  *desk_url)
{
  GPtrArray            *values;
  g_autoptr (GPtrArray) chats = g_ptr_array_new ();
  const HallSeries     *series;

  g_return_val_if_fail (HALL_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (zone != NULL && desk_url != NULL, NULL);

  values = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_value_unref);
  series = add_series (values, library, zone);
  for (guint i = 0; i < G_N_ELEMENTS (evenings); i++) {
    HallChat *chat = add_chat (values, library, series, i, desk_url);

    g_ptr_array_add (chats, chat);
    add_guest (values, library, chat, i);
  }
  add_posts (values, library, chats, zone);

  return values;
}
