/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library file with its threads: one writer, a few readers, and news of what changed. */
#pragma once

#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "store/hall-work.h"

G_BEGIN_DECLS

#define HALL_TYPE_STORE (hall_store_get_type ())
G_DECLARE_FINAL_TYPE (HallStore, hall_store, HALL, STORE, GObject)

HallStore        *hall_store_open         (const char           *path,
                                           const HallClock      *clock,
                                           const HallRandom     *random,
                                           guint                 wait_seconds,
                                           GError              **error);
void              hall_store_close        (HallStore            *self);
const char       *hall_store_get_path     (HallStore            *self);
const HallClock  *hall_store_get_clock    (HallStore            *self);
const HallRandom *hall_store_get_random   (HallStore            *self);

gboolean          hall_store_write        (HallStore            *self,
                                           HallStoreJob          job,
                                           gpointer              data,
                                           GCancellable         *cancellable,
                                           GError              **error);
gboolean          hall_store_read         (HallStore            *self,
                                           HallStoreJob          job,
                                           gpointer              data,
                                           GCancellable         *cancellable,
                                           GError              **error);
void              hall_store_write_async  (HallStore            *self,
                                           HallStoreJob          job,
                                           gpointer              data,
                                           GDestroyNotify        free_data,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void              hall_store_read_async   (HallStore            *self,
                                           HallStoreJob          job,
                                           gpointer              data,
                                           GDestroyNotify        free_data,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gpointer          hall_store_job_finish   (HallStore            *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
