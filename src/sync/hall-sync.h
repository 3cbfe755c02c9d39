/* SPDX-License-Identifier: GPL-3.0-or-later
 * One exchange with one account's service, from first request to last, on the caller's thread. */
#pragma once

#include "model/hall-account.h"
#include "store/hall-store.h"
#include "sync/hall-sync-error.h"
#include "sync/hall-sync-result.h"

G_BEGIN_DECLS

/* total is 0 while it is not known; called on the thread of hall_sync_run() */
typedef void (*HallSyncProgress) (HallSyncPhase phase,
                                  guint         done,
                                  guint         total,
                                  gpointer      data);

gboolean hall_sync_run   (HallStore         *store,
                          const HallAccount *account,
                          const char        *token,
                          HallSyncProgress   progress,
                          gpointer           progress_data,
                          HallSyncResult    *result,
                          GCancellable      *cancellable,
                          GError           **error);
gboolean hall_sync_probe (const char        *url,
                          const char        *token,
                          char             **service_name,
                          GCancellable      *cancellable,
                          GError           **error);

G_END_DECLS
