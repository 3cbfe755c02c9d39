/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading what a transaction has changed, at a client or at the desk, and holding it against the invariants. */
#pragma once

#include "ledger.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

typedef enum {
  SIM_BY_ENGINE,
  SIM_BY_HOST,   /* what differs now is what the host wants */
  SIM_BY_WAIVER, /* the host lets go of what was theirs: the service's version, or an edit discarded */
  SIM_BY_CHANCE, /* the host may have wanted it, but was never told that it is saved */
  SIM_BY_NOBODY, /* nothing may differ */
} SimCause;

/* Whose request the desk has just answered. */
typedef struct {
  int         client;    /* or SIM_NOBODY */
  const char *key;       /* Idempotency-Key, or absent */
} SimAuthor;

void sim_watch_client      (SimLedger       *ledger,
                            int              client,
                            HallDatabase    *db,
                            SimCause         cause,
                            SimRow          *about,
                            gboolean         wholly);
void sim_watch_desk        (SimLedger       *ledger,
                            HallDatabase    *db,
                            const SimAuthor *author,
                            const SimAuthor *other);
void sim_watch_affirm      (SimLedger       *ledger,
                            int              client,
                            SimRow          *row);

void sim_check_pending     (SimLedger       *ledger,
                            int              client);
void sim_check_cursor      (SimLedger       *ledger,
                            int              client,
                            const char      *before);
void sim_check_parents     (SimLedger       *ledger,
                            int              client);
void sim_check_version     (SimLedger       *ledger,
                            SimRow          *row,
                            SimVersion      *before,
                            SimVersion      *after,
                            const SimAuthor *author);
gboolean sim_is_kept_with_chat (SimLedger   *ledger,
                            const SimRow    *row,
                            int              client);
void sim_check_restored    (SimLedger       *ledger);

G_END_DECLS
