/* SPDX-License-Identifier: GPL-3.0-or-later
 * The public pages: everything that is not the API. */
#pragma once

#include "server/hall-visit.h"

G_BEGIN_DECLS

HallReply *hall_pages_answer (const HallVisit  *visit,
                              GError          **error);

G_END_DECLS
