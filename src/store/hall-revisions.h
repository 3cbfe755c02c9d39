/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every version a post has had. */
#pragma once

#include "store/hall-database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 number;
  gint64 made_at;
  char  *text;
} HallRevision;

void       hall_revision_free  (HallRevision  *revision);

gboolean   hall_revisions_add  (HallDatabase  *db,
                                const char    *post,
                                const char    *text,
                                gint64         made_at,
                                GError       **error);
GPtrArray *hall_revisions_list (HallDatabase  *db,
                                const char    *post,
                                GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallRevision, hall_revision_free)

G_END_DECLS
