/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registration services a host uses, and what is kept with each. */
#pragma once

#include "model/hall-account.h"
#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

gboolean   hall_accounts_add          (HallDatabase      *db,
                                       const HallAccount *account,
                                       const HallClock   *clock,
                                       const HallRandom  *random,
                                       GError           **error);
gboolean   hall_accounts_remove       (HallDatabase      *db,
                                       const char        *id,
                                       GError           **error);
char      *hall_accounts_find_owner   (HallDatabase      *db,
                                       gconstpointer      value,
                                       GError           **error);
gboolean   hall_accounts_queue_unsent (HallDatabase      *db,
                                       const char        *id,
                                       const HallClock   *clock,
                                       const HallRandom  *random,
                                       GError           **error);
gboolean   hall_accounts_set_synced   (HallDatabase      *db,
                                       const char        *id,
                                       gint64             when,
                                       GError           **error);

G_END_DECLS
