/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page of news, held until every row that its rows hang on is there. */
#pragma once

#include "sync/hall-transfer.h"

G_BEGIN_DECLS

typedef struct _HallInflow HallInflow;

HallInflow     *hall_inflow_new     (HallPage      *page);
void            hall_inflow_free    (HallInflow    *self);
gboolean        hall_inflow_is_last (HallInflow    *self);

gboolean        hall_inflow_review  (HallInflow    *self,
                                     HallTransfer  *transfer,
                                     GError       **error);
const HallKind *hall_inflow_wants   (HallInflow    *self,
                                     const char   **id);
void            hall_inflow_add     (HallInflow    *self,
                                     HallNews      *news);
gboolean        hall_inflow_apply   (HallInflow    *self,
                                     HallTransfer  *transfer,
                                     GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallInflow, hall_inflow_free)

G_END_DECLS
