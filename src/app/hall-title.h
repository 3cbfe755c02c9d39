/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a row is called, for people. */
#pragma once

#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

char *hall_title_of   (gconstpointer    value);
char *hall_title_find (HallDatabase    *db,
                       const HallKind  *kind,
                       const char      *id,
                       GError         **error);

G_END_DECLS
