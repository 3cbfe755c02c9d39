/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which rows a row hangs on. */
#pragma once

#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

/* Called for each row that a value names. Ends the walk by returning FALSE. */
typedef gboolean (*HallRowParentsVisit) (const HallKind  *parent,
                                         const char      *id,
                                         gpointer         data,
                                         GError         **error);

gboolean hall_row_parents_each    (gconstpointer        value,
                                   HallRowParentsVisit  visit,
                                   gpointer             data,
                                   GError             **error);
const HallField *hall_row_parents_find_loose (const HallKind  *parent,
                                              const HallKind **child);
gboolean hall_row_parents_attach  (gpointer             value,
                                   HallDatabase        *db,
                                   gboolean            *can_stand,
                                   GError             **error);
gboolean hall_row_parents_release (gpointer             ancestor,
                                   gconstpointer        mine,
                                   gconstpointer        theirs,
                                   HallDatabase        *db,
                                   GError             **error);

G_END_DECLS
