/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tasks that wait until the couriers they were promised are back, any of which may be called off. */
#pragma once

#include "sync/hall-sync-result.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  HallSyncResult exchanged; /* on the trips waited for */
  guint          parked;    /* waiting in all */
  guint          conflicts; /* open in all */
} HallWaitersTotals;

typedef struct _HallWaiters HallWaiters;

/* One of those who wait for this account was cancelled. */
typedef void (*HallWaitersCallOff) (const char *account,
                                    gpointer    data);

HallWaiters *hall_waiters_new      (HallWaitersCallOff    call_off,
                                    gpointer              data);
void         hall_waiters_free     (HallWaiters          *self);
void         hall_waiters_add      (HallWaiters          *self,
                                    GTask                *task,
                                    GHashTable           *tickets);
gboolean     hall_waiters_want     (HallWaiters          *self,
                                    const char           *account,
                                    guint                 ticket);
void         hall_waiters_tell     (HallWaiters          *self,
                                    const char           *account,
                                    guint                 ticket,
                                    const HallSyncResult *exchanged,
                                    const GError         *error);
void         hall_waiters_answer   (HallWaiters          *self,
                                    guint                 parked,
                                    guint                 conflicts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallWaiters, hall_waiters_free)

G_END_DECLS
