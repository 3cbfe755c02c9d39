/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading and writing rows by their kind's table of fields, and what goes with a row when it goes. */
#include "server/hall-desk-rows.h"

#include "server/hall-versions.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-question.h"
#include "model/hall-series.h"
#include "model/hall-wall-time.h"

/* What hangs on a row. When that goes, the child goes too or lets go of it. */
static const struct {
  const HallKind *parent;
  const HallKind *child;
  const char     *field;
  gboolean        lets_go;
} children[] = {
  { &hall_series_kind,   &hall_chat_kind,     "series",   TRUE },
  { &hall_chat_kind,     &hall_question_kind, "chat",     FALSE },
  { &hall_chat_kind,     &hall_attendee_kind, "chat",     FALSE },
  { &hall_chat_kind,     &hall_guest_kind,    "chat",     FALSE },
  { &hall_attendee_kind, &hall_question_kind, "attendee", TRUE },
};

/* What only hosts keep is not stored here, and what the service itself sets is derived when it is read. */
static gboolean
is_stored (const HallField *field)
{
  return (field->flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0;
}

static void
append_fields (GString        *sql,
               const HallKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (is_stored (&kind->fields[i]))
      g_string_append_printf (sql, ", %s", kind->fields[i].name);
}

static void
derive (const HallVisit *visit,
        gpointer         row)
{
  HallValue *value = row;

  if (value->kind == &hall_chat_kind) {
    HallChat *chat = row;

    g_free (chat->sign_up_url);
    chat->sign_up_url = g_strdup_printf ("%s/e/%s", visit->public_url, chat->slug);
  }
}

static gpointer
read_row (const HallVisit *visit,
          const HallKind  *kind,
          HallStatement   *query)
{
  gpointer row = hall_value_new (kind, hall_statement_get_text (query, 0));
  int      column = 1;

  for (guint i = 0; i < kind->n_fields; i++) {
    const HallField *field = &kind->fields[i];

    if (!is_stored (field))
      continue;
    if (field->type == HALL_FIELD_TEXT)
      hall_value_set_text (row, field, hall_statement_get_text (query, column));
    else
      hall_value_set_int (row, field, hall_statement_get_int (query, column));
    column++;
  }
  derive (visit, row);

  return row;
}

static GPtrArray *
list_valist (const HallVisit  *visit,
             const HallKind   *kind,
             GError          **error,
             const char       *rest,
             const char       *types,
             va_list           arguments)
{
  g_autoptr (GPtrArray)     rows = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_value_unref);
  g_autoptr (GString)       sql = g_string_new ("SELECT id");
  g_autoptr (HallStatement) query = NULL;
  gboolean                  found = TRUE;

  append_fields (sql, kind);
  g_string_append_printf (sql, " FROM %s %s", kind->plural, rest);

  query = hall_database_prepare (visit->db, sql->str, error);
  if (query == NULL)
    return NULL;

  hall_statement_bind_valist (query, types, arguments);
  while (found) {
    if (!hall_statement_step (query, &found, error))
      return NULL;
    if (found)
      g_ptr_array_add (rows, read_row (visit, kind, query));
  }

  return g_steal_pointer (&rows);
}

/**
 * hall_desk_rows_list:
 * @visit: the request being answered
 * @kind: a kind that is sent
 * @error: HALL_STORE_ERROR
 * @rest: what follows the table's name in the query, such as "WHERE chat = ? ORDER BY name"
 * @types: as for hall_statement_bind()
 * @...: the values for @rest
 *
 * Returns: (transfer full) (element-type HallValue): the rows; NULL with @error set
 */
GPtrArray *
hall_desk_rows_list (const HallVisit  *visit,
                     const HallKind   *kind,
                     GError          **error,
                     const char       *rest,
                     const char       *types,
                     ...)
{
  GPtrArray *rows;
  va_list    arguments;

  g_return_val_if_fail (visit != NULL && kind != NULL && rest != NULL && types != NULL, NULL);

  va_start (arguments, types);
  rows = list_valist (visit, kind, error, rest, types, arguments);
  va_end (arguments);

  return rows;
}

/**
 * hall_desk_rows_find:
 * @visit: the request being answered
 * @kind: a kind that is sent
 * @row: (out) (transfer full) (nullable): the first such row; NULL when there is none
 * @error: HALL_STORE_ERROR
 * @rest: as for hall_desk_rows_list()
 * @types: as for hall_statement_bind()
 * @...: the values for @rest
 *
 * Returns: whether it could be looked for
 */
gboolean
hall_desk_rows_find (const HallVisit  *visit,
                     const HallKind   *kind,
                     gpointer         *row,
                     GError          **error,
                     const char       *rest,
                     const char       *types,
                     ...)
{
  g_autoptr (GPtrArray) rows = NULL;
  va_list               arguments;

  g_return_val_if_fail (visit != NULL && kind != NULL && row != NULL, FALSE);

  va_start (arguments, types);
  rows = list_valist (visit, kind, error, rest, types, arguments);
  va_end (arguments);

  *row = rows != NULL && rows->len > 0 ? hall_value_ref (g_ptr_array_index (rows, 0)) : NULL;
  return rows != NULL;
}

/**
 * hall_desk_rows_get:
 * @visit: the request being answered
 * @kind: a kind that is sent
 * @id: an id
 * @row: (out) (transfer full) (nullable): the row; NULL when there is none
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be looked for
 */
gboolean
hall_desk_rows_get (const HallVisit  *visit,
                    const HallKind   *kind,
                    const char       *id,
                    gpointer         *row,
                    GError          **error)
{
  return hall_desk_rows_find (visit, kind, row, error, "WHERE id = ?", "t", id);
}

static gboolean
put_start (const HallVisit  *visit,
           const HallChat   *chat,
           GError          **error)
{
  gint64 starts_at;

  hall_wall_time_to_moment (chat->wall, chat->zone, chat->fold, &starts_at);

  return hall_database_run (visit->db, error, "UPDATE chats SET starts_at = ? WHERE id = ?", "it",
                            starts_at, chat->parent.id);
}

/**
 * hall_desk_rows_put:
 * @visit: the request being answered
 * @row: a value that keeps every rule
 * @error: HALL_STORE_ERROR
 *
 * Writes a row, new or not, and notes the change.
 *
 * Returns: (transfer full): the mark of the change; NULL with @error set
 */
char *
hall_desk_rows_put (const HallVisit  *visit,
                    gconstpointer     row,
                    GError          **error)
{
  const HallValue          *value = row;
  g_autoptr (GString)       sql = NULL;
  g_autoptr (HallStatement) query = NULL;
  int                       index = 1;

  g_return_val_if_fail (visit != NULL && value != NULL, NULL);

  sql = g_string_new (NULL);
  g_string_append_printf (sql, "INSERT INTO %s (id", value->kind->plural);
  append_fields (sql, value->kind);
  g_string_append (sql, ") VALUES (?");
  for (guint i = 0; i < value->kind->n_fields; i++)
    if (is_stored (&value->kind->fields[i]))
      g_string_append (sql, ", ?");
  g_string_append (sql, ") ON CONFLICT (id) DO UPDATE SET id = id");
  for (guint i = 0; i < value->kind->n_fields; i++)
    if (is_stored (&value->kind->fields[i]))
      g_string_append_printf (sql, ", %s = excluded.%s", value->kind->fields[i].name, value->kind->fields[i].name);

  query = hall_database_prepare (visit->db, sql->str, error);
  if (query == NULL)
    return NULL;

  hall_statement_bind_text (query, index++, value->id);
  for (guint i = 0; i < value->kind->n_fields; i++) {
    const HallField *field = &value->kind->fields[i];

    if (!is_stored (field))
      continue;
    if (field->type == HALL_FIELD_TEXT)
      hall_statement_bind_text (query, index++, hall_value_get_text (row, field));
    else
      hall_statement_bind_int (query, index++, hall_value_get_int (row, field));
  }

  if (!hall_statement_step (query, NULL, error) ||
      (value->kind == &hall_chat_kind && !put_start (visit, row, error)))
    return NULL;

  return hall_versions_note (visit, value->kind, value->id, FALSE, error);
}

static gboolean
let_go (const HallVisit  *visit,
        const HallKind   *kind,
        const char       *field,
        const char       *id,
        GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET %s = NULL WHERE id = ?", kind->plural, field);
  g_autofree char *mark = NULL;

  if (!hall_database_run (visit->db, error, sql, "t", id))
    return FALSE;

  mark = hall_versions_note (visit, kind, id, FALSE, error);
  return mark != NULL;
}

/**
 * hall_desk_rows_remove:
 * @visit: the request being answered
 * @kind: the kind of the row
 * @id: its id; it is there
 * @error: HALL_STORE_ERROR
 *
 * Deletes a row and leaves a tombstone in the record of changes. Its children go before it, with tombstones of
 * their own; those that can be without it (a question without its attendee, a chat without its series) stay
 * and are noted as changed.
 *
 * Returns: whether it went well
 */
gboolean
hall_desk_rows_remove (const HallVisit  *visit,
                       const HallKind   *kind,
                       const char       *id,
                       GError          **error)
{
  g_autofree char *sql = NULL;
  g_autofree char *mark = NULL;

  g_return_val_if_fail (visit != NULL && kind != NULL && id != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (children); i++) {
    g_autoptr (GPtrArray) rows = NULL;
    g_autofree char      *rest = NULL;

    if (children[i].parent != kind)
      continue;

    rest = g_strdup_printf ("WHERE %s = ? ORDER BY id", children[i].field);
    rows = hall_desk_rows_list (visit, children[i].child, error, rest, "t", id);
    if (rows == NULL)
      return FALSE;

    for (guint j = 0; j < rows->len; j++) {
      const HallValue *child = g_ptr_array_index (rows, j);

      if (children[i].lets_go ? !let_go (visit, child->kind, children[i].field, child->id, error)
                              : !hall_desk_rows_remove (visit, child->kind, child->id, error))
        return FALSE;
    }
  }

  sql = g_strdup_printf ("DELETE FROM %s WHERE id = ?", kind->plural);
  if (!hall_database_run (visit->db, error, sql, "t", id))
    return FALSE;

  mark = hall_versions_note (visit, kind, id, TRUE, error);
  return mark != NULL;
}
