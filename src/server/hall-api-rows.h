/* SPDX-License-Identifier: GPL-3.0-or-later
 * /v1/KINDS/ID: reading, making, changing and deleting one row. */
#pragma once

#include "server/hall-tokens.h"
#include "server/hall-visit.h"

#include "model/hall-kind.h"

G_BEGIN_DECLS

gboolean   hall_api_rows_read_path (const char    *path,
                                    const HallKind **kind,
                                    const char   **id);
HallReply *hall_api_rows_check_key (const HallRequest *request);
HallReply *hall_api_rows_answer (const HallVisit  *visit,
                                 const HallToken  *token,
                                 const HallKind   *kind,
                                 const char       *id,
                                 GError          **error);

G_END_DECLS
