/* SPDX-License-Identifier: GPL-3.0-or-later
 * Accounts, and which rows are whose. */
#include "store/hall-accounts.h"

#include "model/hall-kinds.h"
#include "store/hall-outbox.h"
#include "store/hall-rows.h"

/* Rows of one kind that belong to an account, but that its service does not know and that do not wait. */
static char *
unsent_query (const HallKind *kind)
{
  gboolean is_lone = hall_kind_find_field (kind, "account") != NULL;

  return g_strdup_printf ("SELECT id FROM %s AS r WHERE %s "
                          "AND NOT EXISTS (SELECT 1 FROM bases AS b WHERE b.kind = '%s' AND b.id = r.id) "
                          "AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.kind = '%s' AND o.id = r.id) ORDER BY row",
                          kind->plural,
                          is_lone ? "account = ?" : "chat IN (SELECT id FROM chats WHERE account = ?)",
                          kind->name, kind->name);
}

static GPtrArray *
find_unsent (HallDatabase    *db,
             const HallKind  *kind,
             const char      *account,
             GError         **error)
{
  g_autoptr (GPtrArray)     ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char          *sql = unsent_query (kind);
  g_autoptr (HallStatement) statement = hall_database_prepare (db, sql, error);
  gboolean                  has_row;

  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "t", account);
  do {
    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (ids, g_strdup (hall_statement_get_text (statement, 0)));
  } while (has_row);

  return g_steal_pointer (&ids);
}

static gboolean
adopt_ownerless (HallDatabase  *db,
                 const char    *account,
                 GError       **error)
{
  return hall_database_run (db, error, "UPDATE series SET account = ? WHERE account IS NULL", "t", account) &&
         hall_database_run (db, error, "UPDATE chats SET account = ? WHERE account IS NULL", "t", account) &&
         hall_database_run (db, error, "UPDATE posts SET account = ? WHERE account IS NULL", "t", account);
}

static gboolean
was_there (HallDatabase  *db,
           GError       **error)
{
  if (hall_database_count_changes (db) > 0)
    return TRUE;

  g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND, "There is no such account");
  return FALSE;
}

/**
 * hall_accounts_add:
 * @db: a library, in a transaction
 * @account: a new account
 * @clock: what time it is
 * @random: for the ids of operations
 * @error: HALL_STORE_ERROR
 *
 * Adds an account. The first one of a library gets every series, chat and post that was made before there was
 * any, and all of them, with what hangs on them, go into the outbox, parents first.
 *
 * Returns: whether it went well
 */
gboolean
hall_accounts_add (HallDatabase       *db,
                   const HallAccount  *account,
                   const HallClock    *clock,
                   const HallRandom   *random,
                   GError            **error)
{
  gint64 others;

  g_return_val_if_fail (db != NULL && account != NULL, FALSE);
  g_return_val_if_fail (hall_database_in_transaction (db), FALSE);

  others = hall_database_get_int (db, error, "SELECT count(*) FROM accounts", "");
  if (others < 0 || !hall_rows_put (db, account, error))
    return FALSE;
  if (others > 0)
    return TRUE;

  return adopt_ownerless (db, account->parent.id, error) &&
         hall_accounts_queue_unsent (db, account->parent.id, clock, random, error);
}

/**
 * hall_accounts_remove:
 * @db: a library, in a transaction
 * @id: id of an account
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is none
 *
 * Removes an account with its bases, its cursor, its conflicts and what waits to be sent to it. Series, chats
 * and posts stay, and belong to none. The service keeps what it has.
 *
 * Returns: whether it went well
 */
gboolean
hall_accounts_remove (HallDatabase  *db,
                      const char    *id,
                      GError       **error)
{
  g_return_val_if_fail (db != NULL && id != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM accounts WHERE id = ?", "t", id) && was_there (db, error);
}

/**
 * hall_accounts_find_owner:
 * @db: a library
 * @value: a value of any kind
 * @error: HALL_STORE_ERROR
 *
 * A series, a chat or a post has its own account; a guest, an attendee or a question that of its chat.
 *
 * Returns: (transfer full) (nullable): id of the account it is exchanged with; NULL without an error when it stays
 *   on this machine
 */
char *
hall_accounts_find_owner (HallDatabase   *db,
                          gconstpointer   value,
                          GError        **error)
{
  const HallValue *self = value;
  const HallField *field;

  g_return_val_if_fail (db != NULL && self != NULL, NULL);

  if (!self->kind->sent)
    return NULL;

  field = hall_kind_find_field (self->kind, "account");
  if (field != NULL)
    return g_strdup (hall_value_get_text (self, field));

  field = hall_kind_find_field (self->kind, "chat");
  g_assert (field != NULL);

  return hall_database_get_text (db, error, "SELECT account FROM chats WHERE id = ?", "t", hall_value_get_text (self, field));
}

/**
 * hall_accounts_queue_unsent:
 * @db: a library, in a transaction
 * @id: id of an account
 * @clock: what time it is
 * @random: for the ids of operations
 * @error: HALL_STORE_ERROR
 *
 * Puts into the outbox whatever belongs to the account, is not known to its service and does not wait already;
 * parents first.
 *
 * Returns: whether it went well
 */
gboolean
hall_accounts_queue_unsent (HallDatabase      *db,
                            const char        *id,
                            const HallClock   *clock,
                            const HallRandom  *random,
                            GError           **error)
{
  guint                  n_kinds;
  const HallKind *const *kinds = hall_kinds_list (&n_kinds);

  g_return_val_if_fail (db != NULL && id != NULL, FALSE);
  g_return_val_if_fail (hall_database_in_transaction (db), FALSE);

  for (guint i = 0; i < n_kinds; i++) {
    g_autoptr (GPtrArray) rows = NULL;

    if (!kinds[i]->sent)
      continue;

    rows = find_unsent (db, kinds[i], id, error);
    for (guint j = 0; rows != NULL && j < rows->len; j++)
      if (!hall_outbox_add (db, id, kinds[i], rows->pdata[j], HALL_OPERATION_CREATE, clock, random, error))
        return FALSE;
    if (rows == NULL)
      return FALSE;
  }

  return TRUE;
}

/**
 * hall_accounts_set_synced:
 * @db: a library, in a transaction
 * @id: id of an account
 * @when: microseconds since 1970 in UTC
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is no such account (any more)
 *
 * Notes when everything was last exchanged.
 *
 * Returns: whether it went well
 */
gboolean
hall_accounts_set_synced (HallDatabase  *db,
                          const char    *id,
                          gint64         when,
                          GError       **error)
{
  g_return_val_if_fail (db != NULL && id != NULL, FALSE);

  return hall_database_run (db, error, "UPDATE accounts SET synced_at = ? WHERE id = ?", "it", when, id) &&
         was_there (db, error);
}
