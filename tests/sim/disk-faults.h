/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a SimDisk was asked to do so far, and which of it fails. */
#pragma once

#include "disk.h"

typedef struct {
  guint64  counts[SIM_N_ACTS];
  guint64  n_met;   /* faults met */
  guint64  trace;   /* every act and its outcome went into it */
  guint    acts;    /* those the plan is for */
  guint64  left;    /* of them until the fault */
  SimFault fault;
  gboolean lasting; /* all after it fail as well */
  gboolean dead;
} SimFaults;

void     sim_faults_plan  (SimFaults *faults,
                           guint      acts,
                           guint64    nth,
                           SimFault   fault,
                           gboolean   lasting);
SimFault sim_faults_meet  (SimFaults *faults,
                           SimAct     act,
                           guint64    detail);
guint64  sim_faults_count (SimFaults *faults,
                           guint      acts);
