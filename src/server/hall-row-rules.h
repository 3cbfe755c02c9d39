/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a row must keep to before the desk takes it. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

#define HALL_LONGEST_NAME     200  /* characters */
#define HALL_LONGEST_QUESTION 2000

GPtrArray *hall_row_rules_check (gconstpointer row);

G_END_DECLS
