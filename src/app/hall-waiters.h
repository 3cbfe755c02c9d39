/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tasks that wait for one and the same piece of work, any of which may call it off. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HallWaiters HallWaiters;

HallWaiters *hall_waiters_new       (void);
void         hall_waiters_free      (HallWaiters   *waiters);
void         hall_waiters_take      (HallWaiters   *waiters,
                                     GTask         *task);
gboolean     hall_waiters_is_empty  (HallWaiters   *waiters);
void         hall_waiters_call_off  (HallWaiters   *waiters,
                                     GCancellable  *work);
void         hall_waiters_answer    (HallWaiters   *waiters,
                                     gconstpointer  outcome,
                                     gsize          size,
                                     const GError  *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallWaiters, hall_waiters_free)

G_END_DECLS
