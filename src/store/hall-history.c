/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adding to the history and cutting off its old end. */
#include "store/hall-history.h"

#include "format/hall-wire.h"

/**
 * hall_history_add:
 * @db: a library, in the transaction that makes the change
 * @origin: who makes it
 * @before: (nullable): what the row was; NULL when it is new
 * @after: (nullable): what it becomes; NULL when it is removed
 * @made_at: microseconds since 1970 in UTC
 * @error: HALL_STORE_ERROR
 *
 * Keeps both versions of a row with all their fields, the local ones too.
 *
 * Returns: whether it went well
 */
gboolean
hall_history_add (HallDatabase       *db,
                  HallHistoryOrigin   origin,
                  gconstpointer       before,
                  gconstpointer       after,
                  gint64              made_at,
                  GError            **error)
{
  const HallValue *either = after != NULL ? after : before;
  g_autofree char *old = before != NULL ? hall_wire_write (before, HALL_WIRE_WITH_LOCAL) : NULL;
  g_autofree char *new = after != NULL ? hall_wire_write (after, HALL_WIRE_WITH_LOCAL) : NULL;

  g_return_val_if_fail (db != NULL && either != NULL, FALSE);

  return hall_database_run (db, error,
                            "INSERT INTO history (made_at, origin, kind, id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                            "ittttt", made_at, origin == HALL_HISTORY_HOST ? "host" : "service",
                            either->kind->name, either->id, old, new);
}

/**
 * hall_history_prune:
 * @db: a library, in a transaction
 * @before: microseconds since 1970 in UTC
 * @error: HALL_STORE_ERROR
 *
 * Forgets every change made before that moment.
 *
 * Returns: whether it went well
 */
gboolean
hall_history_prune (HallDatabase  *db,
                    gint64         before,
                    GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM history WHERE made_at < ?", "i", before);
}
