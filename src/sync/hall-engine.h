/* SPDX-License-Identifier: GPL-3.0-or-later
 * One exchange with one account's service as a chain of requests: hands out the next one, takes its reply. */
#pragma once

#include "format/hall-exchange.h"
#include "sync/hall-transfer.h"

G_BEGIN_DECLS

typedef struct _HallEngine HallEngine;

HallEngine           *hall_engine_new          (const char        *account,
                                                const HallRemote  *remote,
                                                const HallClock   *clock,
                                                const HallRandom  *random);
void                  hall_engine_free         (HallEngine        *self);

gboolean              hall_engine_next         (HallEngine        *self,
                                                HallDatabase      *db,
                                                HallRequest      **request,
                                                GError           **error);
gboolean              hall_engine_take         (HallEngine        *self,
                                                HallDatabase      *db,
                                                const HallReply   *reply,
                                                const GError      *failure,
                                                GError           **error);

HallSyncPhase         hall_engine_get_phase    (HallEngine        *self,
                                                guint             *done,
                                                guint             *total);
const HallSyncResult *hall_engine_get_result   (HallEngine        *self);
const GError         *hall_engine_get_trouble  (HallEngine        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallEngine, hall_engine_free)

G_END_DECLS
