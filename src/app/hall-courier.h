/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exchanges with every account's service in the background, and the one line that says how things stand. */
#pragma once

#include "app/hall-library.h"

G_BEGIN_DECLS

#define HALL_TYPE_COURIER (hall_courier_get_type ())
G_DECLARE_FINAL_TYPE (HallCourier, hall_courier, HALL, COURIER, GObject)

typedef enum {
  HALL_COURIER_LOCAL,   /* no account: everything stays here */
  HALL_COURIER_IDLE,
  HALL_COURIER_BUSY,
  HALL_COURIER_TROUBLE, /* the last exchange failed; see "problem" */
} HallCourierState;

typedef struct {
  guint received;
  guint sent;
  guint parked;    /* waiting in all, not only from this exchange */
  guint conflicts; /* open in all */
} HallCourierResult;

/* Properties, all with notify on the main loop: "state"; "line" (text for the foot of the sidebar, always true);
 * "fraction" (0 to 1, -1 while not known); "waiting" (edits not yet sent, guint); "synced-at" (gint64);
 * "problem" (nullable text). */
HallCourier *hall_library_get_courier (HallLibrary          *library);
void         hall_courier_sync_async  (HallCourier          *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean     hall_courier_sync_finish (HallCourier          *self,
                                       GAsyncResult         *result,
                                       HallCourierResult    *totals,
                                       GError              **error);

G_END_DECLS
