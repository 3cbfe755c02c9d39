/* SPDX-License-Identifier: GPL-3.0-or-later
 * How an edit meets the operations of its row that wait already. */
#include "store/hall-edit-operations.h"

#include "store/hall-outbox.h"

/* What the service knows of a row, and what waits to be told to it. */
typedef struct {
  gboolean       is_known; /* or will be, once what is on its way has come through */
  HallOperation *newest; /* or absent */
} Standing;

static void
clear_standing (Standing *standing)
{
  g_clear_pointer (&standing->newest, hall_operation_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Standing, clear_standing)

static gboolean
find_standing (HallDatabase   *db,
               gconstpointer   value,
               Standing       *standing,
               GError        **error)
{
  const HallValue   *self = value;
  g_autoptr (GError) fault = NULL;

  standing->is_known = hall_database_get_int (db, &fault,
    "SELECT EXISTS (SELECT 1 FROM bases WHERE kind = ?1 AND id = ?2) "
    "OR EXISTS (SELECT 1 FROM outbox WHERE kind = ?1 AND id = ?2 AND verb = 'create' AND state IN ('sending', 'unknown'))",
    "tt", self->kind->name, self->id) == 1;
  if (fault == NULL)
    standing->newest = hall_outbox_find (db, self->kind, self->id, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  return TRUE;
}

/* It may have reached the service, so its id and its bytes stay. */
static gboolean
is_frozen (const HallOperation *operation)
{
  return operation->state == HALL_OPERATION_SENDING || operation->state == HALL_OPERATION_UNKNOWN;
}

static gboolean
is_in_conflict (const HallOperation *operation)
{
  return operation->state == HALL_OPERATION_PARKED && g_strcmp0 (operation->reason, "conflict") == 0;
}

/* Whether anything differs that is sent. */
static gboolean
differs_to_others (gconstpointer before,
                   gconstpointer after)
{
  const HallKind *kind = ((const HallValue *) after)->kind;

  if (before == NULL)
    return TRUE;

  for (guint i = 0; i < kind->n_fields; i++)
    if ((kind->fields[i].flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 &&
        !hall_value_same_field (before, after, &kind->fields[i]))
      return TRUE;

  return FALSE;
}

/* Changes what an operation that had no effect is to do. A conflict waits for the host's choice all the same:
 * else an edit would go over what they have not seen. */
static gboolean
renew (HallDatabase         *db,
       const HallOperation  *operation,
       HallOperationVerb     verb,
       const HallClock      *clock,
       const HallRandom     *random,
       GError              **error)
{
  gboolean stays_parked = is_in_conflict (operation);

  if (operation->verb == verb && (stays_parked || operation->state == HALL_OPERATION_QUEUED))
    return TRUE;

  return hall_outbox_renew (db, operation->order, verb, clock, random, error) &&
         (!stays_parked ||
          hall_outbox_set_state (db, operation->order, HALL_OPERATION_PARKED, operation->reason, error));
}

/**
 * hall_edit_operations_save:
 * @db: a library, in the transaction of the edit
 * @account: id of the account that owns the row
 * @before: (nullable): what the row was; NULL when it is new
 * @value: what it is now
 * @clock: what time it is
 * @random: for ids of operations
 * @error: HALL_STORE_ERROR
 *
 * An operation that was never attempted absorbs the edit, for its body is made from the row when it is sent.
 * One that may have been sent keeps its bytes, so another comes after it. One that was refused is made new.
 *
 * Returns: whether it went well
 */
gboolean
hall_edit_operations_save (HallDatabase      *db,
                           const char        *account,
                           gconstpointer      before,
                           gconstpointer      value,
                           const HallClock   *clock,
                           const HallRandom  *random,
                           GError           **error)
{
  const HallValue  *self = value;
  g_auto (Standing) standing = { 0 };
  HallOperation    *newest;
  HallOperationVerb verb;
  gboolean          differs;

  g_return_val_if_fail (db != NULL && account != NULL && value != NULL, FALSE);

  if (!find_standing (db, value, &standing, error))
    return FALSE;

  newest = standing.newest;
  differs = differs_to_others (before, value);
  verb = standing.is_known ? HALL_OPERATION_CHANGE : HALL_OPERATION_CREATE;

  if (newest == NULL) {
    if (standing.is_known && !differs)
      return TRUE;
    return hall_outbox_add (db, account, self->kind, self->id, verb, clock, random, error);
  }

  if (is_frozen (newest)) {
    if (newest->verb == HALL_OPERATION_REMOVE)
      verb = HALL_OPERATION_CREATE;
    else if (differs)
      verb = HALL_OPERATION_CHANGE;
    else
      return TRUE;
    return hall_outbox_add (db, account, self->kind, self->id, verb, clock, random, error);
  }

  if (newest->verb == HALL_OPERATION_REMOVE)
    return renew (db, newest, verb, clock, random, error);

  return !differs || renew (db, newest, newest->verb, clock, random, error);
}

/**
 * hall_edit_operations_remove:
 * @db: a library, in the transaction of the edit
 * @account: id of the account that owned the row
 * @value: what the row was
 * @clock: what time it is
 * @random: for ids of operations
 * @error: HALL_STORE_ERROR
 *
 * What the service cannot know yet needs no removal: the operation that would have created it just goes.
 *
 * Returns: whether it went well
 */
gboolean
hall_edit_operations_remove (HallDatabase      *db,
                             const char        *account,
                             gconstpointer      value,
                             const HallClock   *clock,
                             const HallRandom  *random,
                             GError           **error)
{
  const HallValue  *self = value;
  g_auto (Standing) standing = { 0 };
  HallOperation    *newest;

  g_return_val_if_fail (db != NULL && account != NULL && value != NULL, FALSE);

  if (!find_standing (db, value, &standing, error))
    return FALSE;

  newest = standing.newest;
  if (newest == NULL ? standing.is_known : is_frozen (newest) && newest->verb != HALL_OPERATION_REMOVE)
    return hall_outbox_add (db, account, self->kind, self->id, HALL_OPERATION_REMOVE, clock, random, error);

  if (newest == NULL || is_frozen (newest))
    return TRUE;

  if (newest->verb == HALL_OPERATION_CREATE && !standing.is_known)
    return hall_outbox_drop (db, newest->order, error);

  return renew (db, newest, HALL_OPERATION_REMOVE, clock, random, error);
}
