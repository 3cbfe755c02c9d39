/* SPDX-License-Identifier: GPL-3.0-or-later
 * One round of the courier: every account's service in turn, on a worker thread. */
#pragma once

#include "app/hall-demo-desk.h"
#include "app/hall-keyring.h"
#include "app/hall-standing.h"
#include "sync/hall-sync.h"

G_BEGIN_DECLS

typedef struct {
  HallSyncResult exchanged; /* over all accounts, also when one failed */
  gboolean       counted;
  HallStanding   standing;  /* only its counts, from after the exchange, and only when counted */
} HallRoundResult;

/* progress is called on the main loop */
void     hall_round_run_async  (gpointer              source,
                                HallStore            *store,
                                HallKeyring          *keyring,
                                HallDemoDesk         *desk,
                                HallSyncProgress      progress,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gboolean hall_round_run_finish (gpointer              source,
                                GAsyncResult         *result,
                                HallRoundResult      *outcome,
                                GError              **error);

G_END_DECLS
