/* SPDX-License-Identifier: GPL-3.0-or-later
 * A question as a card: what is asked, by whom, and what became of it. */
#pragma once

#include "ui/hall-keeper.h"
#include "ui/hall-value-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_QUESTION_ROW (hall_question_row_get_type ())
G_DECLARE_FINAL_TYPE (HallQuestionRow, hall_question_row, HALL, QUESTION_ROW, AdwBin)

void hall_question_row_show (HallQuestionRow *self,
                             HallKeeper      *keeper,
                             HallValueItem   *item);

G_END_DECLS
