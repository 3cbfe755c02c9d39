/* SPDX-License-Identifier: GPL-3.0-or-later
 * The public schedule: what is to come, and what can be watched again. */
#pragma once

#include "server/hall-visit.h"

G_BEGIN_DECLS

HallReply *hall_schedule_page_show (const HallVisit  *visit,
                                    GError          **error);

G_END_DECLS
