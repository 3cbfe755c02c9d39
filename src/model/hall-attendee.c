/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of an attendee. */
#include "model/hall-attendee.h"

static const HallField fields[] = {
  HALL_FIELD (HallAttendee, chat,         HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallAttendee, name,         HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallAttendee, address,      HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallAttendee, address_key,  HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallAttendee, status,       HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallAttendee, attended,     HALL_FIELD_BOOL,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallAttendee, signed_up_at, HALL_FIELD_MOMENT, HALL_FIELD_DEFAULT),
  HALL_FIELD (HallAttendee, person,       HALL_FIELD_TEXT,   HALL_FIELD_LOCAL),
};

const HallKind hall_attendee_kind = { "attendee", "attendees", sizeof (HallAttendee), fields, G_N_ELEMENTS (fields), TRUE };
