/* SPDX-License-Identifier: GPL-3.0-or-later
 * A clock for each party, which goes on only when it is told to, and may jump. */
#pragma once

#include "model/hall-clock.h"

G_BEGIN_DECLS

#define SIM_YEAR (365 * G_TIME_SPAN_DAY)

typedef struct {
  gint64    now;
  gint64    jumped; /* how far from where it would be without its jumps */
  HallClock clock;
} SimMoment;

void sim_moment_init (SimMoment *moment);
void sim_moment_pass (SimMoment *moment,
                      gint64     span);
void sim_moment_jump (SimMoment *moment,
                      gint64     span);

G_END_DECLS
