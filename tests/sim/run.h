/* SPDX-License-Identifier: GPL-3.0-or-later
 * One run from its first step to the quiet end, and what was seen. */
#pragma once

#include "script.h"

#include <stdio.h>

G_BEGIN_DECLS

typedef struct {
  int      broken;   /* the number of an invariant, or 0 */
  char    *breach;
  guint64  hash;     /* of the trace */
  guint64  outcome;  /* of what the desk has at the end, without its moments */
  guint    n_transactions;
  guint    n_taken;  /* steps, up to the breach */
} SimVerdict;

void sim_run           (guint64      seed,
                        const GArray *steps,
                        FILE         *out,
                        SimVerdict   *verdict);
void sim_run_wholly    (guint64      seed,
                        SimVerdict   *verdict);
void sim_verdict_clear (SimVerdict   *verdict);

G_END_DECLS
