/* SPDX-License-Identifier: GPL-3.0-or-later
 * Choosing the next operation to send, and making it ready. */
#pragma once

#include "store/hall-outbox.h"
#include "sync/hall-transfer.h"

G_BEGIN_DECLS

typedef enum {
  HALL_OUTGOING_UNANSWERED, /* only those that were attempted before and got no answer */
  HALL_OUTGOING_ALL,
} HallOutgoingScope;

gboolean hall_outgoing_next (HallTransfer       *transfer,
                             HallOutgoingScope   scope,
                             gint64             *after,
                             HallOperation     **operation,
                             GError            **error);

G_END_DECLS
