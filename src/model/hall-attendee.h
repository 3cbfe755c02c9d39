/* SPDX-License-Identifier: GPL-3.0-or-later
 * One sign-up: unique by chat and address_key. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

typedef struct {
  HallValue  parent;
  char      *chat;        /* id of the chat */
  char      *name;
  char      *address;     /* mail address as typed */
  char      *address_key; /* hall_address_normalise() of it */
  char      *status;      /* "going", "waitlist" or "cancelled" */
  gboolean   attended;
  gint64     signed_up_at;
  char      *person;      /* id of the person they are */
} HallAttendee;

extern const HallKind hall_attendee_kind;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallAttendee, hall_value_unref)

G_END_DECLS
