/* SPDX-License-Identifier: GPL-3.0-or-later
 * The host's word on an edit that the service refused: send it again, or let it go; and taking that back. */
#pragma once

#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

gboolean hall_discards_retry (HallDatabase      *db,
                              const char        *operation,
                              const HallClock   *clock,
                              const HallRandom  *random,
                              GError           **error);
gboolean hall_discards_make  (HallDatabase      *db,
                              const char        *operation,
                              const HallClock   *clock,
                              const HallRandom  *random,
                              GError           **error);
gboolean hall_discards_undo  (HallDatabase      *db,
                              const char        *operation,
                              const HallClock   *clock,
                              const HallRandom  *random,
                              GError           **error);

G_END_DECLS
