/* SPDX-License-Identifier: GPL-3.0-or-later
 * The simulator's command line: one seed to be looked at, or many in several processes. */
#include "memory.h"
#include "report.h"
#include "shrink.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_BREACHES 5 /* of one process; then it stops */
#define MOST_JOBS 64
#define DONE G_MAXUINT64

static gint64  n_seeds = 2000;
static gint64  base = -1;
static gint64  one_seed = -1;
static double  minutes;
static int     jobs = 1;
static char   *steps_text;
static char   *list_path;
static gboolean first_only;
static guint64 *current; /* the seed that each process is at */

static const GOptionEntry entries[] = {
  { "seeds", 0, 0, G_OPTION_ARG_INT64, &n_seeds, "How many seeds at least", "N" },
  { "base", 0, 0, G_OPTION_ARG_INT64, &base, "The first seed; else it follows from the time, and is printed", "SEED" },
  { "minutes", 0, 0, G_OPTION_ARG_DOUBLE, &minutes, "How long at least", "M" },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &jobs, "In how many processes", "J" },
  { "list", 0, 0, G_OPTION_ARG_FILENAME, &list_path, "Seeds that are run before all others", "FILE" },
  { "first", 0, 0, G_OPTION_ARG_NONE, &first_only, "End at the first breach, and tell only its seed", NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &one_seed, "Run this seed alone, and show all of it", "SEED" },
  { "steps", 0, 0, G_OPTION_ARG_STRING, &steps_text, "Take these steps of it alone", "LIST" },
  G_OPTION_ENTRY_NULL
};

static int
show_one (void)
{
  g_autoptr (GArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  SimVerdict         verdict;
  SimVerdict         whole = { 0 };

  if (steps_text != NULL) {
    steps = sim_steps_read (one_seed, steps_text, &error);
    if (steps == NULL) {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  }

  sim_run (one_seed, steps, stdout, &verdict);
  printf ("trace %016" G_GINT64_MODIFIER "x, %u transactions\n", verdict.hash, verdict.n_transactions);
  if (verdict.broken == 0 && steps == NULL) {
    sim_verdict_clear (&verdict);
    sim_run_wholly (one_seed, &verdict);
  }
  if (verdict.broken != 0 && steps == NULL) {
    whole = verdict;
    sim_report_breach (stdout, one_seed, &whole);
  }
  printf ("1..1\n%sok 1 - seed %" G_GINT64_FORMAT "\n", verdict.broken != 0 ? "not " : "", one_seed);

  return verdict.broken != 0;
}

static gboolean
run_seed (FILE     *out,
          int       job,
          guint64   seed,
          SimTally *tally)
{
  SimVerdict verdict;
  gboolean   is_good;

  current[job] = seed;
  sim_run_wholly (seed, &verdict);
  tally->n_seeds++;
  tally->n_transactions += verdict.n_transactions;
  tally->n_broken[verdict.broken]++;
  is_good = verdict.broken == 0;
  if (!is_good && first_only)
    fprintf (out, "# seed %" G_GUINT64_FORMAT " breaks invariant %d\n", seed, verdict.broken);
  else if (!is_good)
    sim_report_breach (out, seed, &verdict);
  sim_verdict_clear (&verdict);

  return is_good;
}

static guint
run_list (FILE     *out,
          SimTally *tally)
{
  g_autofree char *text = NULL;
  g_auto (GStrv)   lines = NULL;
  guint            n_bad = 0;

  if (list_path == NULL)
    return 0;

  /* Without it the seeds that once found something would be passed over in silence. */
  if (!g_file_get_contents (list_path, &text, NULL, NULL)) {
    fprintf (out, "# %s cannot be read\n", list_path);
    tally->n_seeds++;
    tally->n_broken[SIM_INVARIANTS]++;
    return 1;
  }

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_isdigit (*lines[i]) && !run_seed (out, 0, g_ascii_strtoull (lines[i], NULL, 10), tally))
      n_bad++;

  return n_bad;
}

/* Every so-manieth seed, until there were enough and it took long enough. */
static void
run_many (FILE *out,
          int   job)
{
  SimTally tally = { 0 };
  guint    n_bad = job == 0 ? run_list (out, &tally) : 0;
  gint64   begun = g_get_monotonic_time ();
  gint64   end = begun + (gint64) (minutes * 60 * G_USEC_PER_SEC);

  for (gint64 i = job; n_bad < (first_only ? 1 : MOST_BREACHES) && (i < n_seeds || g_get_monotonic_time () < end); i += jobs)
    if (!run_seed (out, job, base + i, &tally))
      n_bad++;

  fprintf (out, "=%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, tally.n_seeds, tally.n_transactions);
  for (guint i = 0; i < G_N_ELEMENTS (tally.n_broken); i++)
    fprintf (out, " %u", tally.n_broken[i]);
  fprintf (out, "\n");
}

static void
gather (FILE     *in,
        SimTally *tally)
{
  char line[4096];

  rewind (in);
  while (fgets (line, sizeof line, in) != NULL) {
    char *rest = line + 1;

    if (*line != '=') {
      fputs (line, stdout);
      continue;
    }
    tally->n_seeds += strtoull (rest, &rest, 10);
    tally->n_transactions += strtoull (rest, &rest, 10);
    for (guint i = 0; i < G_N_ELEMENTS (tally->n_broken); i++)
      tally->n_broken[i] += strtoull (rest, &rest, 10);
  }
}

/* A process that dies has found something, too: what it was at is in its output. */
static int
run_jobs (void)
{
  FILE    *outs[MOST_JOBS];
  SimTally tally = { 0 };

  current = mmap (NULL, sizeof (guint64) * MOST_JOBS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert (current != MAP_FAILED);

  printf ("# seeds from %" G_GINT64_FORMAT " in %d processes\n", base, jobs);
  fflush (stdout);
  for (int i = 0; i < jobs; i++) {
    outs[i] = tmpfile ();
    g_assert (outs[i] != NULL);
    if (fork () == 0) {
      sim_memory_install ();
      run_many (outs[i], i);
      current[i] = DONE;
      fflush (outs[i]);
      _exit (0);
    }
  }

  while (wait (NULL) > 0)
    continue;
  for (int i = 0; i < jobs; i++) {
    gather (outs[i], &tally);
    if (current[i] != DONE) {
      printf ("# The program died: ./dev test sim --seed %" G_GUINT64_FORMAT "\n", current[i]);
      tally.n_broken[SIM_INVARIANTS]++;
      tally.n_seeds++;
    }
  }
  sim_report_tap (&tally);

  return tally.n_broken[0] != tally.n_seeds || tally.n_seeds == 0;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError)         error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 2;
  }
  if (base < 0)
    base = g_get_real_time () / G_USEC_PER_SEC % 1000000 * 1000;
  jobs = CLAMP (jobs, 1, MOST_JOBS);

  if (one_seed >= 0) {
    sim_memory_install ();
    return show_one ();
  }

  return run_jobs ();
}
