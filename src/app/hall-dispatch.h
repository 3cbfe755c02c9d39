/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is out to which account's service, who goes next, and who waits for them. */
#pragma once

#include "app/hall-demo-desk.h"
#include "app/hall-keyring.h"
#include "app/hall-route.h"
#include "store/hall-store.h"

G_BEGIN_DECLS

#define HALL_TYPE_DISPATCH (hall_dispatch_get_type ())
G_DECLARE_FINAL_TYPE (HallDispatch, hall_dispatch, HALL, DISPATCH, GObject)

/* Signals: "changed": what fill() tells; "tally" (a HallTally): how things stand after an exchange. */
HallDispatch *hall_dispatch_new         (HallStore         *store,
                                         HallKeyring       *keyring,
                                         HallDemoDesk      *desk);
gboolean      hall_dispatch_know        (HallDispatch      *self,
                                         const HallTally   *tally);
gboolean      hall_dispatch_send        (HallDispatch      *self,
                                         HallRouteTerms     terms);
void          hall_dispatch_send_for    (HallDispatch      *self,
                                         GTask             *task);
void          hall_dispatch_cancel      (HallDispatch      *self);
gboolean      hall_dispatch_is_out      (HallDispatch      *self);
gboolean      hall_dispatch_is_near     (HallDispatch      *self);
gint64        hall_dispatch_get_next    (HallDispatch      *self,
                                         HallRouteTerms     terms,
                                         gboolean          *lapsed);
void          hall_dispatch_fill        (HallDispatch      *self,
                                         HallStanding      *standing);
char         *hall_dispatch_explain     (HallDispatch      *self);

G_END_DECLS
