/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exchanges with every account's service in the background, and the one line that says how things stand. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HallStore    HallStore;
typedef struct _HallKeyring  HallKeyring;
typedef struct _HallDemoDesk HallDemoDesk;

#define HALL_TYPE_COURIER (hall_courier_get_type ())
G_DECLARE_FINAL_TYPE (HallCourier, hall_courier, HALL, COURIER, GObject)

typedef enum {
  HALL_COURIER_LOCAL,   /* no account: everything stays here */
  HALL_COURIER_IDLE,
  HALL_COURIER_BUSY,
  HALL_COURIER_TROUBLE, /* the last exchange or save failed; see "problem" */
} HallCourierState;

typedef struct {
  guint received;
  guint sent;
  guint parked;    /* waiting in all, not only from this exchange */
  guint conflicts; /* open in all */
} HallCourierResult;

/* Properties, all with notify on the main loop: "state" (guint, a HallCourierState); "line" (text for the foot of
 * the sidebar, always true); "fraction" (0 to 1 over all accounts, -1 while not known); "waiting" (edits not yet sent,
 * guint); "parked" and "conflicts" (what waits for the host, guint); "oldest-at" (gint64: when the oldest edit that
 * waits was made, 0 for none); "synced-at" (gint64); "next-try-at" (gint64: when the next attempt comes by itself
 * after a failure or at a service's wish, 0 for none); "problem" (nullable text); "asks" (gboolean: something is due
 * on a network whose bytes cost money, and the host is asked); "automatic" (gboolean, writable, FALSE at first: a
 * window sets it, and from then on the courier goes by itself). */
HallCourier *hall_courier_new         (HallStore            *store,
                                       HallKeyring          *keyring,
                                       HallDemoDesk         *desk);
void         hall_courier_stop_async  (HallCourier          *self,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
void         hall_courier_stop_finish (HallCourier          *self,
                                       GAsyncResult         *result);
void         hall_courier_begin_save  (HallCourier          *self);
void         hall_courier_end_save    (HallCourier          *self,
                                       const GError         *error);
void         hall_courier_cancel      (HallCourier          *self);
void         hall_courier_look_again  (HallCourier          *self);
void         hall_courier_sync_async  (HallCourier          *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean     hall_courier_sync_finish (HallCourier          *self,
                                       GAsyncResult         *result,
                                       HallCourierResult    *totals,
                                       GError              **error);

G_END_DECLS
