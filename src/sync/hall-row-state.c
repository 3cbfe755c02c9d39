/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row, its base, its operations and its conflict, read together. */
#include "sync/hall-row-state.h"

#include "format/hall-wire.h"
#include "store/hall-bases.h"
#include "store/hall-rows.h"

/* A lookup that finds nothing returns NULL as one that fails does; only the error tells them apart. */
static gboolean
went_well (GError  *fault,
           GError **error)
{
  if (fault != NULL)
    g_propagate_error (error, fault);

  return fault == NULL;
}

static gboolean
load_base (HallRowState  *row,
           HallDatabase  *db,
           GError       **error)
{
  g_autofree char *json = NULL;

  if (!hall_bases_get (db, row->kind, row->id, &row->mark, &json, error))
    return FALSE;
  if (json == NULL)
    return TRUE;

  row->base = hall_wire_read (row->kind, json, -1, HALL_WIRE_ALL, error);
  if (row->base == NULL)
    return FALSE;

  if (*row->mark == '\0') {
    row->forgotten = g_steal_pointer (&row->base);
    g_clear_pointer (&row->mark, g_free);
  }

  return TRUE;
}

/**
 * hall_row_state_load:
 * @row: (out caller-allocates): where to put it; to be cleared also after a failure
 * @db: a library
 * @kind: a kind
 * @id: id of a row, which need not be there
 * @error: HALL_STORE_ERROR, or HALL_FORMAT_ERROR when a base is damaged
 *
 * Returns: whether it went well
 */
gboolean
hall_row_state_load (HallRowState    *row,
                     HallDatabase    *db,
                     const HallKind  *kind,
                     const char      *id,
                     GError         **error)
{
  GError *fault = NULL;

  g_return_val_if_fail (row != NULL && db != NULL && kind != NULL && id != NULL, FALSE);

  *row = (HallRowState) { .kind = kind, .id = g_strdup (id) };

  row->mine = hall_rows_get (db, kind, id, &fault);
  if (!went_well (fault, error) || !load_base (row, db, error))
    return FALSE;

  row->first = hall_outbox_find_first (db, kind, id, &fault);
  if (!went_well (fault, error))
    return FALSE;

  row->newest = hall_outbox_find (db, kind, id, &fault);
  if (!went_well (fault, error))
    return FALSE;

  row->conflict = hall_conflicts_find (db, kind, id, &fault);
  return went_well (fault, error);
}

/**
 * hall_row_state_clear:
 * @row: what hall_row_state_load() has filled, or zeroes
 */
void
hall_row_state_clear (HallRowState *row)
{
  g_return_if_fail (row != NULL);

  g_clear_pointer (&row->id, g_free);
  g_clear_pointer (&row->mine, hall_value_unref);
  g_clear_pointer (&row->mark, g_free);
  g_clear_pointer (&row->base, hall_value_unref);
  g_clear_pointer (&row->forgotten, hall_value_unref);
  g_clear_pointer (&row->first, hall_operation_free);
  g_clear_pointer (&row->newest, hall_operation_free);
  g_clear_pointer (&row->conflict, hall_conflict_free);
}

/**
 * hall_row_state_is_frozen:
 * @operation: (nullable): an operation
 *
 * Returns: whether it was attempted and its outcome is not known, so that its bytes must stay as they are
 */
gboolean
hall_row_state_is_frozen (const HallOperation *operation)
{
  return operation != NULL &&
         (operation->state == HALL_OPERATION_SENDING || operation->state == HALL_OPERATION_UNKNOWN);
}

/**
 * hall_row_state_drop_all:
 * @row: a row
 * @db: a library
 * @error: HALL_STORE_ERROR
 *
 * Takes every operation of @row out of the outbox, and closes its conflict: nothing is left to be decided.
 *
 * Returns: whether it went well
 */
gboolean
hall_row_state_drop_all (const HallRowState  *row,
                         HallDatabase        *db,
                         GError             **error)
{
  g_return_val_if_fail (row != NULL && db != NULL, FALSE);

  return (row->first == NULL || hall_outbox_drop (db, row->first->order, error)) &&
         (row->newest == NULL || hall_outbox_drop (db, row->newest->order, error)) &&
         (row->conflict == NULL || hall_conflicts_drop (db, row->kind, row->id, error));
}
