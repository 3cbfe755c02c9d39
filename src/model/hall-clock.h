/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where "now" comes from, so that a test or the simulator can say what time it is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64 (*now) (gpointer data); /* microseconds since 1970, UTC; called on any thread */
  gpointer data;
} HallClock;

extern const HallClock hall_clock_system;

gint64 hall_clock_now (const HallClock *clock);

G_END_DECLS
