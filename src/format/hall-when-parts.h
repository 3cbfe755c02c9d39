/* SPDX-License-Identifier: GPL-3.0-or-later
 * The parts of a time that somebody wrote down, before anybody asks which day that is. */
#pragma once

#include "format/hall-format-error.h"

G_BEGIN_DECLS

typedef struct {
  int      year;    /* 0 when not said, as in the next three */
  int      month;
  int      day;
  int      weekday; /* 1 for Monday */
  int      hour;    /* -1 when not said */
  int      minute;
  int      in_days;    /* -1 when not said; 0 for today */
  int      in_minutes; /* -1 when not said */
  gboolean next;       /* "next Tuesday": not today */
  char    *zone;       /* as written, or NULL */
} HallWhenParts;

gboolean hall_when_parts_read  (HallWhenParts *parts,
                                const char    *text,
                                GError       **error);
void     hall_when_parts_clear (HallWhenParts *parts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HallWhenParts, hall_when_parts_clear)

G_END_DECLS
