/* SPDX-License-Identifier: GPL-3.0-or-later
 * What "Thursday 2 June, 11am PDT" means, and saying it back. */
#pragma once

#include "format/hall-format-error.h"
#include "model/hall-wall-time.h"

G_BEGIN_DECLS

typedef struct {
  char            *wall; /* "2016-06-02T11:00" */
  char            *zone; /* tz database name */
  gint64           fold;
  HallWallTimeKind kind;
  gint64           moment; /* microseconds since 1970 in UTC */
} HallWhen;

HallWhen *hall_when_read (const char  *text,
                          gint64       now,
                          const char  *default_zone,
                          GError     **error);
void      hall_when_free (HallWhen    *when);
char     *hall_when_say  (const char  *wall,
                          const char  *zone,
                          gint64       fold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallWhen, hall_when_free)

G_END_DECLS
