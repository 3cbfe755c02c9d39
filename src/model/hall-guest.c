/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of a guest. */
#include "model/hall-guest.h"

static const HallField fields[] = {
  HALL_FIELD (HallGuest, chat,     HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallGuest, name,     HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallGuest, bio,      HALL_FIELD_TEXT,   HALL_FIELD_LONG),
  HALL_FIELD (HallGuest, address,  HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallGuest, pronouns, HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallGuest, zone,     HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallGuest, status,   HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
};

const HallKind hall_guest_kind = { "guest", "guests", sizeof (HallGuest), fields, G_N_ELEMENTS (fields), TRUE };
