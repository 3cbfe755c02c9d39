/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of every write: which row, in which order, under which mark. */
#pragma once

#include "server/hall-visit.h"

#include "model/hall-kind.h"

G_BEGIN_DECLS

typedef enum {
  HALL_VERSION_NEVER,   /* there was no such row */
  HALL_VERSION_THERE,
  HALL_VERSION_DELETED,
} HallVersion;

gboolean hall_versions_find      (const HallVisit  *visit,
                                  const HallKind   *kind,
                                  const char       *id,
                                  HallVersion      *version,
                                  char            **mark,
                                  GError          **error);
gboolean hall_versions_is_taken  (const HallVisit  *visit,
                                  const HallKind   *kind,
                                  const char       *id,
                                  gboolean         *taken,
                                  GError          **error);
char    *hall_versions_note      (const HallVisit  *visit,
                                  const HallKind   *kind,
                                  const char       *id,
                                  gboolean          deleted,
                                  GError          **error);

gboolean hall_versions_note_erased (const HallVisit  *visit,
                                    const HallKind   *kind,
                                    const char       *id,
                                    GError          **error);

G_END_DECLS
