/* SPDX-License-Identifier: GPL-3.0-or-later
 * One exchange with one account's service, on a worker thread. */
#pragma once

#include "app/hall-demo-desk.h"
#include "app/hall-keyring.h"
#include "app/hall-tally.h"
#include "sync/hall-sync.h"

G_BEGIN_DECLS

/* progress is called on the main loop, until the callback */
void       hall_trip_run_async  (gpointer              source,
                                 HallStore            *store,
                                 HallKeyring          *keyring,
                                 HallDemoDesk         *desk,
                                 const HallAccount    *account,
                                 HallSyncProgress      progress,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean   hall_trip_run_finish (gpointer              source,
                                 GAsyncResult         *result,
                                 HallSyncResult       *exchanged,
                                 HallTally           **tally,
                                 GError              **error);

G_END_DECLS
