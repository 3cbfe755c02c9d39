/* SPDX-License-Identifier: GPL-3.0-or-later
 * Queries made from the table of fields of each kind, and the columns derived from them. */
#include "store/hall-rows.h"

#include "format/hall-fold.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-kinds.h"
#include "model/hall-wall-time.h"

/* A column that no value has: made from the others whenever a row is put. */
typedef struct {
  const HallKind *kind;
  const char     *name;
  void          (*bind) (HallStatement *statement, int index, gconstpointer value);
} Derived;

typedef struct {
  char *columns;
  char *get;
  char *has;
  char *add;
  char *put;
  char *remove;
} Queries;

static void
bind_start (HallStatement *statement,
            int            index,
            gconstpointer  value)
{
  const HallChat *chat = value;
  gint64          moment = 0;

  if (chat->wall != NULL && chat->zone != NULL)
    hall_wall_time_to_moment (chat->wall, chat->zone, chat->fold, &moment);
  hall_statement_bind_int (statement, index, moment);
}

static void
bind_folded (HallStatement *statement,
             int            index,
             gconstpointer  value)
{
  const HallAttendee *attendee = value;
  g_autofree char    *both = g_strdup_printf ("%s\n%s", attendee->name != NULL ? attendee->name : "",
                                              attendee->address != NULL ? attendee->address : "");
  g_autofree char    *folded = hall_fold (both);

  hall_statement_bind_text (statement, index, folded);
}

static const Derived derived[] = {
  { &hall_chat_kind, "starts_at", bind_start },
  { &hall_attendee_kind, "folded", bind_folded },
};

static Queries *
make_queries (const HallKind *kind)
{
  g_autoptr (GString) columns = g_string_new ("id");
  g_autoptr (GString) all = g_string_new ("id");
  g_autoptr (GString) marks = g_string_new ("?");
  g_autoptr (GString) sets = g_string_new (NULL);
  Queries            *queries = g_new0 (Queries, 1);

  for (guint i = 0; i < kind->n_fields; i++) {
    g_string_append_printf (columns, ", %s", kind->fields[i].name);
    g_string_append_printf (all, ", %s", kind->fields[i].name);
    g_string_append (marks, ", ?");
    g_string_append_printf (sets, "%s%s = excluded.%s", i > 0 ? ", " : "", kind->fields[i].name, kind->fields[i].name);
  }
  for (guint i = 0; i < G_N_ELEMENTS (derived); i++)
    if (derived[i].kind == kind) {
      g_string_append_printf (all, ", %s", derived[i].name);
      g_string_append (marks, ", ?");
      g_string_append_printf (sets, ", %s = excluded.%s", derived[i].name, derived[i].name);
    }

  queries->columns = g_strdup (columns->str);
  queries->get = g_strdup_printf ("SELECT %s FROM %s WHERE id = ?", columns->str, kind->plural);
  queries->has = g_strdup_printf ("SELECT 1 FROM %s WHERE id = ?", kind->plural);
  queries->add = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (id) DO NOTHING",
                                  kind->plural, all->str, marks->str);
  queries->put = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (id) DO UPDATE SET %s",
                                  kind->plural, all->str, marks->str, sets->str);
  queries->remove = g_strdup_printf ("DELETE FROM %s WHERE id = ?", kind->plural);

  return queries;
}

/* Made for every kind when first needed, and kept as long as the program runs. */
static const Queries *
queries_for (const HallKind *kind)
{
  static GHashTable *made = NULL;

  if (g_once_init_enter_pointer (&made)) {
    GHashTable            *all = g_hash_table_new (NULL, NULL);
    guint                  n_kinds;
    const HallKind *const *kinds = hall_kinds_list (&n_kinds);

    for (guint i = 0; i < n_kinds; i++)
      g_hash_table_insert (all, (gpointer) kinds[i], make_queries (kinds[i]));
    g_once_init_leave_pointer (&made, all);
  }

  return g_hash_table_lookup (made, kind);
}

static void
bind_fields (HallStatement *statement,
             gconstpointer  value)
{
  const HallValue *self = value;
  int              index = 1;

  hall_statement_bind_text (statement, index++, self->id);
  for (guint i = 0; i < self->kind->n_fields; i++, index++)
    if (self->kind->fields[i].type == HALL_FIELD_TEXT)
      hall_statement_bind_text (statement, index, hall_value_get_text (self, &self->kind->fields[i]));
    else
      hall_statement_bind_int (statement, index, hall_value_get_int (self, &self->kind->fields[i]));

  for (guint i = 0; i < G_N_ELEMENTS (derived); i++)
    if (derived[i].kind == self->kind)
      derived[i].bind (statement, index++, self);
}

static gboolean
write_fields (HallDatabase   *db,
              const char     *sql,
              gconstpointer   value,
              GError        **error)
{
  g_autoptr (HallStatement) statement = hall_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;

  bind_fields (statement, value);

  return hall_statement_step (statement, NULL, error);
}

/**
 * hall_rows_get:
 * @db: a library
 * @kind: a kind
 * @id: an id
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the value; NULL without an error when there is none
 */
gpointer
hall_rows_get (HallDatabase    *db,
               const HallKind  *kind,
               const char      *id,
               GError         **error)
{
  g_autoptr (HallStatement) statement = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && kind != NULL && id != NULL, NULL);

  statement = hall_database_prepare (db, queries_for (kind)->get, error);
  if (statement == NULL)
    return NULL;

  hall_statement_bind_text (statement, 1, id);
  if (!hall_statement_step (statement, &has_row, error) || !has_row)
    return NULL;

  return hall_rows_read (kind, statement);
}

/**
 * hall_rows_has:
 * @db: a library
 * @kind: a kind
 * @id: an id
 * @has: (out): whether there is such a row
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_rows_has (HallDatabase    *db,
               const HallKind  *kind,
               const char      *id,
               gboolean        *has,
               GError         **error)
{
  g_autoptr (HallStatement) statement = NULL;

  g_return_val_if_fail (db != NULL && kind != NULL && id != NULL && has != NULL, FALSE);

  statement = hall_database_prepare (db, queries_for (kind)->has, error);
  if (statement == NULL)
    return FALSE;

  hall_statement_bind_text (statement, 1, id);

  return hall_statement_step (statement, has, error);
}

/**
 * hall_rows_put:
 * @db: a library
 * @value: a value of any kind
 * @error: HALL_STORE_ERROR: EXISTS when another row has what must be unique, NOT_FOUND when the row it hangs on
 *   is missing, FAILED when a required text is absent
 *
 * Adds the row, or makes the one with this id what @value says. What hangs on it stays.
 *
 * Returns: whether it went well
 */
gboolean
hall_rows_put (HallDatabase   *db,
               gconstpointer   value,
               GError        **error)
{
  const Queries *queries;

  g_return_val_if_fail (db != NULL && value != NULL, FALSE);

  /* Most rows are new, and for those alone SQLite needs no way back out of the middle of a statement. */
  queries = queries_for (((const HallValue *) value)->kind);
  if (!write_fields (db, queries->add, value, error))
    return FALSE;

  return hall_database_count_changes (db) > 0 || write_fields (db, queries->put, value, error);
}

/**
 * hall_rows_remove:
 * @db: a library
 * @kind: a kind
 * @id: an id
 * @error: HALL_STORE_ERROR
 *
 * Removes the row and what cannot be without it: a chat takes its guests, attendees and questions along.
 *
 * Returns: whether it is gone; also TRUE when it never was there
 */
gboolean
hall_rows_remove (HallDatabase    *db,
                  const HallKind  *kind,
                  const char      *id,
                  GError         **error)
{
  g_return_val_if_fail (db != NULL && kind != NULL && id != NULL, FALSE);

  return hall_database_run (db, error, queries_for (kind)->remove, "t", id);
}

/**
 * hall_rows_list:
 * @db: a library
 * @kind: a kind
 * @where_and_order: (nullable): what stands after the name of the table, such as
 *   "WHERE chat = ? ORDER BY asked_at, row"; never with a value in it
 * @parameter: (nullable): the text for its "?", when it has one
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (element-type HallValue) (nullable): the values; without @where_and_order in the order
 *   in which they were added
 */
GPtrArray *
hall_rows_list (HallDatabase    *db,
                const HallKind  *kind,
                const char      *where_and_order,
                const char      *parameter,
                GError         **error)
{
  g_autoptr (GPtrArray)     values = NULL;
  g_autoptr (HallStatement) statement = NULL;
  g_autofree char          *sql = NULL;
  gboolean                  has_row;

  g_return_val_if_fail (db != NULL && kind != NULL, NULL);

  sql = g_strdup_printf ("SELECT %s FROM %s %s", hall_rows_columns (kind), kind->plural,
                         where_and_order != NULL ? where_and_order : "ORDER BY row");
  statement = hall_database_prepare (db, sql, error);
  if (statement == NULL)
    return NULL;

  if (parameter != NULL)
    hall_statement_bind (statement, "t", parameter);

  values = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_value_unref);
  do {
    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (values, hall_rows_read (kind, statement));
  } while (has_row);

  return g_steal_pointer (&values);
}

/**
 * hall_rows_columns:
 * @kind: a kind
 *
 * Returns: (transfer none): the columns that hall_rows_read() expects, with commas between, for a query of one's own
 */
const char *
hall_rows_columns (const HallKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return queries_for (kind)->columns;
}

/**
 * hall_rows_read:
 * @kind: a kind
 * @statement: a query that stands on a row and whose first columns are hall_rows_columns()
 *
 * Returns: (transfer full): the value in that row
 */
gpointer
hall_rows_read (const HallKind *kind,
                HallStatement  *statement)
{
  gpointer value;

  g_return_val_if_fail (kind != NULL && statement != NULL, NULL);

  value = hall_value_new (kind, hall_statement_get_text (statement, 0));
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].type == HALL_FIELD_TEXT)
      hall_value_set_text (value, &kind->fields[i], hall_statement_get_text (statement, i + 1));
    else
      hall_value_set_int (value, &kind->fields[i], hall_statement_get_int (statement, i + 1));

  return value;
}
