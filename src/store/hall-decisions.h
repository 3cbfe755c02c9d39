/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the host has decided about conflicts and refused edits, as long as it may be taken back. */
#pragma once

#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

typedef enum {
  HALL_DECISION_MINE,
  HALL_DECISION_THEIRS,
  HALL_DECISION_EDITED,
  HALL_DECISION_DISCARD, /* a refused edit was let go */
} HallDecisionWord;

typedef struct {
  char             *id;       /* of the conflict or the operation it was about */
  char             *account;
  const HallKind   *kind;
  char             *row;
  HallDecisionWord  word;
  gint64            made_at;
  gint64            found_at; /* the conflict's */
  char             *base;     /* base, mine, theirs: as the conflict had them; absent for a refused edit */
  char             *mine;
  char             *theirs;
  char             *before;   /* wire JSON of the row with its local fields; absent when it was not here */
  char             *after;
} HallDecision;

void          hall_decision_free  (HallDecision       *decision);

gboolean      hall_decisions_put  (HallDatabase       *db,
                                   const HallDecision *decision,
                                   GError            **error);
HallDecision *hall_decisions_get  (HallDatabase       *db,
                                   const char         *id,
                                   GError            **error);
gboolean      hall_decisions_drop (HallDatabase       *db,
                                   const char         *id,
                                   GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallDecision, hall_decision_free)

G_END_DECLS
