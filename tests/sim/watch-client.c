/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a transaction has changed in a library, read from its tables. */
#include "watch.h"

#include "format/hall-json.h"
#include "model/hall-kinds.h"

#include <string.h>

typedef struct {
  SimLedger    *ledger;
  int           client;
  HallDatabase *db;
  SimCause      cause;
  SimRow       *about;
  gboolean      wholly;
  gboolean      has_lost_rows;
} Watch;

static HallStatement *
begin (Watch      *watch,
       const char *sql)
{
  g_autoptr (GError) error = NULL;
  HallStatement     *query = hall_database_prepare (watch->db, sql, &error);

  if (query == NULL)
    sim_ledger_break (watch->ledger, 17, "client %d: its library cannot be read: %s", watch->client, error->message);

  return query;
}

static gboolean
step (Watch         *watch,
      HallStatement *query)
{
  g_autoptr (GError) error = NULL;
  gboolean           has_row;

  if (query == NULL)
    return FALSE;
  if (hall_statement_step (query, &has_row, &error))
    return has_row;

  sim_ledger_break (watch->ledger, 17, "client %d: its library cannot be read: %s", watch->client, error->message);
  return FALSE;
}

static const char *
text (Watch         *watch,
      HallStatement *query,
      int            column)
{
  return sim_ledger_text (watch->ledger, hall_statement_get_text (query, column));
}

static void
show (Watch   *watch,
      SimCopy *copy,
      guint    field)
{
  SimShown shown = { field, copy->fields.values[field], watch->ledger->tick };

  g_array_append_val (copy->shown, shown);
}

static void
end_edits (SimCopy *copy,
           guint    field,
           gboolean all)
{
  for (guint i = 0; i < copy->edits->len; i++) {
    SimEdit *edit = &g_array_index (copy->edits, SimEdit, i);

    if (edit->state == SIM_EDIT_PENDING && (all || edit->field == field)) {
      edit->state = SIM_EDIT_OVER;
      copy->n_pending--;
    }
  }
}

static const char *
pending_before (SimCopy    *copy,
                guint       field,
                const char *before)
{
  for (guint i = 0; i < copy->edits->len; i++) {
    SimEdit *edit = &g_array_index (copy->edits, SimEdit, i);

    if (edit->state == SIM_EDIT_PENDING && edit->field == field)
      return edit->before;
  }

  return before;
}

/* When a row goes, those that can be without it let go of it: that is nobody's wish for them. */
static gboolean
lets_go (Watch      *watch,
         SimRow     *row,
         guint       field,
         const char *before,
         const char *now)
{
  const char   *name = row->kind->fields[field].name;
  const SimRow *target = before != NULL ? sim_ledger_find (watch->ledger, before) : NULL;

  return now == NULL && target != NULL && (strcmp (name, "series") == 0 || strcmp (name, "attendee") == 0) &&
         watch->about != row;
}

/* The host has given a field another value, and was told that it is saved. */
static void
note_edit (Watch      *watch,
           SimRow     *row,
           SimCopy    *copy,
           guint       field,
           const char *before)
{
  SimEdit edit = { field, pending_before (copy, field, before), copy->fields.values[field], watch->ledger->tick,
                   SIM_EDIT_PENDING, FALSE };

  copy->touched |= 1u << field;
  end_edits (copy, field, FALSE);
  if (row->kind->fields[field].type == HALL_FIELD_MOMENT || copy->is_local)
    return;

  if (watch->cause == SIM_BY_CHANCE || lets_go (watch, row, field, before, edit.value))
    edit.state = SIM_EDIT_OVER;
  else
    copy->n_pending++;
  g_array_append_val (copy->edits, edit);
}

static gboolean
is_default (const HallField *field,
            const char      *value)
{
  return value == NULL || (field->type != HALL_FIELD_TEXT && strcmp (value, "0") == 0);
}

static void
note_change (Watch *watch,
             SimRow *row,
             guint   field,
             const char *before)
{
  SimCopy *copy = &row->copies[watch->client];

  sim_trace (watch->ledger->trace, "    %d %s %s = %s", watch->client, sim_short (row), row->kind->fields[field].name,
             copy->fields.values[field] == NULL ? "-" : strchr (copy->fields.values[field], '@') != NULL
                                                          ? "(address)" : copy->fields.values[field]);
  show (watch, copy, field);
  if (watch->cause == SIM_BY_NOBODY)
    sim_ledger_break (watch->ledger, 2, "client %d: %s has another %s, but nothing was done", watch->client,
                      sim_short (row), row->kind->fields[field].name);
  else if (watch->cause == SIM_BY_HOST || watch->cause == SIM_BY_CHANCE)
    note_edit (watch, row, copy, field, before);
}

static void
note_arrival (Watch  *watch,
              SimRow *row,
              gboolean was_local)
{
  SimCopy *copy = &row->copies[watch->client];

  if (watch->cause == SIM_BY_NOBODY)
    sim_ledger_break (watch->ledger, 2, "client %d: %s is here, but nothing was done", watch->client, sim_short (row));
  if (watch->cause == SIM_BY_HOST || watch->cause == SIM_BY_CHANCE) {
    copy->created = TRUE;
    copy->brought_at = watch->ledger->tick;
    copy->removal = SIM_REMOVAL_OVER;
    for (guint i = 0; i < row->kind->n_fields; i++)
      if (sim_field_is_watched (&row->kind->fields[i]) && !is_default (&row->kind->fields[i], copy->fields.values[i]))
        note_edit (watch, row, copy, i, NULL);
  }
}

static void
read_row (Watch          *watch,
          const HallKind *kind,
          HallStatement  *query)
{
  SimRow  *row = sim_ledger_row (watch->ledger, kind, hall_statement_get_text (query, 0));
  SimCopy *copy = &row->copies[watch->client];
  gboolean is_new = !copy->here;
  gboolean was_local = copy->is_local;
  guint    changed = 0;
  const char *before[SIM_MOST_FIELDS];
  int      column = 2;

  copy->generation = watch->ledger->generation;
  copy->is_local = strcmp (hall_statement_get_text (query, 1), "1") == 0;
  for (guint i = 0; i < kind->n_fields; i++) {
    const char *value;

    if (!sim_field_is_watched (&kind->fields[i]))
      continue;
    value = hall_statement_get_text (query, column++);
    before[i] = copy->fields.values[i];
    if (g_strcmp0 (value, before[i]) != 0 || (is_new && value != NULL)) {
      copy->fields.values[i] = sim_ledger_text (watch->ledger, value);
      changed |= 1u << i;
    }
  }

  copy->here = TRUE;
  if (is_new) {
    sim_trace (watch->ledger->trace, "    %d %s is here", watch->client, sim_short (row));
    for (guint i = 0; i < kind->n_fields; i++)
      if (sim_field_is_watched (&kind->fields[i]))
        show (watch, copy, i);
  }
  if (is_new || (was_local && !copy->is_local))
    note_arrival (watch, row, was_local);
  else
    for (guint i = 0; i < kind->n_fields; i++)
      if ((changed & (1u << i)) != 0)
        note_change (watch, row, i, before[i]);
}

static void
note_departure (Watch  *watch,
                SimRow *row)
{
  SimCopy *copy = &row->copies[watch->client];

  sim_trace (watch->ledger->trace, "    %d %s is gone", watch->client, sim_short (row));
  copy->here = FALSE;
  watch->has_lost_rows = TRUE;

  if (watch->cause == SIM_BY_NOBODY)
    sim_ledger_break (watch->ledger, 2, "client %d: %s is gone, but nothing was done", watch->client, sim_short (row));
  if (watch->cause == SIM_BY_HOST || watch->cause == SIM_BY_WAIVER || watch->cause == SIM_BY_CHANCE) {
    end_edits (copy, 0, TRUE);
    copy->removed_at = watch->ledger->tick;
    if (watch->cause == SIM_BY_HOST && row == watch->about && !copy->is_local)
      copy->removal = SIM_REMOVAL_PENDING;
  }
}

/* In the order of the fields that are watched; a row that is sent with nobody is local. */
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

  sql = g_string_new ("SELECT id, ");
  g_string_append (sql, hall_kind_find_field (kind, "account") != NULL
                          ? "account IS NULL" : "(SELECT account IS NULL FROM chats WHERE chats.id = chat)");
  for (guint i = 0; i < kind->n_fields; i++)
    if (sim_field_is_watched (&kind->fields[i]))
      g_string_append_printf (sql, ", %s", kind->fields[i].name);
  g_string_append_printf (sql, " FROM %s", kind->plural);
  g_hash_table_insert (queries, (gpointer) kind, sql->str);

  return g_string_free (sql, FALSE);
}

static void
read_rows (Watch          *watch,
           const HallKind *kind)
{
  g_autoptr (HallStatement) query = begin (watch, query_for (kind));

  while (step (watch, query))
    read_row (watch, kind, query);

  for (guint i = 0; i < watch->ledger->order->len; i++) {
    SimRow *row = watch->ledger->order->pdata[i];

    if (row->kind == kind && row->copies[watch->client].here &&
        row->copies[watch->client].generation != watch->ledger->generation)
      note_departure (watch, row);
  }
}

static void
read_bases (Watch *watch)
{
  g_autoptr (HallStatement) query = begin (watch, "SELECT kind, id, mark FROM bases");

  while (step (watch, query)) {
    const HallKind *kind = hall_kinds_from_name (hall_statement_get_text (query, 0));
    SimRow         *row = sim_ledger_row (watch->ledger, kind, hall_statement_get_text (query, 1));
    SimCopy        *copy = &row->copies[watch->client];
    const char     *mark = hall_statement_get_text (query, 2);

    copy->base_generation = watch->ledger->generation;
    copy->is_recalled = *mark == '\0';
    if (copy->is_recalled) {
      copy->base = NULL; /* a restored service has forgotten it */
      continue;
    }
    if (g_strcmp0 (copy->base, mark) == 0)
      continue;
    copy->base = sim_ledger_text (watch->ledger, mark);
    if (g_hash_table_lookup (watch->ledger->marks, mark) == NULL)
      sim_ledger_break (watch->ledger, 9, "client %d: the base of %s is a version the desk never had",
                        watch->client, sim_short (row));
  }

  for (guint i = 0; i < watch->ledger->order->len; i++) {
    SimRow *row = watch->ledger->order->pdata[i];

    row->copies[watch->client].is_awaited = FALSE;
    if (row->copies[watch->client].base_generation != watch->ledger->generation) {
      row->copies[watch->client].base = NULL;
      row->copies[watch->client].is_recalled = FALSE;
    }
  }
}

/* Rows of which an answer has told something that the record of changes has still to confirm. */
static void
read_echoes (Watch *watch)
{
  g_autoptr (HallStatement) query = begin (watch, "SELECT id FROM echoes");

  while (step (watch, query)) {
    SimRow *row = sim_ledger_find (watch->ledger, hall_statement_get_text (query, 0));

    if (row != NULL)
      row->copies[watch->client].is_awaited = TRUE;
  }
}

/* An operation that may have reached the desk keeps its id and its bytes until an answer has come, or news of its
 * row that it cannot stand beside. */
static void
check_gone (Watch            *watch,
            const char       *id,
            const SimWaiting *waiting)
{
  SimOperation *sent = g_hash_table_lookup (watch->ledger->operations, id);
  SimCopy      *copy = &waiting->row->copies[watch->client];

  if (sent == NULL || sent->is_answered || !waiting->is_frozen || watch->cause == SIM_BY_CHANCE)
    return;
  if (watch->cause == SIM_BY_ENGINE && (copy->base != waiting->base || copy->conflict != NULL || !copy->here))
    return;

  sim_ledger_break (watch->ledger, 12, "client %d: operation %.8s of %s went without an answer",
                    watch->client, id + 28, sim_short (waiting->row));
}

static void
read_operation (Watch         *watch,
                HallStatement *query)
{
  GHashTable     *outbox = watch->ledger->outboxes[watch->client];
  const char     *id = text (watch, query, 0);
  const HallKind *kind = hall_kinds_from_name (hall_statement_get_text (query, 1));
  SimRow         *row = sim_ledger_row (watch->ledger, kind, hall_statement_get_text (query, 2));
  const char     *state = hall_statement_get_text (query, 3);
  const char     *base_mark = text (watch, query, 4);
  const char     *body = text (watch, query, 5);
  gboolean        is_frozen = strcmp (state, "sending") == 0 || strcmp (state, "unknown") == 0;
  SimWaiting     *waiting = g_hash_table_lookup (outbox, id);

  if (waiting == NULL) {
    waiting = g_new0 (SimWaiting, 1);
    waiting->row = row;
    g_hash_table_insert (outbox, (gpointer) id, waiting);
  } else if (waiting->is_frozen && g_hash_table_contains (watch->ledger->operations, id) &&
             (waiting->body != body || waiting->base_mark != base_mark)) {
    sim_ledger_break (watch->ledger, 12, "client %d: the bytes of operation %.8s of %s have changed",
                      watch->client, id + 28, sim_short (row));
  }

  waiting->is_frozen = is_frozen;
  waiting->is_refused = strcmp (state, "parked") == 0 && g_strcmp0 (hall_statement_get_text (query, 6), "conflict") != 0;
  waiting->body = body;
  waiting->base_mark = base_mark;
  waiting->generation = watch->ledger->generation;
  row->copies[watch->client].n_operations++;
  if (strcmp (state, "parked") == 0) {
    row->copies[watch->client].is_parked = TRUE;
    watch->ledger->n_parked[watch->client]++;
  } else {
    watch->ledger->n_waiting[watch->client]++;
  }
}

static void
read_outbox (Watch *watch)
{
  g_autoptr (HallStatement) query = begin (watch, "SELECT operation, kind, id, state, base_mark, body, reason "
                                                  "FROM outbox "
                                                  "ORDER BY number");
  GHashTableIter            iter;
  gpointer                  id, waiting;

  for (guint i = 0; i < watch->ledger->order->len; i++) {
    SimCopy *copy = &((SimRow *) watch->ledger->order->pdata[i])->copies[watch->client];

    copy->n_operations = 0;
    copy->is_parked = FALSE;
  }
  watch->ledger->n_parked[watch->client] = watch->ledger->n_waiting[watch->client] = 0;
  while (step (watch, query))
    read_operation (watch, query);

  g_hash_table_iter_init (&iter, watch->ledger->outboxes[watch->client]);
  while (g_hash_table_iter_next (&iter, &id, &waiting)) {
    SimWaiting *it = waiting;

    if (it->generation != watch->ledger->generation) {
      check_gone (watch, id, it);
      g_hash_table_iter_remove (&iter);
    } else {
      it->base = it->row->copies[watch->client].base;
    }
  }
}

static void
read_conflicts (Watch *watch)
{
  g_autoptr (HallStatement) query = begin (watch, "SELECT id, kind, row_id, mine, theirs FROM conflicts ORDER BY id");

  for (guint i = 0; i < watch->ledger->order->len; i++)
    ((SimRow *) watch->ledger->order->pdata[i])->copies[watch->client].conflict = NULL;
  watch->ledger->n_conflicts[watch->client] = 0;

  while (step (watch, query)) {
    const HallKind *kind = hall_kinds_from_name (hall_statement_get_text (query, 1));
    SimCopy        *copy = &sim_ledger_row (watch->ledger, kind, hall_statement_get_text (query, 2))->copies[watch->client];

    copy->conflict = text (watch, query, 0);
    copy->mine = text (watch, query, 3);
    copy->theirs = text (watch, query, 4);
    watch->ledger->n_conflicts[watch->client]++;
  }
}

static void
read_cursor (Watch *watch)
{
  g_autoptr (HallStatement) query = begin (watch, "SELECT cursor FROM cursors");
  const char               *before = watch->ledger->cursors[watch->client];
  const char               *cursor = step (watch, query) ? text (watch, query, 0) : NULL;

  if (cursor == before)
    return;

  watch->ledger->cursors[watch->client] = cursor;
  sim_check_cursor (watch->ledger, watch->client, before);
}

static gboolean
has_changed (Watch      *watch,
             GStrv       changed,
             const char *table)
{
  return watch->wholly || (changed != NULL && g_strv_contains ((const char *const *) changed, table));
}

/* To be called outside of any transaction, after each; @wholly when the library was opened again. */
void
sim_watch_client (SimLedger    *ledger,
                  int           client,
                  HallDatabase *db,
                  SimCause      cause,
                  SimRow       *about,
                  gboolean      wholly)
{
  Watch                  watch = { ledger, client, db, cause, about, wholly };
  g_auto (GStrv)         changed = hall_database_take_changed (db);
  guint                  n_kinds;
  const HallKind *const *kinds = hall_kinds_list (&n_kinds);

  ledger->tick++;
  ledger->generation++;

  /* The update hook tells nothing of what foreign keys do to children. */
  for (guint i = 0; i < n_kinds; i++)
    if (kinds[i]->sent && (has_changed (&watch, changed, kinds[i]->plural) || has_changed (&watch, changed, "chats")))
      read_rows (&watch, kinds[i]);

  if (cause == SIM_BY_ENGINE || wholly) {
    read_bases (&watch);
    read_echoes (&watch);
  }
  if (has_changed (&watch, changed, "conflicts"))
    read_conflicts (&watch);
  if (has_changed (&watch, changed, "outbox"))
    read_outbox (&watch);
  if (watch.has_lost_rows)
    sim_check_parents (ledger, client);
  if (cause == SIM_BY_ENGINE || wholly)
    read_cursor (&watch);

  if (cause == SIM_BY_WAIVER && about != NULL) {
    end_edits (&about->copies[client], 0, TRUE);
    about->copies[client].removal = SIM_REMOVAL_OVER;
  }
  sim_check_pending (ledger, client);
}

/* The host has looked at both versions of a row, and chosen. */
void
sim_watch_affirm (SimLedger *ledger,
                  int        client,
                  SimRow    *row)
{
  SimCopy               *copy = &row->copies[client];
  const char            *theirs = copy->conflict != NULL ? copy->theirs : NULL;
  g_autoptr (yyjson_doc) doc = theirs != NULL ? hall_json_read (theirs, strlen (theirs), NULL) : NULL;

  copy->affirmed_at = ledger->tick;
  copy->touched = G_MAXUINT;
  for (guint i = 0; doc != NULL && i < row->kind->n_fields; i++) {
    SimShown shown = { i, NULL, ledger->tick };

    if (!sim_field_is_watched (&row->kind->fields[i]))
      continue;
    shown.value = sim_ledger_member (ledger, yyjson_obj_get (yyjson_doc_get_root (doc), row->kind->fields[i].name));
    g_array_append_val (copy->shown, shown);
  }
}
