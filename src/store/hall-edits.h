/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a host does to a value: the row, its history and its place in the outbox, all or nothing. */
#pragma once

#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

gboolean hall_edits_save   (HallDatabase     *db,
                            gconstpointer     value,
                            const HallClock  *clock,
                            const HallRandom *random,
                            GError          **error);
gboolean hall_edits_remove (HallDatabase     *db,
                            const HallKind   *kind,
                            const char       *id,
                            const HallClock  *clock,
                            const HallRandom *random,
                            GError          **error);

G_END_DECLS
