/* SPDX-License-Identifier: GPL-3.0-or-later
 * What hangs on a chat that may have to go. */
#pragma once

#include "sync/hall-row-state.h"
#include "sync/hall-transfer.h"

G_BEGIN_DECLS

gboolean hall_shared_fate_is_open (HallTransfer        *transfer,
                                   const HallRowState  *row,
                                   gboolean            *is,
                                   GError             **error);
gboolean hall_shared_fate_end     (HallTransfer        *transfer,
                                   const HallRowState  *row,
                                   GError             **error);

G_END_DECLS
