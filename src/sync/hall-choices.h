/* SPDX-License-Identifier: GPL-3.0-or-later
 * The host's word on a conflict, and taking it back. */
#pragma once

#include "model/hall-choice.h"
#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

gboolean hall_choices_make (HallDatabase      *db,
                            const char        *conflict,
                            HallChoice         choice,
                            gconstpointer      edited,
                            const HallClock   *clock,
                            const HallRandom  *random,
                            GError           **error);
gboolean hall_choices_undo (HallDatabase      *db,
                            const char        *conflict,
                            const HallClock   *clock,
                            const HallRandom  *random,
                            GError           **error);

G_END_DECLS
