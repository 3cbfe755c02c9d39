/* SPDX-License-Identifier: GPL-3.0-or-later
 * A conflict ends with the version that the host chose, and opens again when the choice is taken back in time. */
#include "sync/hall-choices.h"

#include "format/hall-wire.h"
#include "model/hall-chat.h"
#include "store/hall-conflicts.h"
#include "sync/hall-dispute.h"
#include "sync/hall-merge.h"
#include "sync/hall-row-return.h"
#include "sync/hall-ruling.h"

static gboolean
read_version (const HallKind  *kind,
              const char      *json,
              HallValue      **version,
              GError         **error)
{
  *version = json != NULL ? hall_wire_read (kind, json, -1, HALL_WIRE_ALL, error) : NULL;

  return json == NULL || *version != NULL;
}

/* What a service has deleted along with its chat is offered to it again with the chat. */
static gboolean
offer_again (HallRuling  *ruling,
             GError     **error)
{
  const HallRowState *row = &ruling->row;

  return row->kind != &hall_chat_kind || row->base != NULL ||
         hall_row_return_offer (&ruling->transfer, row->id, error);
}

static gboolean
make (HallRuling          *ruling,
      const HallConflict  *conflict,
      HallChoice           choice,
      gconstpointer        edited,
      GError             **error)
{
  const HallRowState   *row = &ruling->row;
  g_autoptr (HallValue) mine = NULL;

  if (!read_version (row->kind, conflict->mine, &mine, error) ||
      !hall_conflicts_drop (ruling->transfer.db, row->kind, row->id, error))
    return FALSE;

  switch (choice) {
  case HALL_CHOICE_MINE:
    return hall_ruling_take (ruling, mine, error) && offer_again (ruling, error);
  case HALL_CHOICE_THEIRS:
    return hall_ruling_take_base (ruling, error);
  case HALL_CHOICE_EDITED:
    return hall_ruling_take (ruling, edited, error) && offer_again (ruling, error);
  default:
    g_return_val_if_reached (FALSE);
  }
}

static HallConflict *
find_conflict (HallDatabase  *db,
               const char    *id,
               GError       **error)
{
  g_autoptr (GError) fault = NULL;
  HallConflict      *conflict = hall_conflicts_get (db, id, &fault);

  if (fault != NULL)
    g_propagate_error (error, g_steal_pointer (&fault));
  else if (conflict == NULL)
    hall_ruling_refuse ("There is no such conflict, or it has changed again", error);

  return conflict;
}

/**
 * hall_choices_make:
 * @db: a library, in a transaction
 * @conflict: id of a conflict, which names the versions that whoever chooses has seen
 * @choice: which version
 * @edited: (nullable): the third version, for HALL_CHOICE_EDITED only; its local fields are not looked at
 * @clock: what time it is
 * @random: for ids
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is no such conflict, or the service's version is another one now;
 *   EXISTS when another row has what must be unique
 *
 * Ends a conflict. The host's own version, or the third one, goes out as an edit of what the service has now; a row
 * that it has deleted is made there again, with what is here of it. The service's version replaces the row, and
 * what waited of it goes; a row that was removed here comes back with what went along with it.
 *
 * Returns: whether it went well; if not, the library is as it was
 */
gboolean
hall_choices_make (HallDatabase      *db,
                   const char        *conflict,
                   HallChoice         choice,
                   gconstpointer      edited,
                   const HallClock   *clock,
                   const HallRandom  *random,
                   GError           **error)
{
  static const HallDecisionWord words[] = { HALL_DECISION_MINE, HALL_DECISION_THEIRS, HALL_DECISION_EDITED };
  g_autoptr (HallConflict)      found = NULL;
  HallRuling                    ruling;
  gboolean                      done;

  g_return_val_if_fail (db != NULL && conflict != NULL && clock != NULL && random != NULL, FALSE);
  g_return_val_if_fail ((choice == HALL_CHOICE_EDITED) == (edited != NULL), FALSE);

  found = find_conflict (db, conflict, error);
  if (found == NULL)
    return FALSE;
  g_return_val_if_fail (edited == NULL || ((const HallValue *) edited)->kind == found->kind, FALSE);
  g_return_val_if_fail (edited == NULL || g_str_equal (((const HallValue *) edited)->id, found->row), FALSE);

  done = hall_ruling_begin (&ruling, db, found->account, found->kind, found->row, clock, random, error) &&
         make (&ruling, found, choice, edited, error) &&
         hall_ruling_note (&ruling, words[choice], conflict, found, error);

  return hall_ruling_end (&ruling, done, error);
}

/* Whether the service still has what it had when the host chose, and has been sent nothing since. */
static gboolean
is_unsent (const HallRuling *ruling,
           gconstpointer     theirs)
{
  const HallRowState *row = &ruling->row;

  return !hall_row_state_is_frozen (row->first) && (row->base == NULL) == (theirs == NULL) &&
         (theirs == NULL || !hall_merge_has_edits (theirs, row->base));
}

/* Row and conflict as they were before the choice; what they began with is in the conflict. */
static gboolean
open_again (HallRuling          *ruling,
            const HallDecision  *decision,
            gconstpointer        mine,
            gconstpointer        theirs,
            GError             **error)
{
  HallTransfer         *transfer = &ruling->transfer;
  HallConflict          conflict = { 0 };
  g_autoptr (HallValue) before = NULL;
  g_auto (HallRowState) row = { 0 };

  conflict.id = decision->id;
  conflict.account = decision->account;
  conflict.kind = decision->kind;
  conflict.row = decision->row;
  conflict.base = decision->base;
  conflict.mine = decision->mine;
  conflict.theirs = decision->theirs;
  conflict.found_at = decision->found_at;

  return read_version (decision->kind, decision->before, &before, error) &&
         hall_ruling_take (ruling, before, error) &&
         hall_conflicts_put (transfer->db, &conflict, error) &&
         hall_row_state_load (&row, transfer->db, decision->kind, decision->row, error) &&
         hall_dispute_open (transfer, &row, NULL, mine, theirs, error);
}

/* A chat that is just being deleted at the service takes along what would come back here. */
static gboolean
is_being_deleted (const HallRowState *row)
{
  return row->kind == &hall_chat_kind && hall_row_state_is_frozen (row->first) &&
         row->first->verb == HALL_OPERATION_REMOVE;
}

static gboolean
undo (HallRuling          *ruling,
      const HallDecision  *decision,
      GError             **error)
{
  g_autoptr (HallValue) mine = NULL;
  g_autoptr (HallValue) theirs = NULL;

  if (!hall_ruling_may_undo (ruling, decision, error) ||
      !read_version (decision->kind, decision->mine, &mine, error) ||
      !read_version (decision->kind, decision->theirs, &theirs, error))
    return FALSE;

  if (is_unsent (ruling, theirs))
    return open_again (ruling, decision, mine, theirs, error);

  if (is_being_deleted (&ruling->row))
    return hall_ruling_refuse ("The chat is just being deleted at the service", error);

  /* The service has it by now, or may have: what undoes it is a new edit. */
  return hall_ruling_take (ruling, decision->word == HALL_DECISION_MINE ? theirs : mine, error);
}

/**
 * hall_choices_undo:
 * @db: a library, in a transaction
 * @conflict: id of the conflict that a choice has ended
 * @clock: what time it is
 * @random: for ids
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is no such choice (any more), or the row was changed since
 *
 * Takes a choice back. As long as the service has not heard of it, the conflict is open again with the versions and
 * the id it had, and the row is as it was. Otherwise a new edit is made: back to the service's version when the
 * host's own was chosen, and to the host's own when it was a third.
 *
 * Returns: whether it went well; if not, the library is as it was
 */
gboolean
hall_choices_undo (HallDatabase      *db,
                   const char        *conflict,
                   const HallClock   *clock,
                   const HallRandom  *random,
                   GError           **error)
{
  g_autoptr (HallDecision) decision = NULL;
  g_autoptr (GError)       fault = NULL;
  HallRuling               ruling;
  gboolean                 done;

  g_return_val_if_fail (db != NULL && conflict != NULL && clock != NULL && random != NULL, FALSE);

  decision = hall_decisions_get (db, conflict, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (decision == NULL || decision->word == HALL_DECISION_DISCARD)
    return hall_ruling_refuse ("There is no such choice", error);

  done = hall_ruling_begin (&ruling, db, decision->account, decision->kind, decision->row, clock, random, error) &&
         undo (&ruling, decision, error) &&
         hall_decisions_drop (db, conflict, error);

  return hall_ruling_end (&ruling, done, error);
}
