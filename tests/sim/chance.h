/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a run asks of its dice: a stream for each step, percents, picks that stay, and randomness for the program. */
#pragma once

#include "dice.h"
#include "model/hall-id.h"

G_BEGIN_DECLS

void       sim_chance_seed    (SimDice       *dice,
                               guint64        seed,
                               guint64        stream);
gboolean   sim_chance_percent (SimDice       *dice,
                               guint          percent);
guint64    sim_chance_hash    (guint64        seed,
                               const char    *text);
HallRandom sim_chance_random  (SimDice       *dice);

G_END_DECLS
