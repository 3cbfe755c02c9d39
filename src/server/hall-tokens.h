/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who may use the API: tokens, kept only as their hashes. */
#pragma once

#include "server/hall-visit.h"

G_BEGIN_DECLS

typedef struct {
  gint64  number; /* of its row */
  char   *name;
  char   *scopes;  /* words with blanks between them: "host" */
  gint64  made_at; /* microseconds since 1970 in UTC */
} HallToken;

gboolean   hall_tokens_check_name (const char       *name,
                                   GError          **error);
char      *hall_tokens_add        (HallDatabase     *db,
                                   const HallRandom *random,
                                   gint64            now,
                                   const char       *name,
                                   const char       *scope,
                                   GError          **error);
gboolean   hall_tokens_revoke     (HallDatabase     *db,
                                   const char       *name,
                                   GError          **error);
GPtrArray *hall_tokens_list       (HallDatabase     *db,
                                   GError          **error);
gboolean   hall_tokens_find       (const HallVisit  *visit,
                                   HallToken       **token,
                                   GError          **error);
void       hall_token_free        (HallToken        *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallToken, hall_token_free)

G_END_DECLS
