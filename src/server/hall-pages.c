/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which public page a path is. */
#include "server/hall-pages.h"

#include "server/hall-chat-page.h"
#include "server/hall-page.h"
#include "server/hall-schedule-page.h"

#include "format/hall-slug.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_reading (const HallVisit *visit)
{
  return strcmp (visit->request->method, "GET") == 0 || strcmp (visit->request->method, "HEAD") == 0;
}

static HallReply *
say_no_page (const HallVisit *visit)
{
  return hall_page_new_note (visit, 404, _("This page is not here"),
                             _("Perhaps the address was mistyped, or the chat was taken off the schedule."));
}

static HallReply *
say_no_method (const HallVisit *visit,
               const char      *allowed)
{
  HallReply *reply;

  if (strcmp (visit->request->method, "OPTIONS") == 0)
    reply = hall_reply_new (204, NULL, NULL);
  else
    reply = hall_page_new_note (visit, 405, _("This cannot be done here"),
                                _("The page you want is on the schedule."));
  hall_headers_set (reply->headers, "Allow", allowed);

  return reply;
}

static HallReply *
move_to (const HallVisit *visit,
         const char      *path)
{
  g_autofree char *location = g_strconcat (visit->prefix, path, NULL);
  HallReply       *reply = hall_reply_new (301, NULL, NULL);

  hall_headers_set (reply->headers, "Location", location);

  return reply;
}

/* Everything under /e/; @rest is what follows. */
static HallReply *
route_chat (const HallVisit  *visit,
            const char       *rest,
            GError          **error)
{
  g_autofree char *slug = g_ascii_strdown (rest, -1);
  g_autofree char *path = NULL;
  gboolean         is_done = g_str_has_suffix (slug, "/done");

  if (is_done)
    slug[strlen (slug) - strlen ("/done")] = '\0';
  else if (g_str_has_suffix (slug, "/"))
    slug[strlen (slug) - 1] = '\0';

  if (!hall_slug_is_valid (slug))
    return say_no_page (visit);

  /* People copy addresses from slides, and telephones begin with a capital. */
  path = g_strconcat ("/e/", slug, is_done ? "/done" : "", NULL);
  if (is_reading (visit) && strcmp (path, visit->request->path) != 0)
    return move_to (visit, path);

  if (is_done)
    return is_reading (visit) ? hall_chat_page_thank (visit, slug, error) : say_no_method (visit, "GET, HEAD, OPTIONS");
  if (strcmp (visit->request->method, "POST") == 0)
    return hall_chat_page_take (visit, slug, error);

  return is_reading (visit) ? hall_chat_page_show (visit, slug, error)
                            : say_no_method (visit, "GET, HEAD, POST, OPTIONS");
}

static HallReply *
route (const HallVisit  *visit,
       GError          **error)
{
  const char *path = visit->request->path;

  if (g_str_has_prefix (path, "/e/"))
    return route_chat (visit, path + strlen ("/e/"), error);

  if (strcmp (path, "/") != 0 && strcmp (path, "/style.css") != 0 && strcmp (path, "/icon.svg") != 0)
    return say_no_page (visit);
  if (!is_reading (visit))
    return say_no_method (visit, "GET, HEAD, OPTIONS");

  if (strcmp (path, "/style.css") == 0)
    return hall_page_new_asset ("style.css", "text/css; charset=utf-8");
  if (strcmp (path, "/icon.svg") == 0)
    return hall_page_new_asset ("icon.svg", "image/svg+xml");

  return hall_schedule_page_show (visit, error);
}

/**
 * hall_pages_answer:
 * @visit: a request that is not for the API
 * @error: HALL_STORE_ERROR
 *
 * "/" is the schedule, "/e/SLUG" a chat's page and sign-up form, "/e/SLUG/done" the confirmation.
 *
 * Returns: (transfer full): the reply; NULL with @error set when the transaction must be rolled back
 */
HallReply *
hall_pages_answer (const HallVisit  *visit,
                   GError          **error)
{
  HallReply *reply;

  g_return_val_if_fail (visit != NULL, NULL);

  reply = route (visit, error);
  if (reply != NULL)
    hall_headers_set (reply->headers, "Referrer-Policy", "no-referrer");

  return reply;
}
