/* SPDX-License-Identifier: GPL-3.0-or-later
 * What SQLite says, in the codes of the store. */
#pragma once

#include "store/hall-store-error.h"

#include <sqlite3.h>

G_BEGIN_DECLS

void hall_sqlite_error_set (GError  **error,
                            sqlite3  *handle,
                            int       code);

G_END_DECLS
