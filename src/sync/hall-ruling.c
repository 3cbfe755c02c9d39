/* SPDX-License-Identifier: GPL-3.0-or-later
 * The row becomes what the host wants, with what hangs on it and what waits to be sent; before and after are noted. */
#include "sync/hall-ruling.h"

#include "format/hall-front-matter.h"
#include "format/hall-wire.h"
#include "model/hall-post.h"
#include "store/hall-edits.h"
#include "store/hall-history.h"
#include "sync/hall-arrival.h"
#include "sync/hall-merge.h"
#include "sync/hall-row-return.h"

/**
 * hall_ruling_refuse:
 * @why: for the log
 * @error: HALL_STORE_ERROR_NOT_FOUND
 *
 * What the decision is about is not as its maker saw it.
 *
 * Returns: FALSE
 */
gboolean
hall_ruling_refuse (const char  *why,
                    GError     **error)
{
  g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND, why);
  return FALSE;
}

/**
 * hall_ruling_begin:
 * @ruling: (out caller-allocates): to be given to hall_ruling_end(), also after a failure
 * @db: a library, in a transaction
 * @account: id of the account whose service it is about
 * @kind: a kind
 * @row: id of a row, which need not be there
 * @clock: what time it is
 * @random: for ids
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_ruling_begin (HallRuling        *ruling,
                   HallDatabase      *db,
                   const char        *account,
                   const HallKind    *kind,
                   const char        *row,
                   const HallClock   *clock,
                   const HallRandom  *random,
                   GError           **error)
{
  g_return_val_if_fail (ruling != NULL && db != NULL && account != NULL && kind != NULL && row != NULL, FALSE);
  g_return_val_if_fail (clock != NULL && random != NULL, FALSE);

  *ruling = (HallRuling) { .account = g_strdup (account) };
  ruling->transfer = (HallTransfer) { .db = db, .account = ruling->account, .clock = clock, .random = random };

  if (!hall_database_savepoint (db, error)) {
    ruling->transfer.db = NULL;
    return FALSE;
  }

  return hall_row_state_load (&ruling->row, db, kind, row, error);
}

/**
 * hall_ruling_end:
 * @ruling: what hall_ruling_begin() has filled
 * @done: whether all went well
 * @error: HALL_STORE_ERROR
 *
 * Keeps what was done, or undoes it.
 *
 * Returns: whether it is kept
 */
gboolean
hall_ruling_end (HallRuling  *ruling,
                 gboolean     done,
                 GError     **error)
{
  g_return_val_if_fail (ruling != NULL, FALSE);

  if (ruling->transfer.db != NULL && done)
    done = hall_database_release (ruling->transfer.db, error);
  else if (ruling->transfer.db != NULL)
    hall_database_rollback_to (ruling->transfer.db);

  hall_row_state_clear (&ruling->row);
  g_clear_pointer (&ruling->account, g_free);

  return done;
}

static gboolean
find_last (HallRuling  *ruling,
           HallValue  **last,
           GError     **error)
{
  g_autoptr (GError) fault = NULL;

  *last = hall_history_find_removed (ruling->transfer.db, ruling->row.kind, ruling->row.id, &fault);
  if (fault == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* Puts a row that is not here, with what went along with it. *stands: whether it could. */
static gboolean
bring_back (HallRuling     *ruling,
            gconstpointer   version,
            gboolean       *stands,
            GError        **error)
{
  HallTransfer         *transfer = &ruling->transfer;
  const HallRowState   *row = &ruling->row;
  HallReturnScope       scope = row->base != NULL ? HALL_RETURN_KNOWN : HALL_RETURN_ALL;
  g_autoptr (HallValue) last = NULL;
  g_auto (HallRowState) back = { 0 };

  if (!find_last (ruling, &last, error) ||
      !hall_arrival_adopt (transfer, row, version, last, error) ||
      !hall_row_state_load (&back, transfer->db, row->kind, row->id, error))
    return FALSE;

  *stands = back.mine != NULL;
  return !*stands || hall_row_return_others (transfer, row->kind, row->id, scope, error);
}

/**
 * hall_ruling_take_base:
 * @ruling: a ruling
 * @error: HALL_STORE_ERROR
 *
 * Makes the row what the service has: also when it was removed here, or is not there any more. Nothing of it waits
 * to be sent then. What must let go of it, or can name it again, does.
 *
 * Returns: whether it went well
 */
gboolean
hall_ruling_take_base (HallRuling  *ruling,
                       GError     **error)
{
  const HallRowState *row;
  HallTransfer       *transfer;
  gboolean            stands;

  g_return_val_if_fail (ruling != NULL, FALSE);
  row = &ruling->row;
  transfer = &ruling->transfer;

  if (row->base == NULL)
    return hall_ruling_take (ruling, NULL, error);
  if (row->mine != NULL)
    return hall_arrival_adopt (transfer, row, row->base, NULL, error) &&
           hall_row_return_review (transfer, row->kind, row->id, error);

  if (!bring_back (ruling, row->base, &stands, error))
    return FALSE;

  /* Its chat is not here: it shares the chat's fate from now on, as if it had come just now. */
  return stands ? hall_row_return_review (transfer, row->kind, row->id, error)
                : hall_row_state_drop_all (row, transfer->db, error);
}

/* Local fields are those of the row here, but for what a post's text says. */
static gpointer
complete (const HallRowState *row,
          gconstpointer       version)
{
  const HallKind *kind = row->kind;
  HallValue      *value = hall_value_copy (version);

  for (guint i = 0; i < kind->n_fields; i++)
    if ((kind->fields[i].flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) != 0)
      hall_value_take_field (value, row->mine, &kind->fields[i]);

  if (kind == &hall_post_kind) {
    HallPost                   *post = (HallPost *) value;
    g_autoptr (HallFrontMatter) matter = hall_front_matter_read (post->text != NULL ? post->text : "", post->file_name);

    g_set_str (&post->title, matter->title);
  }

  return value;
}

static gboolean
save (HallTransfer        *transfer,
      const HallRowState  *row,
      gconstpointer        version,
      GError             **error)
{
  g_autoptr (HallValue) value = complete (row, version);

  return hall_edits_save (transfer->db, value, transfer->clock, transfer->random, error);
}

/* The service may have it, or not any more: first the row is what it has, then what the host wants. */
static gboolean
restore (HallRuling     *ruling,
         gconstpointer   version,
         GError        **error)
{
  const HallRowState   *row = &ruling->row;
  g_auto (HallRowState) back = { 0 };
  gboolean              stands;

  if (!bring_back (ruling, row->base != NULL ? row->base : version, &stands, error))
    return FALSE;
  if (!stands)
    return hall_ruling_refuse ("The row it belongs to is not here", error);

  return hall_row_state_load (&back, ruling->transfer.db, row->kind, row->id, error) &&
         save (&ruling->transfer, &back, version, error);
}

/**
 * hall_ruling_take:
 * @ruling: a ruling
 * @version: (nullable): what the row is to be; NULL when it is to be removed
 * @error: HALL_STORE_ERROR: EXISTS when another row has what must be unique, NOT_FOUND when the row it belongs to
 *   is not here
 *
 * Makes the row that version, which is sent to the service if it has another one.
 *
 * Returns: whether it went well
 */
gboolean
hall_ruling_take (HallRuling     *ruling,
                  gconstpointer   version,
                  GError        **error)
{
  const HallRowState *row;
  HallTransfer       *transfer;
  gboolean            done = TRUE;

  g_return_val_if_fail (ruling != NULL, FALSE);
  row = &ruling->row;
  transfer = &ruling->transfer;

  if (version != NULL)
    done = row->mine != NULL ? save (transfer, row, version, error) : restore (ruling, version, error);
  else if (row->mine != NULL)
    done = hall_edits_remove (transfer->db, row->kind, row->id, transfer->clock, transfer->random, error);

  return done && hall_row_return_review (transfer, row->kind, row->id, error);
}

/**
 * hall_ruling_note:
 * @ruling: a ruling that has been carried out
 * @word: what was decided
 * @id: id of the conflict or the operation it was about
 * @conflict: (nullable): the conflict
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_ruling_note (HallRuling          *ruling,
                  HallDecisionWord     word,
                  const char          *id,
                  const HallConflict  *conflict,
                  GError             **error)
{
  const HallRowState   *row;
  g_auto (HallRowState) now = { 0 };
  g_autofree char      *before = NULL;
  g_autofree char      *after = NULL;
  HallDecision          decision = { 0 };

  g_return_val_if_fail (ruling != NULL && id != NULL, FALSE);
  row = &ruling->row;

  if (!hall_row_state_load (&now, ruling->transfer.db, row->kind, row->id, error))
    return FALSE;
  before = row->mine != NULL ? hall_wire_write (row->mine, HALL_WIRE_WITH_LOCAL) : NULL;
  after = now.mine != NULL ? hall_wire_write (now.mine, HALL_WIRE_WITH_LOCAL) : NULL;

  decision.id = (char *) id;
  decision.account = ruling->account;
  decision.kind = row->kind;
  decision.row = row->id;
  decision.word = word;
  decision.made_at = hall_clock_now (ruling->transfer.clock);
  decision.before = before;
  decision.after = after;
  if (conflict != NULL) {
    decision.found_at = conflict->found_at;
    decision.base = conflict->base;
    decision.mine = conflict->mine;
    decision.theirs = conflict->theirs;
  }

  return hall_decisions_put (ruling->transfer.db, &decision, error);
}

/**
 * hall_ruling_may_undo:
 * @ruling: a ruling about the row of @decision
 * @decision: what was decided
 * @error: HALL_STORE_ERROR: NOT_FOUND when it may not
 *
 * Returns: whether nobody has changed the row since
 */
gboolean
hall_ruling_may_undo (HallRuling          *ruling,
                      const HallDecision  *decision,
                      GError             **error)
{
  const HallRowState   *row;
  g_autoptr (HallValue) after = NULL;

  g_return_val_if_fail (ruling != NULL && decision != NULL, FALSE);
  row = &ruling->row;

  if (decision->after != NULL) {
    after = hall_wire_read (row->kind, decision->after, -1, HALL_WIRE_WITH_LOCAL, error);
    if (after == NULL)
      return FALSE;
  }

  if (row->conflict != NULL || (row->mine == NULL) != (after == NULL) ||
      (after != NULL && hall_merge_has_edits (after, row->mine)))
    return hall_ruling_refuse ("The row was changed since", error);

  return TRUE;
}
