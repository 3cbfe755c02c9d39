/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hanging up on connections that take too long, and on too many of them. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HallDeadlines HallDeadlines;

HallDeadlines *hall_deadlines_new  (guint          most);
void           hall_deadlines_free (HallDeadlines *deadlines);
void           hall_deadlines_set  (HallDeadlines *deadlines,
                                    GSocket       *socket,
                                    guint          seconds,
                                    GBytes        *farewell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallDeadlines, hall_deadlines_free)

G_END_DECLS
