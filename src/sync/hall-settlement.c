/* SPDX-License-Identifier: GPL-3.0-or-later
 * An operation that got its answer: taken, stale, met by another row, or refused. Edits made while it was on its
 * way wait in an operation of their own, and are never lost to the answer. */
#include "sync/hall-settlement.h"

#include "format/hall-wire.h"
#include "model/hall-attendee.h"
#include "store/hall-bases.h"
#include "store/hall-echoes.h"
#include "sync/hall-arrival.h"
#include "sync/hall-attendee-arrival.h"
#include "sync/hall-dispute.h"
#include "sync/hall-merge.h"
#include "sync/hall-row-parents.h"
#include "sync/hall-row-state.h"

#include <glib/gi18n.h>

static gboolean
is_newest (const HallRowState  *row,
           const HallOperation *operation)
{
  return row->newest != NULL && row->newest->order == operation->order;
}

static gboolean
put_base (HallTransfer    *transfer,
          const HallNews  *news,
          GError         **error)
{
  g_autofree char *json = hall_wire_write (news->value, HALL_WIRE_ALL);

  return hall_bases_put (transfer->db, transfer->account, news->kind, news->id, news->mark, json, error);
}

/* The row was removed here while the operation was on its way, and the removal waits behind it. */
static gboolean
settle_taken_removed (HallTransfer         *transfer,
                      const HallOperation  *operation,
                      HallRowState         *row,
                      gconstpointer         sent,
                      const HallNews       *news,
                      GError              **error)
{
  if (!put_base (transfer, news, error))
    return FALSE;

  /* Along with it came an edit that whoever removed the row has never seen. */
  if (operation->verb == HALL_OPERATION_CHANGE && row->newest != NULL && sent != NULL &&
      hall_merge_has_edits (sent, news->value))
    return hall_dispute_open (transfer, row, sent, NULL, news->value, error);

  return TRUE;
}

/* Whether a field is here as it was sent, and otherwise at the service. */
static gboolean
is_taken_back (const HallRowState *row,
               gconstpointer       sent)
{
  for (guint i = 0; i < row->kind->n_fields; i++) {
    const HallField *field = &row->kind->fields[i];

    if ((field->flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 &&
        hall_value_same_field (row->mine, sent, field) && !hall_value_same_field (row->base, sent, field))
      return TRUE;
  }

  return FALSE;
}

/* News of the row came before the answer and met what is here then. After a create nothing is left to be learned
 * from the answer: what was sent was the ancestor of that merge. After a change it tells that what differs from it
 * at the service was taken back there, having been seen. When the host has edited since, it may be they who put it
 * back, having seen the news; then there is no ancestor, and they choose. */
static gboolean
settle_after_news (HallTransfer         *transfer,
                   const HallOperation  *operation,
                   HallRowState         *row,
                   gconstpointer         sent,
                   GError              **error)
{
  gconstpointer ancestor = row->base;

  if (operation->verb == HALL_OPERATION_CHANGE && sent != NULL)
    ancestor = row->newest != NULL && is_taken_back (row, sent) ? NULL : sent;

  return hall_arrival_merge (transfer, row, ancestor, row->base, row->mark, error);
}

/* What the service has taken it must tell back among its changes, and why it was too late as well. When it does not,
 * it came back from a backup meanwhile. */
static gboolean
await_echo (HallTransfer    *transfer,
            const HallKind  *kind,
            const char      *id,
            GError         **error)
{
  return hall_echoes_await (transfer->db, transfer->account, kind, id, FALSE, error);
}

/* The service has done it. What was sent is the last version both have seen: what differs from it here was edited
 * since, what differs from it there was set by the service or by somebody else. The answer may be one that was
 * given long ago and is repeated now; when news came since, those are newer. */
static gboolean
settle_taken_row (HallTransfer         *transfer,
                  const HallOperation  *operation,
                  const HallNews       *news,
                  GError              **error)
{
  g_auto (HallRowState) row = { 0 };
  g_autoptr (HallValue) sent = NULL;

  if (!hall_outbox_drop (transfer->db, operation->order, error) ||
      !hall_row_state_load (&row, transfer->db, operation->kind, operation->row, error))
    return FALSE;

  if (operation->verb == HALL_OPERATION_CREATE || row.base != NULL)
    sent = transfer->remote->read_body (operation, row.base, NULL);

  if (g_strcmp0 (row.mark, operation->base_mark) != 0)
    return row.mine == NULL || row.base == NULL || settle_after_news (transfer, operation, &row, sent, error);

  /* A mark that was known before is not told again. */
  if (g_strcmp0 (news->mark, row.mark) != 0 && !await_echo (transfer, operation->kind, operation->row, error))
    return FALSE;

  if (row.mine == NULL)
    return settle_taken_removed (transfer, operation, &row, sent, news, error);

  return hall_arrival_merge (transfer, &row, sent != NULL ? sent : row.base, news->value, news->mark, error);
}

static gboolean
settle_taken (HallTransfer         *transfer,
              const HallOperation  *operation,
              const HallNews       *news,
              GError              **error)
{
  transfer->result.sent++;

  if (operation->verb != HALL_OPERATION_REMOVE)
    return settle_taken_row (transfer, operation, news, error);

  return hall_echoes_await (transfer->db, transfer->account, operation->kind, operation->row, TRUE, error) &&
         hall_outbox_drop (transfer->db, operation->order, error) &&
         hall_bases_drop (transfer->db, operation->kind, operation->row, error);
}

/* It certainly had no effect. It is made anew from the row as it is after the merge, unless an edit made since
 * does that anyway. */
static gboolean
make_anew (HallTransfer         *transfer,
           const HallOperation  *operation,
           GError              **error)
{
  g_auto (HallRowState) row = { 0 };

  if (!hall_row_state_load (&row, transfer->db, operation->kind, operation->row, error))
    return FALSE;

  if (is_newest (&row, operation))
    return hall_outbox_renew (transfer->db, operation->order, operation->verb, transfer->clock, transfer->random, error);

  return hall_outbox_drop (transfer->db, operation->order, error);
}

/* The row as it now is there is not taken from this answer: it comes with the changes, which alone can tell an
 * edit of somebody else from a service that came back from a backup. */
static gboolean
settle_stale (HallTransfer         *transfer,
              const HallOperation  *operation,
              GError              **error)
{
  transfer->is_behind = TRUE;

  return make_anew (transfer, operation, error) &&
         await_echo (transfer, operation->kind, operation->row, error);
}

/* Waits for the host, unless an edit made since is to be sent in its place, or the row went with its chat. */
static gboolean
park (HallTransfer         *transfer,
      const HallOperation  *operation,
      const char           *reason,
      GError              **error)
{
  g_auto (HallRowState) row = { 0 };

  if (!hall_row_state_load (&row, transfer->db, operation->kind, operation->row, error))
    return FALSE;
  if (!is_newest (&row, operation) || (row.mine == NULL && operation->verb != HALL_OPERATION_REMOVE))
    return hall_outbox_drop (transfer->db, operation->order, error);

  transfer->result.parked++;
  return hall_outbox_set_state (transfer->db, operation->order, HALL_OPERATION_PARKED, reason, error);
}

/* Whether the attendee still has the address that met somebody else's. */
static gboolean
still_meets (HallTransfer         *transfer,
             const HallOperation  *operation,
             const HallRowState   *row)
{
  g_autoptr (HallAttendee) sent = NULL;

  if (operation->verb == HALL_OPERATION_CREATE || row->base != NULL)
    sent = transfer->remote->read_body (operation, row->base, NULL);

  return row->mine != NULL && sent != NULL &&
         g_strcmp0 (((HallAttendee *) row->mine)->address, sent->address) == 0;
}

/* One that is known already is told of by the changes, as it is. */
static gboolean
meet_other (HallTransfer    *transfer,
            const HallNews  *news,
            GError         **error)
{
  g_auto (HallRowState) other = { 0 };

  if (!hall_row_state_load (&other, transfer->db, news->kind, news->id, error))
    return FALSE;
  if (g_strcmp0 (other.mark, news->mark) == 0)
    return TRUE;
  if (!await_echo (transfer, news->kind, news->id, error))
    return FALSE;

  return other.base != NULL || other.newest != NULL || hall_arrival_take (transfer, news, error);
}

/* Somebody signed up with that address. Their row comes here; one that was only just made here gives way to it. */
static gboolean
settle_exists (HallTransfer         *transfer,
               const HallOperation  *operation,
               const HallNews       *news,
               GError              **error)
{
  g_auto (HallRowState) row = { 0 };
  g_auto (HallRowState) other = { 0 };

  if (!make_anew (transfer, operation, error) ||
      !meet_other (transfer, news, error) ||
      !hall_row_state_load (&row, transfer->db, operation->kind, operation->row, error) ||
      !hall_row_state_load (&other, transfer->db, news->kind, news->id, error))
    return FALSE;

  if (row.newest == NULL || row.conflict != NULL || !still_meets (transfer, operation, &row))
    return TRUE;

  if (row.base == NULL && other.mine != NULL)
    return hall_attendee_arrival_replace (transfer, operation->row, news->id, error);

  return park (transfer, row.newest, _("Somebody else has signed up with this address."), error);
}

typedef struct {
  HallTransfer *transfer;
  gboolean      is_known; /* a row it hangs on is one the service had */
} Orphan;

static gboolean
look_at_parent (const HallKind  *parent,
                const char      *id,
                gpointer         data,
                GError         **error)
{
  Orphan              *orphan = data;
  g_auto (HallRowState) row = { 0 };

  if (!hall_row_state_load (&row, orphan->transfer->db, parent, id, error))
    return FALSE;
  if (row.mine == NULL || (row.base == NULL && row.newest == NULL))
    return TRUE;

  orphan->is_known = TRUE;
  return row.base == NULL || await_echo (orphan->transfer, parent, id, error);
}

/* The service lacks a row this one hangs on. Somebody has deleted it, which the changes tell, or it was forgotten. */
static gboolean
settle_orphan (HallTransfer         *transfer,
               const HallOperation  *operation,
               const char           *reason,
               GError              **error)
{
  g_auto (HallRowState) row = { 0 };
  Orphan                orphan = { transfer, FALSE };

  if (!hall_row_state_load (&row, transfer->db, operation->kind, operation->row, error) ||
      (row.mine != NULL && !hall_row_parents_each (row.mine, look_at_parent, &orphan, error)))
    return FALSE;
  if (!orphan.is_known)
    return park (transfer, operation, reason, error);

  transfer->is_behind = TRUE;
  return make_anew (transfer, operation, error);
}

/**
 * hall_settlement_apply:
 * @transfer: an exchange
 * @operation: the operation that was sent
 * @verdict: what the service decided about it
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_settlement_apply (HallTransfer         *transfer,
                       const HallOperation  *operation,
                       const HallVerdict    *verdict,
                       GError              **error)
{
  g_return_val_if_fail (transfer != NULL && operation != NULL && verdict != NULL, FALSE);

  switch (verdict->kind) {
  case HALL_VERDICT_TAKEN:
    return settle_taken (transfer, operation, verdict->news, error);
  case HALL_VERDICT_STALE:
    return settle_stale (transfer, operation, error);
  case HALL_VERDICT_EXISTS:
    return settle_exists (transfer, operation, verdict->news, error);
  case HALL_VERDICT_ORPHAN:
    return settle_orphan (transfer, operation, verdict->reason, error);
  case HALL_VERDICT_REFUSED:
    return park (transfer, operation, verdict->reason, error);
  default:
    g_return_val_if_reached (FALSE);
  }
}
