/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows changed here and on the service in ways that do not go together: both versions, until the host chooses. */
#pragma once

#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

typedef struct {
  char           *id;     /* another one whenever the service's version is another */
  char           *account;
  const HallKind *kind;
  char           *row;
  char           *base;   /* wire JSON; absent when both made it */
  char           *mine;   /* wire JSON; absent when removed here */
  char           *theirs; /* wire JSON; absent when removed there */
  gint64          found_at;
} HallConflict;

void          hall_conflict_free      (HallConflict     *conflict);

gboolean      hall_conflicts_add      (HallDatabase     *db,
                                       const char       *account,
                                       const HallKind   *kind,
                                       const char       *row,
                                       const char       *base,
                                       const char       *mine,
                                       const char       *theirs,
                                       const HallClock  *clock,
                                       const HallRandom *random,
                                       GError          **error);
gboolean      hall_conflicts_put      (HallDatabase       *db,
                                       const HallConflict *conflict,
                                       GError            **error);
HallConflict *hall_conflicts_get      (HallDatabase     *db,
                                       const char       *id,
                                       GError          **error);
HallConflict *hall_conflicts_find     (HallDatabase     *db,
                                       const HallKind   *kind,
                                       const char       *row,
                                       GError          **error);
gboolean      hall_conflicts_set_mine (HallDatabase     *db,
                                       const HallKind   *kind,
                                       const char       *row,
                                       const char       *mine,
                                       GError          **error);
gboolean      hall_conflicts_drop     (HallDatabase     *db,
                                       const HallKind   *kind,
                                       const char       *row,
                                       GError          **error);
GPtrArray    *hall_conflicts_list     (HallDatabase     *db,
                                       GError          **error);
gint64        hall_conflicts_count    (HallDatabase     *db,
                                       const char       *account,
                                       GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallConflict, hall_conflict_free)

G_END_DECLS
