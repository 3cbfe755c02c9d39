/* SPDX-License-Identifier: GPL-3.0-or-later
 * Revisions of posts. */
#include "store/hall-revisions.h"

/**
 * hall_revision_free:
 * @revision: (transfer full) (nullable): a revision
 */
void
hall_revision_free (HallRevision *revision)
{
  if (revision == NULL)
    return;

  g_free (revision->text);
  g_free (revision);
}

/**
 * hall_revisions_add:
 * @db: a library, in a transaction
 * @post: id of a post
 * @text: its whole text
 * @made_at: microseconds since 1970 in UTC
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_revisions_add (HallDatabase  *db,
                    const char    *post,
                    const char    *text,
                    gint64         made_at,
                    GError       **error)
{
  g_return_val_if_fail (db != NULL && post != NULL && text != NULL, FALSE);

  return hall_database_run (db, error, "INSERT INTO revisions (post, made_at, text) VALUES (?, ?, ?)",
                            "tit", post, made_at, text);
}

/**
 * hall_revisions_list:
 * @db: a library
 * @post: id of a post
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (element-type HallRevision) (nullable): every version it has had here, newest first
 */
GPtrArray *
hall_revisions_list (HallDatabase  *db,
                     const char    *post,
                     GError       **error)
{
  g_autoptr (GPtrArray)     revisions = NULL;
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && post != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT number, made_at, text FROM revisions WHERE post = ? ORDER BY number DESC",
                                     error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "t", post);
  revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_revision_free);
  do {
    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row) {
      HallRevision *revision = g_new0 (HallRevision, 1);

      revision->number = hall_statement_get_int (statement, 0);
      revision->made_at = hall_statement_get_int (statement, 1);
      revision->text = g_strdup (hall_statement_get_text (statement, 2));
      g_ptr_array_add (revisions, revision);
    }
  } while (has_row);

  return g_steal_pointer (&revisions);
}
