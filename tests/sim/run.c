/* SPDX-License-Identifier: GPL-3.0-or-later
 * Running a seed, and running it again where that is the question (15, 20). */
#include "run.h"

#include "world.h"

#include <string.h>

#define TWICE_IN 40 /* one seed in so many is run twice */

/* What the desk has, with ids told by their random end: their beginning is a clock's. */
static guint64
digest (const SimLedger *ledger)
{
  guint64 sum = 0;

  for (guint i = 0; i < ledger->order->len; i++) {
    const SimRow     *row = ledger->order->pdata[i];
    const SimVersion *newest = sim_row_newest (row);
    guint64           hash = sim_chance_hash (1, row->id + 19);

    if (newest == NULL || newest->deleted)
      continue;
    for (guint j = 0; j < row->kind->n_fields; j++) {
      const char *value = newest->fields.values[j];

      if (row->kind->fields[j].type == HALL_FIELD_MOMENT || !sim_field_is_watched (&row->kind->fields[j]))
        continue;
      if (value != NULL && hall_id_is_valid (value))
        value += 19;
      hash = sim_chance_hash (hash + j, value != NULL ? value : "-");
    }
    sum += hash;
  }

  return sum;
}

/* With the steps of its script, or with those of them that are in @steps. */
void
sim_run (guint64       seed,
         const GArray *steps,
         FILE         *out,
         SimVerdict   *verdict)
{
  g_autofree SimWorld *world = g_new (SimWorld, 1);
  guint                n = 0;

  sim_world_init (world, seed, out);
  if (steps == NULL)
    steps = world->script.steps;
  while (n < steps->len && world->ledger.broken == 0)
    sim_world_take (world, &g_array_index (steps, SimStep, n++));
  if (world->ledger.broken == 0)
    sim_end (world);
  sim_trace (&world->trace, "disks %" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x",
             sim_disk_get_trace (world->clients[0].machine.disk), sim_disk_get_trace (world->desk.machine.disk));

  *verdict = (SimVerdict) {
    .broken = world->ledger.broken,
    .breach = g_strdup (world->ledger.breach),
    .hash = world->trace.hash,
    .outcome = digest (&world->ledger),
    .n_transactions = world->ledger.tick,
    .n_taken = n,
  };
  sim_world_clear (world);
}

/* Whether a clock that jumps may make no difference: nothing else of the run depends on what time it is. */
static gboolean
is_timeless (const SimScript *script)
{
  return script->habits.deeds[SIM_JUMP] > 0 && script->habits.busy == 0 && script->habits.deeds[SIM_PRUNE] == 0 &&
         script->habits.deeds[SIM_WAIT] == 0;
}

static void
run_without_jumps (guint64     seed,
                   SimScript  *script,
                   SimVerdict *verdict)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (SimStep));
  SimVerdict         other;

  for (guint i = 0; i < script->steps->len; i++)
    if (g_array_index (script->steps, SimStep, i).deed != SIM_JUMP)
      g_array_append_val (steps, g_array_index (script->steps, SimStep, i));

  sim_run (seed, steps, NULL, &other);
  verdict->n_transactions += other.n_transactions;
  if (other.broken == 0 && other.outcome != verdict->outcome) {
    verdict->broken = 15;
    verdict->breach = g_strdup ("without the jumps of the clocks the desk would have something else in the end");
  }
  sim_verdict_clear (&other);
}

/* The script of @seed, and what must hold between two runs. */
void
sim_run_wholly (guint64     seed,
                SimVerdict *verdict)
{
  SimScript  script;
  SimVerdict other;

  sim_run (seed, NULL, NULL, verdict);
  if (verdict->broken != 0)
    return;

  if (seed % TWICE_IN == 0) {
    sim_run (seed, NULL, NULL, &other);
    verdict->n_transactions += other.n_transactions;
    if (other.hash != verdict->hash) {
      verdict->broken = 20;
      verdict->breach = g_strdup ("another trace the second time");
    }
    sim_verdict_clear (&other);
    return;
  }

  sim_script_make (&script, seed);
  if (is_timeless (&script))
    run_without_jumps (seed, &script, verdict);
  sim_script_clear (&script);
}

void
sim_verdict_clear (SimVerdict *verdict)
{
  g_clear_pointer (&verdict->breach, g_free);
}
