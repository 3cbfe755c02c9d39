/* SPDX-License-Identifier: GPL-3.0-or-later
 * SoupServer on its own thread; each path goes wrong in its own way. */
#include "odd-service.h"

#include <libsoup/soup.h>
#include <string.h>

#define BOMB_SIZE (64 * 1024 * 1024)

typedef struct {
  guint status; /* 0 for no answer */
  char *type;
  char *body;
} Answer;

struct _OddService {
  GThread         *thread;
  GMainContext    *context;
  GMainLoop       *loop;
  GTlsCertificate *certificate;
  GMutex           lock;
  GCond            ready;
  SoupServer      *server;
  GPtrArray       *hanging; /* of SoupServerMessage */
  char            *url;
  guint            count;
  gint64           last_asked;
  guint            pause; /* seconds to be left alone, or 0 */
  GCancellable    *on_hang;
  char            *lead_to;
  GHashTable      *answers; /* by path; "" for every other path */
};

static void
free_answer (gpointer data)
{
  Answer *answer = data;

  g_free (answer->type);
  g_free (answer->body);
  g_free (answer);
}

static GBytes *
make_bomb (void)
{
  g_autoptr (GConverter)    converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) packed = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (packed, converter);
  g_autofree guint8        *zeros = g_malloc0 (1024 * 1024);

  for (gsize done = 0; done < BOMB_SIZE; done += 1024 * 1024)
    g_assert_true (g_output_stream_write_all (stream, zeros, 1024 * 1024, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (packed));
}

static void
on_wrote_chunk (SoupServerMessage *message,
                gpointer           data)
{
  static const char more[4096] = "[";

  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, more, sizeof more);
  soup_server_message_unpause (message);
}

/* Says it will send more than it sends, and hangs up. */
static void
break_off (SoupServerMessage *message)
{
  g_autoptr (GIOStream) line = soup_server_message_steal_connection (message);
  static const char     half[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"serv";

  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (line), half, strlen (half), NULL, NULL, NULL));
  g_io_stream_close (line, NULL, NULL);
}

static void
echo (SoupServerMessage *message)
{
  SoupMessageHeaders   *from = soup_server_message_get_request_headers (message);
  SoupMessageHeaders   *to = soup_server_message_get_response_headers (message);
  SoupMessageBody      *body = soup_server_message_get_request_body (message);
  static const char    *names[] = { "Authorization", "User-Agent", "Idempotency-Key", "Content-Type" };
  g_autofree char      *line = g_strconcat (soup_server_message_get_method (message), " ",
                                            g_uri_get_path (soup_server_message_get_uri (message)), "?",
                                            g_uri_get_query (soup_server_message_get_uri (message)), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = g_strconcat ("Got-", names[i], NULL);
    const char      *value = soup_message_headers_get_one (from, names[i]);

    if (value != NULL)
      soup_message_headers_replace (to, name, value);
  }
  soup_message_headers_replace (to, "Got-Line", line);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body->data, body->length);
  soup_server_message_set_status (message, 201, NULL);
}

static void
hang (OddService        *self,
      SoupServerMessage *message)
{
  GCancellable *on_hang;

  soup_server_message_pause (message);
  g_ptr_array_add (self->hanging, g_object_ref (message));

  g_mutex_lock (&self->lock);
  on_hang = self->on_hang;
  g_mutex_unlock (&self->lock);
  if (on_hang != NULL)
    g_cancellable_cancel (on_hang);
}

static void
answer_plainly (OddService        *self,
                SoupServerMessage *message,
                const char        *path)
{
  const Answer *answer;
  gboolean      hangs;

  g_mutex_lock (&self->lock);
  answer = g_hash_table_lookup (self->answers, path);
  if (answer == NULL)
    answer = g_hash_table_lookup (self->answers, "");
  hangs = answer->status == 0;
  if (!hangs)
    soup_server_message_set_status (message, answer->status, NULL);
  if (self->pause > 0) {
    g_autofree char *seconds = g_strdup_printf ("%u", self->pause);

    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", seconds);
  }
  if (answer->body != NULL)
    soup_server_message_set_response (message, answer->type, SOUP_MEMORY_COPY, answer->body, strlen (answer->body));
  g_mutex_unlock (&self->lock);

  if (hangs)
    hang (self, message);
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  OddService         *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  g_mutex_lock (&self->lock);
  self->count++;
  self->last_asked = g_get_real_time ();
  g_mutex_unlock (&self->lock);

  if (strcmp (path, "/echo") == 0 || strcmp (path, "/below/echo") == 0) {
    echo (message);
  } else if (strcmp (path, "/redirect") == 0) {
    g_mutex_lock (&self->lock);
    soup_server_message_set_redirect (message, 307, self->lead_to);
    g_mutex_unlock (&self->lock);
  } else if (strcmp (path, "/half") == 0) {
    break_off (message);
  } else if (strcmp (path, "/hang") == 0) {
    hang (self, message);
  } else if (strcmp (path, "/endless") == 0) {
    soup_server_message_set_status (message, 200, NULL);
    soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
    soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
    g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), NULL);
    g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote_chunk), NULL);
  } else if (strcmp (path, "/bomb") == 0) {
    g_autoptr (GBytes) bomb = make_bomb ();

    soup_server_message_set_status (message, 200, NULL);
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
    soup_message_headers_replace (headers, "Content-Type", "application/json");
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), bomb);
  } else {
    answer_plainly (self, message, path);
  }
}

static gboolean
on_enough (gpointer data)
{
  gboolean *enough = data;

  *enough = TRUE;
  return G_SOURCE_REMOVE;
}

/* libsoup stumbles when it is told to disconnect while a refused handshake is coming to its end, and has no
 * sign by which to tell when that is; the peer has hung up by now, so it is a matter of reading that. */
static void
let_handshakes_fail (OddService *self)
{
  g_autoptr (GSource) timer = g_timeout_source_new (500);
  gboolean            enough = FALSE;

  g_source_set_callback (timer, on_enough, &enough, NULL);
  g_source_attach (timer, self->context);
  while (!enough)
    g_main_context_iteration (self->context, TRUE);
}

static gpointer
serve (gpointer data)
{
  OddService *self = data;
  GSList     *uris;

  g_main_context_push_thread_default (self->context);

  self->server = soup_server_new (NULL, NULL);
  if (self->certificate != NULL)
    soup_server_set_tls_certificate (self->server, self->certificate);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0,
                                           (self->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0) |
                                             SOUP_SERVER_LISTEN_IPV4_ONLY,
                                           NULL));

  uris = soup_server_get_uris (self->server);
  g_mutex_lock (&self->lock);
  self->url = g_uri_to_string (uris->data);
  self->url[strlen (self->url) - 1] = '\0';
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_main_loop_run (self->loop);

  for (guint i = 0; i < self->hanging->len; i++)
    soup_server_message_unpause (g_ptr_array_index (self->hanging, i));
  if (self->certificate != NULL)
    let_handshakes_fail (self);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE)) {
  }

  g_main_context_pop_thread_default (self->context);
  return NULL;
}

OddService *
odd_service_new (GTlsCertificate *certificate)
{
  OddService *self = g_new0 (OddService, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->certificate = certificate;
  self->hanging = g_ptr_array_new_with_free_func (g_object_unref);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_answer);
  odd_service_answer (self, 404, NULL, NULL);

  self->thread = g_thread_new ("odd-service", serve, self);
  g_mutex_lock (&self->lock);
  while (self->url == NULL)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);

  return self;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
odd_service_free (OddService *self)
{
  g_main_context_invoke (self->context, quit, self->loop);
  g_thread_join (self->thread);

  g_ptr_array_unref (self->hanging);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self->url);
  g_free (self->lead_to);
  g_hash_table_unref (self->answers);
  g_free (self);
}

const char *
odd_service_get_url (OddService *self)
{
  return self->url;
}

guint
odd_service_count (OddService *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->count;
  g_mutex_unlock (&self->lock);

  return count;
}

gint64
odd_service_last_asked (OddService *self)
{
  gint64 when;

  g_mutex_lock (&self->lock);
  when = self->last_asked;
  g_mutex_unlock (&self->lock);

  return when;
}

void
odd_service_ask_for_pause (OddService *self,
                           guint       seconds)
{
  g_mutex_lock (&self->lock);
  self->pause = seconds;
  g_mutex_unlock (&self->lock);
}

void
odd_service_on_hang (OddService   *self,
                     GCancellable *cancellable)
{
  g_mutex_lock (&self->lock);
  self->on_hang = cancellable;
  g_mutex_unlock (&self->lock);
}

void
odd_service_lead_to (OddService *self,
                     const char *url)
{
  g_mutex_lock (&self->lock);
  g_set_str (&self->lead_to, url);
  g_mutex_unlock (&self->lock);
}

void
odd_service_answer (OddService *self,
                    guint       status,
                    const char *type,
                    const char *body)
{
  odd_service_answer_at (self, "", status, type, body);
}

void
odd_service_answer_at (OddService *self,
                       const char *path,
                       guint       status,
                       const char *type,
                       const char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->type = g_strdup (type);
  answer->body = g_strdup (body);

  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->answers, g_strdup (path), answer);
  g_mutex_unlock (&self->lock);
}
