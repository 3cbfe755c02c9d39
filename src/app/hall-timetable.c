/* SPDX-License-Identifier: GPL-3.0-or-later
 * Timers and the network monitor, boiled down to "due". Main loop only. */
#include "app/hall-timetable.h"

/* Long enough that a host who types a sentence sends it once. */
#define SECONDS_AFTER_EDIT 3
/* How long sign-ups may wait before they are seen with nobody asking. */
#define SECONDS_BETWEEN    300
#define SECONDS_OF_A_TICK  20

struct _HallTimetable {
  GObject          parent_instance;

  GNetworkMonitor *monitor;
  guint            soon;
  guint            regularly;
  guint            tick;
};

G_DEFINE_FINAL_TYPE (HallTimetable, hall_timetable, G_TYPE_OBJECT)

enum {
  DUE,
  TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
say_due (HallTimetable *self)
{
  /* Where bytes cost money, the host says when. */
  if (!g_network_monitor_get_network_metered (self->monitor))
    g_signal_emit (self, signals[DUE], 0);
}

static gboolean
on_soon (gpointer data)
{
  HallTimetable *self = data;

  self->soon = 0;
  say_due (self);

  return G_SOURCE_REMOVE;
}

static gboolean
on_regularly (gpointer data)
{
  say_due (data);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_tick (gpointer data)
{
  g_signal_emit (data, signals[TICK], 0);

  return G_SOURCE_CONTINUE;
}

static void
on_network_changed (GNetworkMonitor *monitor,
                    gboolean         available,
                    HallTimetable   *self)
{
  if (available)
    hall_timetable_go_soon (self);
}

static void
hall_timetable_dispose (GObject *object)
{
  HallTimetable *self = HALL_TIMETABLE (object);

  g_clear_handle_id (&self->soon, g_source_remove);
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
}

static void
hall_timetable_init (HallTimetable *self)
{
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect (self->monitor, "network-changed", G_CALLBACK (on_network_changed), self);
  self->regularly = g_timeout_add_seconds (SECONDS_BETWEEN, on_regularly, self);
  self->tick = g_timeout_add_seconds (SECONDS_OF_A_TICK, on_tick, self);
}

/**
 * hall_timetable_new:
 *
 * Returns: (transfer full): a timetable that runs until it is let go
 */
HallTimetable *
hall_timetable_new (void)
{
  return g_object_new (HALL_TYPE_TIMETABLE, NULL);
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
