/* SPDX-License-Identifier: GPL-3.0-or-later
 * Requests, replies and their headers. */
#include "format/hall-exchange.h"

typedef struct {
  char *name;
  char *value;
} Header;

struct _HallHeaders {
  GArray *list; /* of Header; a dozen at most, so it is searched from the front */
};

static void
clear_header (gpointer data)
{
  Header *header = data;

  g_free (header->name);
  g_free (header->value);
}

static Header *
find_header (const HallHeaders *headers,
             const char        *name)
{
  for (guint i = 0; i < headers->list->len; i++) {
    Header *header = &g_array_index (headers->list, Header, i);

    if (g_ascii_strcasecmp (header->name, name) == 0)
      return header;
  }

  return NULL;
}

/**
 * hall_headers_new:
 *
 * Returns: (transfer full): headers with nothing in them
 */
HallHeaders *
hall_headers_new (void)
{
  HallHeaders *self = g_new0 (HallHeaders, 1);

  self->list = g_array_new (FALSE, FALSE, sizeof (Header));
  g_array_set_clear_func (self->list, clear_header);

  return self;
}

/**
 * hall_headers_free:
 * @headers: (transfer full) (nullable): headers
 */
void
hall_headers_free (HallHeaders *headers)
{
  if (headers == NULL)
    return;

  g_array_unref (headers->list);
  g_free (headers);
}

/**
 * hall_headers_set:
 * @headers: headers
 * @name: a field name (RFC 9110, 5.1), in any case
 * @value: (nullable): its value; NULL takes the field away
 *
 * Sets a field. One of that name keeps its place and gets the new value.
 */
void
hall_headers_set (HallHeaders *headers,
                  const char  *name,
                  const char  *value)
{
  Header *header;

  g_return_if_fail (headers != NULL);
  g_return_if_fail (name != NULL && *name != '\0');

  header = find_header (headers, name);
  if (value == NULL) {
    if (header != NULL)
      g_array_remove_index (headers->list, header - (Header *) headers->list->data);
  } else if (header != NULL) {
    g_set_str (&header->value, value);
  } else {
    Header added = { g_strdup (name), g_strdup (value) };

    g_array_append_val (headers->list, added);
  }
}

/**
 * hall_headers_get:
 * @headers: headers
 * @name: a field name, in any case
 *
 * Returns: (transfer none) (nullable): the value of that field
 */
const char *
hall_headers_get (const HallHeaders *headers,
                  const char        *name)
{
  Header *header;

  g_return_val_if_fail (headers != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  header = find_header (headers, name);
  return header != NULL ? header->value : NULL;
}

/**
 * hall_headers_count:
 * @headers: headers
 *
 * Returns: how many fields there are
 */
guint
hall_headers_count (const HallHeaders *headers)
{
  g_return_val_if_fail (headers != NULL, 0);

  return headers->list->len;
}

/**
 * hall_headers_nth:
 * @headers: headers
 * @n: which field, from 0, below hall_headers_count()
 * @name: (out) (optional) (transfer none): its name as it was first set
 * @value: (out) (optional) (transfer none): its value
 *
 * Reads one field by its place.
 */
void
hall_headers_nth (const HallHeaders  *headers,
                  guint               n,
                  const char        **name,
                  const char        **value)
{
  const Header *header;

  g_return_if_fail (headers != NULL && n < headers->list->len);

  header = &g_array_index (headers->list, Header, n);
  if (name != NULL)
    *name = header->name;
  if (value != NULL)
    *value = header->value;
}

/**
 * hall_request_new:
 * @method: a method such as "GET"
 * @path: a path that begins with a slash
 *
 * Makes a request without query and body, its headers empty. The caller fills in the rest: @query and
 * @peer are owned texts, @body an owned reference.
 *
 * Returns: (transfer full): the request
 */
HallRequest *
hall_request_new (const char *method,
                  const char *path)
{
  HallRequest *self;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (path != NULL && path[0] == '/', NULL);

  self = g_new0 (HallRequest, 1);
  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->headers = hall_headers_new ();

  return self;
}

/**
 * hall_request_free:
 * @request: (transfer full) (nullable): a request
 */
void
hall_request_free (HallRequest *request)
{
  if (request == NULL)
    return;

  g_free (request->method);
  g_free (request->path);
  g_free (request->query);
  g_free (request->peer);
  hall_headers_free (request->headers);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

/**
 * hall_reply_new:
 * @status: a status code (RFC 9110, 15)
 * @content_type: (nullable): the value of Content-Type; NULL for none
 * @body: (nullable) (transfer none): the body; the reply takes a reference of its own
 *
 * Returns: (transfer full): the reply
 */
HallReply *
hall_reply_new (guint       status,
                const char *content_type,
                GBytes     *body)
{
  HallReply *self = g_new0 (HallReply, 1);

  self->status = status;
  self->headers = hall_headers_new ();
  if (content_type != NULL)
    hall_headers_set (self->headers, "Content-Type", content_type);
  if (body != NULL)
    self->body = g_bytes_ref (body);

  return self;
}

/**
 * hall_reply_free:
 * @reply: (transfer full) (nullable): a reply
 */
void
hall_reply_free (HallReply *reply)
{
  if (reply == NULL)
    return;

  hall_headers_free (reply->headers);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_free (reply);
}
