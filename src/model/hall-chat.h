/* SPDX-License-Identifier: GPL-3.0-or-later
 * One live chat. Wall time, zone and fold are what is kept; UTC is derived (hall-wall-time.h). */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

typedef struct {
  HallValue  parent;
  char      *account;     /* id of the account that owns it; absent when it stays on this machine */
  char      *series;      /* id of its series, or absent */
  char      *occurrence;  /* wall start the series gave it first */
  char      *title;
  char      *slug;        /* last part of its sign-up address: lower-case ASCII letters, digits, hyphens */
  char      *summary;     /* what it is about */
  char      *wall;        /* "2016-05-30T15:30" */
  gint64     fold;        /* 0: the first such wall time of that day, 1: the second (PEP 495) */
  char      *zone;        /* tz database name, "America/Los_Angeles" */
  gint64     duration;    /* minutes */
  gint64     capacity;    /* seats; 0 for no limit */
  char      *status;      /* "scheduled" or "cancelled" */
  char      *recording;   /* address to watch it again */
  char      *sign_up_url; /* where people sign up */
} HallChat;

extern const HallKind hall_chat_kind;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallChat, hall_value_unref)

G_END_DECLS
