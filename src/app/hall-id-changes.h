/* SPDX-License-Identifier: GPL-3.0-or-later
 * What has to happen to one order of ids to make another of it, so that what stays is left alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One step; when it is taken, everything before its position is as it will be. */
typedef struct {
  guint position;
  guint removed;
  guint added;
} HallIdChange;

GArray *hall_id_changes (const gint64 *before,
                         guint         n_before,
                         const gint64 *after,
                         guint         n_after);

G_END_DECLS
