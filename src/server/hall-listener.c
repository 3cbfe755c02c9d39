/* SPDX-License-Identifier: GPL-3.0-or-later
 * Between libsoup and the desk: makes a HallRequest of what came, has it answered in a transaction, commits, and
 * only then lets the reply go out. Brings the limits that libsoup's server does not have. */
#include "server/hall-listener.h"

#include "server/hall-api.h"
#include "server/hall-deadlines.h"

#include <libsoup/soup.h>
#include <string.h>

#define LARGEST_HEADERS (16 * 1024)
#define MOST_CONNECTIONS 500

/* RFC 6585; libsoup has no name for it. */
#define HEADERS_TOO_LARGE 431

/* Seconds: for the reply to be taken, for the next request to begin, and for a refused one to hear of it. */
#define REPLY_DEADLINE 120
#define IDLE_DEADLINE 60
#define REFUSAL_DEADLINE 5

/* What is noted on a message. */
#define REFUSED "hall-refused"
#define BUSY "hall-busy"

struct _HallListener {
  SoupServer    *server;
  HallDesk      *desk;
  HallDatabase  *db;
  HallDeadlines *deadlines;
  guint          deadline;
  GBytes        *too_slow; /* what is said to a request that has not come whole by then */
  guint          n_busy; /* requests that were read and whose replies are not out yet */
};

static void
set_deadline (HallListener      *self,
              SoupServerMessage *message,
              guint              seconds,
              GBytes            *farewell)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    hall_deadlines_set (self->deadlines, socket, seconds, farewell);
}

/* Behind a proxy on the same machine the caller is who the proxy says; nobody else is believed. */
static char *
find_peer (SoupServerMessage *message)
{
  GSocketAddress           *address = soup_server_message_get_remote_address (message);
  GInetAddress             *peer;
  g_autoptr (GInetAddress)  forwarded = NULL;
  const char               *list;
  g_autofree char          *last = NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return NULL;

  peer = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  list = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "X-Forwarded-For");
  if (list != NULL && g_inet_address_get_is_loopback (peer)) {
    const char *comma = strrchr (list, ',');

    last = g_strstrip (g_strdup (comma != NULL ? comma + 1 : list));
    forwarded = g_inet_address_new_from_string (last);
  }

  return g_inet_address_to_string (forwarded != NULL ? forwarded : peer);
}

static HallRequest *
make_request (SoupServerMessage *message)
{
  GUri                  *uri = soup_server_message_get_uri (message);
  HallRequest           *request = hall_request_new (soup_server_message_get_method (message), g_uri_get_path (uri));
  SoupMessageHeadersIter iter;
  const char            *name, *value;

  request->query = g_strdup (g_uri_get_query (uri));
  request->peer = find_peer (message);

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (hall_headers_get (request->headers, name) == NULL)
      hall_headers_set (request->headers, name, value);

  return request;
}

static void
send_reply (SoupServerMessage *message,
            const HallReply   *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->body != NULL)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), reply->body);

  for (guint i = 0; i < hall_headers_count (reply->headers); i++) {
    const char *name, *value;

    hall_headers_nth (reply->headers, i, &name, &value);
    soup_message_headers_replace (headers, name, value);
  }
}

/* A refusal as bytes, for when libsoup is not asked to send it. */
static GBytes *
write_refusal (const HallReply *reply)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char         *reason;

  switch (reply->status) {
  case SOUP_STATUS_REQUEST_TIMEOUT:
    reason = "Request Timeout";
    break;
  case HEADERS_TOO_LARGE:
    reason = "Request Header Fields Too Large";
    break;
  default:
    reason = "Content Too Large";
  }

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                          reply->status, reason, g_bytes_get_size (reply->body));
  for (guint i = 0; i < hall_headers_count (reply->headers); i++) {
    const char *name, *value;

    hall_headers_nth (reply->headers, i, &name, &value);
    g_string_append_printf (text, "%s: %s\r\n", name, value);
  }
  g_string_append (text, "\r\n");
  g_string_append_len (text, g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/* Sends a refusal while the request is still coming in, which libsoup would read to its end first. What comes
 * after is thrown away, for as long as it takes the other side to read the reply. */
static void
refuse_at_once (HallListener      *self,
                SoupServerMessage *message,
                guint              status)
{
  g_autoptr (HallRequest) request = make_request (message);
  g_autoptr (HallReply)   reply = hall_desk_refuse (self->desk, request, status);
  g_autoptr (GBytes)      text = write_refusal (reply);
  GSocket                *socket = soup_server_message_get_socket (message);

  g_object_set_data (G_OBJECT (message), REFUSED, GINT_TO_POINTER (TRUE));
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);

  /* A few hundred bytes into an empty buffer: they go whole, or the other side is gone. */
  g_socket_send (socket, g_bytes_get_data (text, NULL), g_bytes_get_size (text), NULL, NULL);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  set_deadline (self, message, REFUSAL_DEADLINE, NULL);
}

static gboolean
is_refused (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), REFUSED) != NULL;
}

static gsize
measure_headers (SoupServerMessage *message)
{
  SoupMessageHeadersIter iter;
  const char            *name, *value;
  g_autofree char       *uri = g_uri_to_string (soup_server_message_get_uri (message));
  gsize                  size = strlen (uri);

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    size += strlen (name) + strlen (value) + strlen (": \r\n");

  return size;
}

/* Refuses what is said to be too large. A client that waits for "100 Continue" is told the usual way. */
static void
on_got_headers (SoupServerMessage *message,
                HallListener      *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  guint               status;

  if (soup_server_message_get_status (message) != 0)
    return;

  if (measure_headers (message) > LARGEST_HEADERS)
    status = HEADERS_TOO_LARGE;
  else if (soup_message_headers_get_content_length (headers) > HALL_API_LARGEST_BODY)
    status = SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
  else
    return;

  if (soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE) {
    g_autoptr (HallRequest) request = make_request (message);
    g_autoptr (HallReply)   reply = hall_desk_refuse (self->desk, request, status);

    send_reply (message, reply);
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  } else {
    refuse_at_once (self, message, status);
  }
}

/* A body in chunks does not say beforehand how long it is. */
static void
on_got_chunk (SoupServerMessage *message,
              GBytes            *chunk,
              HallListener      *self)
{
  if (!is_refused (message) && soup_server_message_get_request_body (message)->length > HALL_API_LARGEST_BODY)
    refuse_at_once (self, message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
}

/* A 204 has no length, and libsoup would take that for a reply that ends with its connection, and close it unasked. */
static void
on_wrote_headers (SoupServerMessage *message,
                  HallListener      *self)
{
  if (soup_server_message_get_status (message) == SOUP_STATUS_NO_CONTENT)
    soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_NONE);
}

/* A first request is started when its connection is taken, a later one with its first byte. */
static void
on_request_started (SoupServer        *server,
                    SoupServerMessage *message,
                    HallListener      *self)
{
  set_deadline (self, message, self->deadline, self->too_slow);
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), self);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote_headers), self);
}

static void
on_request_read (SoupServer        *server,
                 SoupServerMessage *message,
                 HallListener      *self)
{
  g_object_set_data (G_OBJECT (message), BUSY, GINT_TO_POINTER (TRUE));
  self->n_busy++;
  if (!is_refused (message))
    set_deadline (self, message, REPLY_DEADLINE, NULL);
}

static void
on_request_ended (SoupServer        *server,
                  SoupServerMessage *message,
                  HallListener      *self)
{
  /* One that broke off while it was read never was busy. */
  if (g_object_steal_data (G_OBJECT (message), BUSY) != NULL)
    self->n_busy--;
  set_deadline (self, message, IDLE_DEADLINE, NULL);
}

/* In a transaction of its own. What is sent has been committed; what failed has been rolled back. */
static HallReply *
answer (HallListener *self,
        HallRequest  *request)
{
  g_autoptr (HallReply) reply = NULL;
  g_autoptr (GError)    error = NULL;

  if (hall_database_begin (self->db, &error)) {
    reply = hall_desk_answer (self->desk, self->db, request, &error);
    if (reply == NULL)
      hall_database_rollback (self->db);
    else if (!hall_database_commit (self->db, &error))
      g_clear_pointer (&reply, hall_reply_free);
  }

  if (reply != NULL)
    return g_steal_pointer (&reply);

  /* Neither path nor headers: they may name people or hold tokens. */
  g_printerr ("hallwayd: a %s could not be answered: %s\n", request->method, error->message);
  return hall_desk_fail (self->desk, request, error);
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  HallListener           *self = data;
  g_autoptr (HallRequest) request = NULL;
  g_autoptr (HallReply)   reply = NULL;

  if (is_refused (message)) {
    soup_server_message_set_status (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, NULL);
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
    return;
  }

  request = make_request (message);
  request->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  reply = answer (self, request);
  send_reply (message, reply);
}

/**
 * hall_listener_new:
 * @deadline: within how many seconds a request must have come whole
 *
 * A listener works in callbacks of the thread's main context.
 *
 * Returns: (transfer full): a listener that listens to nothing yet
 */
HallListener *
hall_listener_new (guint deadline)
{
  HallListener *self;

  g_return_val_if_fail (deadline > 0, NULL);

  self = g_new0 (HallListener, 1);
  self->deadline = deadline;
  self->deadlines = hall_deadlines_new (MOST_CONNECTIONS);
  self->server = soup_server_new ("raw-paths", TRUE, NULL);

  return self;
}

/**
 * hall_listener_free:
 * @listener: (transfer full) (nullable): a listener; hangs up on everybody
 */
void
hall_listener_free (HallListener *listener)
{
  if (listener == NULL)
    return;

  g_signal_handlers_disconnect_by_data (listener->server, listener);
  soup_server_disconnect (listener->server);
  g_object_unref (listener->server);
  hall_deadlines_free (listener->deadlines);
  g_clear_pointer (&listener->too_slow, g_bytes_unref);
  g_free (listener);
}

/**
 * hall_listener_listen:
 * @listener: a listener
 * @address: where to listen; port 0 for any that is free
 * @error: a GIO error
 *
 * Takes the port. Who connects waits until hall_listener_serve() is called.
 *
 * Returns: (transfer full): the address as "http://127.0.0.1:8080"; NULL with @error set
 */
char *
hall_listener_listen (HallListener    *listener,
                      GSocketAddress  *address,
                      GError         **error)
{
  g_autoptr (GSocketAddress) local = NULL;
  g_autofree char           *host = NULL;
  GSList                    *sockets;
  guint16                    port;

  g_return_val_if_fail (listener != NULL && G_IS_INET_SOCKET_ADDRESS (address), NULL);

  if (!soup_server_listen (listener->server, address, 0, error))
    return NULL;

  sockets = soup_server_get_listeners (listener->server);
  local = g_socket_get_local_address (sockets->data, error);
  g_slist_free (sockets);
  if (local == NULL)
    return NULL;

  host = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)));
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local));

  return g_strdup_printf (strchr (host, ':') != NULL ? "http://[%s]:%u" : "http://%s:%u", host, port);
}

/**
 * hall_listener_serve:
 * @listener: a listener
 * @desk: who answers; outlives the listener
 * @db: its database; outlives it
 *
 * Answers requests from now on.
 */
void
hall_listener_serve (HallListener *listener,
                     HallDesk     *desk,
                     HallDatabase *db)
{
  /* What such a request wanted may never have been said. */
  g_autoptr (HallRequest) unknown = hall_request_new ("GET", "/v1");
  g_autoptr (HallReply)   too_slow = NULL;

  g_return_if_fail (listener != NULL && desk != NULL && db != NULL);

  too_slow = hall_desk_refuse (desk, unknown, SOUP_STATUS_REQUEST_TIMEOUT);
  listener->too_slow = write_refusal (too_slow);
  listener->desk = desk;
  listener->db = db;
  g_signal_connect (listener->server, "request-started", G_CALLBACK (on_request_started), listener);
  g_signal_connect (listener->server, "request-read", G_CALLBACK (on_request_read), listener);
  g_signal_connect (listener->server, "request-finished", G_CALLBACK (on_request_ended), listener);
  g_signal_connect (listener->server, "request-aborted", G_CALLBACK (on_request_ended), listener);
  soup_server_add_handler (listener->server, NULL, on_request, listener, NULL);
}

/**
 * hall_listener_is_busy:
 * @listener: a listener
 *
 * Returns: whether there are replies on their way
 */
gboolean
hall_listener_is_busy (HallListener *listener)
{
  g_return_val_if_fail (listener != NULL, FALSE);

  return listener->n_busy > 0;
}
