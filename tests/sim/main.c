/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs seeds, one after the other or in several processes. */
#include "memory.h"
#include "world.h"

#include <stdio.h>

int
main (int   argc,
      char *argv[])
{
  guint64 first = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 1;
  guint64 n = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : 1;
  guint   counts[32] = { 0 };

  sim_memory_install ();

  for (guint64 seed = first; seed < first + n; seed++) {
    SimWorld world;

    sim_world_init (&world, seed, n == 1);
    for (guint i = 0; i < world.script.steps->len && world.ledger.broken == 0; i++)
      sim_world_take (&world, &g_array_index (world.script.steps, SimStep, i));
    if (world.ledger.broken == 0)
      sim_end (&world);
    if (world.ledger.broken != 0 && counts[world.ledger.broken]++ < 3)
      printf ("seed %" G_GUINT64_FORMAT ": %d (%s): %s\n", seed, world.ledger.broken,
              sim_invariant_words (world.ledger.broken), world.ledger.breach);
    sim_world_clear (&world);
  }
  for (guint i = 0; i < 32; i++)
    if (counts[i] > 0)
      printf ("invariant %u: %u of %" G_GUINT64_FORMAT " seeds\n", i, counts[i], n);

  return 0;
}
