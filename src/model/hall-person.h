/* SPDX-License-Identifier: GPL-3.0-or-later
 * Attendees who are one and the same to the host. Local: never sent. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

typedef struct {
  HallValue  parent;
  char      *name;    /* the newest name they gave */
  char      *address; /* normalised mail address */
  char      *notes;   /* private notes */
} HallPerson;

extern const HallKind hall_person_kind;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallPerson, hall_value_unref)

G_END_DECLS
