/* SPDX-License-Identifier: GPL-3.0-or-later
 * A database in the test's own folder, and short ways to fill and ask it. */
#pragma once

#include "store/hall-database.h"

HallDatabase *scratch_open         (const char     *name);
void          scratch_run          (HallDatabase   *db,
                                    const char     *sql);
gint64        scratch_ask          (HallDatabase   *db,
                                    const char     *sql);
void          scratch_assert_fails (HallDatabase   *db,
                                    const char     *sql,
                                    HallStoreError  expected);
