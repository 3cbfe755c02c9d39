/* SPDX-License-Identifier: GPL-3.0-or-later
 * One plan at a time: the nth act of some sorts meets one fault. */
#include "disk-faults.h"

void
sim_faults_plan (SimFaults *faults,
                 guint      acts,
                 guint64    nth,
                 SimFault   fault,
                 gboolean   lasting)
{
  faults->acts = acts;
  faults->left = nth;
  faults->fault = fault;
  faults->lasting = lasting;
}

static gboolean
kills (SimFault fault)
{
  return fault >= SIM_FAULT_KILL_BEFORE;
}

/* FNV-1a over eight bytes at once; it tells two runs apart, and need do no more. */
static void
trace (SimFaults *faults,
       guint64    number)
{
  faults->trace = (faults->trace ^ number) * G_GUINT64_CONSTANT (0x100000001b3);
}

/* Counts an act and tells what it meets. On a dead disk nothing is counted, and everything is as before the kill. */
SimFault
sim_faults_meet (SimFaults *faults,
                 SimAct     act,
                 guint64    detail)
{
  SimFault met = SIM_FAULT_NONE;

  if (faults->dead)
    return SIM_FAULT_KILL_BEFORE;

  faults->counts[g_bit_nth_lsf (act, -1)]++;
  if (faults->acts & act && faults->left > 0 && --faults->left == 0) {
    met = faults->fault;
    faults->left = faults->lasting ? 1 : 0;
    faults->n_met++;
    faults->dead = kills (met);
  }
  trace (faults, act);
  trace (faults, detail);
  trace (faults, met);

  return met;
}

guint64
sim_faults_count (SimFaults *faults,
                  guint      acts)
{
  guint64 count = 0;

  for (guint i = 0; i < SIM_N_ACTS; i++)
    if (acts & (1u << i))
      count += faults->counts[i];

  return count;
}
