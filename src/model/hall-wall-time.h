/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the clock on the wall says in a zone, and which moment that is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HALL_WALL_TIME_PLAIN,   /* happens once */
  HALL_WALL_TIME_TWICE,   /* clocks go back: it happens twice */
  HALL_WALL_TIME_SKIPPED, /* clocks go forward: it does not happen */
  HALL_WALL_TIME_INVALID, /* no such day, hour or zone */
} HallWallTimeKind;

HallWallTimeKind hall_wall_time_to_moment    (const char *wall,
                                              const char *zone,
                                              gint64      fold,
                                              gint64     *moment);
char            *hall_wall_time_from_moment  (gint64      moment,
                                              const char *zone,
                                              gint64     *fold);
gboolean         hall_wall_time_zone_exists  (const char *zone);
char            *hall_wall_time_abbreviation (gint64      moment,
                                              const char *zone);
char            *hall_wall_time_host_zone    (void);

G_END_DECLS
