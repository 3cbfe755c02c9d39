/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox: an operation's body and mark are set when it is first attempted, and never again. */
#include "store/hall-outbox.h"

#include "model/hall-kinds.h"

#include <string.h>

#define COLUMNS "number, operation, account, kind, id, verb, state, base_mark, body, attempts, made_at, reason"

/* Whether the service is still to learn of the row "parent" is for. Not its verb alone tells: when a create is
 * refused, an edit made while it was on its way takes its place. */
#define IS_NEW "(parent.verb = 'create' OR parent.verb = 'change' AND NOT EXISTS (SELECT 1 FROM bases " \
               "WHERE bases.kind = parent.kind AND bases.id = parent.id AND bases.mark <> ''))"

static const char *const verbs[] = { "create", "change", "remove" };
static const char *const states[] = { "queued", "sending", "unknown", "parked" };

static guint
find_word (const char *const *words,
           guint              n_words,
           const char        *word)
{
  for (guint i = 0; i < n_words; i++)
    if (strcmp (words[i], word) == 0)
      return i;

  g_assert_not_reached (); /* the table lets no other in */
}

static HallOperation *
read_operation (HallStatement *statement)
{
  HallOperation *operation = g_new0 (HallOperation, 1);

  operation->order = hall_statement_get_int (statement, 0);
  operation->id = g_strdup (hall_statement_get_text (statement, 1));
  operation->account = g_strdup (hall_statement_get_text (statement, 2));
  operation->kind = hall_kinds_from_name (hall_statement_get_text (statement, 3));
  operation->row = g_strdup (hall_statement_get_text (statement, 4));
  operation->verb = find_word (verbs, G_N_ELEMENTS (verbs), hall_statement_get_text (statement, 5));
  operation->state = find_word (states, G_N_ELEMENTS (states), hall_statement_get_text (statement, 6));
  operation->base_mark = g_strdup (hall_statement_get_text (statement, 7));
  operation->body = g_strdup (hall_statement_get_text (statement, 8));
  operation->attempts = hall_statement_get_int (statement, 9);
  operation->made_at = hall_statement_get_int (statement, 10);
  operation->reason = g_strdup (hall_statement_get_text (statement, 11));

  return operation;
}

static gboolean
was_there (HallDatabase  *db,
           gint64         order,
           GError       **error)
{
  if (hall_database_count_changes (db) > 0)
    return TRUE;

  g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND,
               "Operation %" G_GINT64_FORMAT " is not in the outbox, or not in a state for this", order);
  return FALSE;
}

static HallOperation *
find_one (HallDatabase    *db,
          const char      *query,
          const HallKind  *kind,
          const char      *row,
          GError         **error)
{
  g_autoptr (HallStatement) statement = hall_database_prepare (db, query, error);
  gboolean                  has_row;

  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "tt", kind->name, row);
  if (!hall_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  return read_operation (statement);
}

/**
 * hall_operation_free:
 * @operation: (transfer full) (nullable): an operation
 */
void
hall_operation_free (HallOperation *operation)
{
  if (operation == NULL)
    return;

  g_free (operation->id);
  g_free (operation->account);
  g_free (operation->row);
  g_free (operation->base_mark);
  g_free (operation->body);
  g_free (operation->reason);
  g_free (operation);
}

/**
 * hall_outbox_add:
 * @db: a library, in the transaction that makes the edit
 * @account: id of the account that owns the row
 * @kind: a kind
 * @row: id of the row
 * @verb: what is done to it
 * @clock: what time it is
 * @random: for the operation's id
 * @error: HALL_STORE_ERROR
 *
 * Puts a queued operation at the end.
 *
 * Returns: whether it went well
 */
gboolean
hall_outbox_add (HallDatabase       *db,
                 const char         *account,
                 const HallKind     *kind,
                 const char         *row,
                 HallOperationVerb   verb,
                 const HallClock    *clock,
                 const HallRandom   *random,
                 GError            **error)
{
  g_autofree char *id = NULL;
  gint64           now;

  g_return_val_if_fail (db != NULL && account != NULL && kind != NULL && row != NULL, FALSE);
  g_return_val_if_fail (clock != NULL && random != NULL, FALSE);
  g_return_val_if_fail (kind->sent, FALSE);

  now = hall_clock_now (clock);
  id = hall_id_new (now, random);

  return hall_database_run (db, error,
                            "INSERT INTO outbox (operation, account, kind, id, verb, state, made_at) "
                            "VALUES (?, ?, ?, ?, ?, 'queued', ?)",
                            "ttttti", id, account, kind->name, row, verbs[verb], now);
}

/**
 * hall_outbox_next:
 * @db: a library
 * @account: id of an account
 * @after: the order of the operation that was dealt with last in this exchange; 0 at its beginning
 * @error: HALL_STORE_ERROR
 *
 * Finds the next operation that may be sent. It is not parked, no other one of the same row waits before it,
 * and no row it hangs on (its chat, its series, the attendee who asks) waits to be created. So an operation
 * that is parked holds up only what depends on it. One left as sending was cut off: it counts as unknown.
 *
 * Returns: (transfer full) (nullable): the operation; NULL without an error when there is none
 */
HallOperation *
hall_outbox_next (HallDatabase  *db,
                  const char    *account,
                  gint64         after,
                  GError       **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && account != NULL, NULL);

  statement = hall_database_prepare (db,
    "SELECT " COLUMNS " FROM outbox AS o "
    "WHERE account = ? AND number > ? AND state <> 'parked' "
    "AND NOT EXISTS (SELECT 1 FROM outbox AS earlier "
    "  WHERE earlier.kind = o.kind AND earlier.id = o.id AND earlier.number < o.number) "
    "AND NOT EXISTS (SELECT 1 FROM outbox AS parent "
    "  WHERE " IS_NEW " AND parent.kind = 'series' AND o.kind = 'chat' "
    "  AND parent.id = (SELECT series FROM chats WHERE chats.id = o.id)) "
    "AND NOT EXISTS (SELECT 1 FROM outbox AS parent "
    "  WHERE " IS_NEW " AND parent.kind = 'chat' AND parent.id = CASE o.kind "
    "    WHEN 'guest' THEN (SELECT chat FROM guests WHERE guests.id = o.id) "
    "    WHEN 'attendee' THEN (SELECT chat FROM attendees WHERE attendees.id = o.id) "
    "    WHEN 'question' THEN (SELECT chat FROM questions WHERE questions.id = o.id) END) "
    "AND NOT EXISTS (SELECT 1 FROM outbox AS parent "
    "  WHERE " IS_NEW " AND parent.kind = 'attendee' AND o.kind = 'question' "
    "  AND parent.id = (SELECT attendee FROM questions WHERE questions.id = o.id)) "
    "ORDER BY number LIMIT 1", error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "ti", account, after);
  if (!hall_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  return read_operation (statement);
}

/**
 * hall_outbox_get:
 * @db: a library
 * @id: id of an operation
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the operation; NULL without an error when it does not wait (any more)
 */
HallOperation *
hall_outbox_get (HallDatabase  *db,
                 const char    *id,
                 GError       **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && id != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT " COLUMNS " FROM outbox WHERE operation = ?", error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "t", id);
  if (!hall_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  return read_operation (statement);
}

/**
 * hall_outbox_list:
 * @db: a library
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (element-type HallOperation) (nullable): everything that waits, in its order
 */
GPtrArray *
hall_outbox_list (HallDatabase  *db,
                  GError       **error)
{
  g_autoptr (GPtrArray)     operations = NULL;
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT " COLUMNS " FROM outbox ORDER BY number", error);
  if (statement == NULL)
    return NULL;

  operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_operation_free);
  do {
    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (operations, read_operation (statement));
  } while (has_row);

  return g_steal_pointer (&operations);
}

/**
 * hall_outbox_find:
 * @db: a library
 * @kind: a kind
 * @row: id of a row
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the newest operation of that row, in whatever state; NULL without an error
 *   when none waits
 */
HallOperation *
hall_outbox_find (HallDatabase    *db,
                  const HallKind  *kind,
                  const char      *row,
                  GError         **error)
{
  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL, NULL);

  return find_one (db, "SELECT " COLUMNS " FROM outbox WHERE kind = ? AND id = ? ORDER BY number DESC LIMIT 1",
                   kind, row, error);
}

/**
 * hall_outbox_find_first:
 * @db: a library
 * @kind: a kind
 * @row: id of a row
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the oldest operation of that row, which is the one that may have been
 *   attempted; NULL without an error when none waits
 */
HallOperation *
hall_outbox_find_first (HallDatabase    *db,
                        const HallKind  *kind,
                        const char      *row,
                        GError         **error)
{
  g_return_val_if_fail (db != NULL && kind != NULL && row != NULL, NULL);

  return find_one (db, "SELECT " COLUMNS " FROM outbox WHERE kind = ? AND id = ? ORDER BY number LIMIT 1",
                   kind, row, error);
}

/**
 * hall_outbox_freeze:
 * @db: a library, in a transaction
 * @operation: a queued operation; its members follow
 * @base_mark: (nullable): the mark of what it starts from (If-Match); NULL for a create
 * @body: (nullable): what will be sent; NULL for a remove
 * @error: HALL_STORE_ERROR: NOT_FOUND when it is not queued (any more)
 *
 * Makes it sending, with the bytes it keeps from now on, as its first attempt.
 *
 * Returns: whether it went well
 */
gboolean
hall_outbox_freeze (HallDatabase   *db,
                    HallOperation  *operation,
                    const char     *base_mark,
                    const char     *body,
                    GError        **error)
{
  g_return_val_if_fail (db != NULL && operation != NULL, FALSE);

  if (!hall_database_run (db, error,
                          "UPDATE outbox SET state = 'sending', base_mark = ?, body = ?, attempts = 1 "
                          "WHERE number = ? AND state = 'queued'",
                          "tti", base_mark, body, operation->order) ||
      !was_there (db, operation->order, error))
    return FALSE;

  operation->state = HALL_OPERATION_SENDING;
  operation->attempts = 1;
  g_set_str (&operation->base_mark, base_mark);
  g_set_str (&operation->body, body);

  return TRUE;
}

/**
 * hall_outbox_set_state:
 * @db: a library, in a transaction
 * @order: which operation
 * @state: SENDING to send it again, UNKNOWN when no answer came, PARKED when it waits for the host
 * @reason: (nullable): why it is parked: a sentence for people, or "conflict"; NULL for any other state
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is no such operation, or when one that was never frozen is to be
 *   sending or unknown
 *
 * Changes nothing else, but that a further attempt is counted. To make it queued again use hall_outbox_renew().
 *
 * Returns: whether it went well
 */
gboolean
hall_outbox_set_state (HallDatabase        *db,
                       gint64               order,
                       HallOperationState   state,
                       const char          *reason,
                       GError             **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (state != HALL_OPERATION_QUEUED, FALSE);
  g_return_val_if_fail (reason == NULL || state == HALL_OPERATION_PARKED, FALSE);

  return hall_database_run (db, error,
                            "UPDATE outbox SET state = ?1, reason = ?2, "
                            "attempts = attempts + (?1 = 'sending') "
                            "WHERE number = ?3 AND (?1 = 'parked' OR state IN ('sending', 'unknown'))",
                            "tti", states[state], reason, order) &&
         was_there (db, order, error);
}

/**
 * hall_outbox_renew:
 * @db: a library, in a transaction
 * @order: which operation: one that has certainly had no effect
 * @verb: what is to be done instead, or the same again
 * @clock: what time it is
 * @random: for its new id
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is no such operation
 *
 * Makes it queued again under a new id and without its bytes, in the same place of the order: it will be made
 * anew from the row and its base when it is attempted.
 *
 * Returns: whether it went well
 */
gboolean
hall_outbox_renew (HallDatabase       *db,
                   gint64              order,
                   HallOperationVerb   verb,
                   const HallClock    *clock,
                   const HallRandom   *random,
                   GError            **error)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (db != NULL && clock != NULL && random != NULL, FALSE);

  id = hall_id_new (hall_clock_now (clock), random);

  return hall_database_run (db, error,
                            "UPDATE outbox SET operation = ?, verb = ?, state = 'queued', base_mark = NULL, "
                            "body = NULL, attempts = 0, reason = NULL WHERE number = ?",
                            "tti", id, verbs[verb], order) &&
         was_there (db, order, error);
}

/**
 * hall_outbox_drop:
 * @db: a library, in a transaction
 * @order: which operation
 * @error: HALL_STORE_ERROR
 *
 * Takes it out: the service has it, or there is nothing to send any more.
 *
 * Returns: whether it went well; also TRUE when there was none
 */
gboolean
hall_outbox_drop (HallDatabase  *db,
                  gint64         order,
                  GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM outbox WHERE number = ?", "i", order);
}

/**
 * hall_outbox_count:
 * @db: a library
 * @account: (nullable): id of an account, or NULL for all
 * @parked: TRUE to count those that are parked, FALSE for all others
 * @error: HALL_STORE_ERROR
 *
 * Returns: how many there are; -1 with @error set
 */
gint64
hall_outbox_count (HallDatabase  *db,
                   const char    *account,
                   gboolean       parked,
                   GError       **error)
{
  g_return_val_if_fail (db != NULL, -1);

  return hall_database_get_int (db, error,
                                "SELECT count(*) FROM outbox WHERE (?1 IS NULL OR account = ?1) "
                                "AND (state = 'parked') = ?2",
                                "ti", account, (gint64) !!parked);
}

/**
 * hall_outbox_find_oldest:
 * @db: a library
 * @error: HALL_STORE_ERROR
 *
 * Returns: when the oldest edit that waits to be sent was made, in microseconds since 1970 in UTC; 0 when none waits,
 *   parked ones left aside; -1 with @error set
 */
gint64
hall_outbox_find_oldest (HallDatabase  *db,
                         GError       **error)
{
  g_return_val_if_fail (db != NULL, -1);

  return hall_database_get_int (db, error,
                                "SELECT ifnull (min (made_at), 0) FROM outbox WHERE state <> 'parked'", "");
}

/**
 * hall_outbox_count_below:
 * @db: a library
 * @chat: id of a chat
 * @error: HALL_STORE_ERROR
 *
 * Counts what would lose its row if the chat went.
 *
 * Returns: how many operations of its guests, attendees and questions there are; -1 with @error set
 */
gint64
hall_outbox_count_below (HallDatabase  *db,
                         const char    *chat,
                         GError       **error)
{
  g_return_val_if_fail (db != NULL && chat != NULL, -1);

  return hall_database_get_int (db, error,
                                "SELECT count(*) FROM outbox AS o WHERE ?1 = CASE o.kind "
                                "  WHEN 'guest' THEN (SELECT chat FROM guests WHERE guests.id = o.id) "
                                "  WHEN 'attendee' THEN (SELECT chat FROM attendees WHERE attendees.id = o.id) "
                                "  WHEN 'question' THEN (SELECT chat FROM questions WHERE questions.id = o.id) END",
                                "t", chat);
}
