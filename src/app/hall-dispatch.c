/* SPDX-License-Identifier: GPL-3.0-or-later
 * One route for each account, at most one trip on each and a few at once: whoever fails or is slow is alone with it.
 * Main loop only. */
#include "app/hall-dispatch.h"

#include "app/hall-trip.h"
#include "app/hall-waiters.h"
#include "sync/hall-http.h"

/* Each has a thread and a connection. */
#define MOST_OUT 4

struct _HallDispatch {
  GObject       parent_instance;

  HallStore    *store;
  HallKeyring  *keyring;
  HallDemoDesk *desk;
  GPtrArray    *routes;  /* of HallRoute, in the order of the tally */
  GQueue        wanted;  /* of HallRoute: who goes next */
  guint         n_out;
  guint         parked;
  guint         conflicts;
  HallWaiters  *waiters;
};

G_DEFINE_FINAL_TYPE (HallDispatch, hall_dispatch, G_TYPE_OBJECT)

enum {
  CHANGED,
  TALLY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void send_next (HallDispatch *self);

static HallRoute *
find_route (HallDispatch *self,
            const char   *account)
{
  for (guint i = 0; i < self->routes->len; i++) {
    HallRoute *route = g_ptr_array_index (self->routes, i);

    if (g_strcmp0 (route->account->parent.id, account) == 0)
      return route;
  }

  return NULL;
}

static void
tell_waiters (HallRoute            *route,
              guint                 ticket,
              const HallSyncResult *exchanged,
              const GError         *error)
{
  HallDispatch *self = route->owner;

  hall_waiters_tell (self->waiters, route->account->parent.id, ticket, exchanged, error);
}

static void
forget_wish (HallRoute *route)
{
  HallDispatch *self = route->owner;

  g_queue_remove (&self->wanted, route);
  route->is_wanted = FALSE;
}

/* The trip that nobody has begun is over. */
static void
call_off (HallRoute *route)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody went");

  if (!route->is_wanted)
    return;

  forget_wish (route);
  tell_waiters (route, ++route->n_begun, NULL, error);
}

static void
want (HallRoute *route)
{
  HallDispatch *self = route->owner;

  if (route->is_wanted)
    return;

  route->is_wanted = TRUE;
  if (route->out == NULL)
    g_queue_push_tail (&self->wanted, route);
}

static void
on_progress (HallSyncPhase phase,
             guint         done,
             guint         total,
             gpointer      data)
{
  HallRoute *route = data;

  route->phase = phase;
  route->shares[phase] = (HallShare) { done, total };
  g_signal_emit (route->owner, signals[CHANGED], 0);
}

static void
on_trip_done (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HallDispatch         *self = HALL_DISPATCH (object);
  HallRoute            *route = user_data;
  g_autoptr (HallTally) tally = NULL;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *account = g_strdup (route->account->parent.id);
  HallSyncResult        exchanged;

  hall_trip_run_finish (self, result, &exchanged, &tally, &error);
  g_clear_object (&route->out);
  self->n_out--;
  hall_route_set_trouble (route, error);
  tell_waiters (route, route->n_begun, &exchanged, error);

  if (route->is_gone)
    g_ptr_array_remove (self->routes, route);
  else if (route->is_wanted)
    g_queue_push_tail (&self->wanted, route);

  if (tally != NULL)
    g_signal_emit (self, signals[TALLY], 0, tally);

  /* What was wanted by itself meanwhile must wait when the service wants a pause now. */
  route = find_route (self, account);
  if (route != NULL && route->is_wanted && route->out == NULL &&
      !hall_route_may_go (route, HALL_ROUTE_FREELY, hall_clock_now (hall_store_get_clock (self->store))) &&
      !hall_waiters_want (self->waiters, account, route->n_begun + 1))
    forget_wish (route);

  send_next (self);
  hall_waiters_answer (self->waiters, self->parked, self->conflicts);
}

static void
send_next (HallDispatch *self)
{
  while (self->n_out < MOST_OUT && !g_queue_is_empty (&self->wanted)) {
    HallRoute *route = g_queue_pop_head (&self->wanted);

    if (self->n_out == 0)
      for (guint i = 0; i < self->routes->len; i++)
        memset (((HallRoute *) g_ptr_array_index (self->routes, i))->shares, 0, sizeof route->shares);

    self->n_out++;
    route->n_begun++;
    route->is_wanted = FALSE;
    route->out = g_cancellable_new ();
    route->phase = HALL_SYNC_CONNECTING;
    hall_trip_run_async (self, self->store, self->keyring, self->desk, route->account, on_progress, route->out,
                         on_trip_done, route);
  }

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_waiter_cancelled (const char *account,
                     gpointer    data)
{
  HallDispatch *self = data;
  HallRoute    *route = find_route (self, account);

  if (route != NULL) {
    if (route->out != NULL)
      g_cancellable_cancel (route->out);
    call_off (route);
  }

  hall_waiters_answer (self->waiters, self->parked, self->conflicts);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lose_route (HallRoute *route)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The account is gone");

  forget_wish (route);
  route->is_gone = TRUE;
  if (route->out != NULL)
    g_cancellable_cancel (route->out);
  tell_waiters (route, G_MAXUINT, NULL, error);
}

static void
hall_dispatch_dispose (GObject *object)
{
  HallDispatch *self = HALL_DISPATCH (object);

  g_clear_object (&self->store);
  g_clear_object (&self->keyring);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (hall_dispatch_parent_class)->dispose (object);
}

static void
hall_dispatch_finalize (GObject *object)
{
  HallDispatch *self = HALL_DISPATCH (object);

  g_queue_clear (&self->wanted);
  g_ptr_array_unref (self->routes);
  hall_waiters_free (self->waiters);

  G_OBJECT_CLASS (hall_dispatch_parent_class)->finalize (object);
}

static void
hall_dispatch_class_init (HallDispatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hall_dispatch_dispose;
  object_class->finalize = hall_dispatch_finalize;

  signals[CHANGED] = g_signal_new ("changed", HALL_TYPE_DISPATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[TALLY] = g_signal_new ("tally", HALL_TYPE_DISPATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
hall_dispatch_init (HallDispatch *self)
{
  self->routes = g_ptr_array_new_with_free_func (hall_route_free);
  g_queue_init (&self->wanted);
  self->waiters = hall_waiters_new (on_waiter_cancelled, self);
}

/**
 * hall_dispatch_new:
 *
 * Returns: (transfer full): a dispatch that knows of no account yet
 */
HallDispatch *
hall_dispatch_new (HallStore    *store,
                   HallKeyring  *keyring,
                   HallDemoDesk *desk)
{
  HallDispatch *self;

  g_return_val_if_fail (HALL_IS_STORE (store) && HALL_IS_KEYRING (keyring) && HALL_IS_DEMO_DESK (desk), NULL);

  self = g_object_new (HALL_TYPE_DISPATCH, NULL);
  self->store = g_object_ref (store);
  self->keyring = g_object_ref (keyring);
  self->desk = g_object_ref (desk);

  return self;
}

/**
 * hall_dispatch_know:
 * @self: a dispatch
 * @tally: how things stand
 *
 * Takes note of accounts that came or went, and of their pauses.
 *
 * Returns: whether an account whose token was refused may have another one now, so that it is time to go
 */
gboolean
hall_dispatch_know (HallDispatch    *self,
                    const HallTally *tally)
{
  g_autoptr (GPtrArray) before = NULL;
  gboolean              resumes = FALSE;
  gboolean              has_lost;

  g_return_val_if_fail (HALL_IS_DISPATCH (self), FALSE);
  g_return_val_if_fail (tally != NULL, FALSE);

  self->parked = tally->parked;
  self->conflicts = tally->conflicts;

  before = g_steal_pointer (&self->routes);
  self->routes = g_ptr_array_new_with_free_func (hall_route_free);
  for (guint i = 0; i < tally->accounts->len; i++) {
    const HallTallyAccount *entry = g_ptr_array_index (tally->accounts, i);
    HallRoute              *route = NULL;
    gboolean                was_refused;

    for (guint at = 0; at < before->len && route == NULL; at++)
      if (g_strcmp0 (((HallRoute *) before->pdata[at])->account->parent.id, entry->account->parent.id) == 0)
        route = g_ptr_array_steal_index (before, at);

    if (route == NULL) {
      route = g_new0 (HallRoute, 1);
      route->owner = self;
    }
    hall_value_unref (route->account);
    route->account = hall_value_ref (entry->account);
    route->is_near = hall_http_stays_here (entry->account->url);
    was_refused = route->pause.refused;
    route->pause = entry->pause;
    g_ptr_array_add (self->routes, route);

    /* Not when a trip since has found something else to be the matter. */
    if (was_refused && !route->pause.refused && route->out == NULL &&
        g_error_matches (route->trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH)) {
      hall_route_set_trouble (route, NULL);
      resumes = TRUE;
    } else if (route->pause.refused && route->trouble == NULL) {
      /* Found out by an earlier run of the program. */
      route->trouble = g_error_new_literal (HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH, "The token was refused before");
    }
  }

  has_lost = before->len > 0;
  for (guint i = before->len; i > 0; i--) {
    HallRoute *route = g_ptr_array_index (before, i - 1);

    lose_route (route);
    if (route->out != NULL)
      g_ptr_array_add (self->routes, g_ptr_array_steal_index (before, i - 1));
  }
  if (has_lost)
    hall_waiters_answer (self->waiters, self->parked, self->conflicts);

  return resumes;
}

/**
 * hall_dispatch_send:
 * @self: a dispatch
 * @terms: what stands against it
 *
 * Sends somebody to every service that may be asked now without the host's word: not during a pause, not where the
 * token was refused. Where somebody is out already, another one follows.
 *
 * Returns: whether somebody stayed here only for what @terms say
 */
gboolean
hall_dispatch_send (HallDispatch   *self,
                    HallRouteTerms  terms)
{
  gint64   now;
  gboolean stayed = FALSE;

  g_return_val_if_fail (HALL_IS_DISPATCH (self), FALSE);

  now = hall_clock_now (hall_store_get_clock (self->store));
  for (guint i = 0; i < self->routes->len; i++) {
    HallRoute *route = g_ptr_array_index (self->routes, i);

    if (route->is_gone || !hall_route_may_go (route, terms, now))
      continue;
    if (hall_route_is_held_back (route, terms))
      stayed = TRUE;
    else
      want (route);
  }
  send_next (self);

  return stayed;
}

/**
 * hall_dispatch_send_for:
 * @self: a dispatch that knows of an account
 * @task: (transfer full): the host's wish, answered when somebody has been to every service since now: with TRUE or
 *   the error that was met first; HallWaitersTotals are its task data
 */
void
hall_dispatch_send_for (HallDispatch *self,
                        GTask        *task)
{
  GHashTable *tickets;

  g_return_if_fail (HALL_IS_DISPATCH (self));
  g_return_if_fail (G_IS_TASK (task));

  tickets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->routes->len; i++) {
    HallRoute *route = g_ptr_array_index (self->routes, i);

    if (route->is_gone)
      continue;
    want (route);
    g_hash_table_insert (tickets, g_strdup (route->account->parent.id), GUINT_TO_POINTER (route->n_begun + 1));
  }

  hall_waiters_add (self->waiters, task, tickets);
  send_next (self);
}

/**
 * hall_dispatch_cancel:
 * @self: a dispatch
 *
 * Calls everybody back, between two of their transactions; nobody else goes. Those who wait are told that it was
 * cancelled.
 */
void
hall_dispatch_cancel (HallDispatch *self)
{
  g_return_if_fail (HALL_IS_DISPATCH (self));

  for (guint i = 0; i < self->routes->len; i++) {
    HallRoute *route = g_ptr_array_index (self->routes, i);

    if (route->out != NULL)
      g_cancellable_cancel (route->out);
    call_off (route);
  }

  hall_waiters_answer (self->waiters, self->parked, self->conflicts);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * hall_dispatch_is_out:
 *
 * Returns: whether anybody is out
 */
gboolean
hall_dispatch_is_out (HallDispatch *self)
{
  g_return_val_if_fail (HALL_IS_DISPATCH (self), FALSE);

  return self->n_out > 0;
}

/**
 * hall_dispatch_is_near:
 *
 * Returns: whether every service is on this very machine, so that no network is needed
 */
gboolean
hall_dispatch_is_near (HallDispatch *self)
{
  g_return_val_if_fail (HALL_IS_DISPATCH (self), TRUE);

  for (guint i = 0; i < self->routes->len; i++)
    if (!((HallRoute *) g_ptr_array_index (self->routes, i))->is_near)
      return FALSE;

  return TRUE;
}

/**
 * hall_dispatch_get_next:
 * @self: a dispatch
 * @terms: what stands against going
 * @lapsed: (out): whether a pause has ended, and nobody went since
 *
 * Returns: when the first pause ends, in microseconds since 1970 in UTC; 0 when none holds
 */
gint64
hall_dispatch_get_next (HallDispatch   *self,
                        HallRouteTerms  terms,
                        gboolean       *lapsed)
{
  gint64 now;
  gint64 next = 0;

  g_return_val_if_fail (HALL_IS_DISPATCH (self) && lapsed != NULL, 0);

  *lapsed = FALSE;
  now = hall_clock_now (hall_store_get_clock (self->store));
  for (guint i = 0; i < self->routes->len; i++) {
    HallRoute *route = g_ptr_array_index (self->routes, i);

    if (route->out != NULL || route->is_wanted || route->pause.refused || hall_route_is_held_back (route, terms) ||
        route->pause.failures == 0)
      continue;
    if (!hall_pause_holds (&route->pause, now))
      *lapsed = TRUE;
    else if (next == 0 || route->pause.ends_at < next)
      next = route->pause.ends_at;
  }

  return next;
}

/**
 * hall_dispatch_fill:
 * @self: a dispatch
 * @standing: (inout): is told whether anybody is out and how far, and what is the matter
 */
void
hall_dispatch_fill (HallDispatch *self,
                    HallStanding *standing)
{
  g_return_if_fail (HALL_IS_DISPATCH (self));
  g_return_if_fail (standing != NULL);

  hall_routes_fill (self->routes, standing);
}

/**
 * hall_dispatch_explain:
 * @self: a dispatch
 *
 * Returns: (transfer full) (nullable): for every account whose last exchange failed what happened, what is safe and
 *   what to do, in one line; NULL when there is none
 */
char *
hall_dispatch_explain (HallDispatch *self)
{
  g_return_val_if_fail (HALL_IS_DISPATCH (self), NULL);

  return hall_routes_explain (self->routes, hall_clock_now (hall_store_get_clock (self->store)));
}
