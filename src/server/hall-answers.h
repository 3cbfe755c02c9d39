/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was answered to each write, so that a write that comes again changes nothing twice. */
#pragma once

#include "server/hall-tokens.h"
#include "server/hall-visit.h"

G_BEGIN_DECLS

gboolean hall_answers_find (const HallVisit  *visit,
                            const HallToken  *token,
                            const char       *key,
                            HallReply       **reply,
                            gboolean         *is_done,
                            GError          **error);
gboolean hall_answers_keep (const HallVisit  *visit,
                            const HallToken  *token,
                            const char       *key,
                            const HallReply  *reply,
                            GError          **error);

gboolean hall_answers_strike (const HallVisit  *visit,
                              const char       *attendee,
                              GError          **error);

G_END_DECLS
