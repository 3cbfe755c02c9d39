/* SPDX-License-Identifier: GPL-3.0-or-later
 * What nobody needs who has asked within the last ninety days: older tombstones and changes that a newer one took
 * the place of. Of an answer that is thirty days old only the key stays, so that no write ever has a second effect. */
#include "server/hall-pruning.h"

#define CHANGES_KEPT_FOR (90 * G_TIME_SPAN_DAY)
#define ANSWERS_KEPT_FOR (30 * G_TIME_SPAN_DAY)

/* What has no time yet, or one still to come because the clock was wrong, counts from now on. */
static gboolean
stamp (HallDatabase  *db,
       gint64         now,
       GError       **error)
{
  return hall_database_run (db, error, "UPDATE changes SET made_at = ? WHERE made_at = 0 OR made_at > ?", "ii", now, now) &&
         hall_database_run (db, error, "UPDATE answers SET made_at = ? WHERE made_at > ?", "ii", now, now);
}

/* The newest change that is old, and before which all are: whoever asked since then was given it or a later one
 * as their cursor. 0 when there is none. */
static gint64
find_newest_old (HallDatabase  *db,
                 gint64         now,
                 GError       **error)
{
  gint64 recent = hall_database_get_int (db, error, "SELECT seq FROM changes WHERE made_at >= ? ORDER BY seq LIMIT 1", "i",
                                         now - CHANGES_KEPT_FOR);

  if (recent < 0)
    return -1;

  return hall_database_get_int (db, error, "SELECT max(seq) FROM changes WHERE seq < ?", "i",
                                recent > 0 ? recent : G_MAXINT64);
}

static gboolean
prune_changes (HallDatabase  *db,
               gint64         now,
               GError       **error)
{
  gint64 since = find_newest_old (db, now, error);
  gint64 n;

  if (since < 0)
    return FALSE;

  n = hall_database_get_int (db, error, "SELECT count(*) FROM changes WHERE seq < ? AND (deleted OR NOT newest)", "i", since);
  if (n <= 0)
    return n == 0;

  return hall_database_run (db, error, "DELETE FROM changes WHERE seq < ? AND (deleted OR NOT newest)", "i", since) &&
         hall_database_run (db, error, "INSERT INTO facts (name, value) VALUES ('kept_since', ?1) "
                                       "ON CONFLICT (name) DO UPDATE SET value = excluded.value", "i", since);
}

/**
 * hall_pruning_run:
 * @db: a desk's database, in a transaction
 * @now: microseconds since 1970 in UTC
 * @error: HALL_STORE_ERROR
 *
 * Forgets what is old. Rows stay, each with its newest change and mark, and so does the newest change of all. A
 * clock that is ahead makes it forget more than it should: clients then take the whole once more, and lose
 * nothing.
 *
 * Returns: whether it went well
 */
gboolean
hall_pruning_run (HallDatabase  *db,
                  gint64         now,
                  GError       **error)
{
  g_return_val_if_fail (db != NULL && hall_database_in_transaction (db), FALSE);

  return stamp (db, now, error) &&
         prune_changes (db, now, error) &&
         hall_database_run (db, error, "UPDATE answers SET status = 0, etag = NULL, body = NULL "
                                       "WHERE made_at < ? AND status BETWEEN 200 AND 299", "i", now - ANSWERS_KEPT_FOR);
}
