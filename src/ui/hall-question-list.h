/* SPDX-License-Identifier: GPL-3.0-or-later
 * The questions for a chat: the open ones first, then what was answered or skipped. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_QUESTION_LIST (hall_question_list_get_type ())
G_DECLARE_FINAL_TYPE (HallQuestionList, hall_question_list, HALL, QUESTION_LIST, AdwBin)

void hall_question_list_show (HallQuestionList *self,
                              HallKeeper       *keeper,
                              const char       *chat);

G_END_DECLS
