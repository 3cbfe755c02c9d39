/* SPDX-License-Identifier: GPL-3.0-or-later
 * What must hold of a write at the desk: nothing unseen is written over (3, 8), nothing sleeps and wakes by itself
 * (7), one sign-up for each address (5), seats while there are any (6). */
#include "watch.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"

#include <string.h>

static const char *
get (const SimRow     *row,
     const SimVersion *version,
     const char       *name)
{
  const HallField *field = hall_kind_find_field (row->kind, name);

  return version->fields.values[field - row->kind->fields];
}

/* When the host last said how this field should be; before that they must have seen what it was. */
static guint
last_word (const SimCopy *copy,
           guint          field)
{
  guint tick = copy->affirmed_at;

  for (guint i = 0; i < copy->edits->len; i++) {
    const SimEdit *edit = &g_array_index (copy->edits, SimEdit, i);

    if (edit->field == field)
      tick = MAX (tick, edit->tick);
  }

  return MAX (tick, copy->removed_at);
}

static gboolean
was_shown (const SimCopy *copy,
           guint          field,
           const char    *value,
           guint          until)
{
  for (guint i = 0; i < copy->shown->len; i++) {
    const SimShown *shown = &g_array_index (copy->shown, SimShown, i);

    if (shown->field == field && shown->value == value && shown->tick <= until)
      return TRUE;
  }

  return FALSE;
}

static gboolean
line_was_shown (const SimCopy *copy,
                guint          field,
                const char    *line,
                guint          until)
{
  for (guint i = 0; i < copy->shown->len; i++) {
    const SimShown *shown = &g_array_index (copy->shown, SimShown, i);

    if (shown->field == field && shown->tick <= until && shown->value != NULL && strstr (shown->value, line) != NULL)
      return TRUE;
  }

  return FALSE;
}

/* Whether each line of @before that is not in @after has been seen by who left it out. */
static gboolean
lines_were_shown (const SimCopy *copy,
                  guint          field,
                  const char    *before,
                  const char    *after,
                  guint          until)
{
  g_auto (GStrv) lines = g_strsplit (before != NULL ? before : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && (after == NULL || strstr (after, lines[i]) == NULL) &&
        !line_was_shown (copy, field, lines[i], until))
      return FALSE;

  return TRUE;
}

/* A row that was tied to one that is gone here came without that tie, and nobody here could see it. */
static gboolean
is_tie_to_nothing (SimLedger    *ledger,
                   const SimRow *row,
                   int           client,
                   guint         field,
                   const char   *before)
{
  const char   *name = row->kind->fields[field].name;
  const SimRow *target;

  if (strcmp (name, "series") != 0 && strcmp (name, "attendee") != 0)
    return FALSE;

  target = sim_ledger_find (ledger, before);
  return target == NULL || !target->copies[client].here;
}

static gboolean
was_seen (SimLedger    *ledger,
          const SimRow *row,
          int           client,
          guint         field,
          const char   *before,
          const char   *after)
{
  const SimCopy *copy = &row->copies[client];
  guint          until = last_word (copy, field);

  if (was_shown (copy, field, before, until) ||
      is_tie_to_nothing (ledger, row, client, field, before))
    return TRUE;

  return sim_field_is_long (row, field) && lines_were_shown (copy, field, before, after, until);
}

static void
check_overwritten (SimLedger        *ledger,
                   const SimRow     *row,
                   const SimVersion *before,
                   const SimVersion *after)
{
  for (guint i = 0; i < row->kind->n_fields; i++)
    if (sim_field_is_watched (&row->kind->fields[i]) && row->kind->fields[i].type != HALL_FIELD_MOMENT &&
        before->fields.values[i] != after->fields.values[i] &&
        !was_seen (ledger, row, after->author, i, before->fields.values[i], after->fields.values[i]))
      sim_ledger_break (ledger, 3, "client %d wrote over %s of %s, whose value it had never shown", after->author,
                        row->kind->fields[i].name, sim_short (row));
}

static void
check_deleted (SimLedger        *ledger,
               const SimRow     *row,
               const SimVersion *before,
               int               client)
{
  for (guint i = 0; i < row->kind->n_fields; i++)
    if (sim_field_is_watched (&row->kind->fields[i]) && row->kind->fields[i].type != HALL_FIELD_MOMENT &&
        !was_seen (ledger, row, client, i, before->fields.values[i], NULL))
      sim_ledger_break (ledger, 8, "client %d deleted %s, of which it had never shown the %s there is", client,
                        sim_short (row), row->kind->fields[i].name);
}

/* An id made by the clock and by chance; the other kind two devices make alike, without knowing of each other. */
static gboolean
is_made_once (const SimRow *row)
{
  return row->id[14] == '7';
}

static void
check_revived (SimLedger          *ledger,
               const SimRow       *row,
               const SimVersion   *tombstone,
               const SimVersion   *after,
               const SimOperation *operation)
{
  const SimCopy *copy;

  if (operation == NULL) {
    sim_ledger_break (ledger, 7, "%s came back without any host", sim_short (row));
    return;
  }

  copy = &row->copies[after->author];
  if (!is_made_once (row) && copy->created)
    return;
  if (sim_is_kept_with_chat (ledger, row, after->author) || operation->n_revocations != ledger->n_revocations)
    return;
  if (operation->first_sent <= tombstone->tick)
    sim_ledger_break (ledger, 7, "%s came back by a request that is older than its deletion", sim_short (row));
  else if (copy->brought_at <= tombstone->tick && copy->affirmed_at <= tombstone->tick &&
           !(copy->removed_at != 0 && copy->brought_at > copy->removed_at))
    sim_ledger_break (ledger, 7, "%s came back, but its host has not brought it back", sim_short (row));
}

static void
count_seats (SimLedger    *ledger,
             const SimRow *but,
             const char   *chat,
             guint        *going,
             guint        *waiting)
{
  *going = *waiting = 0;
  for (guint i = 0; i < ledger->order->len; i++) {
    const SimRow     *row = ledger->order->pdata[i];
    const SimVersion *version;

    if (row == but || row->kind != &hall_attendee_kind)
      continue;
    version = sim_row_newest (row);
    if (version == NULL || version->deleted || get (row, version, "chat") != chat)
      continue;
    *going += strcmp (get (row, version, "status"), "going") == 0;
    *waiting += strcmp (get (row, version, "status"), "waitlist") == 0;
  }
}

static void
check_seat (SimLedger        *ledger,
            const SimRow     *row,
            const SimVersion *before,
            const SimVersion *after)
{
  const char   *status = get (row, after, "status");
  const char   *chat_id = get (row, after, "chat");
  const SimRow *chat = sim_ledger_find (ledger, chat_id);
  guint         capacity, going, waiting;
  gboolean      is_new = before == NULL || before->deleted;
  gboolean      is_again = !is_new && after->author == SIM_NOBODY && strcmp (get (row, before, "status"), "cancelled") == 0;

  if ((!is_new && !is_again) || strcmp (status, "cancelled") == 0)
    return;

  capacity = g_ascii_strtoull (get (chat, sim_row_newest (chat), "capacity"), NULL, 10);
  count_seats (ledger, row, chat_id, &going, &waiting);
  if (strcmp (status, "going") == 0 && capacity > 0 && (going >= capacity || waiting > 0))
    sim_ledger_break (ledger, 6, "%s got a seat where %u of %u were taken and %u waited", sim_short (row), going, capacity, waiting);
  if (strcmp (status, "waitlist") == 0 && after->author == SIM_NOBODY && (capacity == 0 || (going < capacity && waiting == 0)))
    sim_ledger_break (ledger, 6, "%s waits where %u of %u seats were taken and %u waited", sim_short (row), going, capacity, waiting);
}

static void
check_address (SimLedger        *ledger,
               const SimRow     *row,
               const SimVersion *after)
{
  g_autofree char *key = g_ascii_strdown (get (row, after, "address"), -1);

  for (guint i = 0; i < ledger->order->len; i++) {
    const SimRow     *other = ledger->order->pdata[i];
    const SimVersion *version;
    g_autofree char  *address = NULL;

    if (other == row || other->kind != &hall_attendee_kind)
      continue;
    version = sim_row_newest (other);
    if (version == NULL || version->deleted || get (other, version, "chat") != get (row, after, "chat"))
      continue;
    address = g_ascii_strdown (get (other, version, "address"), -1);
    if (strcmp (address, key) == 0)
      sim_ledger_break (ledger, 5, "%s and %s signed up for one chat with one address", sim_short (row), sim_short (other));
  }
}

static void
check_parent (SimLedger        *ledger,
              const SimRow     *row,
              const SimVersion *after)
{
  const HallField  *field = hall_kind_find_field (row->kind, "chat");
  const SimRow     *chat;
  const SimVersion *version;

  if (field == NULL)
    return;

  chat = sim_ledger_find (ledger, after->fields.values[field - row->kind->fields]);
  version = chat != NULL ? sim_row_newest (chat) : NULL;
  if (version == NULL || version->deleted)
    sim_ledger_break (ledger, 11, "the desk has %s without its chat", sim_short (row));
}

/* @before is what the desk had until now; absent when it had none. */
void
sim_check_version (SimLedger       *ledger,
                   SimRow          *row,
                   SimVersion      *before,
                   SimVersion      *after,
                   const SimAuthor *author)
{
  SimOperation *operation = author->key != NULL ? g_hash_table_lookup (ledger->operations, author->key) : NULL;
  gboolean      is_asked_for = operation != NULL && operation->row == row;
  gboolean      was_there = before != NULL && !before->deleted;

  if (is_asked_for && was_there && !row->was_forgotten) {
    if (after->deleted)
      check_deleted (ledger, row, before, author->client);
    else
      check_overwritten (ledger, row, before, after);
  }

  if (before != NULL && before->deleted && !after->deleted && !row->was_forgotten)
    check_revived (ledger, row, before, after, is_asked_for ? operation : NULL);

  if (after->deleted)
    return;
  check_parent (ledger, row, after);
  if (row->kind == &hall_attendee_kind) {
    check_address (ledger, row, after);
    check_seat (ledger, row, before, after);
  }
}
