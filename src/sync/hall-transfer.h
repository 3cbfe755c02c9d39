/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every step of an exchange needs to know: whose library, which service, what time it is. */
#pragma once

#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "store/hall-database.h"
#include "sync/hall-remote.h"
#include "sync/hall-sync-result.h"

G_BEGIN_DECLS

typedef struct {
  HallDatabase     *db;      /* in a writing transaction; another one for each step */
  const char       *account; /* id */
  const HallRemote *remote;
  const HallClock  *clock;
  const HallRandom *random;
  HallSyncResult    result;  /* what has come of it so far */
  gboolean          is_behind; /* an answer showed that the service has moved on: news first, then again */
} HallTransfer;

G_END_DECLS
