/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the service decided about an operation comes into the library. */
#pragma once

#include "sync/hall-transfer.h"

G_BEGIN_DECLS

gboolean hall_settlement_apply (HallTransfer         *transfer,
                                const HallOperation  *operation,
                                const HallVerdict    *verdict,
                                GError              **error);

G_END_DECLS
