/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything there is, page by page. */
#pragma once

#include "server/hall-visit.h"

G_BEGIN_DECLS

HallReply *hall_api_snapshot_answer (const HallVisit  *visit,
                                     GError          **error);

G_END_DECLS
