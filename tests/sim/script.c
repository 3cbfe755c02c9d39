/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making up a run from its seed. */
#include "script.h"

#include "chance.h"

#define PARTIES 4 /* three clients and the desk */

static const struct {
  const char *name;
  guint       weight;  /* where it happens at all */
  guint       percent; /* of runs in which it does */
} deeds[SIM_N_DEEDS] = {
  [SIM_HOST] = { "host", 40, 100 },
  [SIM_GO] = { "go", 45, 100 },
  [SIM_STOP] = { "stop", 3, 40 },
  [SIM_VISIT] = { "visit", 8, 60 },
  [SIM_STRAY] = { "stray", 6, 60 },
  [SIM_WAIT] = { "wait", 3, 50 },
  [SIM_JUMP] = { "jump", 2, 25 },
  [SIM_RESTART] = { "restart", 2, 40 },
  [SIM_BACK_UP] = { "back-up", 3, 25 },
  [SIM_RESTORE] = { "restore", 1, 50 },
  [SIM_REVOKE] = { "revoke", 2, 15 },
  [SIM_KILL] = { "kill", 4, 40 },
  [SIM_FAIL] = { "fail", 4, 30 },
  [SIM_PRUNE] = { "prune", 2, 15 },
};

static guint
rate (SimDice *dice,
      guint    percent_of_runs,
      guint    most)
{
  return sim_chance_percent (dice, percent_of_runs) ? 1 + sim_dice_roll (dice, most) : 0;
}

static void
make_habits (SimHabits *habits,
             SimDice   *dice)
{
  habits->n_steps = 60 + sim_dice_roll (dice, 80);
  for (guint i = 0; i < SIM_N_DEEDS; i++)
    if (sim_chance_percent (dice, deeds[i].percent))
      habits->deeds[i] = 1 + sim_dice_roll (dice, deeds[i].weight * 2);

  habits->lost = rate (dice, 60, 15);
  habits->late = rate (dice, 50, 20);
  habits->spoilt = rate (dice, 40, 10);
  habits->ill = rate (dice, 40, 10);
  habits->busy = rate (dice, 30, 6);
  habits->refused = rate (dice, 20, 4);
  habits->small_pages = rate (dice, 50, 100);
  habits->n_slugs = 2 + sim_dice_roll (dice, 12);
  habits->n_addresses = 2 + sim_dice_roll (dice, 8);
  habits->capacity = rate (dice, 60, 100);
  habits->kinds = sim_chance_percent (dice, 50) ? G_MAXUINT : sim_dice_next (dice) | 2; /* chats always */
}

static SimDeed
pick (const SimHabits *habits,
      SimDice         *dice)
{
  guint sum = 0;
  guint at;

  for (guint i = 0; i < SIM_N_DEEDS; i++)
    sum += habits->deeds[i];
  at = sim_dice_roll (dice, sum);
  for (guint i = 0; i < SIM_N_DEEDS; i++) {
    if (at < habits->deeds[i])
      return i;
    at -= habits->deeds[i];
  }

  g_assert_not_reached ();
}

void
sim_script_make (SimScript *script,
                 guint64    seed)
{
  SimDice dice;

  *script = (SimScript) { 0 };
  script->steps = g_array_new (FALSE, FALSE, sizeof (SimStep));
  sim_chance_seed (&dice, seed, 0);
  make_habits (&script->habits, &dice);

  for (guint i = 1; i <= script->habits.n_steps; i++) {
    SimStep step = { .number = i, .deed = pick (&script->habits, &dice) };

    step.who = sim_dice_roll (&dice, step.deed == SIM_WAIT || step.deed == SIM_JUMP || step.deed == SIM_KILL ||
                                      step.deed == SIM_FAIL ? PARTIES : PARTIES - 1);
    step.extent = 1 + sim_dice_roll (&dice, sim_chance_percent (&dice, 50) ? 6 : 30);
    g_array_append_val (script->steps, step);
  }
}

void
sim_script_clear (SimScript *script)
{
  g_clear_pointer (&script->steps, g_array_unref);
}

char *
sim_step_tell (const SimStep *step)
{
  return g_strdup_printf ("%3u %-7s who %u extent %u", step->number, deeds[step->deed].name, step->who, step->extent);
}
