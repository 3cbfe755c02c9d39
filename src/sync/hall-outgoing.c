/* SPDX-License-Identifier: GPL-3.0-or-later
 * An operation gets its bytes when it is first attempted, from the row and its base as they then are. So what is
 * sent is always the newest, and an operation with nothing left to say is dropped. */
#include "sync/hall-outgoing.h"

#include "store/hall-bases.h"
#include "sync/hall-row-state.h"

typedef enum {
  READY,
  NOTHING_TO_SEND,
  FAILED,
} Readiness;

/* What an operation must do follows from what the service has by now, whatever it was when the host made it. */
static HallOperationVerb
verb_for (const HallRowState *row)
{
  if (row->mine == NULL)
    return HALL_OPERATION_REMOVE;

  return row->base != NULL ? HALL_OPERATION_CHANGE : HALL_OPERATION_CREATE;
}

static Readiness
drop (HallTransfer         *transfer,
      const HallOperation  *operation,
      GError              **error)
{
  return hall_outbox_drop (transfer->db, operation->order, error) ? NOTHING_TO_SEND : FAILED;
}

static Readiness
freeze (HallTransfer   *transfer,
        HallRowState   *row,
        HallOperation  *operation,
        GError        **error)
{
  g_autofree char *body = NULL;

  if (operation->verb != HALL_OPERATION_REMOVE) {
    body = transfer->remote->write_body (row->base, row->mine);
    if (body == NULL)
      return drop (transfer, operation, error);
  }

  return hall_outbox_freeze (transfer->db, operation, row->mark, body, error) ? READY : FAILED;
}

/* Replaces *operation by the same one with another verb. */
static gboolean
renew (HallTransfer       *transfer,
       HallOperation     **operation,
       HallOperationVerb   verb,
       GError            **error)
{
  const HallKind  *kind = (*operation)->kind;
  g_autofree char *row = g_strdup ((*operation)->row);

  if (!hall_outbox_renew (transfer->db, (*operation)->order, verb, transfer->clock, transfer->random, error))
    return FALSE;

  hall_operation_free (*operation);
  *operation = hall_outbox_find_first (transfer->db, kind, row, error);

  return *operation != NULL;
}

static Readiness
make_ready (HallTransfer    *transfer,
            HallOperation  **operation,
            GError         **error)
{
  g_auto (HallRowState) row = { 0 };
  HallOperationVerb     verb;

  if ((*operation)->state != HALL_OPERATION_QUEUED)
    return hall_outbox_set_state (transfer->db, (*operation)->order, HALL_OPERATION_SENDING, NULL, error) ? READY : FAILED;

  if (!hall_row_state_load (&row, transfer->db, (*operation)->kind, (*operation)->row, error))
    return FAILED;

  verb = verb_for (&row);
  if (verb == HALL_OPERATION_REMOVE && row.base == NULL)
    return hall_bases_drop (transfer->db, row.kind, row.id, error) ? drop (transfer, *operation, error) : FAILED;
  if (verb != (*operation)->verb && !renew (transfer, operation, verb, error))
    return FAILED;

  return freeze (transfer, &row, *operation, error);
}

/**
 * hall_outgoing_next:
 * @transfer: an exchange
 * @scope: which operations to look at
 * @after: (inout): order of the operation after which to look; the one of *operation afterwards
 * @operation: (out) (transfer full) (nullable): the operation, now sending and frozen; NULL when there is none
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_outgoing_next (HallTransfer       *transfer,
                    HallOutgoingScope   scope,
                    gint64             *after,
                    HallOperation     **operation,
                    GError            **error)
{
  g_return_val_if_fail (transfer != NULL && after != NULL && operation != NULL, FALSE);

  *operation = NULL;
  while (TRUE) {
    g_autoptr (HallOperation) candidate = NULL;
    g_autoptr (GError)        fault = NULL;

    candidate = hall_outbox_next (transfer->db, transfer->account, *after, &fault);
    if (fault != NULL) {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
    if (candidate == NULL)
      return TRUE;

    *after = candidate->order;
    if (scope == HALL_OUTGOING_UNANSWERED && !hall_row_state_is_frozen (candidate))
      continue;

    switch (make_ready (transfer, &candidate, error)) {
    case READY:
      *operation = g_steal_pointer (&candidate);
      return TRUE;
    case NOTHING_TO_SEND:
      break;
    case FAILED:
    default:
      return FALSE;
    }
  }
}
