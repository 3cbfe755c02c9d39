/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a token may do: "host" everything, "check-in" read and say who has come, "read" only read. */
#pragma once

#include "server/hall-tokens.h"

#include "model/hall-kind.h"

G_BEGIN_DECLS

gboolean hall_scopes_is_known  (const char        *scope);
gboolean hall_scopes_may_read  (const HallToken   *token);
gboolean hall_scopes_may_write (const HallToken   *token,
                                const HallRequest *request,
                                const HallKind    *kind);

G_END_DECLS
