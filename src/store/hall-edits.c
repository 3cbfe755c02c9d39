/* SPDX-License-Identifier: GPL-3.0-or-later
 * Saving and removing as a host does it. */
#include "store/hall-edits.h"

#include "format/hall-wire.h"
#include "model/hall-account.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "model/hall-question.h"
#include "model/hall-series.h"
#include "store/hall-accounts.h"
#include "store/hall-conflicts.h"
#include "store/hall-edit-operations.h"
#include "store/hall-history.h"
#include "store/hall-outbox.h"
#include "store/hall-revisions.h"
#include "store/hall-rows.h"

/* What one edit needs to know throughout. */
typedef struct {
  HallDatabase     *db;
  const HallClock  *clock;
  const HallRandom *random;
  gint64            now;
} Edit;

static const char *
own_account (gconstpointer value)
{
  const HallField *field = value != NULL ? hall_kind_find_field (((const HallValue *) value)->kind, "account") : NULL;

  return field != NULL ? hall_value_get_text (value, field) : NULL;
}

/* What a service has cannot follow a row to another one. */
static gboolean
may_belong_to (gconstpointer   before,
               gconstpointer   value,
               GError        **error)
{
  const char *old = own_account (before);

  if (old == NULL || g_strcmp0 (old, own_account (value)) == 0)
    return TRUE;

  g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED, "A row stays with the account it has");
  return FALSE;
}

static gboolean
keep_revision (Edit           *edit,
               gconstpointer   before,
               gconstpointer   value,
               GError        **error)
{
  const HallPost *old = before;
  const HallPost *post = value;

  if (post->parent.kind != &hall_post_kind || post->text == NULL ||
      (old != NULL && g_strcmp0 (old->text, post->text) == 0))
    return TRUE;

  return hall_revisions_add (edit->db, post->parent.id, post->text, edit->now, error);
}

/* What the service has of a chat that comes back, and what was removed along with it, is not for this floor. */
static gboolean
note_return (Edit           *edit,
             gconstpointer   before,
             gconstpointer   value,
             GError        **error)
{
  const HallValue *self = value;

  return before != NULL || self->kind != &hall_chat_kind ||
         hall_database_run (edit->db, error, "INSERT OR IGNORE INTO returned (chat, account) "
                                             "SELECT id, account FROM bases WHERE kind = 'chat' AND id = ?",
                            "t", self->id);
}

/* What came while the row was away, and so had to let go of it, names it again as its service has it. What the host
 * has edited since stays as they have it. */
static gboolean
regain (Edit           *edit,
        gconstpointer   before,
        gconstpointer   value,
        GError        **error)
{
  const HallValue *self = value;
  const char      *sql = NULL;

  if (before == NULL && self->kind == &hall_series_kind)
    sql = "UPDATE chats SET series = ?1 WHERE series IS NULL "
          "AND id IN (SELECT id FROM bases WHERE kind = 'chat' AND json_extract (json, '$.series') = ?1) "
          "AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'chat' AND outbox.id = chats.id)";
  else if (before == NULL && self->kind == &hall_attendee_kind)
    sql = "UPDATE questions SET attendee = ?1 WHERE attendee IS NULL "
          "AND id IN (SELECT id FROM bases WHERE kind = 'question' AND json_extract (json, '$.attendee') = ?1) "
          "AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'question' AND outbox.id = questions.id)";

  return sql == NULL || hall_database_run (edit->db, error, sql, "t", self->id);
}

/* Whether two versions are the same to a service. */
static gboolean
says_the_same (gconstpointer a,
               gconstpointer b)
{
  const HallKind *kind = ((const HallValue *) b)->kind;

  for (guint i = 0; i < kind->n_fields; i++)
    if ((kind->fields[i].flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 &&
        !hall_value_same_field (a, b, &kind->fields[i]))
      return FALSE;

  return TRUE;
}

/* Both sides have come to say the same: nothing is left to be chosen. */
static gboolean
settle_conflict (Edit             *edit,
                 const HallValue  *value,
                 GError          **error)
{
  g_autoptr (GError)        fault = NULL;
  g_autoptr (HallOperation) waiting = hall_outbox_find (edit->db, value->kind, value->id, &fault);

  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  return hall_conflicts_drop (edit->db, value->kind, value->id, error) &&
         (waiting == NULL || waiting->state != HALL_OPERATION_PARKED ||
          hall_outbox_renew (edit->db, waiting->order, waiting->verb, edit->clock, edit->random, error));
}

/* The host's side of an open conflict may say more than the row does, an address that the row had to give back for
 * one: only what this edit changes is changed there. */
static gboolean
follow_in_conflict (Edit           *edit,
                    gconstpointer   before,
                    gconstpointer   value,
                    GError        **error)
{
  const HallValue         *self = value;
  g_autoptr (GError)       fault = NULL;
  g_autoptr (HallConflict) conflict = hall_conflicts_find (edit->db, self->kind, self->id, &fault);
  g_autoptr (HallValue)    said = NULL;
  g_autoptr (HallValue)    theirs = NULL;
  g_autofree char         *json = NULL;

  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (conflict == NULL)
    return TRUE;

  if (before != NULL && conflict->mine != NULL)
    said = hall_wire_read (self->kind, conflict->mine, -1, HALL_WIRE_ALL, NULL);
  for (guint i = 0; said != NULL && i < self->kind->n_fields; i++)
    if (!hall_value_same_field (before, value, &self->kind->fields[i]))
      hall_value_take_field (said, value, &self->kind->fields[i]);

  json = hall_wire_write (said != NULL ? said : value, HALL_WIRE_ALL);
  if (!hall_conflicts_set_mine (edit->db, self->kind, self->id, json, error))
    return FALSE;

  if (conflict->theirs != NULL)
    theirs = hall_wire_read (self->kind, conflict->theirs, -1, HALL_WIRE_ALL, NULL);

  return theirs == NULL || !says_the_same (said != NULL ? said : value, theirs) || settle_conflict (edit, self, error);
}

static gboolean
save_value (Edit           *edit,
            gconstpointer   before,
            gconstpointer   value,
            GError        **error)
{
  g_autoptr (GError) fault = NULL;
  g_autofree char   *owner = NULL;

  if (!may_belong_to (before, value, error) ||
      !hall_rows_put (edit->db, value, error) ||
      !hall_history_add (edit->db, HALL_HISTORY_HOST, before, value, edit->now, error) ||
      !keep_revision (edit, before, value, error) ||
      !note_return (edit, before, value, error) ||
      !regain (edit, before, value, error))
    return FALSE;

  owner = hall_accounts_find_owner (edit->db, value, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (owner == NULL)
    return TRUE;

  /* A chat that is given to an account takes along what hangs on it. */
  if (before != NULL && own_account (before) == NULL && own_account (value) != NULL)
    return hall_accounts_queue_unsent (edit->db, owner, edit->clock, edit->random, error);

  return hall_edit_operations_save (edit->db, owner, before, value, edit->clock, edit->random, error) &&
         follow_in_conflict (edit, before, value, error);
}

/* Everything that goes with a chat: kept in the history, with what was unsent of it set aside, and no longer to be
 * sent, for the service removes it with the chat. What may have been sent already stays in the outbox until its answer has come. */
static gboolean
forget_children (Edit            *edit,
                 const HallKind  *kind,
                 const char      *chat,
                 GError         **error)
{
  g_autofree char          *sql = NULL;
  g_autofree char          *unsent = NULL;
  g_autofree char          *operations = NULL;
  g_autofree char          *conflicts = NULL;
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  /* One after the other: there may be more attendees than fit into memory. */
  sql = g_strdup_printf ("SELECT %s FROM %s WHERE chat = ?", hall_rows_columns (kind), kind->plural);
  statement = hall_database_prepare (edit->db, sql, error);
  if (statement == NULL)
    return FALSE;
  hall_statement_bind (statement, "t", chat);
  do {
    g_autoptr (HallValue) child = NULL;

    if (!hall_statement_step (statement, &has_row, error))
      return FALSE;
    child = has_row ? hall_rows_read (kind, statement) : NULL;
    if (child != NULL && !hall_history_add_along (edit->db, child, chat, edit->now, error))
      return FALSE;
  } while (has_row);

  unsent = g_strdup_printf ("INSERT INTO set_aside (kind, id, chat, base) "
                            "SELECT ?1, r.id, r.chat, iif (c.id IS NULL, b.json, c.base) FROM %s AS r "
                            "LEFT JOIN bases AS b ON b.kind = ?1 AND b.id = r.id "
                            "LEFT JOIN conflicts AS c ON c.kind = ?1 AND c.row_id = r.id "
                            "WHERE r.chat = ?2 AND (SELECT account FROM chats WHERE id = ?2) IS NOT NULL "
                            "AND (b.id IS NULL OR EXISTS (SELECT 1 FROM outbox WHERE kind = ?1 AND id = r.id))",
                            kind->plural);

  operations = g_strdup_printf ("DELETE FROM outbox WHERE kind = ? AND state IN ('queued', 'parked') "
                                "AND id IN (SELECT id FROM %s WHERE chat = ?)", kind->plural);
  conflicts = g_strdup_printf ("DELETE FROM conflicts WHERE kind = ? "
                               "AND row_id IN (SELECT id FROM %s WHERE chat = ?)", kind->plural);

  return hall_database_run (edit->db, error, "DELETE FROM set_aside WHERE kind = ? AND chat = ?", "tt", kind->name, chat) &&
         hall_database_run (edit->db, error, unsent, "tt", kind->name, chat) &&
         hall_database_run (edit->db, error, operations, "tt", kind->name, chat) &&
         hall_database_run (edit->db, error, conflicts, "tt", kind->name, chat);
}

/* Rows that name the removed one, but live on without it, are edited first: so the service hears of it too. */
static gboolean
let_go (Edit            *edit,
        const HallKind  *kind,
        const char      *field_name,
        const char      *id,
        GError         **error)
{
  const HallField      *field = hall_kind_find_field (kind, field_name);
  g_autofree char      *where = g_strdup_printf ("WHERE %s = ?", field_name);
  g_autoptr (GPtrArray) values = hall_rows_list (edit->db, kind, where, id, error);

  for (guint i = 0; values != NULL && i < values->len; i++) {
    g_autoptr (HallValue) value = hall_value_copy (values->pdata[i]);

    hall_value_set_text (value, field, NULL);
    if (!save_value (edit, values->pdata[i], value, error))
      return FALSE;
  }

  return values != NULL;
}

static gboolean
part_from_others (Edit             *edit,
                  const HallValue  *value,
                  GError          **error)
{
  if (value->kind == &hall_series_kind)
    return let_go (edit, &hall_chat_kind, "series", value->id, error);
  if (value->kind == &hall_attendee_kind)
    return let_go (edit, &hall_question_kind, "attendee", value->id, error);
  if (value->kind == &hall_chat_kind)
    return forget_children (edit, &hall_question_kind, value->id, error) &&
           forget_children (edit, &hall_attendee_kind, value->id, error) &&
           forget_children (edit, &hall_guest_kind, value->id, error);

  return TRUE;
}

static gboolean
remove_value (Edit           *edit,
              gconstpointer   value,
              GError        **error)
{
  const HallValue   *self = value;
  g_autoptr (GError) fault = NULL;
  g_autofree char   *owner = hall_accounts_find_owner (edit->db, value, &fault);

  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  return part_from_others (edit, self, error) &&
         (owner == NULL ||
          hall_edit_operations_remove (edit->db, owner, value, edit->clock, edit->random, error)) &&
         hall_conflicts_set_mine (edit->db, self->kind, self->id, NULL, error) &&
         hall_history_add (edit->db, HALL_HISTORY_HOST, value, NULL, edit->now, error) &&
         hall_rows_remove (edit->db, self->kind, self->id, error);
}

/* Reads a row, telling "none" from an error. */
static gboolean
find_row (HallDatabase    *db,
          const HallKind  *kind,
          const char      *id,
          gpointer        *value,
          GError         **error)
{
  g_autoptr (GError) fault = NULL;

  *value = hall_rows_get (db, kind, id, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  return TRUE;
}

/* All of it or nothing, also within a larger transaction. */
static gboolean
finish (HallDatabase  *db,
        gboolean       done,
        GError       **error)
{
  if (done)
    return hall_database_release (db, error);

  hall_database_rollback_to (db);
  return FALSE;
}

/**
 * hall_edits_save:
 * @db: a library, in a transaction
 * @value: what the host makes of a row, or a new one
 * @clock: what time it is
 * @random: for ids of operations
 * @error: HALL_STORE_ERROR: EXISTS when another row has what must be unique, NOT_FOUND when the row it hangs on is
 *   missing, FAILED when the row would leave its account
 *
 * Saves a value: the row, its history, a post's revision, and when the row belongs to an account its place in
 * the outbox. When nothing is changed nothing is written; when only what is local is changed nothing is sent.
 * An operation of the row that was never attempted absorbs the edit; one that was is followed by another; one
 * that is parked is made new, unless it waits for the host to settle a conflict.
 *
 * Returns: whether it went well; if not, the library is as it was
 */
gboolean
hall_edits_save (HallDatabase      *db,
                 gconstpointer      value,
                 const HallClock   *clock,
                 const HallRandom  *random,
                 GError           **error)
{
  const HallValue      *self = value;
  g_autoptr (HallValue) before = NULL;
  Edit                  edit = { db, clock, random, 0 };

  g_return_val_if_fail (db != NULL && value != NULL && clock != NULL && random != NULL, FALSE);
  g_return_val_if_fail (hall_database_in_transaction (db), FALSE);

  if (!find_row (db, self->kind, self->id, (gpointer *) &before, error))
    return FALSE;
  if (before != NULL && hall_value_equal (before, value))
    return TRUE;

  edit.now = hall_clock_now (clock);

  return hall_database_savepoint (db, error) &&
         finish (db, save_value (&edit, before, value, error), error);
}

/**
 * hall_edits_remove:
 * @db: a library, in a transaction
 * @kind: a kind; accounts have hall_accounts_remove()
 * @id: id of the row
 * @clock: what time it is
 * @random: for ids of operations
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is no such row
 *
 * Removes a row with what cannot be without it, and keeps all of it in the history. A row that its service
 * cannot know yet just goes, with what waits to be sent of it; else its removal waits to be sent.
 *
 * Returns: whether it went well; if not, the library is as it was
 */
gboolean
hall_edits_remove (HallDatabase      *db,
                   const HallKind    *kind,
                   const char        *id,
                   const HallClock   *clock,
                   const HallRandom  *random,
                   GError           **error)
{
  g_autoptr (HallValue) value = NULL;
  Edit                  edit = { db, clock, random, 0 };

  g_return_val_if_fail (db != NULL && kind != NULL && id != NULL && clock != NULL && random != NULL, FALSE);
  g_return_val_if_fail (kind != &hall_account_kind, FALSE);
  g_return_val_if_fail (hall_database_in_transaction (db), FALSE);

  if (!find_row (db, kind, id, (gpointer *) &value, error))
    return FALSE;
  if (value == NULL) {
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND, "There is no such %s", kind->name);
    return FALSE;
  }

  edit.now = hall_clock_now (clock);

  return hall_database_savepoint (db, error) &&
         finish (db, remove_value (&edit, value, error), error);
}
