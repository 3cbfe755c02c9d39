/* SPDX-License-Identifier: GPL-3.0-or-later
 * Timers and the network monitor, boiled down to "due" and "network". Main loop only. */
#include "app/hall-timetable.h"

/* Long enough that a host who types a sentence sends it once. */
#define SECONDS_AFTER_EDIT 3
/* How long sign-ups may wait before they are seen with nobody asking. */
#define SECONDS_BETWEEN    300
#define SECONDS_OF_A_TICK  20
/* Milliseconds after the network is back: everybody in the building comes back with it. */
#define SOONEST_BACK       500
#define LATEST_BACK        3000

struct _HallTimetable {
  GObject          parent_instance;

  GNetworkMonitor *monitor;
  gboolean         online;
  gboolean         metered;
  guint            soon;
  guint            later;
  guint            regularly;
  guint            tick;
};

G_DEFINE_FINAL_TYPE (HallTimetable, hall_timetable, G_TYPE_OBJECT)

enum {
  DUE,
  TICK,
  NETWORK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
on_soon (gpointer data)
{
  HallTimetable *self = data;

  self->soon = 0;
  g_signal_emit (self, signals[DUE], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
on_later (gpointer data)
{
  HallTimetable *self = data;

  self->later = 0;
  g_signal_emit (self, signals[DUE], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
on_regularly (gpointer data)
{
  g_signal_emit (data, signals[DUE], 0);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_tick (gpointer data)
{
  g_signal_emit (data, signals[TICK], 0);

  return G_SOURCE_CONTINUE;
}

/* Behind a portal somebody else answers for everybody, so that is no network. */
static void
look (HallTimetable *self)
{
  self->online = g_network_monitor_get_network_available (self->monitor) &&
                 g_network_monitor_get_connectivity (self->monitor) != G_NETWORK_CONNECTIVITY_PORTAL;
  self->metered = self->online && g_network_monitor_get_network_metered (self->monitor);
}

static void
on_network_changed (HallTimetable *self)
{
  gboolean was_online = self->online;
  gboolean was_metered = self->metered;

  /* The monitor tells of every route that comes and goes. */
  look (self);
  if (self->online == was_online && self->metered == was_metered)
    return;

  if (self->online) {
    g_clear_handle_id (&self->soon, g_source_remove);
    self->soon = g_timeout_add (g_random_int_range (SOONEST_BACK, LATEST_BACK), on_soon, self);
  }
  g_signal_emit (self, signals[NETWORK], 0);
}

static void
hall_timetable_dispose (GObject *object)
{
  HallTimetable *self = HALL_TIMETABLE (object);

  g_clear_handle_id (&self->soon, g_source_remove);
  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_handle_id (&self->regularly, g_source_remove);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (hall_timetable_parent_class)->dispose (object);
}

static void
hall_timetable_class_init (HallTimetableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hall_timetable_dispose;

  signals[DUE] = g_signal_new ("due", HALL_TYPE_TIMETABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TICK] = g_signal_new ("tick", HALL_TYPE_TIMETABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NETWORK] = g_signal_new ("network", HALL_TYPE_TIMETABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
hall_timetable_init (HallTimetable *self)
{
}

/**
 * hall_timetable_new:
 * @monitor: says whether there is a network, and whether its bytes cost money
 *
 * Returns: (transfer full): a timetable that runs until it is let go
 */
HallTimetable *
hall_timetable_new (GNetworkMonitor *monitor)
{
  HallTimetable *self;

  g_return_val_if_fail (G_IS_NETWORK_MONITOR (monitor), NULL);

  self = g_object_new (HALL_TYPE_TIMETABLE, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_swapped (monitor, "network-changed", G_CALLBACK (on_network_changed), self);
  g_signal_connect_swapped (monitor, "notify::connectivity", G_CALLBACK (on_network_changed), self);
  g_signal_connect_swapped (monitor, "notify::network-metered", G_CALLBACK (on_network_changed), self);
  look (self);
  self->regularly = g_timeout_add_seconds (SECONDS_BETWEEN, on_regularly, self);
  self->tick = g_timeout_add_seconds (SECONDS_OF_A_TICK, on_tick, self);

  return self;
}

/**
 * hall_timetable_go_soon:
 * @self: a timetable
 *
 * Asks for a "due" some seconds after the last of these calls.
 */
void
hall_timetable_go_soon (HallTimetable *self)
{
  g_return_if_fail (HALL_IS_TIMETABLE (self));

  g_clear_handle_id (&self->soon, g_source_remove);
  self->soon = g_timeout_add_seconds (SECONDS_AFTER_EDIT, on_soon, self);
}

/**
 * hall_timetable_go_after:
 * @self: a timetable
 * @span: microseconds, at most a day; negative to forget the last of these calls
 *
 * Asks for a "due" once @span has passed, in the place of what was asked for by the last of these calls.
 */
void
hall_timetable_go_after (HallTimetable *self,
                         gint64         span)
{
  g_return_if_fail (HALL_IS_TIMETABLE (self));

  g_clear_handle_id (&self->later, g_source_remove);
  /* Never a moment too early. */
  if (span >= 0)
    self->later = g_timeout_add (MIN (span, G_TIME_SPAN_DAY) / 1000 + 1, on_later, self);
}

/**
 * hall_timetable_rest:
 * @self: a timetable
 *
 * Forgets every "due" that was asked for. Those that come now and then still do.
 */
void
hall_timetable_rest (HallTimetable *self)
{
  g_return_if_fail (HALL_IS_TIMETABLE (self));

  g_clear_handle_id (&self->soon, g_source_remove);
  g_clear_handle_id (&self->later, g_source_remove);
}

/**
 * hall_timetable_is_online:
 * @self: a timetable
 *
 * Returns: whether there is a network that leads anywhere; services on this very machine need none
 */
gboolean
hall_timetable_is_online (HallTimetable *self)
{
  g_return_val_if_fail (HALL_IS_TIMETABLE (self), TRUE);

  return self->online;
}

/**
 * hall_timetable_is_metered:
 * @self: a timetable
 *
 * Returns: whether its bytes cost money
 */
gboolean
hall_timetable_is_metered (HallTimetable *self)
{
  g_return_val_if_fail (HALL_IS_TIMETABLE (self), FALSE);

  return self->metered;
}
