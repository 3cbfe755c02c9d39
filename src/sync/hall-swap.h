/* SPDX-License-Identifier: GPL-3.0-or-later
 * Putting the staged whole of a service into the place of what was known of it. */
#pragma once

#include "store/hall-staging.h"
#include "sync/hall-transfer.h"

G_BEGIN_DECLS

gboolean hall_swap_stage (HallTransfer       *transfer,
                          const HallPage     *page,
                          const char         *at,
                          const char         *next,
                          GError            **error);
gboolean hall_swap_run   (HallTransfer       *transfer,
                          const HallStaging  *staging,
                          GError            **error);

G_END_DECLS
