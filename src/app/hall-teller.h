/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts what waits whenever something changed, one count at a time. */
#pragma once

#include "app/hall-tally.h"
#include "store/hall-store.h"

G_BEGIN_DECLS

#define HALL_TYPE_TELLER (hall_teller_get_type ())
G_DECLARE_FINAL_TYPE (HallTeller, hall_teller, HALL, TELLER, GObject)

/* Signal "tally" (a HallTally): how things stand. */
HallTeller *hall_teller_new          (HallStore            *store);
void        hall_teller_count        (HallTeller           *self);
void        hall_teller_outdate      (HallTeller           *self);
void        hall_teller_count_async  (HallTeller           *self,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean    hall_teller_count_finish (HallTeller           *self,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
