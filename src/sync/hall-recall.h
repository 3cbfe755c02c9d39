/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reminding a service that came back from a backup of what it has forgotten. */
#pragma once

#include "sync/hall-transfer.h"

G_BEGIN_DECLS

gboolean hall_recall_compare (HallTransfer   *transfer,
                              const HallNews *news,
                              GError        **error);

G_END_DECLS
