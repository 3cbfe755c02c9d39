/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sync API, everything under /v1. */
#pragma once

#include "server/hall-visit.h"

G_BEGIN_DECLS

#define HALL_API_LARGEST_BODY (1024 * 1024) /* bytes of a request */
#define HALL_API_RATE         12000         /* requests a minute that a token may make for as long as it likes */

gboolean   hall_api_owns   (const char       *path);
HallReply *hall_api_answer (const HallVisit  *visit,
                            GError          **error);

G_END_DECLS
