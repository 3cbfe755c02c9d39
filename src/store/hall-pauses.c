/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pauses, at most one for an account. They are on disk, so that a program that is started again and again does not
 * press a service that asked to be left alone. */
#include "store/hall-pauses.h"

/**
 * hall_pauses_get:
 * @db: a library
 * @account: id of an account
 * @pause: (out caller-allocates): all zeros when there is none
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_pauses_get (HallDatabase  *db,
                 const char    *account,
                 HallPause     *pause,
                 GError       **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && account != NULL && pause != NULL, FALSE);

  *pause = (HallPause) { 0 };
  statement = hall_database_prepare (db, "SELECT failures, begun_at, ends_at, asked, refused FROM pauses "
                                         "WHERE account = ?", error);
  if (statement == NULL)
    return FALSE;

  hall_statement_bind (statement, "t", account);
  if (!hall_statement_step (statement, &has_row, error))
    return FALSE;

  if (has_row)
    *pause = (HallPause) {
      .failures = hall_statement_get_int (statement, 0),
      .begun_at = hall_statement_get_int (statement, 1),
      .ends_at = hall_statement_get_int (statement, 2),
      .asked = hall_statement_get_int (statement, 3) != 0,
      .refused = hall_statement_get_int (statement, 4) != 0,
    };

  return TRUE;
}

/**
 * hall_pauses_put:
 * @db: a library, in the transaction that ends the exchange
 * @account: id of the account
 * @pause: what to note in the place of what was noted before
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is no such account (any more)
 *
 * Returns: whether it went well
 */
gboolean
hall_pauses_put (HallDatabase     *db,
                 const char       *account,
                 const HallPause  *pause,
                 GError          **error)
{
  g_return_val_if_fail (db != NULL && account != NULL && pause != NULL, FALSE);

  return hall_database_run (db, error,
                            "INSERT INTO pauses (account, failures, begun_at, ends_at, asked, refused) "
                            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account) DO UPDATE SET "
                            "failures = excluded.failures, begun_at = excluded.begun_at, ends_at = excluded.ends_at, "
                            "asked = excluded.asked, refused = excluded.refused",
                            "tiiiii", account, pause->failures, pause->begun_at, pause->ends_at,
                            (gint64) !!pause->asked, (gint64) !!pause->refused);
}

/**
 * hall_pauses_drop:
 * @db: a library, in a transaction
 * @account: id of the account
 * @error: HALL_STORE_ERROR
 *
 * Forgets the pause and the failures: the service has answered, or the account has another token.
 *
 * Returns: whether it went well; also TRUE when there was none
 */
gboolean
hall_pauses_drop (HallDatabase  *db,
                  const char    *account,
                  GError       **error)
{
  g_return_val_if_fail (db != NULL && account != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM pauses WHERE account = ?", "t", account);
}

/**
 * hall_pause_holds:
 * @pause: a pause
 * @now: microseconds since 1970 in UTC
 *
 * A clock that was set back to before its beginning ends it, as one that was set forward does: so no jump of a clock
 * can keep a library from its service for longer than the pause is.
 *
 * Returns: whether it has begun and not ended
 */
gboolean
hall_pause_holds (const HallPause *pause,
                  gint64           now)
{
  g_return_val_if_fail (pause != NULL, FALSE);

  return pause->begun_at <= now && now < pause->ends_at;
}
