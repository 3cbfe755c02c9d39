/* SPDX-License-Identifier: GPL-3.0-or-later
 * Edits waiting to be sent, in the order they were made. */
#pragma once

#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

typedef enum {
  HALL_OPERATION_QUEUED,  /* never attempted: later edits of the row are still part of it */
  HALL_OPERATION_SENDING, /* frozen: its bytes and id stay as they are until the service has answered */
  HALL_OPERATION_UNKNOWN, /* frozen and sent, but no answer came: to be sent again, the same */
  HALL_OPERATION_PARKED,  /* refused, or in conflict: waits for the host */
} HallOperationState;

typedef enum {
  HALL_OPERATION_CREATE,
  HALL_OPERATION_CHANGE,
  HALL_OPERATION_REMOVE,
} HallOperationVerb;

typedef struct {
  gint64              order;
  char               *id;        /* goes out as Idempotency-Key */
  char               *account;
  const HallKind     *kind;
  char               *row;       /* id of the row it is about */
  HallOperationVerb   verb;
  HallOperationState  state;
  char               *base_mark; /* If-Match; absent for a create, and while queued */
  char               *body;      /* absent while queued, and for a remove */
  gint64              attempts;
  gint64              made_at;
  char               *reason;    /* why it is parked: one sentence, or "conflict" */
} HallOperation;

void           hall_operation_free        (HallOperation    *operation);

gboolean       hall_outbox_add            (HallDatabase     *db,
                                           const char       *account,
                                           const HallKind   *kind,
                                           const char       *row,
                                           HallOperationVerb verb,
                                           const HallClock  *clock,
                                           const HallRandom *random,
                                           GError          **error);
HallOperation *hall_outbox_next           (HallDatabase     *db,
                                           const char       *account,
                                           gint64            after,
                                           GError          **error);
HallOperation *hall_outbox_get            (HallDatabase     *db,
                                           const char       *id,
                                           GError          **error);
GPtrArray     *hall_outbox_list           (HallDatabase     *db,
                                           GError          **error);
HallOperation *hall_outbox_find           (HallDatabase     *db,
                                           const HallKind   *kind,
                                           const char       *row,
                                           GError          **error);
HallOperation *hall_outbox_find_first     (HallDatabase     *db,
                                           const HallKind   *kind,
                                           const char       *row,
                                           GError          **error);
gboolean       hall_outbox_freeze         (HallDatabase     *db,
                                           HallOperation    *operation,
                                           const char       *base_mark,
                                           const char       *body,
                                           GError          **error);
gboolean       hall_outbox_set_state      (HallDatabase     *db,
                                           gint64            order,
                                           HallOperationState state,
                                           const char       *reason,
                                           GError          **error);
gboolean       hall_outbox_renew          (HallDatabase     *db,
                                           gint64            order,
                                           HallOperationVerb verb,
                                           const HallClock  *clock,
                                           const HallRandom *random,
                                           GError          **error);
gboolean       hall_outbox_drop           (HallDatabase     *db,
                                           gint64            order,
                                           GError          **error);
gint64         hall_outbox_count          (HallDatabase     *db,
                                           const char       *account,
                                           gboolean          parked,
                                           GError          **error);
gint64         hall_outbox_find_oldest    (HallDatabase     *db,
                                           GError          **error);
gint64         hall_outbox_count_below    (HallDatabase     *db,
                                           const char       *chat,
                                           GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallOperation, hall_operation_free)

G_END_DECLS
