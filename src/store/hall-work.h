/* SPDX-License-Identifier: GPL-3.0-or-later
 * One job on its way to a connection, and its result on its way back. */
#pragma once

#include "store/hall-database.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One unit of work on a connection. A writing job runs inside a transaction, which is committed when it
 * returns TRUE and rolled back when it returns FALSE with an error. It never waits for the network. */
typedef gboolean (*HallStoreJob) (HallDatabase  *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

typedef struct _HallWork HallWork;

HallWork *hall_work_new       (HallStoreJob          job,
                               gpointer              data,
                               GCancellable         *cancellable);
HallWork *hall_work_new_async (gpointer              source,
                               HallStoreJob          job,
                               gpointer              data,
                               GDestroyNotify        free_data,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
void      hall_work_run       (HallWork             *work,
                               HallDatabase         *db);
void      hall_work_refuse    (HallWork             *work,
                               const char           *why);
void      hall_work_finish    (HallWork             *work);
gboolean  hall_work_wait      (HallWork             *work,
                               GError              **error);
gpointer  hall_work_take      (GTask                *task,
                               GError              **error);

G_END_DECLS
