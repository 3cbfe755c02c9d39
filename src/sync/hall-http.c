/* SPDX-License-Identifier: GPL-3.0-or-later
 * Blocking exchanges over libsoup. Its asynchronous calls run in a context of our own, so that cancelling and
 * the deadline end them wherever they are. Nothing here is ever logged: requests hold tokens and addresses. */
#include "sync/hall-http.h"

#include "config.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#define PATIENCE 30 /* seconds without a byte */
#define CHUNK    (64 * 1024)

struct _HallHttp {
  GMainContext *context;
  SoupSession  *session;
  char         *url;
  char         *authorization;
  guint         deadline;
};

typedef struct {
  GCancellable *stop; /* ours: the caller's cancellable and the deadline both end in it */
  GInputStream *stream;
  GByteArray   *body;
  GError       *error;
  gboolean      late;
  gboolean      done;
} Exchange;

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
check_url (const char  *url,
           gboolean    *stays_here,
           GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char      *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  gboolean         is_https = strcmp (scheme, "https") == 0;

  if (host == NULL || *host == '\0' || (!is_https && strcmp (scheme, "http") != 0) ||
      g_uri_get_user (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL) {
    g_set_error_literal (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_REJECTED,
                         _("This is not the address of a service. It should look like “https://desk.example.org”."));
    return FALSE;
  }

  *stays_here = is_loopback (host);
  if (!is_https && !*stays_here) {
    g_set_error_literal (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_INSECURE,
                         _("The address begins with “http:”, so others on the way could read the token. "
                           "Nothing was sent. Use an address that begins with “https:”."));
    return FALSE;
  }

  return TRUE;
}

/* What RFC 6750 allows; a line end in it would let it add headers of its own. */
static gboolean
check_token (const char  *token,
             GError     **error)
{
  gsize length = strspn (token, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~+/=");

  if (length > 0 && token[length] == '\0')
    return TRUE;

  g_set_error_literal (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH,
                       _("This cannot be a token: it is empty or holds a character that no token has. "
                         "Copy it once more, without spaces or line ends."));
  return FALSE;
}

static void
exchange_clear (Exchange *exchange)
{
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->stop);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_clear_error (&exchange->error);
}

static void
finish (Exchange *exchange,
        GError   *error)
{
  exchange->error = error;
  exchange->done = TRUE;
}

static GError *
refuse_size (void)
{
  return g_error_new_literal (HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE,
                              _("The service sent far more than was asked for, so Hallway stopped "
                                "listening. Nothing of it was taken."));
}

static void read_on (Exchange *exchange);

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Exchange          *exchange = data;
  GError            *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize              size;
  gconstpointer      content;

  if (bytes == NULL) {
    finish (exchange, error);
    return;
  }

  content = g_bytes_get_data (bytes, &size);
  if (size == 0) {
    finish (exchange, NULL);
    return;
  }

  if (exchange->body->len + size > HALL_HTTP_LARGEST) {
    finish (exchange, refuse_size ());
    return;
  }

  g_byte_array_append (exchange->body, content, size);
  read_on (exchange);
}

static void
read_on (Exchange *exchange)
{
  g_input_stream_read_bytes_async (exchange->stream, CHUNK, G_PRIORITY_DEFAULT, exchange->stop, on_read, exchange);
}

/* A length that is none, or more than is ever taken: such a body is not even begun. */
static gboolean
is_overstated (SoupMessage *message)
{
  goffset length = soup_message_headers_get_content_length (soup_message_get_response_headers (message));

  return length < 0 || length > HALL_HTTP_LARGEST;
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Exchange *exchange = data;
  GError   *error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    finish (exchange, error);
  else if (is_overstated (soup_session_get_async_result_message (SOUP_SESSION (source), result)))
    finish (exchange, refuse_size ());
  else
    read_on (exchange);
}

static gboolean
on_deadline (gpointer data)
{
  Exchange *exchange = data;

  exchange->late = TRUE;
  g_cancellable_cancel (exchange->stop);

  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable,
              GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

static SoupMessage *
make_message (HallHttp          *self,
              const HallRequest *request)
{
  g_autofree char    *address = g_strconcat (self->url, request->path, request->query != NULL ? "?" : NULL,
                                             request->query, NULL);
  SoupMessage        *message = soup_message_new (request->method, address);
  SoupMessageHeaders *headers;

  g_return_val_if_fail (message != NULL, NULL);

  /* A redirect could lead the token to somebody else. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  headers = soup_message_get_request_headers (message);
  for (guint i = 0; i < hall_headers_count (request->headers); i++) {
    const char *name;
    const char *value;

    hall_headers_nth (request->headers, i, &name, &value);
    soup_message_headers_replace (headers, name, value);
  }
  soup_message_headers_replace (headers, "Authorization", self->authorization);

  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, hall_headers_get (request->headers, "Content-Type"),
                                              request->body);

  return message;
}

static void
run (HallHttp     *self,
     SoupMessage  *message,
     Exchange     *exchange,
     GCancellable *cancellable)
{
  g_autoptr (GSource) deadline = g_timeout_source_new_seconds (self->deadline);
  gulong              handler = 0;

  g_source_set_callback (deadline, on_deadline, exchange, NULL);
  g_source_attach (deadline, self->context);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), exchange->stop, NULL);

  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, exchange->stop, on_sent, exchange);
  while (!exchange->done)
    g_main_context_iteration (self->context, TRUE);

  g_cancellable_disconnect (cancellable, handler);
  g_source_destroy (deadline);

  /* A body that was not read to its end must not be waited for when its stream closes. */
  g_cancellable_cancel (exchange->stop);
  g_clear_object (&exchange->stream);
}

static void
explain (const Exchange  *exchange,
         GError         **error)
{
  const GError *cause = exchange->error;

  if (exchange->late)
    g_set_error_literal (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE,
                         _("The service did not answer in time."));
  else if (cause->domain == HALL_SYNC_ERROR)
    g_propagate_error (error, g_error_copy (cause));
  else if (cause->domain == G_TLS_ERROR)
    g_set_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_INSECURE,
                 _("There is no safe connection to the service, so nothing was sent: %s"), cause->message);
  else if (cause->domain == SOUP_SESSION_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    g_set_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE,
                 _("What answered does not speak as a service does: %s"), cause->message);
  else
    g_set_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE,
                 _("The service cannot be reached: %s"), cause->message);
}

static HallReply *
make_reply (SoupMessage *message,
            Exchange    *exchange)
{
  g_autoptr (GBytes)       body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  HallReply               *reply = hall_reply_new (soup_message_get_status (message), NULL, body);
  SoupMessageHeadersIter   iter;
  const char              *name;
  const char              *value;

  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (*name != '\0')
      hall_headers_set (reply->headers, name, value);

  return reply;
}

/**
 * hall_http_stays_here:
 * @url: base address of a service
 *
 * Returns: whether it is on this very machine, so that no network is needed to reach it; nothing is looked up
 */
gboolean
hall_http_stays_here (const char *url)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (url != NULL, FALSE);

  uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && is_loopback (g_uri_get_host (uri));
}

/**
 * hall_http_new:
 * @url: base address of a service, with or without a slash at its end
 * @token: the token it knows the host by
 * @deadline: seconds after which an exchange is given up, usually %HALL_HTTP_DEADLINE
 * @error: return location
 *
 * Sends nothing yet. Everything else must be called on the thread that called this.
 * HALL_SYNC_ERROR_REJECTED when @url is none, HALL_SYNC_ERROR_INSECURE when it is plain http to another
 * machine, HALL_SYNC_ERROR_AUTH when @token cannot be a token.
 *
 * Returns: (transfer full): the line to the service; NULL with @error set
 */
HallHttp *
hall_http_new (const char  *url,
               const char  *token,
               guint        deadline,
               GError     **error)
{
  HallHttp *self;
  gboolean  stays_here;
  gsize     length;

  g_return_val_if_fail (url != NULL, NULL);
  g_return_val_if_fail (token != NULL, NULL);
  g_return_val_if_fail (deadline > 0, NULL);

  if (!check_url (url, &stays_here, error) || !check_token (token, error))
    return NULL;

  length = strlen (url);
  while (url[length - 1] == '/')
    length--;

  self = g_new0 (HallHttp, 1);
  self->url = g_strndup (url, length);
  self->authorization = g_strconcat ("Bearer ", token, NULL);
  self->deadline = deadline;
  self->context = g_main_context_new ();

  g_main_context_push_thread_default (self->context);
  self->session = soup_session_new_with_options ("timeout", PATIENCE,
                                                 "user-agent", "Hallway/" HALL_VERSION,
                                                 NULL);
  /* It would answer a 401 on its own account. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  /* What goes to this very machine must not be shown to a proxy. */
  if (stays_here)
    soup_session_set_proxy_resolver (self->session, NULL);
  g_main_context_pop_thread_default (self->context);

  return self;
}

/**
 * hall_http_free:
 * @self: (transfer full) (nullable): a line to a service
 *
 * Closes it.
 */
void
hall_http_free (HallHttp *self)
{
  if (self == NULL)
    return;

  g_main_context_push_thread_default (self->context);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_main_context_pop_thread_default (self->context);

  g_main_context_unref (self->context);
  g_free (self->url);
  g_free (self->authorization);
  g_free (self);
}

/**
 * hall_http_exchange:
 * @self: a line to a service
 * @request: what to ask; the token is added to it
 * @cancellable: (nullable): ends it early
 * @error: return location
 *
 * Sends a request and waits for the whole reply, whatever its status. Redirects are not followed. Fails with
 * HALL_SYNC_ERROR_OFFLINE when nobody answers in time, HALL_SYNC_ERROR_INSECURE without a safe connection,
 * HALL_SYNC_ERROR_NONSENSE when the reply is no HTTP or has a body larger than %HALL_HTTP_LARGEST, and
 * G_IO_ERROR_CANCELLED. After a failure the service may or may not have done what was asked.
 *
 * Returns: (transfer full): the reply; NULL with @error set
 */
HallReply *
hall_http_exchange (HallHttp           *self,
                    const HallRequest  *request,
                    GCancellable       *cancellable,
                    GError            **error)
{
  g_autoptr (SoupMessage) message = NULL;
  HallReply              *reply = NULL;
  Exchange                exchange = { NULL };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  message = make_message (self, request);
  exchange.stop = g_cancellable_new ();
  exchange.body = g_byte_array_new ();

  g_main_context_push_thread_default (self->context);
  run (self, message, &exchange, cancellable);
  g_main_context_pop_thread_default (self->context);

  if (exchange.error == NULL)
    reply = make_reply (message, &exchange);
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    explain (&exchange, error);

  exchange_clear (&exchange);
  return reply;
}
