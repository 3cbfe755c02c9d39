/* SPDX-License-Identifier: GPL-3.0-or-later
 * The generator is splitmix64: one addition and three mixings, no table, every seed as good as another. */
#include "dice.h"

/* Any 64 bits. */
guint64
sim_dice_next (SimDice *dice)
{
  guint64 z = (dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

/* From 0 to @n - 1. */
guint64
sim_dice_roll (SimDice *dice,
               guint64  n)
{
  g_assert (n > 0);

  return sim_dice_next (dice) % n;
}

gboolean
sim_dice_coin (SimDice *dice)
{
  return sim_dice_next (dice) >> 63;
}

void
sim_dice_fill (SimDice *dice,
               gpointer bytes,
               gsize    length)
{
  guint8 *next = bytes;
  guint64 number = 0;

  for (gsize i = 0; i < length; i++, number >>= 8) {
    if (i % 8 == 0)
      number = sim_dice_next (dice);
    next[i] = number & 0xff;
  }
}
