/* SPDX-License-Identifier: GPL-3.0-or-later
 * HTML without scripts and without anything from elsewhere. The pages use no cookies, so no request carries
 * anybody's authority and there is nothing to forge across sites. */
#include "server/hall-page.h"

#include "server/hall-server-files.h"

#include <glib/gi18n.h>
#include <string.h>

#define ASSETS "/hallwayd/"

#define POLICY "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; " \
               "base-uri 'none'; frame-ancestors 'none'"

static GBytes *
find_asset (const char *name)
{
  g_autofree char *path = g_strconcat (ASSETS, name, NULL);

  return g_resource_lookup_data (hall_server_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* Its address changes with its content, so that it may be kept for as long as one likes. */
static void
add_link (GString         *page,
          const HallVisit *visit,
          const char      *relation,
          const char      *name)
{
  g_autoptr (GBytes) asset = find_asset (name);
  g_autofree char   *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, asset);

  hall_page_add (page, "<link rel=\"%s\" href=\"%s/%s?v=%.8s\">\n", relation, visit->prefix, name, sum);
}

/**
 * hall_page_begin:
 * @visit: the request being answered
 * @title: what stands in the browser's tab
 *
 * Begins a page; what is added next comes into its main part.
 *
 * Returns: (transfer full): the page, to be given to hall_page_finish()
 */
GString *
hall_page_begin (const HallVisit *visit,
                 const char      *title)
{
  GString *page;

  g_return_val_if_fail (visit != NULL && title != NULL, NULL);

  page = g_string_sized_new (8192);
  hall_page_add (page,
                 "<!DOCTYPE html>\n"
                 "<html lang=\"%s\">\n"
                 "<head>\n"
                 "<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
                 "<title>%s</title>\n",
                 /* Translators: the code of your language as HTML has it, such as "de" or "pt-BR" */
                 C_("language of the public pages", "en"), title);
  add_link (page, visit, "icon", "icon.svg");
  add_link (page, visit, "stylesheet", "style.css");
  g_string_append (page, "</head>\n<body>\n<main>\n");

  return page;
}

/**
 * hall_page_add:
 * @page: a page
 * @format: HTML, with conversions as printf() has them
 * @...: what goes into it
 *
 * Adds HTML. Every text that goes in by a conversion is escaped, so that it can stand between tags and in an
 * attribute in quotes; only @format itself is taken as it is.
 */
void
hall_page_add (GString    *page,
               const char *format,
               ...)
{
  g_autofree char *html = NULL;
  va_list          arguments;

  g_return_if_fail (page != NULL && format != NULL);

  va_start (arguments, format);
  html = g_markup_vprintf_escaped (format, arguments);
  va_end (arguments);

  g_string_append (page, html);
}

/**
 * hall_page_add_paragraphs:
 * @page: a page
 * @text: (nullable): plain text
 *
 * Adds each part between empty lines as a paragraph, with its line ends kept.
 */
void
hall_page_add_paragraphs (GString    *page,
                          const char *text)
{
  g_autoptr (GString) plain = NULL;
  g_auto (GStrv)      parts = NULL;

  g_return_if_fail (page != NULL);

  if (text == NULL)
    return;

  plain = g_string_new (text);
  g_string_replace (plain, "\r\n", "\n", 0);
  parts = g_strsplit (plain->str, "\n\n", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) lines = g_strsplit (g_strstrip (parts[i]), "\n", -1);

    if (lines[0] == NULL || *lines[0] == '\0')
      continue;

    g_string_append (page, "<p>");
    for (guint j = 0; lines[j] != NULL; j++)
      hall_page_add (page, j == 0 ? "%s" : "<br>\n%s", lines[j]);
    g_string_append (page, "</p>\n");
  }
}

/**
 * hall_page_finish:
 * @page: (transfer full): a page
 * @status: the status of the reply
 *
 * Returns: (transfer full): the page as a reply
 */
HallReply *
hall_page_finish (GString *page,
                  guint    status)
{
  g_autoptr (GBytes) body = NULL;
  HallReply         *reply;

  g_return_val_if_fail (page != NULL, NULL);

  g_string_append (page, "</main>\n</body>\n</html>\n");
  body = g_string_free_to_bytes (page);

  reply = hall_reply_new (status, "text/html; charset=utf-8", body);
  hall_headers_set (reply->headers, "Content-Security-Policy", POLICY);
  hall_headers_set (reply->headers, "Cache-Control", status == 200 ? "no-cache" : "no-store");

  return reply;
}

/**
 * hall_page_new_note:
 * @visit: the request being answered
 * @status: the status of the reply
 * @title: what it is about
 * @text: a few sentences
 *
 * Returns: (transfer full): a page that says just that, with a way back to the schedule
 */
HallReply *
hall_page_new_note (const HallVisit *visit,
                    guint            status,
                    const char      *title,
                    const char      *text)
{
  GString *page = hall_page_begin (visit, title);

  hall_page_add (page, "<h1>%s</h1>\n", title);
  hall_page_add_paragraphs (page, text);
  hall_page_add (page, "<p><a class=\"action\" href=\"%s/\">%s</a></p>\n", visit->prefix, _("See all chats"));

  return hall_page_finish (page, status);
}

/**
 * hall_page_new_asset:
 * @name: the name of a file that is built in, "style.css" or "icon.svg"
 * @content_type: its type
 *
 * Returns: (transfer full): the file as a reply that may be kept for a year
 */
HallReply *
hall_page_new_asset (const char *name,
                     const char *content_type)
{
  g_autoptr (GBytes) body = NULL;
  HallReply         *reply;

  g_return_val_if_fail (name != NULL && content_type != NULL, NULL);

  body = find_asset (name);
  reply = hall_reply_new (200, content_type, body);
  hall_headers_set (reply->headers, "Cache-Control", "public, max-age=31536000, immutable");

  return reply;
}
