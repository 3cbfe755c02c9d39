/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sign-ups that come from a service: one for each chat and address, each of a person. */
#pragma once

#include "model/hall-attendee.h"
#include "sync/hall-transfer.h"

G_BEGIN_DECLS

gboolean hall_attendee_arrival_put     (HallTransfer       *transfer,
                                        HallAttendee       *attendee,
                                        const HallAttendee *before,
                                        GError            **error);
gboolean hall_attendee_arrival_replace (HallTransfer       *transfer,
                                        const char         *id,
                                        const char         *by,
                                        GError            **error);

G_END_DECLS
