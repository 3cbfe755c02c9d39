/* SPDX-License-Identifier: GPL-3.0-or-later
 * Somebody who speaks at a chat. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

typedef struct {
  HallValue  parent;
  char      *chat;     /* id of the chat */
  char      *name;
  char      *bio;
  char      *address;  /* mail address */
  char      *pronouns;
  char      *zone;     /* where they are, tz database name */
  char      *status;   /* "invited", "confirmed" or "declined" */
} HallGuest;

extern const HallKind hall_guest_kind;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallGuest, hall_value_unref)

G_END_DECLS
