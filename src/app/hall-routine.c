/* SPDX-License-Identifier: GPL-3.0-or-later
 * The timetable says when, the network whereto, and a pause of a service until when not. Main loop only. */
#include "app/hall-routine.h"

#include "app/hall-timetable.h"

struct _HallRoutine {
  GObject          parent_instance;

  HallDispatch    *dispatch;
  const HallClock *clock;
  HallTimetable   *timetable;
  gint64           next;       /* when the first pause ends, if there is a timer for that; or 0 */
  gboolean         was_online;
  gboolean         refreshed;  /* the network has come back, and nobody has gone since */
  gboolean         resting;    /* the host has called everybody back, and nothing new has come up */
  gboolean         asks;
  gboolean         answered;   /* the host has been asked on this network */
};

G_DEFINE_FINAL_TYPE (HallRoutine, hall_routine, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static HallRouteTerms
find_terms (HallRoutine *self)
{
  HallRouteTerms terms = HALL_ROUTE_FREELY;

  if (!hall_timetable_is_online (self->timetable))
    terms |= HALL_ROUTE_OFFLINE;
  if (hall_timetable_is_metered (self->timetable))
    terms |= HALL_ROUTE_METERED;
  if (self->refreshed)
    terms |= HALL_ROUTE_REFRESHED;

  return terms;
}

static void
on_tick (HallRoutine *self)
{
  gboolean lapsed;

  /* The clock may have been put forward or back, which no timer knows. */
  hall_dispatch_get_next (self->dispatch, find_terms (self), &lapsed);
  if (lapsed && !self->resting)
    hall_routine_go (self);
  else
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_network (HallRoutine *self)
{
  gboolean online = hall_timetable_is_online (self->timetable);

  self->answered = FALSE;
  self->asks = FALSE;
  if (online && !self->was_online)
    self->refreshed = TRUE;
  self->was_online = online;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
hall_routine_dispose (GObject *object)
{
  HallRoutine *self = HALL_ROUTINE (object);

  if (self->timetable != NULL)
    g_signal_handlers_disconnect_by_data (self->timetable, self);
  g_clear_object (&self->timetable);
  g_clear_object (&self->dispatch);

  G_OBJECT_CLASS (hall_routine_parent_class)->dispose (object);
}

static void
hall_routine_class_init (HallRoutineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hall_routine_dispose;

  signals[CHANGED] = g_signal_new ("changed", HALL_TYPE_ROUTINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
hall_routine_init (HallRoutine *self)
{
}

/**
 * hall_routine_new:
 * @dispatch: whom to have sent
 * @clock: what time it is; outlives the routine
 * @monitor: says whether there is a network, and whether its bytes cost money
 *
 * Returns: (transfer full): a routine that begins soon, and goes on until it is let go
 */
HallRoutine *
hall_routine_new (HallDispatch    *dispatch,
                  const HallClock *clock,
                  GNetworkMonitor *monitor)
{
  HallRoutine *self;

  g_return_val_if_fail (HALL_IS_DISPATCH (dispatch) && clock != NULL, NULL);
  g_return_val_if_fail (G_IS_NETWORK_MONITOR (monitor), NULL);

  self = g_object_new (HALL_TYPE_ROUTINE, NULL);
  self->dispatch = g_object_ref (dispatch);
  self->clock = clock;
  self->timetable = hall_timetable_new (monitor);
  self->was_online = hall_timetable_is_online (self->timetable);
  g_signal_connect_swapped (self->timetable, "due", G_CALLBACK (hall_routine_go), self);
  g_signal_connect_swapped (self->timetable, "tick", G_CALLBACK (on_tick), self);
  g_signal_connect_swapped (self->timetable, "network", G_CALLBACK (on_network), self);
  hall_routine_go_soon (self);

  return self;
}

/**
 * hall_routine_go:
 * @self: a routine
 *
 * Has everybody sent who may go. Where bytes cost money the host is asked, once, and says when.
 */
void
hall_routine_go (HallRoutine *self)
{
  HallRouteTerms terms;
  gboolean       stayed;

  g_return_if_fail (HALL_IS_ROUTINE (self));

  terms = find_terms (self);
  self->resting = FALSE;
  self->refreshed = FALSE;
  self->next = 0; /* its timer may have been what brought us here */
  stayed = hall_dispatch_send (self->dispatch, terms);
  self->asks = stayed && (terms & HALL_ROUTE_METERED) && !self->answered;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * hall_routine_go_soon:
 * @self: a routine
 *
 * The same some seconds after the last of these calls.
 */
void
hall_routine_go_soon (HallRoutine *self)
{
  g_return_if_fail (HALL_IS_ROUTINE (self));

  hall_timetable_go_soon (self->timetable);
}

/**
 * hall_routine_rest:
 * @self: a routine
 *
 * The host has called everybody back: nobody goes again until the next edit, the next look now and then, or the end
 * of a pause that still lasts.
 */
void
hall_routine_rest (HallRoutine *self)
{
  g_return_if_fail (HALL_IS_ROUTINE (self));

  hall_timetable_rest (self->timetable);
  self->resting = TRUE;
  self->next = 0;
}

/**
 * hall_routine_be_answered:
 * @self: a routine
 *
 * The host has said to go: until the network is another one, the question is not asked again.
 */
void
hall_routine_be_answered (HallRoutine *self)
{
  g_return_if_fail (HALL_IS_ROUTINE (self));

  self->answered = TRUE;
  self->asks = FALSE;
}

/**
 * hall_routine_plan:
 * @self: a routine
 *
 * To be called whenever the dispatch has changed: sets a timer for the end of the first pause.
 *
 * Returns: when that is, in microseconds since 1970 in UTC; 0 when no pause holds
 */
gint64
hall_routine_plan (HallRoutine *self)
{
  gint64   next;
  gboolean lapsed;

  g_return_val_if_fail (HALL_IS_ROUTINE (self), 0);

  next = hall_dispatch_get_next (self->dispatch, find_terms (self), &lapsed);
  if (lapsed && !self->resting)
    hall_timetable_go_after (self->timetable, 0);
  else if (next != self->next)
    hall_timetable_go_after (self->timetable, next > 0 ? MAX (next - hall_clock_now (self->clock), 0) : -1);
  self->next = next;

  return next;
}

/**
 * hall_routine_is_offline:
 *
 * Returns: whether a service cannot be reached because there is no network
 */
gboolean
hall_routine_is_offline (HallRoutine *self)
{
  g_return_val_if_fail (HALL_IS_ROUTINE (self), FALSE);

  return !hall_timetable_is_online (self->timetable) && !hall_dispatch_is_near (self->dispatch);
}

/**
 * hall_routine_asks:
 *
 * Returns: whether something is due that may cost the host money
 */
gboolean
hall_routine_asks (HallRoutine *self)
{
  g_return_val_if_fail (HALL_IS_ROUTINE (self), FALSE);

  return self->asks;
}
