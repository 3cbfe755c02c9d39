/* SPDX-License-Identifier: GPL-3.0-or-later
 * Several writes in one request. */
#pragma once

#include "server/hall-tokens.h"
#include "server/hall-visit.h"

G_BEGIN_DECLS

#define HALL_API_BATCH_LONGEST 100 /* operations */

HallReply *hall_api_batch_answer (const HallVisit  *visit,
                                  const HallToken  *token,
                                  GError          **error);

G_END_DECLS
