/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telling a service's answer from that of a captive portal, a proxy, another program or an ill machine. */
#include "sync/hall-reply-check.h"

#include "format/hall-wire-node.h"
#include "model/hall-chat.h"

#include <glib/gi18n.h>
#include <string.h>

#define LONGEST_WORD 256 /* bytes */

static gboolean
has_type (const HallReply *reply,
          const char      *type)
{
  const char *value = hall_headers_get (reply->headers, "Content-Type");
  gsize       length = strlen (type);

  return value != NULL && g_ascii_strncasecmp (value, type, length) == 0 &&
         (value[length] == '\0' || value[length] == ';' || value[length] == ' ');
}

/* What a portal, a proxy or a moved web site says. A 511 is a portal's by definition. */
static gboolean
is_from_somebody_else (const HallReply *reply)
{
  return (reply->status >= 300 && reply->status < 400) || reply->status == 407 || reply->status == 511 ||
         (reply->status < 500 && (has_type (reply, "text/html") || has_type (reply, "application/xhtml+xml")));
}

/**
 * hall_reply_check_is_ill:
 * @reply: a reply
 *
 * Returns: whether whoever sent it may well do what was asked at another time
 */
gboolean
hall_reply_check_is_ill (const HallReply *reply)
{
  g_return_val_if_fail (reply != NULL, FALSE);

  return reply->status == 408 || reply->status == 425 || reply->status == 429 || reply->status >= 500;
}

/**
 * hall_reply_check_refuse:
 * @error: (optional): return location
 * @fault: what is wrong with the reply, for a log, in English
 *
 * Says that a service answered, but not as such a service does: HALL_SYNC_ERROR_NONSENSE.
 */
void
hall_reply_check_refuse (GError     **error,
                         const char  *fault)
{
  g_return_if_fail (fault != NULL);

  g_set_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE,
               _("The service sent an answer that Hallway does not understand, so nothing of it was taken (%s)."), fault);
}

/**
 * hall_reply_check_origin:
 * @reply: a reply
 * @error: return location
 *
 * Tells whether @reply holds what the service itself has decided. HALL_SYNC_ERROR_AUTH when it does not take the
 * token, HALL_SYNC_ERROR_RETRY_LATER when it is ill or overloaded, HALL_SYNC_ERROR_OFFLINE when a web page or a
 * redirect came instead: a portal's, for instance. Any thread.
 *
 * Returns: whether a success or a refusal can be read from it
 */
gboolean
hall_reply_check_origin (const HallReply  *reply,
                         GError          **error)
{
  g_return_val_if_fail (reply != NULL, FALSE);

  if (reply->status == 401)
    g_set_error_literal (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH, _("The service does not take the token."));
  else if (is_from_somebody_else (reply))
    g_set_error_literal (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE,
                         _("Something else answered in place of the service: a web page came. "
                           "The network may want you to sign in first, or the address is another one."));
  else if (hall_reply_check_is_ill (reply))
    g_set_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_RETRY_LATER,
                 _("The service cannot answer at the moment (status %u)."), reply->status);
  else
    return TRUE;

  return FALSE;
}

/**
 * hall_reply_check_json:
 * @reply: a reply that hall_reply_check_origin() lets through
 * @error: return location for HALL_SYNC_ERROR_NONSENSE
 *
 * Any thread.
 *
 * Returns: (transfer full): its body, read, whatever is at its root; NULL with @error set
 */
yyjson_doc *
hall_reply_check_json (const HallReply  *reply,
                       GError          **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GError)     fault = NULL;
  gsize                  size = 0;
  const char            *text;

  g_return_val_if_fail (reply != NULL, NULL);

  if (!has_type (reply, "application/json") && !has_type (reply, "application/problem+json")) {
    hall_reply_check_refuse (error, "not JSON");
    return NULL;
  }

  text = reply->body != NULL ? g_bytes_get_data (reply->body, &size) : NULL;
  doc = hall_json_read (text != NULL ? text : "", size, &fault);
  if (doc == NULL) {
    hall_reply_check_refuse (error, fault->message);
    return NULL;
  }

  return g_steal_pointer (&doc);
}

/**
 * hall_reply_check_is_word:
 * @text: (nullable): what a service calls a version or a place in its record
 *
 * Such words are kept and go back in headers and addresses, so only those are taken that can do no harm there: short,
 * visible ASCII, without quotes. Any thread.
 *
 * Returns: whether @text is such a word
 */
gboolean
hall_reply_check_is_word (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]) || text[i] == '"' || text[i] == '\\')
      return FALSE;

  return length > 0 && length <= LONGEST_WORD;
}

/* It is opened, printed as a picture and put into posts: never another scheme, such as "file:". */
static gboolean
is_web (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
         strpbrk (address, " \t\r\n()<>\"") == NULL &&
         (strcmp (g_uri_get_scheme (uri), "https") == 0 || strcmp (g_uri_get_scheme (uri), "http") == 0);
}

/**
 * hall_reply_check_row:
 * @kind: a kind
 * @node: (nullable): what should be a row of it
 * @error: return location for a HALL_FORMAT_ERROR
 *
 * Reads a row as hall_wire_node_read() does, and looks at what this program will do more with than show it. Any thread.
 *
 * Returns: (transfer full): the row; NULL with @error set
 */
gpointer
hall_reply_check_row (const HallKind  *kind,
                      yyjson_val      *node,
                      GError         **error)
{
  HallValue *value;

  g_return_val_if_fail (kind != NULL, NULL);

  value = hall_wire_node_read (kind, node, HALL_WIRE_ALL, error);
  if (value != NULL && kind == &hall_chat_kind && ((HallChat *) value)->sign_up_url != NULL &&
      !is_web (((HallChat *) value)->sign_up_url)) {
    g_set_error_literal (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID, "A sign-up address is no web address");
    g_clear_pointer (&value, hall_value_unref);
  }

  return value;
}
