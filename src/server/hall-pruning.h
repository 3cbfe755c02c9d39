/* SPDX-License-Identifier: GPL-3.0-or-later
 * Forgetting what is old. */
#pragma once

#include "store/hall-database.h"

G_BEGIN_DECLS

gboolean hall_pruning_run (HallDatabase  *db,
                           gint64         now,
                           GError       **error);

G_END_DECLS
