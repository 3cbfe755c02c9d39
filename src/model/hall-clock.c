/* SPDX-License-Identifier: GPL-3.0-or-later
 * The system's clock, and asking whichever clock was handed in. */
#include "model/hall-clock.h"

static gint64
system_now (gpointer data)
{
  return g_get_real_time ();
}

const HallClock hall_clock_system = { system_now, NULL };

/**
 * hall_clock_now:
 * @clock: a clock
 *
 * Any thread.
 *
 * Returns: microseconds since 1970 in UTC
 */
gint64
hall_clock_now (const HallClock *clock)
{
  g_return_val_if_fail (clock != NULL, 0);

  return clock->now (clock->data);
}
