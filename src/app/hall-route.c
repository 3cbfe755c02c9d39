/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether somebody may go, and the sum over all routes: how far everybody is, and what is the matter where. */
#include "app/hall-route.h"

#include "app/hall-problem.h"

static gboolean
is_refused (const HallRoute *self)
{
  return g_error_matches (self->trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH);
}

/**
 * hall_route_free:
 * @self: (transfer full): a route that nobody is out on
 */
void
hall_route_free (gpointer self)
{
  HallRoute *route = self;

  g_return_if_fail (route != NULL && route->out == NULL);

  hall_value_unref (route->account);
  g_clear_error (&route->trouble);
  g_free (route);
}

/**
 * hall_route_set_trouble:
 * @self: a route
 * @error: (nullable): how the last trip ended
 *
 * Only a trip that came to its end says what is the matter.
 */
void
hall_route_set_trouble (HallRoute    *self,
                        const GError *error)
{
  g_return_if_fail (self != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_error (&self->trouble);
  if (error != NULL)
    self->trouble = g_error_copy (error);
}

/**
 * hall_route_may_go:
 * @self: a route
 * @terms: what has happened
 * @now: microseconds since 1970 in UTC
 *
 * Returns: whether the service may be asked without the host's word, as far as the service is concerned
 */
gboolean
hall_route_may_go (const HallRoute *self,
                   HallRouteTerms   terms,
                   gint64           now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->pause.refused)
    return FALSE;
  if (!hall_pause_holds (&self->pause, now))
    return TRUE;

  return (terms & HALL_ROUTE_REFRESHED) != 0 && !self->is_near && !self->pause.asked;
}

/**
 * hall_route_is_held_back:
 * @self: a route
 * @terms: how the network is
 *
 * Returns: whether the network stands against it
 */
gboolean
hall_route_is_held_back (const HallRoute *self,
                         HallRouteTerms   terms)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !self->is_near && (terms & (HALL_ROUTE_OFFLINE | HALL_ROUTE_METERED)) != 0;
}

/* Receiving before sending before connecting: what takes longest and has most to tell. */
static HallSyncPhase
find_phase (const GPtrArray *routes)
{
  gboolean is[HALL_SYNC_SENDING + 1] = { FALSE };

  for (guint i = 0; i < routes->len; i++) {
    const HallRoute *route = g_ptr_array_index (routes, i);

    if (route->out != NULL)
      is[route->phase] = TRUE;
  }

  if (is[HALL_SYNC_RECEIVING])
    return HALL_SYNC_RECEIVING;

  return is[HALL_SYNC_SENDING] ? HALL_SYNC_SENDING : HALL_SYNC_CONNECTING;
}

/**
 * hall_routes_fill:
 * @routes: of HallRoute
 * @standing: (inout): is told whether anybody is out and how far, and what is the matter
 */
void
hall_routes_fill (const GPtrArray *routes,
                  HallStanding    *standing)
{
  const HallRoute *worst = NULL;

  g_return_if_fail (routes != NULL && standing != NULL);

  standing->exchanging = FALSE;
  standing->phase = find_phase (routes);
  standing->done = standing->total = 0;
  standing->all_done = standing->all_total = 0;

  for (guint i = 0; i < routes->len; i++) {
    const HallRoute *route = g_ptr_array_index (routes, i);

    if (route->out != NULL)
      standing->exchanging = TRUE;
    for (guint phase = 0; phase < G_N_ELEMENTS (route->shares); phase++) {
      standing->all_done += route->shares[phase].done;
      standing->all_total += route->shares[phase].total;
    }
    standing->done += route->shares[standing->phase].done;
    standing->total += route->shares[standing->phase].total;

    /* What only the host can mend comes first. */
    if (route->trouble != NULL && !route->is_gone && (worst == NULL || (is_refused (route) && !is_refused (worst))))
      worst = route;
  }

  standing->trouble = worst != NULL ? worst->trouble : NULL;
  standing->troubled = worst != NULL && routes->len > 1 ? worst->account->name : NULL;
}

/**
 * hall_routes_explain:
 * @routes: of HallRoute
 * @now: microseconds since 1970 in UTC
 *
 * Returns: (transfer full) (nullable): for every account whose last exchange failed what happened, what is safe and
 *   what to do, in one line; NULL when there is none
 */
char *
hall_routes_explain (const GPtrArray *routes,
                     gint64           now)
{
  g_autoptr (GString) said = NULL;

  g_return_val_if_fail (routes != NULL, NULL);

  for (guint i = 0; i < routes->len; i++) {
    const HallRoute *route = g_ptr_array_index (routes, i);
    gint64           until = route->pause.asked && hall_pause_holds (&route->pause, now) ? route->pause.ends_at : 0;
    g_autofree char *sentence = NULL;

    if (route->trouble == NULL || route->is_gone)
      continue;

    sentence = hall_problem_say_of (route->trouble, route->account->name, routes->len > 1, until);
    if (said == NULL)
      said = g_string_new (NULL);
    else
      g_string_append_c (said, ' ');
    g_string_append (said, sentence);
  }

  return said != NULL ? g_string_free (g_steal_pointer (&said), FALSE) : NULL;
}
