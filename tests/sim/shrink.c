/* SPDX-License-Identifier: GPL-3.0-or-later
 * Delta debugging (Zeller, Hildebrandt 2002): parts of the list are left out, ever smaller ones, as long as the same
 * invariant is broken; then what is left does as little as it can. */
#include "shrink.h"

#include "run.h"

#define MOST_RUNS 600

typedef struct {
  guint64 seed;
  int     invariant;
  guint   n_runs;
} Shrink;

static gboolean
fails (Shrink       *shrink,
       const GArray *steps)
{
  SimVerdict verdict;
  gboolean   does;

  if (shrink->n_runs++ >= MOST_RUNS)
    return FALSE;

  sim_run (shrink->seed, steps, NULL, &verdict);
  does = verdict.broken == shrink->invariant;
  sim_verdict_clear (&verdict);

  return does;
}

static GArray *
leave_out (const GArray *steps,
           guint         from,
           guint         n)
{
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (SimStep));

  for (guint i = 0; i < steps->len; i++)
    if (i < from || i >= from + n)
      g_array_append_val (rest, g_array_index (steps, SimStep, i));

  return rest;
}

static GArray *
drop_parts (Shrink *shrink,
            GArray *steps)
{
  for (guint n = MAX (steps->len / 2, 1); n > 0; n /= 2) {
    gboolean any = TRUE;

    while (any) {
      any = FALSE;
      for (guint from = 0; from < steps->len;) {
        GArray *rest = leave_out (steps, from, n);

        if (fails (shrink, rest)) {
          g_array_unref (steps);
          steps = rest;
          any = n == 1;
        } else {
          g_array_unref (rest);
          from += n;
        }
      }
    }
  }

  return steps;
}

static void
do_less (Shrink *shrink,
         GArray *steps)
{
  for (guint i = 0; i < steps->len; i++) {
    SimStep *step = &g_array_index (steps, SimStep, i);
    guint    extent = step->extent;

    while (extent > 1) {
      step->extent = extent / 2;
      if (!fails (shrink, steps))
        break;
      extent /= 2;
    }
    step->extent = extent;
  }
}

/* The steps of @seed, few of which are left, that break @invariant. */
GArray *
sim_shrink (guint64 seed,
            int     invariant)
{
  Shrink    shrink = { seed, invariant, 0 };
  SimScript script;
  GArray   *steps;

  sim_script_make (&script, seed);
  steps = drop_parts (&shrink, g_array_ref (script.steps));
  do_less (&shrink, steps);
  sim_script_clear (&script);

  return steps;
}

/* For the command line: "3,17:2", each with its extent where that is not the script's. */
char *
sim_steps_write (const GArray *steps)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    g_string_append_printf (text, "%s%u:%u", i > 0 ? "," : "", g_array_index (steps, SimStep, i).number,
                            g_array_index (steps, SimStep, i).extent);

  return g_string_free (text, FALSE);
}

GArray *
sim_steps_read (guint64      seed,
                const char  *text,
                GError     **error)
{
  g_auto (GStrv)     words = g_strsplit (text, ",", -1);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (SimStep));
  SimScript          script;

  sim_script_make (&script, seed);
  for (guint i = 0; words[i] != NULL; i++) {
    char   *end;
    guint64 number = g_ascii_strtoull (words[i], &end, 10);
    SimStep step;

    if (number == 0 || number > script.steps->len) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "There is no step %s", words[i]);
      sim_script_clear (&script);
      return NULL;
    }
    step = g_array_index (script.steps, SimStep, number - 1);
    if (*end == ':')
      step.extent = g_ascii_strtoull (end + 1, NULL, 10);
    g_array_append_val (steps, step);
  }
  sim_script_clear (&script);

  return g_steal_pointer (&steps);
}
