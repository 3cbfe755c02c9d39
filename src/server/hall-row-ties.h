/* SPDX-License-Identifier: GPL-3.0-or-later
 * What ties a row to the other rows: what is derived for it, its parents, and of what there may be only one. */
#pragma once

#include "server/hall-visit.h"

#include "model/hall-value.h"

G_BEGIN_DECLS

void     hall_row_ties_complete (const HallVisit  *visit,
                                 gpointer          row,
                                 gconstpointer     before);
gboolean hall_row_ties_check    (const HallVisit  *visit,
                                 gconstpointer     row,
                                 gconstpointer     before,
                                 HallReply       **refusal,
                                 GError          **error);
gboolean hall_row_ties_seat     (const HallVisit  *visit,
                                 gpointer          row,
                                 GError          **error);

const char *hall_row_ties_nth_field (const HallKind *kind,
                                     guint           n);

G_END_DECLS
