/* SPDX-License-Identifier: GPL-3.0-or-later
 * What hallwayd decided about an operation, read from its reply. */
#pragma once

#include "sync/hall-remote.h"

G_BEGIN_DECLS

HallVerdict *hall_hallway_verdict_read     (const HallOperation *operation,
                                            const HallReply     *reply,
                                            GError             **error);
HallNews    *hall_hallway_verdict_read_row (const HallKind      *kind,
                                            const char          *id,
                                            const HallReply     *reply,
                                            GError             **error);
gboolean     hall_hallway_verdict_is_problem (const HallReply   *reply);

G_END_DECLS
