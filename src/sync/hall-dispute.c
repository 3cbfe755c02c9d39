/* SPDX-License-Identifier: GPL-3.0-or-later
 * A conflict and the operation that waits for its end. */
#include "sync/hall-dispute.h"

#include "format/hall-wire.h"

static char *
write_version (gconstpointer value)
{
  return value != NULL ? hall_wire_write (value, HALL_WIRE_ALL) : NULL;
}

/* What would have to be sent if the host chose their own version. */
static HallOperationVerb
verb_for (gconstpointer mine,
          gconstpointer theirs)
{
  if (mine == NULL)
    return HALL_OPERATION_REMOVE;

  return theirs != NULL ? HALL_OPERATION_CHANGE : HALL_OPERATION_CREATE;
}

/* One operation stays for the row, parked. What was attempted may be made anew: the service has told of a version
 * it does not fit, so it can have no effect any more. */
static gboolean
park (HallTransfer       *transfer,
      HallRowState       *row,
      HallOperationVerb   verb,
      GError            **error)
{
  if (row->newest == NULL) {
    if (!hall_outbox_add (transfer->db, transfer->account, row->kind, row->id, verb,
                          transfer->clock, transfer->random, error))
      return FALSE;
    row->newest = hall_outbox_find (transfer->db, row->kind, row->id, error);
    if (row->newest == NULL)
      return FALSE;
  } else if (row->first->order != row->newest->order &&
             !hall_outbox_drop (transfer->db, row->first->order, error)) {
    return FALSE;
  }

  if ((row->newest->attempts > 0 || row->newest->verb != verb) &&
      !hall_outbox_renew (transfer->db, row->newest->order, verb, transfer->clock, transfer->random, error))
    return FALSE;

  return hall_outbox_set_state (transfer->db, row->newest->order, HALL_OPERATION_PARKED, "conflict", error);
}

/**
 * hall_dispute_say:
 * @row: a row that is in the library
 * @after: what it becomes by what the service told
 *
 * The host's side of a conflict may say more than the row does: an address that the row had to give back, for one.
 * So only what changes in the row changes there.
 *
 * Returns: (transfer full): what the host's side says then; what @after says when no conflict is open
 */
gpointer
hall_dispute_say (const HallRowState *row,
                  gconstpointer       after)
{
  HallValue *said = NULL;

  g_return_val_if_fail (row != NULL && row->mine != NULL && after != NULL, NULL);

  if (row->conflict != NULL && row->conflict->mine != NULL)
    said = hall_wire_read (row->kind, row->conflict->mine, -1, HALL_WIRE_ALL, NULL);
  if (said == NULL)
    return hall_value_copy (after);

  for (guint i = 0; i < row->kind->n_fields; i++)
    if (!hall_value_same_field (row->mine, after, &row->kind->fields[i]))
      hall_value_take_field (said, after, &row->kind->fields[i]);

  return said;
}

/**
 * hall_dispute_open:
 * @transfer: an exchange
 * @row: a row, as hall_row_state_load() found it
 * @base: (nullable): the version both sides began with
 * @mine: (nullable): the version here; NULL when it was removed here
 * @theirs: (nullable): the version of the service; NULL when it was deleted there
 * @error: HALL_STORE_ERROR
 *
 * Keeps the versions as the conflict of @row, and parks what waits to be sent of it. When a conflict is open
 * already it is brought up to date, and the version it began with stays.
 *
 * Returns: whether it went well
 */
gboolean
hall_dispute_open (HallTransfer   *transfer,
                   HallRowState   *row,
                   gconstpointer   base,
                   gconstpointer   mine,
                   gconstpointer   theirs,
                   GError        **error)
{
  g_autofree char *before = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  g_return_val_if_fail (transfer != NULL && row != NULL, FALSE);
  g_return_val_if_fail (mine != NULL || theirs != NULL, FALSE);

  before = row->conflict != NULL ? g_strdup (row->conflict->base) : write_version (base);
  here = write_version (mine);
  there = write_version (theirs);
  if (!hall_conflicts_add (transfer->db, transfer->account, row->kind, row->id, before, here, there,
                           transfer->clock, transfer->random, error))
    return FALSE;

  if (row->conflict == NULL)
    transfer->result.conflicts++;

  return park (transfer, row, verb_for (mine, theirs), error);
}
