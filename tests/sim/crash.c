/* SPDX-License-Identifier: GPL-3.0-or-later
 * Going over every point: once without a fault to learn the states in between, then once for each act and fault. */
#include "crash.h"

#include "dump.h"
#include "memory.h"

#include <glib/gprintf.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* How many different disks each scenario is run on with "-m thorough". Otherwise it is one, and of the ways in which
 * one and the same fault may go on each point gets the next. */
#define SEEDS_THOROUGH 8

/* Making a schema takes ten thousand requests for memory: about so many of them fail in a run that is not thorough. */
#define MOST_FAMINES 600

/* What a full disk refuses; a person then hears of the disk, and of nothing else. */
#define ACTS_THAT_FILL (SIM_ACT_WRITE | SIM_ACT_SYNC | SIM_ACT_OPEN | SIM_ACT_MAP)

static struct {
  guint scenarios;
  guint points;  /* writes, syncs, truncations and deletions */
  guint kills;
  guint faults;  /* I/O errors and full disks */
  guint famines; /* memory that ran out */
  guint openings;
} totals;

/* What is being tried just now: printed when that ends the test, and only then, for there are thousands. */
static char place[200];

static void
tell_place (int number)
{
  if (write (STDERR_FILENO, place, strlen (place)) < 0)
    _exit (2);
}

static void G_GNUC_PRINTF (1, 2)
note_place (const char *format,
            ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_vsnprintf (place, sizeof place, format, arguments);
  va_end (arguments);
}

static void
roll (guint8   *bytes,
      gsize     length,
      gpointer  data)
{
  sim_dice_fill (data, bytes, length);
}

/* Reaches the next state: what is on the disk now has been acknowledged. */
gboolean
crash_note (Crash *crash)
{
  crash->done++;
  if (crash->is_calm)
    g_ptr_array_add (crash->states, sim_dump (crash->db));

  return TRUE;
}

/* Begins a transaction. Chance is the same for the same one in every run, whatever was done before it. */
gboolean
crash_start (Crash   *crash,
             GError **error)
{
  crash->dice.state = crash->is_even ? 0 : crash->done;

  return hall_database_begin (crash->db, error);
}

gboolean
crash_commit (Crash   *crash,
              GError **error)
{
  return hall_database_commit (crash->db, error) && crash_note (crash);
}

static gboolean
open_database (Crash   *crash,
               GError **error)
{
  crash->db = crash->scenario->open (crash, error);
  totals.openings += crash->db != NULL;
  if (crash->db == NULL)
    return FALSE;
  if (crash->done == 0)
    crash_note (crash);

  return TRUE;
}

static gboolean
do_steps (Crash   *crash,
          GError **error)
{
  for (const CrashStep *step = &crash->scenario->steps[crash->done - 1]; *step != NULL; step++)
    if (!crash_start (crash, error) || !(*step) (crash, error) || !crash_commit (crash, error))
      return FALSE;

  return TRUE;
}

/* Opens, if need be, and does what is left. */
static gboolean
work (Crash   *crash,
      GError **error)
{
  gboolean done = (crash->db != NULL || open_database (crash, error)) &&
                  (crash->scenario->work != NULL ? crash->scenario->work (crash, error) : do_steps (crash, error));

  if (!done && crash->db != NULL)
    hall_database_rollback (crash->db);

  return done;
}

static void
close_database (Crash *crash)
{
  g_clear_pointer (&crash->db, hall_database_close);
}

static void
begin_run (Crash   *crash,
           guint64  seed)
{
  sim_disk_clear_plan (crash->disk);
  sim_disk_put_image (crash->disk, crash->image);
  sim_disk_reseed (crash->disk, seed);
  sim_disk_seed_sqlite (1);
  crash->done = 0;
  if (crash->scenario->restart != NULL)
    crash->scenario->restart (crash);
}

static void
end_run (Crash *crash)
{
  g_assert (crash->db == NULL);
  if (crash->scenario->stop != NULL)
    crash->scenario->stop (crash);
}

/* What the file holds, looked at by nobody but SQLite, and put back as it was. */
static char *
peek (Crash  *crash,
      gint64 *version)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (SimDiskImage) image = sim_disk_take_image (crash->disk);
  g_autoptr (HallDatabase) db = NULL;
  char                    *dump;

  *version = 0;
  db = hall_database_open_on (sim_disk_get_vfs (crash->disk), CRASH_FILE, HALL_DATABASE_READ_WRITE, &error);
  if (g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND))
    return g_strdup ("");
  g_assert_no_error (error);

  sim_assert_sound (db);
  dump = sim_dump (db);
  *version = hall_database_get_int (db, &error, "PRAGMA user_version", "");
  hall_database_close (g_steal_pointer (&db));
  sim_disk_put_image (crash->disk, image);

  return dump;
}

/* Only where they begin to differ: a state may have many pages. */
static void
assert_same_state (const char *actual,
                   const char *expected)
{
  gsize same = 0;

  while (actual[same] != '\0' && actual[same] == expected[same])
    same++;
  if (actual[same] != expected[same])
    g_error ("Not the expected state, from character %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT ": “%.300s”, not “%.300s”",
             same, strlen (actual), actual + same - MIN (same, 60), expected + same - MIN (same, 60));
}

static const char *
state (Crash *crash,
       guint  number)
{
  return number < crash->states->len ? crash->states->pdata[number] : NULL;
}

static gint64
version_of (const char *dump)
{
  return g_ascii_strtoll (dump, NULL, 10);
}

/* All that was acknowledged is there, and of the transaction that was under way all or nothing. An opening may be a
 * transaction for each version of the schema. */
static guint
find_state (Crash   *crash,
            gboolean finished)
{
  gint64           version;
  g_autofree char *dump = peek (crash, &version);

  if (!finished && g_strcmp0 (dump, state (crash, crash->done + 1)) == 0)
    return crash->done + 1;
  if (crash->done == 0 && version > version_of (state (crash, 0)) && version < version_of (state (crash, 1)))
    return 0;
  assert_same_state (dump, state (crash, crash->done));

  return crash->done;
}

/* After whatever went wrong the work is done again, and ends as it does when nothing goes wrong. What was acknowledged
 * after a fault is as safe as any other: it is there after a power cut, too. */
static void
do_the_rest (Crash    *crash,
             gboolean  cuts_power)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *dump = NULL;

  work (crash, &error);
  g_assert_no_error (error);
  sim_assert_sound (crash->db);
  if (crash->scenario->finish != NULL) {
    crash->scenario->finish (crash);
  } else {
    dump = sim_dump (crash->db);
    assert_same_state (dump, state (crash, crash->states->len - 1));
  }

  if (cuts_power)
    sim_disk_kill (crash->disk);
  close_database (crash);
  if (cuts_power) {
    sim_disk_revive (crash->disk, SIM_SURVIVAL_BY_SEED);
    crash->done = crash->states->len - 1;
    find_state (crash, TRUE);
  }
}

static void
come_back (Crash       *crash,
           SimSurvival  survival,
           gboolean     finished)
{
  g_autoptr (GError) error = NULL;
  guint              reached;

  sim_disk_revive (crash->disk, survival);
  reached = find_state (crash, finished);
  crash->done = reached;
  open_database (crash, &error);
  g_assert_no_error (error);
  if (crash->scenario->inspect != NULL)
    crash->scenario->inspect (crash);
  do_the_rest (crash, FALSE);
}

static void
assert_is_of_store (const GError *error)
{
  if (error == NULL || error->domain != HALL_STORE_ERROR)
    g_error ("Not an error of the store: %s", error != NULL ? error->message : "(none)");
}

/* Learns the states and counts the acts. */
static guint64
run_calmly (Crash *crash)
{
  g_autoptr (GError) error = NULL;
  guint64            before;
  gint64             version;

  g_ptr_array_set_size (crash->states, 0);
  begin_run (crash, 1);
  g_ptr_array_add (crash->states, peek (crash, &version));
  end_run (crash);

  begin_run (crash, 1);
  before = sim_disk_count (crash->disk, SIM_ACTS_CHANGE);
  crash->is_calm = TRUE;
  work (crash, &error);
  g_assert_no_error (error);
  crash->is_calm = FALSE;
  close_database (crash);
  end_run (crash);

  return sim_disk_count (crash->disk, SIM_ACTS_CHANGE) - before;
}

/* Whether one of @n ways is to be gone at the @nth point. */
static gboolean
is_due (guint64 nth,
        guint   way,
        guint   n)
{
  return g_test_thorough () || nth % n == way;
}

static void
kill_everywhere (Crash   *crash,
                 guint64  seed)
{
  static const SimSurvival survivals[] = { SIM_SURVIVAL_NONE, SIM_SURVIVAL_ALL, SIM_SURVIVAL_BY_SEED, SIM_SURVIVAL_BY_SEED };
  guint64                  n_acts = run_calmly (crash);

  g_assert_cmpuint (n_acts, >, 0);
  totals.points += n_acts;
  for (guint64 nth = 1; nth <= n_acts; nth++)
    for (SimFault fault = SIM_FAULT_KILL_BEFORE; fault <= SIM_FAULT_KILL_AFTER; fault++)
      for (guint i = 0; i < G_N_ELEMENTS (survivals); i++) {
        g_autoptr (GError) error = NULL;
        gboolean           finished;

        if (i < 3 && !is_due (nth + fault, i, 3))
          continue;
        note_place ("%s: seed %" G_GUINT64_FORMAT ", act %" G_GUINT64_FORMAT ", kill %d, survival %u\n",
                 crash->scenario->name, seed, nth, fault, i);
        begin_run (crash, (seed * 1000 + nth) * 1000 + fault * 10 + i);
        sim_disk_plan (crash->disk, SIM_ACTS_CHANGE, nth, fault, FALSE);
        finished = work (crash, &error);
        if (!finished)
          assert_is_of_store (error);
        close_database (crash);
        g_assert_true (sim_disk_is_dead (crash->disk));
        totals.kills++;
        come_back (crash, survivals[i], finished);
        end_run (crash);
      }
}

/* With a fault planned: the work either succeeds all the same, or fails with an error and can be done again, by the
 * same program or by one that comes after a power cut. Returns whether the fault came up at all. */
static gboolean
suffer (Crash    *crash,
        guint64 (*count_met) (Crash *crash),
        void    (*relieve)   (Crash *crash),
        gboolean  is_full,
        gboolean  dies)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *dump = NULL;
  guint64            before = count_met (crash);
  gboolean           finished = work (crash, &error);
  gboolean           met;

  if (finished)
    close_database (crash); /* which may meet it, too */
  met = count_met (crash) > before;
  relieve (crash);
  if (!finished) {
    g_assert_true (met);
    assert_is_of_store (error);
    if (is_full)
      g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL);
  }

  if (!finished && dies) {
    sim_disk_kill (crash->disk);
    close_database (crash);
    come_back (crash, SIM_SURVIVAL_BY_SEED, FALSE);
    return met;
  }

  if (crash->db != NULL) {
    sim_assert_sound (crash->db);
    dump = sim_dump (crash->db);
    assert_same_state (dump, state (crash, crash->done));
  }
  do_the_rest (crash, TRUE);

  return met;
}

static guint64
count_disk_faults (Crash *crash)
{
  return sim_disk_count_faults (crash->disk);
}

static void
mend_disk (Crash *crash)
{
  sim_disk_clear_plan (crash->disk);
}

static guint64
count_famines (Crash *crash)
{
  return sim_memory_count_failed ();
}

static void
end_famine (Crash *crash)
{
  sim_memory_fail (0, FALSE);
}

static void
fail_everywhere (Crash   *crash,
                 guint64  seed)
{
  run_calmly (crash);
  for (SimFault fault = SIM_FAULT_IO_ERROR; fault <= SIM_FAULT_FULL; fault++) {
    guint n_missed = 0;

    for (guint64 nth = 1; n_missed < 4; nth++) {
      for (guint way = 0; way < 4; way++) {
        gboolean met;

        if (!is_due (nth, way, 4))
          continue;
        note_place ("%s: seed %" G_GUINT64_FORMAT ", act %" G_GUINT64_FORMAT ", fault %d, way %u\n",
                 crash->scenario->name, seed, nth, fault, way);
        begin_run (crash, (seed * 1000 + nth) * 1000 + fault * 10 + way);
        sim_disk_plan (crash->disk, fault == SIM_FAULT_FULL ? ACTS_THAT_FILL : SIM_ACTS_ALL, nth, fault, way & 1);
        met = suffer (crash, count_disk_faults, mend_disk, fault == SIM_FAULT_FULL, way & 2);
        end_run (crash);
        n_missed = met ? 0 : n_missed + 1;
        totals.faults += met;
      }
    }
  }
}

static guint64
count_requests (Crash *crash)
{
  guint64 before;

  begin_run (crash, 1);
  before = sim_memory_count ();
  work (crash, NULL);
  close_database (crash);
  end_run (crash);

  return sim_memory_count () - before;
}

static void
starve_everywhere (Crash   *crash,
                   guint64  seed)
{
  guint64 stride;

  run_calmly (crash);
  stride = g_test_thorough () ? 1 : 1 + count_requests (crash) / MOST_FAMINES;
  for (guint64 nth = 1, n_missed = 0; n_missed < 2; nth += stride)
    for (guint way = 0; way < 2; way++) {
      gboolean met;
      gint64   used;

      if (!is_due (nth / stride, way, 2))
        continue;
      note_place ("%s: seed %" G_GUINT64_FORMAT ", memory %" G_GUINT64_FORMAT ", way %u\n", crash->scenario->name, seed, nth, way);
      used = sim_memory_get_used ();
      begin_run (crash, (seed * 1000 + nth) * 1000 + way);
      sim_memory_fail (nth, way & 1);
      met = suffer (crash, count_famines, end_famine, FALSE, FALSE);
      end_run (crash);
      g_assert_cmpint (sim_memory_get_used (), ==, used);
      n_missed = met ? 0 : n_missed + 1;
      totals.famines += met;
    }
}

static void
run (const CrashScenario *scenario,
     void               (*go) (Crash *crash, guint64 seed),
     guint                n_seeds)
{
  for (guint64 seed = 1; seed <= n_seeds; seed++) {
    Crash crash = { scenario, sim_disk_new ("crash", seed) };

    crash.random = (HallRandom) { roll, &crash.dice };
    crash.states = g_ptr_array_new_with_free_func (g_free);
    crash.values = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_value_unref);
    if (scenario->prepare != NULL)
      scenario->prepare (&crash);
    sim_disk_revive (crash.disk, SIM_SURVIVAL_ALL);
    crash.image = sim_disk_take_image (crash.disk);

    go (&crash, seed);

    if (scenario->clear != NULL)
      scenario->clear (&crash);
    sim_disk_image_free (crash.image);
    g_ptr_array_unref (crash.states);
    g_ptr_array_unref (crash.values);
    g_free (crash.old);
    sim_disk_free (crash.disk);
  }
}

static void
test_kills (gconstpointer data)
{
  totals.scenarios++;
  run (data, kill_everywhere, g_test_thorough () ? SEEDS_THOROUGH : 1);
}

static void
test_faults (gconstpointer data)
{
  run (data, fail_everywhere, 1);
}

static void
test_famines (gconstpointer data)
{
  run (data, starve_everywhere, 1);
}

/* Three tests for a scenario: killed at every change of the disk, a fault at every act, and memory that runs out at
 * every request. */
void
crash_add (const CrashScenario *scenario)
{
  g_autofree char *kills = g_strdup_printf ("/sim/crash/%s/kills", scenario->name);
  g_autofree char *faults = g_strdup_printf ("/sim/crash/%s/faults", scenario->name);
  g_autofree char *famines = g_strdup_printf ("/sim/crash/%s/famines", scenario->name);

  g_test_add_data_func (kills, scenario, test_kills);
  g_test_add_data_func (faults, scenario, test_faults);
  g_test_add_data_func (famines, scenario, test_famines);
}

/* After crash_add(): runs the tests and tells how much that was. */
int
crash_run (void)
{
  int result;

  sim_memory_install ();
  signal (SIGABRT, tell_place);
  signal (SIGTRAP, tell_place);
  result = g_test_run ();
  g_print ("%u scenarios, %u points: %u kills, %u faults, %u famines; %u openings\n", totals.scenarios, totals.points,
           totals.kills, totals.faults, totals.famines, totals.openings);

  return result;
}
