/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telling of a breach so that it can be understood and had again, and of all runs as TAP. */
#include "report.h"

#include "ledger.h"
#include "shrink.h"

static void
tell_steps (FILE         *out,
            const GArray *steps)
{
  for (guint i = 0; i < steps->len; i++) {
    g_autofree char *told = sim_step_tell (&g_array_index (steps, SimStep, i));

    fprintf (out, "#   %s\n", told);
  }
}

/* A run that is compared with another one has no steps that could be left out. */
static gboolean
can_shrink (int invariant)
{
  return invariant != 15 && invariant != 20;
}

void
sim_report_breach (FILE             *out,
                   guint64           seed,
                   const SimVerdict *verdict)
{
  g_autoptr (GArray) steps = NULL;
  g_autofree char   *list = NULL;
  SimVerdict         again;

  fprintf (out, "# seed %" G_GUINT64_FORMAT " breaks invariant %d: %s\n#   %s\n#   again: ./dev test sim --seed %"
           G_GUINT64_FORMAT "\n", seed, verdict->broken, sim_invariant_words (verdict->broken), verdict->breach, seed);
  if (!can_shrink (verdict->broken))
    return;

  steps = sim_shrink (seed, verdict->broken);
  list = sim_steps_write (steps);
  fprintf (out, "#   shrunk: ./dev test sim --seed %" G_GUINT64_FORMAT " --steps %s\n", seed, list);
  tell_steps (out, steps);
  sim_run (seed, steps, out, &again);
  sim_verdict_clear (&again);
  fflush (out);
}

void
sim_report_tap (const SimTally *tally)
{
  printf ("TAP version 14\n1..%d\n", SIM_INVARIANTS);
  for (int i = 1; i <= SIM_INVARIANTS; i++)
    printf ("%sok %d - %s\n", tally->n_broken[i] > 0 ? "not " : "", i, sim_invariant_words (i));
  printf ("# %" G_GUINT64_FORMAT " seeds, %" G_GUINT64_FORMAT " transactions\n", tally->n_seeds, tally->n_transactions);
}
