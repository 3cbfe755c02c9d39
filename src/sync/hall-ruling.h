/* SPDX-License-Identifier: GPL-3.0-or-later
 * A decision of the host about one row, while it is carried out: all of it or nothing. */
#pragma once

#include "store/hall-decisions.h"
#include "sync/hall-row-state.h"
#include "sync/hall-transfer.h"

G_BEGIN_DECLS

typedef struct {
  HallTransfer transfer; /* without a service: nothing is exchanged here */
  char        *account;
  HallRowState row;      /* as it was before */
} HallRuling;

gboolean hall_ruling_begin        (HallRuling         *ruling,
                                   HallDatabase       *db,
                                   const char         *account,
                                   const HallKind     *kind,
                                   const char         *row,
                                   const HallClock    *clock,
                                   const HallRandom   *random,
                                   GError            **error);
gboolean hall_ruling_take_base    (HallRuling         *ruling,
                                   GError            **error);
gboolean hall_ruling_take         (HallRuling         *ruling,
                                   gconstpointer       version,
                                   GError            **error);
gboolean hall_ruling_note         (HallRuling         *ruling,
                                   HallDecisionWord    word,
                                   const char         *id,
                                   const HallConflict *conflict,
                                   GError            **error);
gboolean hall_ruling_may_undo     (HallRuling         *ruling,
                                   const HallDecision *decision,
                                   GError            **error);
gboolean hall_ruling_end          (HallRuling         *ruling,
                                   gboolean            done,
                                   GError            **error);

gboolean hall_ruling_refuse       (const char         *why,
                                   GError            **error);

G_END_DECLS
