/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a request has changed at the desk, read from its record of changes and its tables. */
#include "watch.h"

#include "model/hall-kinds.h"

#include <string.h>

/* In the order of the fields that are watched. */
static const char *
query_for (const HallKind *kind)
{
  static GHashTable *queries = NULL;
  GString           *sql;
  const char        *known;

  if (queries == NULL)
    queries = g_hash_table_new (NULL, NULL);
  known = g_hash_table_lookup (queries, kind);
  if (known != NULL)
    return known;

  sql = g_string_new ("SELECT id");
  for (guint i = 0; i < kind->n_fields; i++)
    if (sim_field_is_watched (&kind->fields[i]))
      g_string_append_printf (sql, ", %s", kind->fields[i].name);
  g_string_append_printf (sql, " FROM %s WHERE id = ?", kind->plural);
  g_hash_table_insert (queries, (gpointer) kind, sql->str);

  return g_string_free (sql, FALSE);
}

static gboolean
read_fields (SimLedger    *ledger,
             HallDatabase *db,
             SimRow       *row,
             SimFields    *fields)
{
  g_autoptr (HallStatement) query = hall_database_prepare (db, query_for (row->kind), NULL);
  gboolean                  has_row = FALSE;
  int                       column = 1;

  *fields = (SimFields) { 0 };
  if (query == NULL)
    return FALSE;

  hall_statement_bind (query, "t", row->id);
  if (!hall_statement_step (query, &has_row, NULL) || !has_row)
    return FALSE;

  for (guint i = 0; i < row->kind->n_fields; i++)
    if (sim_field_is_watched (&row->kind->fields[i]))
      fields->values[i] = sim_ledger_text (ledger, hall_statement_get_text (query, column++));

  return TRUE;
}

/* What the author has written they have seen, also where the desk had the last word on it. */
static void
show_author (SimLedger        *ledger,
             SimRow           *row,
             const SimVersion *version)
{
  for (guint i = 0; i < row->kind->n_fields; i++)
    if (sim_field_is_watched (&row->kind->fields[i])) {
      SimShown shown = { i, version->fields.values[i], 0 };

      g_array_append_val (row->copies[version->author].shown, shown);
    }
}

static void
read_change (SimLedger       *ledger,
             HallDatabase    *db,
             HallStatement   *change,
             const SimAuthor *author)
{
  const HallKind *kind = hall_kinds_from_name (hall_statement_get_text (change, 2));
  SimRow         *row = sim_ledger_row (ledger, kind, hall_statement_get_text (change, 3));
  SimVersion     *before = sim_row_newest (row);
  SimVersion     *after;
  SimVersion      version = {
    .seq = hall_statement_get_int (change, 0),
    .mark = sim_ledger_text (ledger, hall_statement_get_text (change, 1)),
    .deleted = hall_statement_get_int (change, 4) != 0,
    .author = author->client,
    .tick = ledger->tick,
  };

  if (g_hash_table_contains (ledger->marks, version.mark))
    sim_ledger_break (ledger, 9, "the desk gave two versions the same mark");
  if (!version.deleted && !read_fields (ledger, db, row, &version.fields))
    version.deleted = TRUE; /* gone again within the same request */

  ledger->last_seq = version.seq;
  sim_trace (ledger->trace, "    desk %" G_GINT64_FORMAT "-%.4s %s %s", version.seq, version.mark, sim_short (row),
             version.deleted ? "deleted" : before == NULL || before->deleted ? "new" : "changed");
  after = sim_ledger_add_version (ledger, row, &version);
  sim_check_version (ledger, row, before, after, author);
  if (author->client != SIM_NOBODY && !version.deleted)
    show_author (ledger, row, after);
}

static SimOperation *
operation_of (SimLedger       *ledger,
              const SimAuthor *author)
{
  return author->key != NULL ? g_hash_table_lookup (ledger->operations, author->key) : NULL;
}

static void
note_effect (SimLedger       *ledger,
             const SimAuthor *author)
{
  SimOperation *operation = operation_of (ledger, author);

  if (operation == NULL || operation->effect_tick == ledger->tick)
    return;

  operation->effect_tick = ledger->tick;
  if (++operation->n_effects > 1 && operation->n_revocations == ledger->n_revocations)
    sim_ledger_break (ledger, 4, "operation %.8s of %s had an effect twice", author->key + 28, sim_short (operation->row));
}

/* To be called outside of any transaction, after each. @other is one whose request seemed to fail before, and may have
 * come through all the same when the desk was opened again. */
void
sim_watch_desk (SimLedger       *ledger,
                HallDatabase    *db,
                const SimAuthor *author,
                const SimAuthor *other)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (HallStatement) changes = NULL;
  SimOperation             *operation = operation_of (ledger, other);
  gboolean                  has_row = TRUE;

  ledger->tick++;

  changes = hall_database_prepare (db, "SELECT seq, mark, kind, id, deleted FROM changes WHERE seq > ? ORDER BY seq", &error);
  if (changes != NULL)
    hall_statement_bind (changes, "i", ledger->last_seq);
  while (changes != NULL && has_row && hall_statement_step (changes, &has_row, &error))
    if (has_row) {
      gboolean is_other = operation != NULL && strcmp (operation->row->id, hall_statement_get_text (changes, 3)) == 0;

      read_change (ledger, db, changes, is_other ? other : author);
      note_effect (ledger, is_other ? other : author);
    }
  if (error != NULL)
    sim_ledger_break (ledger, 17, "the desk's database cannot be read: %s", error->message);
}
