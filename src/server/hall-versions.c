/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading and writing the table "changes". */
#include "server/hall-versions.h"

/**
 * hall_versions_find:
 * @visit: the request being answered
 * @kind: a kind
 * @id: an id
 * @version: (out): whether that row is there
 * @mark: (out) (optional) (nullable) (transfer full): the mark of its newest change; NULL when there was no such row
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be told
 */
gboolean
hall_versions_find (const HallVisit  *visit,
                    const HallKind   *kind,
                    const char       *id,
                    HallVersion      *version,
                    char            **mark,
                    GError          **error)
{
  g_autoptr (HallStatement) query = NULL;
  gboolean                  found;

  g_return_val_if_fail (visit != NULL && kind != NULL && id != NULL && version != NULL, FALSE);

  *version = HALL_VERSION_NEVER;
  if (mark != NULL)
    *mark = NULL;

  query = hall_database_prepare (visit->db, "SELECT deleted, mark FROM changes WHERE id = ? AND kind = ? AND newest", error);
  if (query == NULL)
    return FALSE;

  hall_statement_bind (query, "tt", id, kind->name);
  if (!hall_statement_step (query, &found, error))
    return FALSE;

  if (found) {
    *version = hall_statement_get_int (query, 0) != 0 ? HALL_VERSION_DELETED : HALL_VERSION_THERE;
    if (mark != NULL)
      *mark = g_strdup (hall_statement_get_text (query, 1));
  }

  return TRUE;
}

/**
 * hall_versions_is_taken:
 * @visit: the request being answered
 * @kind: the kind of a row to be made
 * @id: its id
 * @taken: (out): whether a row of another kind bears that id, or bore it
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be told
 */
gboolean
hall_versions_is_taken (const HallVisit  *visit,
                        const HallKind   *kind,
                        const char       *id,
                        gboolean         *taken,
                        GError          **error)
{
  gint64 n;

  g_return_val_if_fail (visit != NULL && kind != NULL && id != NULL && taken != NULL, FALSE);

  n = hall_database_get_int (visit->db, error,
                             "SELECT count(*) FROM changes WHERE id = ? AND kind <> ? AND newest", "tt", id, kind->name);
  *taken = n > 0;

  return n >= 0;
}

/**
 * hall_versions_note:
 * @visit: the request being answered
 * @kind: the kind of the row that was written
 * @id: its id
 * @deleted: whether it is gone
 * @error: HALL_STORE_ERROR
 *
 * Notes a write in the transaction that does it: the next number, and a mark drawn at random, so that two
 * desks that went apart (one was restored from a backup) never agree on both.
 *
 * Returns: (transfer full): the mark; NULL with @error set
 */
char *
hall_versions_note (const HallVisit  *visit,
                    const HallKind   *kind,
                    const char       *id,
                    gboolean          deleted,
                    GError          **error)
{
  g_autofree char *mark = NULL;

  g_return_val_if_fail (visit != NULL && kind != NULL && id != NULL, NULL);

  mark = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", hall_random_mark (visit->random));

  if (!hall_database_run (visit->db, error,
                          "UPDATE changes SET newest = 0 WHERE id = ? AND kind = ? AND newest", "tt", id, kind->name) ||
      !hall_database_run (visit->db, error,
                          "INSERT INTO changes (mark, kind, id, deleted, made_at) VALUES (?, ?, ?, ?, ?)", "tttii",
                          mark, kind->name, id, (gint64) (deleted ? 1 : 0), visit->now))
    return NULL;

  return g_steal_pointer (&mark);
}

/**
 * hall_versions_note_erased:
 * @visit: the request being answered
 * @kind: the kind of a row that was just deleted
 * @id: its id
 * @error: HALL_STORE_ERROR
 *
 * Says in its tombstone that the row is to be forgotten everywhere, not only gone.
 *
 * Returns: whether it went well
 */
gboolean
hall_versions_note_erased (const HallVisit  *visit,
                           const HallKind   *kind,
                           const char       *id,
                           GError          **error)
{
  g_return_val_if_fail (visit != NULL && kind != NULL && id != NULL, FALSE);

  return hall_database_run (visit->db, error, "UPDATE changes SET erased = 1 WHERE id = ? AND kind = ? AND newest", "tt",
                            id, kind->name);
}
