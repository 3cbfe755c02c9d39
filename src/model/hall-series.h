/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chats that come again, such as a weekly one. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

typedef struct {
  HallValue  parent;
  char      *account; /* id of the account that owns it; absent when it stays on this machine */
  char      *title;
  char      *summary; /* what it is about */
  char      *wall;    /* wall time of the first chat, "2016-05-30T15:30" */
  char      *zone;    /* tz database name */
  gint64     duration;/* minutes */
  char      *rule;    /* RFC 5545 RRULE value; absent for none */
} HallSeries;

extern const HallKind hall_series_kind;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallSeries, hall_value_unref)

G_END_DECLS
