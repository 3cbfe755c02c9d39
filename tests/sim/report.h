/* SPDX-License-Identifier: GPL-3.0-or-later
 * What many runs came to, gathered from several processes. */
#pragma once

#include "run.h"

G_BEGIN_DECLS

#define SIM_INVARIANTS 22

typedef struct {
  guint64 n_seeds;
  guint64 n_transactions;
  guint   n_broken[SIM_INVARIANTS + 1];
} SimTally;

void sim_report_breach (FILE             *out,
                        guint64           seed,
                        const SimVerdict *verdict);
void sim_report_tap    (const SimTally   *tally);

G_END_DECLS
