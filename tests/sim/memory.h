/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory that runs out inside SQLite, and nowhere else, at a chosen moment. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void    sim_memory_install      (void);
void    sim_memory_fail         (guint64  nth,
                                 gboolean lasting);
void    sim_memory_spare        (gboolean spares);
guint64 sim_memory_count        (void);
guint64 sim_memory_count_failed (void);
gint64  sim_memory_get_used     (void);

G_END_DECLS
