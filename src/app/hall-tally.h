/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the library says of its accounts: who they are, what waits, and until when each is left alone. */
#pragma once

#include "model/hall-account.h"
#include "store/hall-pauses.h"

G_BEGIN_DECLS

typedef struct {
  HallAccount *account;
  HallPause    pause;
} HallTallyAccount;

typedef struct {
  GPtrArray *accounts;  /* of HallTallyAccount, by name */
  guint      waiting;   /* edits that will be sent */
  guint      parked;    /* edits that wait for the host, those in conflict among them */
  guint      conflicts;
  gint64     oldest_at; /* when the oldest edit that waits was made; 0 when none waits */
  gint64     synced_at; /* when everything was last exchanged with every account; 0 for never */
} HallTally;

HallTally *hall_tally_read (HallDatabase  *db,
                            GError       **error);
void       hall_tally_free (HallTally     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallTally, hall_tally_free)

G_END_DECLS
