/* SPDX-License-Identifier: GPL-3.0-or-later
 * Virtual time. */
#include "moment.h"

/* Monday, 30 May 2016, noon in UTC. */
#define BEGINNING (G_GINT64_CONSTANT (1464609600) * G_USEC_PER_SEC)

static gint64
now (gpointer data)
{
  return ((SimMoment *) data)->now;
}

void
sim_moment_init (SimMoment *moment)
{
  moment->now = BEGINNING;
  moment->jumped = 0;
  moment->clock = (HallClock) { now, moment };
}

void
sim_moment_pass (SimMoment *moment,
                 gint64     span)
{
  moment->now += span;
}

/* Ten years either way, but never out of the years that an id can tell. */
void
sim_moment_jump (SimMoment *moment,
                 gint64     span)
{
  if (ABS (moment->jumped + span) > 30 * SIM_YEAR)
    span = -span;

  moment->now += span;
  moment->jumped += span;
}
