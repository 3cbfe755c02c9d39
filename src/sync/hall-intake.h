/* SPDX-License-Identifier: GPL-3.0-or-later
 * The download of an exchange: what to ask next, and what to do with what comes. */
#pragma once

#include "format/hall-exchange.h"
#include "sync/hall-transfer.h"

G_BEGIN_DECLS

typedef struct _HallIntake HallIntake;

HallIntake *hall_intake_new          (void);
void        hall_intake_free         (HallIntake       *self);

void        hall_intake_begin        (HallIntake       *self);
gboolean    hall_intake_ask          (HallIntake       *self,
                                      HallTransfer     *transfer,
                                      HallRequest     **request,
                                      GError          **error);
gboolean    hall_intake_take         (HallIntake       *self,
                                      HallTransfer     *transfer,
                                      const HallReply  *reply,
                                      GError          **trouble,
                                      GError          **error);
void        hall_intake_get_progress (HallIntake       *self,
                                      guint            *done,
                                      guint            *total);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallIntake, hall_intake_free)

G_END_DECLS
