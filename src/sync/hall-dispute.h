/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keeping both versions of a row that do not go together, until the host has chosen. */
#pragma once

#include "sync/hall-row-state.h"
#include "sync/hall-transfer.h"

G_BEGIN_DECLS

gpointer hall_dispute_say  (const HallRowState *row,
                            gconstpointer  after);
gboolean hall_dispute_open (HallTransfer  *transfer,
                            HallRowState  *row,
                            gconstpointer  base,
                            gconstpointer  mine,
                            gconstpointer  theirs,
                            GError       **error);

G_END_DECLS
