/* SPDX-License-Identifier: GPL-3.0-or-later
 * What happened to something that was changed in both places, in sentences. */
#pragma once

#include "app/hall-settler.h"

G_BEGIN_DECLS

GPtrArray  *hall_case_text_fields  (const HallSettlerCase *found);
char       *hall_case_text_names   (const HallSettlerCase *found);
char       *hall_case_text_explain (const HallSettlerCase *found);
const char *hall_case_text_banner  (const HallSettlerCase *found);
char       *hall_case_text_count   (GPtrArray             *cases);

G_END_DECLS
