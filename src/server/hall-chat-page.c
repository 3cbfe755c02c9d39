/* SPDX-License-Identifier: GPL-3.0-or-later
 * Showing a chat, taking a sign-up for it, and saying thank you. */
#include "server/hall-chat-page.h"

#include "server/hall-chat-when.h"
#include "server/hall-desk-rows.h"
#include "server/hall-page.h"
#include "server/hall-registrar.h"
#include "server/hall-sign-up-form.h"

#include "model/hall-guest.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_cancelled (const HallChat *chat)
{
  return strcmp (chat->status, "cancelled") == 0;
}

/* A chat that is over takes sign-ups too: people leave their address for the recording, and their questions. */
static gboolean
takes_sign_ups (const HallChat *chat)
{
  return !is_cancelled (chat);
}

static gboolean
find_chat (const HallVisit  *visit,
           const char       *slug,
           HallChat        **chat,
           GError          **error)
{
  gpointer row;

  if (!hall_desk_rows_find (visit, &hall_chat_kind, &row, error, "WHERE slug = ?", "t", slug))
    return FALSE;

  *chat = row;
  return TRUE;
}

static HallReply *
say_no_chat (const HallVisit *visit)
{
  return hall_page_new_note (visit, 404, _("There is no such chat"),
                             _("Perhaps the address was mistyped, or the chat was taken off the schedule."));
}

static void
add_when (GString        *page,
          const HallChat *chat)
{
  g_autofree char *machine = hall_chat_when_machine (chat);
  g_autofree char *day = hall_chat_when_day (chat);
  g_autofree char *clock = hall_chat_when_clock (chat);
  g_autofree char *utc = hall_chat_when_utc (chat);
  g_autofree char *length = hall_chat_when_length (chat);

  hall_page_add (page,
                 "<p class=\"when\"><time datetime=\"%s\"><span class=\"day\">%s</span> "
                 "<span class=\"clock\">%s</span></time>\n",
                 machine, day, clock);
  if (utc != NULL)
    hall_page_add (page, "<span class=\"more\">%s</span>\n", utc);
  if (length != NULL)
    hall_page_add (page, "<span class=\"more\">%s</span>\n", length);
  g_string_append (page, "</p>\n");
}

static gboolean
add_guests (GString          *page,
            const HallVisit  *visit,
            const HallChat   *chat,
            GError          **error)
{
  g_autoptr (GPtrArray) guests = NULL;

  guests = hall_desk_rows_list (visit, &hall_guest_kind, error,
                                "WHERE chat = ? AND status = 'confirmed' ORDER BY name, id", "t", chat->parent.id);
  if (guests == NULL)
    return FALSE;
  if (guests->len == 0)
    return TRUE;

  hall_page_add (page, "<section class=\"guests\">\n<h2>%s</h2>\n<ul>\n", _("With"));
  for (guint i = 0; i < guests->len; i++) {
    const HallGuest *guest = g_ptr_array_index (guests, i);

    hall_page_add (page, "<li><strong><bdi>%s</bdi></strong>", guest->name);
    if (guest->pronouns != NULL)
      hall_page_add (page, " <span class=\"note\">%s</span>", guest->pronouns);
    g_string_append (page, "\n");
    hall_page_add_paragraphs (page, guest->bio);
    g_string_append (page, "</li>\n");
  }
  g_string_append (page, "</ul>\n</section>\n");

  return TRUE;
}

static void
add_state (GString         *page,
           const HallVisit *visit,
           const HallChat  *chat)
{
  if (is_cancelled (chat))
    hall_page_add (page, "<p class=\"state cancelled\">%s</p>\n", _("This chat has been cancelled."));
  else if (hall_chat_when_phase (chat, visit->now) == HALL_CHAT_ON_NOW)
    hall_page_add (page, "<p class=\"state now\">%s</p>\n", _("On now"));
}

static void
add_past (GString        *page,
          const HallChat *chat)
{
  hall_page_add (page, "<p class=\"state\">%s</p>\n", _("This chat is over."));
  if (chat->recording != NULL && *chat->recording != '\0')
    hall_page_add (page, "<p><a class=\"action\" href=\"%s\">%s</a></p>\n", chat->recording, _("Watch the recording"));
  else
    hall_page_add_paragraphs (page, _("There is no recording yet. Sign up, and the hosts can tell you when there is one."));
}

static HallReply *
make_page (const HallVisit   *visit,
           const HallChat    *chat,
           guint              status,
           const HallSignUp  *sign_up,
           const char        *notice,
           GError           **error)
{
  g_autoptr (GString) page = NULL;
  g_autofree char    *title = NULL;
  gboolean            has_seat;

  if (!hall_registrar_has_seat (visit, chat, &has_seat, error))
    return NULL;

  /* Translators: the title of a page whose form was not taken; the chat's title follows */
  title = hall_sign_up_is_good (sign_up) ? g_strdup (chat->title) : g_strdup_printf (_("Not signed up yet: %s"), chat->title);
  page = hall_page_begin (visit, title);
  hall_page_add (page, "<nav><a href=\"%s/\">%s</a></nav>\n", visit->prefix, _("All chats"));
  if (takes_sign_ups (chat))
    hall_sign_up_form_add_faults (page, sign_up);
  if (notice != NULL)
    hall_page_add (page, "<p class=\"faults\" role=\"alert\">%s</p>\n", notice);

  hall_page_add (page, "<article>\n<h1>%s</h1>\n", chat->title);
  add_when (page, chat);
  add_state (page, visit, chat);
  hall_page_add_paragraphs (page, chat->summary);
  if (!add_guests (page, visit, chat, error))
    return NULL;
  if (!is_cancelled (chat) && hall_chat_when_phase (chat, visit->now) == HALL_CHAT_PAST)
    add_past (page, chat);
  g_string_append (page, "</article>\n");

  if (takes_sign_ups (chat))
    hall_sign_up_form_add (page, visit, chat, has_seat, sign_up);

  return hall_page_finish (g_steal_pointer (&page), status);
}

/**
 * hall_chat_page_show:
 * @visit: a GET of /e/SLUG
 * @slug: the slug, valid
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full): the chat's page, with the form while one can sign up; NULL with @error set
 */
HallReply *
hall_chat_page_show (const HallVisit  *visit,
                     const char       *slug,
                     GError          **error)
{
  g_autoptr (HallChat)   chat = NULL;
  g_autoptr (HallSignUp) nothing = hall_sign_up_new ();

  g_return_val_if_fail (visit != NULL && slug != NULL, NULL);

  if (!find_chat (visit, slug, &chat, error))
    return NULL;

  return chat != NULL ? make_page (visit, chat, 200, nothing, NULL, error) : say_no_chat (visit);
}

static HallForm *
read_form (const HallRequest *request)
{
  const char *type = hall_headers_get (request->headers, "Content-Type");
  const char *body;
  gsize       length;

  if (type == NULL || g_ascii_strncasecmp (type, "application/x-www-form-urlencoded",
                                           strlen ("application/x-www-form-urlencoded")) != 0)
    return NULL;
  if (request->body == NULL)
    return hall_form_read (NULL, 0);

  body = g_bytes_get_data (request->body, &length);
  return hall_form_read (body, length);
}

/* Somebody with an IPv6 network of their own has very many addresses: the network counts as one. */
static char *
name_visitor (const char *peer)
{
  g_autoptr (GInetAddress) address = peer != NULL ? g_inet_address_new_from_string (peer) : NULL;
  const guint8            *b;

  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_strdup (peer != NULL ? peer : "");

  b = g_inet_address_to_bytes (address);
  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]);
}

static HallReply *
say_too_many (const HallVisit   *visit,
              const HallChat    *chat,
              const HallSignUp  *sign_up,
              guint              wait,
              GError           **error)
{
  g_autofree char *seconds = g_strdup_printf ("%u", wait);
  HallReply       *reply;

  reply = make_page (visit, chat, 429, sign_up,
                     _("Many people are signing up from your network right now, so you are not signed up yet. "
                       "What you typed is still below: please try again in a minute."), error);
  if (reply != NULL)
    hall_headers_set (reply->headers, "Retry-After", seconds);

  return reply;
}

static HallReply *
go_to_thanks (const HallVisit *visit,
              const HallChat  *chat,
              gboolean         had_seat)
{
  g_autofree char *location = g_strdup_printf ("%s/e/%s/done?place=%s", visit->prefix, chat->slug,
                                               had_seat ? "going" : "waitlist");
  HallReply       *reply = hall_reply_new (303, NULL, NULL);

  hall_headers_set (reply->headers, "Location", location);
  hall_headers_set (reply->headers, "Cache-Control", "no-store");

  return reply;
}

/**
 * hall_chat_page_take:
 * @visit: a POST to /e/SLUG
 * @slug: the slug, valid
 * @error: HALL_STORE_ERROR
 *
 * Takes a sign-up. Whoever sends it learns nothing of others: an address that had signed up before gets the very
 * same reply as a new one.
 *
 * Returns: (transfer full): the way to the confirmation, or the page again with what was typed and what is wrong;
 *   NULL with @error set
 */
HallReply *
hall_chat_page_take (const HallVisit  *visit,
                     const char       *slug,
                     GError          **error)
{
  g_autoptr (HallChat)   chat = NULL;
  g_autoptr (HallForm)   form = NULL;
  g_autoptr (HallSignUp) sign_up = NULL;
  g_autofree char       *visitor = NULL;
  gboolean               had_seat;
  guint                  wait;

  g_return_val_if_fail (visit != NULL && slug != NULL, NULL);

  if (!find_chat (visit, slug, &chat, error))
    return NULL;
  if (chat == NULL)
    return say_no_chat (visit);

  form = read_form (visit->request);
  if (form == NULL)
    return hall_page_new_note (visit, 400, _("The form could not be read"),
                               _("You are not signed up yet. Go back to the chat and try once more."));

  sign_up = hall_sign_up_read (form);
  if (!takes_sign_ups (chat))
    return make_page (visit, chat, 409, sign_up, _("You are not signed up: this chat takes no more sign-ups."), error);

  visitor = name_visitor (visit->request->peer);
  wait = hall_throttle_take (visit->visitors, visitor, visit->now);
  if (wait > 0)
    return say_too_many (visit, chat, sign_up, wait, error);
  if (!hall_sign_up_is_good (sign_up))
    return make_page (visit, chat, 422, sign_up, NULL, error);

  if (!hall_registrar_sign_up (visit, chat, sign_up->name, sign_up->address,
                               *sign_up->question != '\0' ? sign_up->question : NULL, &had_seat, error))
    return NULL;

  return go_to_thanks (visit, chat, had_seat);
}

/**
 * hall_chat_page_thank:
 * @visit: a GET of /e/SLUG/done
 * @slug: the slug, valid
 * @error: HALL_STORE_ERROR
 *
 * The confirmation. It knows nothing of who signed up, so it can be shown to anybody.
 *
 * Returns: (transfer full): the page; NULL with @error set
 */
HallReply *
hall_chat_page_thank (const HallVisit  *visit,
                      const char       *slug,
                      GError          **error)
{
  g_autoptr (HallChat) chat = NULL;
  g_autoptr (HallForm) query = NULL;
  g_autoptr (GString)  page = NULL;
  gboolean             is_full;

  g_return_val_if_fail (visit != NULL && slug != NULL, NULL);

  if (!find_chat (visit, slug, &chat, error))
    return NULL;
  if (chat == NULL)
    return say_no_chat (visit);

  query = hall_form_read (visit->request->query, -1);
  is_full = query != NULL && g_strcmp0 (hall_form_get (query, "place"), "waitlist") == 0;

  page = hall_page_begin (visit, is_full ? _("Thank you") : _("You are signed up"));
  hall_page_add (page, "<nav><a href=\"%s/\">%s</a></nav>\n", visit->prefix, _("All chats"));
  hall_page_add (page, "<article class=\"thanks\">\n<h1>%s</h1>\n<p class=\"which\">%s</p>\n",
                 is_full ? _("Thank you") : _("You are signed up"), chat->title);
  add_when (page, chat);
  if (is_full)
    hall_page_add_paragraphs (page, _("All seats are taken, so new sign-ups are on the waitlist. "
                                      "If you had a seat before, it is still yours."));
  else
    hall_page_add_paragraphs (page, _("If you had signed up with this address before, nothing has changed: "
                                      "your place is yours, and a new question is passed on."));
  hall_page_add (page, "<p><a class=\"action\" href=\"%s/e/%s\">%s</a></p>\n</article>\n",
                 visit->prefix, chat->slug, _("Back to the chat"));

  return hall_page_finish (g_steal_pointer (&page), 200);
}
