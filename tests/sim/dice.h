/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chance that can be had again: the same seed rolls the same numbers on every machine. */
#pragma once

#include <glib.h>

typedef struct {
  guint64 state;
} SimDice;

guint64  sim_dice_next (SimDice *dice);
guint64  sim_dice_roll (SimDice *dice,
                        guint64  n);
gboolean sim_dice_coin (SimDice *dice);
void     sim_dice_fill (SimDice *dice,
                        gpointer bytes,
                        gsize    length);
