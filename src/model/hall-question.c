/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of a question. */
#include "model/hall-question.h"

static const HallField fields[] = {
  HALL_FIELD (HallQuestion, chat,     HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallQuestion, attendee, HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallQuestion, name,     HALL_FIELD_TEXT,   HALL_FIELD_DEFAULT),
  HALL_FIELD (HallQuestion, text,     HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallQuestion, status,   HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallQuestion, asked_at, HALL_FIELD_MOMENT, HALL_FIELD_DEFAULT),
};

const HallKind hall_question_kind = { "question", "questions", sizeof (HallQuestion), fields, G_N_ELEMENTS (fields), TRUE };
