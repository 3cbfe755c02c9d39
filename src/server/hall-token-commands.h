/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the operator of a desk may want with tokens, as a line of text in and lines of text out. */
#pragma once

#include "server/hall-desk.h"

G_BEGIN_DECLS

char *hall_token_commands_add    (const char    *name,
                                  const char    *scope);
char *hall_token_commands_list   (void);
char *hall_token_commands_revoke (const char    *name);
char *hall_token_commands_obey   (HallDesk      *desk,
                                  HallDatabase  *db,
                                  const char    *line);

G_END_DECLS
