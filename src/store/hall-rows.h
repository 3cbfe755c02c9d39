/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values of any kind in their tables, one row each. Knows nothing of editing or sending. */
#pragma once

#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

gpointer    hall_rows_get     (HallDatabase   *db,
                               const HallKind *kind,
                               const char     *id,
                               GError        **error);
gboolean    hall_rows_has     (HallDatabase   *db,
                               const HallKind *kind,
                               const char     *id,
                               gboolean       *has,
                               GError        **error);
gboolean    hall_rows_put     (HallDatabase   *db,
                               gconstpointer   value,
                               GError        **error);
gboolean    hall_rows_remove  (HallDatabase   *db,
                               const HallKind *kind,
                               const char     *id,
                               GError        **error);
GPtrArray  *hall_rows_list    (HallDatabase   *db,
                               const HallKind *kind,
                               const char     *where_and_order,
                               const char     *parameter,
                               GError        **error);

const char *hall_rows_columns (const HallKind *kind);
gpointer    hall_rows_read    (const HallKind *kind,
                               HallStatement  *statement);

G_END_DECLS
