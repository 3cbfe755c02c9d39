/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desk's rows as values. Every write is noted in the record of changes. */
#pragma once

#include "server/hall-visit.h"

#include "model/hall-value.h"

G_BEGIN_DECLS

GPtrArray *hall_desk_rows_list   (const HallVisit  *visit,
                                  const HallKind   *kind,
                                  GError          **error,
                                  const char       *rest,
                                  const char       *types,
                                  ...);
gboolean   hall_desk_rows_find   (const HallVisit  *visit,
                                  const HallKind   *kind,
                                  gpointer         *row,
                                  GError          **error,
                                  const char       *rest,
                                  const char       *types,
                                  ...);
gboolean   hall_desk_rows_get    (const HallVisit  *visit,
                                  const HallKind   *kind,
                                  const char       *id,
                                  gpointer         *row,
                                  GError          **error);
char      *hall_desk_rows_put    (const HallVisit  *visit,
                                  gconstpointer     row,
                                  GError          **error);
gboolean   hall_desk_rows_remove (const HallVisit  *visit,
                                  const HallKind   *kind,
                                  const char       *id,
                                  GError          **error);

G_END_DECLS
