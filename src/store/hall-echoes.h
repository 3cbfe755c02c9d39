/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows whose last word from the service is still to be told by its record of changes. */
#pragma once

#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

gboolean hall_echoes_await    (HallDatabase    *db,
                               const char      *account,
                               const HallKind  *kind,
                               const char      *id,
                               gboolean         is_removal,
                               GError         **error);
gboolean hall_echoes_is_removal (HallDatabase  *db,
                               const char      *account,
                               const HallKind  *kind,
                               const char      *id,
                               gboolean        *is_removal,
                               GError         **error);
gboolean hall_echoes_hear     (HallDatabase    *db,
                               const char      *account,
                               const HallKind  *kind,
                               const char      *id,
                               GError         **error);
gboolean hall_echoes_hear_all (HallDatabase    *db,
                               const char      *account,
                               GError         **error);
gboolean hall_echoes_find     (HallDatabase    *db,
                               const char      *account,
                               const HallKind **kind,
                               char           **id,
                               GError         **error);

G_END_DECLS
