/* SPDX-License-Identifier: GPL-3.0-or-later
 * One timer for each socket; libsoup's server has none of its own. A socket that is shut down reads as ended,
 * upon which libsoup lets go of it. */
#include "server/hall-deadlines.h"

struct _HallDeadlines {
  GHashTable *watches; /* GSocket → Watch; the sockets are not held */
  guint       most;
};

typedef struct {
  HallDeadlines *owner;
  GSocket       *socket;
  guint          timer;
  GBytes        *farewell; /* or absent */
} Watch;

static void
on_socket_gone (gpointer  data,
                GObject  *socket)
{
  Watch *watch = data;

  watch->socket = NULL;
  g_hash_table_remove (watch->owner->watches, socket);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_clear_handle_id (&watch->timer, g_source_remove);
  if (watch->socket != NULL)
    g_object_weak_unref (G_OBJECT (watch->socket), on_socket_gone, watch);
  g_clear_pointer (&watch->farewell, g_bytes_unref);
  g_free (watch);
}

static gboolean
on_too_late (gpointer data)
{
  Watch *watch = data;

  watch->timer = 0;

  /* A few hundred bytes into an empty buffer: they go whole, or the other side is gone. */
  if (watch->farewell != NULL)
    g_socket_send (watch->socket, g_bytes_get_data (watch->farewell, NULL), g_bytes_get_size (watch->farewell), NULL, NULL);
  g_socket_shutdown (watch->socket, TRUE, TRUE, NULL);

  return G_SOURCE_REMOVE;
}

/**
 * hall_deadlines_new:
 * @most: how many sockets may be watched at once
 *
 * Returns: (transfer full): deadlines, for one thread with a main context
 */
HallDeadlines *
hall_deadlines_new (guint most)
{
  HallDeadlines *self = g_new0 (HallDeadlines, 1);

  self->watches = g_hash_table_new_full (NULL, NULL, NULL, watch_free);
  self->most = most;

  return self;
}

/**
 * hall_deadlines_free:
 * @deadlines: (transfer full) (nullable): deadlines
 */
void
hall_deadlines_free (HallDeadlines *deadlines)
{
  if (deadlines == NULL)
    return;

  g_hash_table_unref (deadlines->watches);
  g_free (deadlines);
}

/**
 * hall_deadlines_set:
 * @deadlines: deadlines
 * @socket: a connected socket
 * @seconds: how long until it is hung up on, unless another deadline is set before
 * @farewell: (nullable): what to send before hanging up
 *
 * The first time for a socket it is also counted, and hung up on at once when there are too many.
 */
void
hall_deadlines_set (HallDeadlines *deadlines,
                    GSocket       *socket,
                    guint          seconds,
                    GBytes        *farewell)
{
  Watch *watch;

  g_return_if_fail (deadlines != NULL);
  g_return_if_fail (G_IS_SOCKET (socket));

  watch = g_hash_table_lookup (deadlines->watches, socket);
  if (watch == NULL) {
    if (g_hash_table_size (deadlines->watches) >= deadlines->most) {
      g_socket_shutdown (socket, TRUE, TRUE, NULL);
      return;
    }
    watch = g_new0 (Watch, 1);
    watch->owner = deadlines;
    watch->socket = socket;
    g_object_weak_ref (G_OBJECT (socket), on_socket_gone, watch);
    g_hash_table_insert (deadlines->watches, socket, watch);
  }

  g_clear_pointer (&watch->farewell, g_bytes_unref);
  watch->farewell = farewell != NULL ? g_bytes_ref (farewell) : NULL;
  g_clear_handle_id (&watch->timer, g_source_remove);
  watch->timer = g_timeout_add_seconds (seconds, on_too_late, watch);
}
