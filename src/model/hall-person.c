/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of a person. */
#include "model/hall-person.h"

static const HallField fields[] = {
  HALL_FIELD (HallPerson, name,    HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallPerson, address, HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallPerson, notes,   HALL_FIELD_TEXT,   HALL_FIELD_LOCAL),
};

const HallKind hall_person_kind = { "person", "people", sizeof (HallPerson), fields, G_N_ELEMENTS (fields), FALSE };
