/* SPDX-License-Identifier: GPL-3.0-or-later
 * Streams of chance. */
#include "chance.h"

/* Streams of one seed have nothing to do with each other, nor have those of two. */
void
sim_chance_seed (SimDice *dice,
                 guint64  seed,
                 guint64  stream)
{
  SimDice one = { seed };
  SimDice other = { stream };

  dice->state = sim_dice_next (&one) ^ (sim_dice_next (&other) << 1);
}

gboolean
sim_chance_percent (SimDice *dice,
                    guint    percent)
{
  return sim_dice_roll (dice, 100) < percent;
}

/* A rank that a text keeps whatever else there is: the lowest one is a pick that does not change when others go. */
guint64
sim_chance_hash (guint64     seed,
                 const char *text)
{
  for (; *text != '\0'; text++) {
    SimDice dice = { seed ^ (guchar) *text };

    seed = sim_dice_next (&dice);
  }

  return seed;
}

static void
fill (guint8   *bytes,
      gsize     length,
      gpointer  data)
{
  sim_dice_fill (data, bytes, length);
}

HallRandom
sim_chance_random (SimDice *dice)
{
  return (HallRandom) { fill, dice };
}
