/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far an exchange has come, and what came of it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HALL_SYNC_CONNECTING,
  HALL_SYNC_RECEIVING,
  HALL_SYNC_SENDING,
} HallSyncPhase;

typedef struct {
  guint received;  /* rows and tombstones that came */
  guint sent;      /* edits the service took */
  guint parked;    /* edits it refused in this exchange */
  guint conflicts; /* conflicts found in this exchange */
} HallSyncResult;

G_END_DECLS
