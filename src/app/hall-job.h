/* SPDX-License-Identifier: GPL-3.0-or-later
 * A job on the library's store, asked for on the main loop and answered there under the asker's name. */
#pragma once

#include "store/hall-store.h"

G_BEGIN_DECLS

void     hall_job_write_async (gpointer             source,
                               HallStore           *store,
                               HallStoreJob         job,
                               gpointer             data,
                               GDestroyNotify       free_data,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
void     hall_job_read_async  (gpointer             source,
                               HallStore           *store,
                               HallStoreJob         job,
                               gpointer             data,
                               GDestroyNotify       free_data,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gpointer hall_job_finish      (gpointer             source,
                               GAsyncResult        *result,
                               GError             **error);

G_END_DECLS
