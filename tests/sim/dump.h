/* SPDX-License-Identifier: GPL-3.0-or-later
 * All that a database holds, as one text, so that two states of it can be compared. */
#pragma once

#include "store/hall-database.h"

char *sim_dump         (HallDatabase *db);
void  sim_assert_sound (HallDatabase *db);
