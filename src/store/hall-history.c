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
 * hall_history_add_along:
 * @db: a library, in the transaction that makes the change
 * @before: what the row was
 * @chat: id of the chat along with which the host removes it
 * @made_at: microseconds since 1970 in UTC
 * @error: HALL_STORE_ERROR
 *
 * Keeps a row that goes along with its chat.
 *
 * Returns: whether it went well
 */
gboolean
hall_history_add_along (HallDatabase   *db,
                        gconstpointer   before,
                        const char     *chat,
                        gint64          made_at,
                        GError        **error)
{
  const HallValue *self = before;
  g_autofree char *old = NULL;

  g_return_val_if_fail (db != NULL && self != NULL && chat != NULL, FALSE);

  old = hall_wire_write (before, HALL_WIRE_WITH_LOCAL);

  return hall_database_run (db, error,
                            "INSERT INTO history (made_at, origin, kind, id, before, along_with) "
                            "VALUES (?, 'host', ?, ?, ?, ?)",
                            "itttt", made_at, self->kind->name, self->id, old, chat);
}

/**
 * hall_history_find_removed:
 * @db: a library
 * @kind: a kind
 * @id: id of a row that is not here
 * @error: HALL_STORE_ERROR, or HALL_FORMAT_ERROR when the history is damaged
 *
 * Returns: (transfer full) (nullable): the row as it last was here, with its local fields; NULL without an error
 *   when it never was, or so long ago that nobody remembers
 */
gpointer
hall_history_find_removed (HallDatabase    *db,
                           const HallKind  *kind,
                           const char      *id,
                           GError         **error)
{
  g_autofree char *json = NULL;

  g_return_val_if_fail (db != NULL && kind != NULL && id != NULL, NULL);

  json = hall_database_get_text (db, error,
                                 "SELECT before FROM history WHERE kind = ? AND id = ? AND after IS NULL "
                                 "ORDER BY number DESC LIMIT 1", "tt", kind->name, id);

  return json != NULL ? hall_wire_read (kind, json, -1, HALL_WIRE_WITH_LOCAL, error) : NULL;
}

/**
 * hall_history_prune:
 * @db: a library, in a transaction
 * @before: microseconds since 1970 in UTC
 * @error: HALL_STORE_ERROR
 *
 * Forgets every change made before that moment, the host's decisions too, and what was set aside of rows that
 * nobody remembers any more, or was said of them by their service.
 *
 * Returns: whether it went well
 */
gboolean
hall_history_prune (HallDatabase  *db,
                    gint64         before,
                    GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return hall_database_run (db, error, "DELETE FROM history WHERE made_at < ?", "i", before) &&
         hall_database_run (db, error, "DELETE FROM decisions WHERE made_at < ?", "i", before) &&
         hall_database_run (db, error, "DELETE FROM set_aside WHERE NOT EXISTS (SELECT 1 FROM history "
                                       "WHERE history.kind = set_aside.kind AND history.id = set_aside.id)", "") &&
         hall_database_run (db, error, "DELETE FROM past_bases WHERE NOT EXISTS (SELECT 1 FROM history "
                                       "WHERE history.kind = past_bases.kind AND history.id = past_bases.id)", "");
}

static void
free_change (gpointer data)
{
  HallHistoryChange *change = data;

  hall_value_unref (change->before);
  hall_value_unref (change->after);
  g_free (change);
}

static gboolean
read_version (const HallKind  *kind,
              HallStatement   *statement,
              int              column,
              HallValue      **version,
              GError         **error)
{
  if (hall_statement_is_null (statement, column))
    return TRUE;

  *version = hall_wire_read (kind, hall_statement_get_text (statement, column), -1, HALL_WIRE_WITH_LOCAL, error);

  return *version != NULL;
}

/**
 * hall_history_list:
 * @db: a library
 * @kind: a kind
 * @id: id of a row, which need not be there any more
 * @error: HALL_STORE_ERROR, or HALL_FORMAT_ERROR when what is kept is damaged
 *
 * Returns: (transfer full) (element-type HallHistoryChange) (nullable): every change of the row that is kept, the
 *   newest first
 */
GPtrArray *
hall_history_list (HallDatabase    *db,
                   const HallKind  *kind,
                   const char      *id,
                   GError         **error)
{
  g_autoptr (GPtrArray)     changes = NULL;
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && kind != NULL && id != NULL, NULL);

  statement = hall_database_prepare (db, "SELECT origin = 'host', before, after FROM history WHERE kind = ? AND id = ? "
                                         "ORDER BY number DESC", error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "tt", kind->name, id);
  changes = g_ptr_array_new_with_free_func (free_change);
  do {
    HallHistoryChange *change;

    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (!has_row)
      break;

    change = g_new0 (HallHistoryChange, 1);
    g_ptr_array_add (changes, change);
    change->origin = hall_statement_get_int (statement, 0) != 0 ? HALL_HISTORY_HOST : HALL_HISTORY_SERVICE;
    if (!read_version (kind, statement, 1, &change->before, error) ||
        !read_version (kind, statement, 2, &change->after, error))
      return NULL;
  } while (has_row);

  return g_steal_pointer (&changes);
}
