/* SPDX-License-Identifier: GPL-3.0-or-later
 * /v1/changes: what has changed since a cursor. */
#pragma once

#include "server/hall-visit.h"

G_BEGIN_DECLS

HallReply *hall_api_feed_answer (const HallVisit  *visit,
                                 GError          **error);

G_END_DECLS
