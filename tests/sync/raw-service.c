/* SPDX-License-Identifier: GPL-3.0-or-later
 * A thread for each connection, which knows nothing of HTTP but where the head of a request ends. */
#include "raw-service.h"

#include <string.h>

struct _RawService {
  GSocketService  *socket;
  GTlsCertificate *certificate; /* or absent */
  char            *url;
  GCancellable    *over;
  GThread         *thread;
  GMainContext    *context;
  GMainLoop       *loop;

  GMutex           lock;
  /* guarded by lock */
  GBytes          *words;
  char            *more;    /* said again and again after the words, until the other side has gone; or absent */
  guint            pause;   /* milliseconds before each time */
  GString         *heard;
  guint            n_requests;
  guint            n_lines; /* connections that are served */
  GCond            idle;
};

/* FALSE when the other side went before it had asked for anything. */
static gboolean
hear_request (RawService *self,
              GIOStream  *line)
{
  GInputStream      *input = g_io_stream_get_input_stream (line);
  g_autoptr (GString) head = g_string_new (NULL);
  char               byte;

  while (strstr (head->str, "\r\n\r\n") == NULL) {
    if (g_input_stream_read (input, &byte, 1, self->over, NULL) != 1)
      return FALSE;
    g_string_append_c (head, byte);
  }

  g_mutex_lock (&self->lock);
  g_string_append (self->heard, head->str);
  self->n_requests++;
  g_mutex_unlock (&self->lock);

  return TRUE;
}

static void
answer (RawService *self,
        GIOStream  *line)
{
  GOutputStream     *output = g_io_stream_get_output_stream (line);
  g_autoptr (GBytes) words = NULL;
  g_autofree char   *more = NULL;
  guint              pause;
  gboolean           is_there;

  g_mutex_lock (&self->lock);
  words = g_bytes_ref (self->words);
  more = g_strdup (self->more);
  pause = self->pause;
  g_mutex_unlock (&self->lock);

  is_there = g_output_stream_write_all (output, g_bytes_get_data (words, NULL), g_bytes_get_size (words), NULL,
                                        self->over, NULL);
  while (is_there && more != NULL && !g_cancellable_is_cancelled (self->over)) {
    g_usleep (pause * 1000);
    is_there = g_output_stream_write_all (output, more, strlen (more), NULL, self->over, NULL);
  }
}

static void
talk (RawService *self,
      GIOStream  *stream)
{
  g_autoptr (GIOStream) line = g_object_ref (stream);

  if (self->certificate != NULL) {
    g_autoptr (GIOStream) sealed = g_tls_server_connection_new (line, self->certificate, NULL);

    g_assert_nonnull (sealed);
    if (!g_tls_connection_handshake (G_TLS_CONNECTION (sealed), self->over, NULL))
      return;
    g_set_object (&line, sealed);
  }

  if (hear_request (self, line))
    answer (self, line);
  g_io_stream_close (line, NULL, NULL);
}

static gboolean
on_connected (GThreadedSocketService *service,
              GSocketConnection      *connection,
              GObject                *source,
              gpointer                data)
{
  RawService *self = data;

  talk (self, G_IO_STREAM (connection));

  g_mutex_lock (&self->lock);
  self->n_lines--;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->lock);

  return TRUE;
}

/* In the service's own thread, before a thread is given to it. */
static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           data)
{
  RawService *self = data;

  g_mutex_lock (&self->lock);
  self->n_lines++;
  g_mutex_unlock (&self->lock);

  return FALSE;
}

static gpointer
serve (gpointer data)
{
  RawService *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

/* Speaks TLS when a certificate is given. */
RawService *
raw_service_new (GTlsCertificate *certificate)
{
  RawService        *self = g_new0 (RawService, 1);
  g_autoptr (GError) error = NULL;
  guint16            port;

  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  self->words = g_bytes_new_static ("", 0);
  self->heard = g_string_new (NULL);
  self->over = g_cancellable_new ();
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);

  g_main_context_push_thread_default (self->context);
  self->socket = g_threaded_socket_service_new (4);
  g_signal_connect (self->socket, "incoming", G_CALLBACK (on_incoming), self);
  g_signal_connect (self->socket, "run", G_CALLBACK (on_connected), self);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->socket), NULL, &error);
  g_assert_no_error (error);
  g_main_context_pop_thread_default (self->context);

  self->url = g_strdup_printf ("%s://localhost:%u", certificate != NULL ? "https" : "http", port);
  self->thread = g_thread_new ("raw-service", serve, self);

  return self;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static gboolean
rest (gpointer socket)
{
  g_socket_service_stop (socket);
  g_socket_listener_close (socket);
  return G_SOURCE_REMOVE;
}

void
raw_service_free (RawService *self)
{
  g_cancellable_cancel (self->over);
  g_main_context_invoke (self->context, rest, self->socket);
  g_main_context_invoke (self->context, quit, self->loop);
  g_thread_join (self->thread);
  while (g_main_context_iteration (self->context, FALSE)) {
  }
  g_mutex_lock (&self->lock);
  while (self->n_lines > 0)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);
  g_object_unref (self->socket);

  g_clear_object (&self->certificate);
  g_object_unref (self->over);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_bytes_unref (self->words);
  g_string_free (self->heard, TRUE);
  g_cond_clear (&self->idle);
  g_mutex_clear (&self->lock);
  g_free (self->more);
  g_free (self->url);
  g_free (self);
}

const char *
raw_service_get_url (RawService *self)
{
  return self->url;
}

/* What every request is answered with from now on; then the line is closed. */
void
raw_service_say (RawService *self,
                 const char *bytes,
                 gssize      length)
{
  g_mutex_lock (&self->lock);
  g_bytes_unref (self->words);
  self->words = g_bytes_new (bytes, length < 0 ? strlen (bytes) : (gsize) length);
  g_clear_pointer (&self->more, g_free);
  self->pause = 0;
  g_mutex_unlock (&self->lock);
}

/* Rather than closing the line, says more after each pause, for ever. */
void
raw_service_go_on (RawService *self,
                   const char *more,
                   guint       pause)
{
  g_mutex_lock (&self->lock);
  g_set_str (&self->more, more);
  self->pause = pause;
  g_mutex_unlock (&self->lock);
}

guint
raw_service_count_requests (RawService *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_requests;
  g_mutex_unlock (&self->lock);

  return n;
}

/* The heads of all requests since it was last asked. */
char *
raw_service_take_heard (RawService *self)
{
  char *heard;

  g_mutex_lock (&self->lock);
  heard = g_string_free_and_steal (self->heard);
  self->heard = g_string_new (NULL);
  g_mutex_unlock (&self->lock);

  return heard;
}
