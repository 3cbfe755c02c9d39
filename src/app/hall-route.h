/* SPDX-License-Identifier: GPL-3.0-or-later
 * One account's way to its service: its pause, who is out on it, and what was the matter the last time. */
#pragma once

#include "app/hall-standing.h"
#include "app/hall-tally.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What stands against going without being asked. */
typedef enum {
  HALL_ROUTE_FREELY    = 0,
  HALL_ROUTE_OFFLINE   = 1 << 0, /* only to services on this machine */
  HALL_ROUTE_METERED   = 1 << 1, /* the same */
  HALL_ROUTE_REFRESHED = 1 << 2, /* the network has just come back, so failures of before say nothing */
} HallRouteTerms;

typedef struct {
  guint done;
  guint total;
} HallShare;

typedef struct {
  gpointer      owner;
  HallAccount  *account;
  HallPause     pause;
  gboolean      is_near;     /* its service is on this machine */
  gboolean      is_gone;     /* the account is: forgotten as soon as nobody is out */
  gboolean      is_wanted;   /* somebody is to go, or to go once more */
  guint         n_begun;     /* trips */
  GCancellable *out;         /* of the trip, while somebody is out */
  HallSyncPhase phase;
  HallShare     shares[HALL_SYNC_SENDING + 1]; /* of the last trip, by phase */
  GError       *trouble;     /* why the last trip failed, or absent */
} HallRoute;

void     hall_route_free         (gpointer          self);
void     hall_route_set_trouble  (HallRoute        *self,
                                  const GError     *error);
gboolean hall_route_may_go       (const HallRoute  *self,
                                  HallRouteTerms    terms,
                                  gint64            now);
gboolean hall_route_is_held_back (const HallRoute  *self,
                                  HallRouteTerms    terms);
void     hall_routes_fill        (const GPtrArray  *routes,
                                  HallStanding     *standing);
char    *hall_routes_explain     (const GPtrArray  *routes,
                                  gint64            now);

G_END_DECLS
