/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a service last said of each row, and how far its news has been read. */
#pragma once

#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

gboolean hall_bases_get        (HallDatabase   *db,
                                const HallKind *kind,
                                const char     *row,
                                char          **mark,
                                char          **json,
                                GError        **error);
gboolean hall_bases_put        (HallDatabase   *db,
                                const char     *account,
                                const HallKind *kind,
                                const char     *row,
                                const char     *mark,
                                const char     *json,
                                GError        **error);
gboolean hall_bases_drop       (HallDatabase   *db,
                                const HallKind *kind,
                                const char     *row,
                                GError        **error);
gboolean hall_bases_set_forgotten (HallDatabase *db,
                                const HallKind *kind,
                                const char     *row,
                                GError        **error);
gboolean hall_bases_note_gone  (HallDatabase   *db,
                                const char     *account,
                                const HallKind *kind,
                                const char     *row,
                                const char     *mark,
                                GError        **error);
gboolean hall_bases_is_past    (HallDatabase   *db,
                                const HallKind *kind,
                                const char     *row,
                                const char     *mark,
                                gboolean       *is_past,
                                GError        **error);
GPtrArray *hall_bases_list_past (HallDatabase   *db,
                                const HallKind *kind,
                                const char     *row,
                                GError        **error);
char    *hall_bases_get_cursor (HallDatabase   *db,
                                const char     *account,
                                GError        **error);
gboolean hall_bases_set_cursor (HallDatabase   *db,
                                const char     *account,
                                const char     *cursor,
                                GError        **error);

G_END_DECLS
