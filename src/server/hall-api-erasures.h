/* SPDX-License-Identifier: GPL-3.0-or-later
 * Erasing a person. */
#pragma once

#include "server/hall-tokens.h"
#include "server/hall-visit.h"

G_BEGIN_DECLS

HallReply *hall_api_erasures_answer (const HallVisit  *visit,
                                     const HallToken  *token,
                                     GError          **error);

G_END_DECLS
