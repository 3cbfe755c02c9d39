/* SPDX-License-Identifier: GPL-3.0-or-later
 * Refused edits: certainly without effect, so they may be sent again as new ones or be let go. */
#include "sync/hall-discards.h"

#include "format/hall-wire.h"
#include "store/hall-outbox.h"
#include "sync/hall-ruling.h"

/* One that waits for a choice between two versions is not to be decided here. */
static HallOperation *
find_refused (HallDatabase  *db,
              const char    *id,
              GError       **error)
{
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (GError)        fault = NULL;

  operation = hall_outbox_get (db, id, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return NULL;
  }

  if (operation == NULL || operation->state != HALL_OPERATION_PARKED ||
      g_strcmp0 (operation->reason, "conflict") == 0) {
    hall_ruling_refuse ("There is no such refused edit", error);
    return NULL;
  }

  return g_steal_pointer (&operation);
}

/**
 * hall_discards_retry:
 * @db: a library, in a transaction
 * @operation: id of a refused operation
 * @clock: what time it is
 * @random: for its new id
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is none (any more)
 *
 * Queues it again. It was certainly refused, so it gets a new id, and its bytes are made anew when it is sent.
 *
 * Returns: whether it went well
 */
gboolean
hall_discards_retry (HallDatabase      *db,
                     const char        *operation,
                     const HallClock   *clock,
                     const HallRandom  *random,
                     GError           **error)
{
  g_autoptr (HallOperation) found = NULL;

  g_return_val_if_fail (db != NULL && operation != NULL && clock != NULL && random != NULL, FALSE);

  found = find_refused (db, operation, error);

  return found != NULL && hall_outbox_renew (db, found->order, found->verb, clock, random, error);
}

/**
 * hall_discards_make:
 * @db: a library, in a transaction
 * @operation: id of a refused operation
 * @clock: what time it is
 * @random: for ids
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is none (any more)
 *
 * Lets an edit go: the row is again what the service has. One that the service never took goes, into the history;
 * one that was removed here comes back with what went along with it.
 *
 * Returns: whether it went well; if not, the library is as it was
 */
gboolean
hall_discards_make (HallDatabase      *db,
                    const char        *operation,
                    const HallClock   *clock,
                    const HallRandom  *random,
                    GError           **error)
{
  g_autoptr (HallOperation) found = NULL;
  HallRuling                ruling;
  gboolean                  done;

  g_return_val_if_fail (db != NULL && operation != NULL && clock != NULL && random != NULL, FALSE);

  found = find_refused (db, operation, error);
  if (found == NULL)
    return FALSE;

  done = hall_ruling_begin (&ruling, db, found->account, found->kind, found->row, clock, random, error) &&
         hall_ruling_take_base (&ruling, error) &&
         hall_ruling_note (&ruling, HALL_DECISION_DISCARD, operation, NULL, error);

  return hall_ruling_end (&ruling, done, error);
}

static gboolean
undo (HallRuling          *ruling,
      const HallDecision  *decision,
      GError             **error)
{
  g_autoptr (HallValue) before = NULL;

  if (!hall_ruling_may_undo (ruling, decision, error))
    return FALSE;

  if (decision->before != NULL) {
    before = hall_wire_read (decision->kind, decision->before, -1, HALL_WIRE_WITH_LOCAL, error);
    if (before == NULL)
      return FALSE;
  }

  return hall_ruling_take (ruling, before, error);
}

/**
 * hall_discards_undo:
 * @db: a library, in a transaction
 * @operation: the id the operation had when it was let go
 * @clock: what time it is
 * @random: for ids
 * @error: HALL_STORE_ERROR: NOT_FOUND when nothing was let go under that id, or the row was changed since
 *
 * The edit is back, and waits to be sent again under a new id.
 *
 * Returns: whether it went well; if not, the library is as it was
 */
gboolean
hall_discards_undo (HallDatabase      *db,
                    const char        *operation,
                    const HallClock   *clock,
                    const HallRandom  *random,
                    GError           **error)
{
  g_autoptr (HallDecision) decision = NULL;
  g_autoptr (GError)       fault = NULL;
  HallRuling               ruling;
  gboolean                 done;

  g_return_val_if_fail (db != NULL && operation != NULL && clock != NULL && random != NULL, FALSE);

  decision = hall_decisions_get (db, operation, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (decision == NULL || decision->word != HALL_DECISION_DISCARD)
    return hall_ruling_refuse ("Nothing was let go under that id", error);

  done = hall_ruling_begin (&ruling, db, decision->account, decision->kind, decision->row, clock, random, error) &&
         undo (&ruling, decision, error) &&
         hall_decisions_drop (db, operation, error);

  return hall_ruling_end (&ruling, done, error);
}
