/* SPDX-License-Identifier: GPL-3.0-or-later
 * What must hold of a library: no edit gets lost (2, 8, 16), the cursor goes with the rows (9), no child is without
 * its parent (11). */
#include "watch.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-question.h"

#include <string.h>

static const char *
get (const SimRow    *row,
     const SimFields *fields,
     const char      *name)
{
  const HallField *field = hall_kind_find_field (row->kind, name);

  return fields->values[field - row->kind->fields];
}

/* Whether @fields hold what the host has put in. */
static gboolean
holds (const SimRow    *row,
       const SimFields *fields,
       const SimEdit   *edit)
{
  const char *value = fields->values[edit->field];

  return value == edit->value ||
         (sim_field_is_long (row, edit->field) && sim_text_has_lines (value, edit->value, edit->before));
}

static gboolean
json_holds (SimLedger     *ledger,
            const SimRow  *row,
            const char    *json,
            const SimEdit *edit)
{
  g_autoptr (yyjson_doc) doc = json != NULL ? hall_json_read (json, strlen (json), NULL) : NULL;
  const char            *value;

  if (doc == NULL)
    return FALSE;

  value = sim_ledger_member (ledger, yyjson_obj_get (yyjson_doc_get_root (doc), row->kind->fields[edit->field].name));
  return value == edit->value ||
         (sim_field_is_long (row, edit->field) && sim_text_has_lines (value, edit->value, edit->before));
}

/* A sign-up made here that met another of the same address: the other one is here now in its place. */
static SimRow *
find_stand_in (SimLedger    *ledger,
               int           client,
               const SimRow *row)
{
  const SimFields *fields = &row->copies[client].fields;
  g_autofree char *key = NULL;

  if (row->kind != &hall_attendee_kind || row->copies[client].here)
    return NULL;

  key = g_ascii_strdown (get (row, fields, "address"), -1);
  for (guint i = 0; i < ledger->order->len; i++) {
    SimRow          *other = ledger->order->pdata[i];
    const SimCopy   *copy = &other->copies[client];
    g_autofree char *address = NULL;

    if (other == row || other->kind != &hall_attendee_kind || !copy->here ||
        get (other, &copy->fields, "chat") != get (row, fields, "chat"))
      continue;
    address = g_ascii_strdown (get (other, &copy->fields, "address"), -1);
    if (strcmp (address, key) == 0)
      return other;
  }

  return NULL;
}

/* What whoever made it typed gives way, but for the check-in: that is an edit of the other one from now on. */
static gboolean
has_stand_in (SimLedger     *ledger,
              int            client,
              const SimRow  *row,
              const SimEdit *edit)
{
  SimRow  *other = find_stand_in (ledger, client, row);
  SimEdit  handed_over = *edit;

  if (other != NULL && strcmp (row->kind->fields[edit->field].name, "attended") == 0 && g_strcmp0 (edit->value, "1") == 0) {
    SimShown shown = { edit->field, other->copies[client].fields.values[edit->field], 0 };

    if (sim_row_newest (other) != NULL)
      shown.value = sim_row_newest (other)->fields.values[edit->field];
    g_array_append_val (other->copies[client].shown, shown);
    other->copies[client].touched |= 1u << edit->field;
    handed_over.tick = ledger->tick;
    g_array_append_val (other->copies[client].edits, handed_over);
    other->copies[client].n_pending++;
  }

  return other != NULL;
}

/* Whether the service has said just that, or nothing is left of it to be sent. */
static gboolean
is_with_service (SimLedger     *ledger,
                 const SimRow  *row,
                 const SimCopy *copy,
                 const SimEdit *edit)
{
  const SimVersion *base = copy->base != NULL ? g_hash_table_lookup (ledger->marks, copy->base) : NULL;

  /* To put back what was there before is to have nothing to send, also where a restored service has it no more. */
  if (base != NULL && holds (row, &base->fields, edit) && (!base->forgotten || (base->tick < edit->tick && !edit->is_offered)))
    return TRUE;

  for (guint i = row->versions->len; i > 0; i--) {
    const SimVersion *version = row->versions->pdata[i - 1];

    if (version->tick < edit->tick)
      break;
    if (!version->forgotten && !version->deleted && holds (row, &version->fields, edit))
      return TRUE;
  }

  return FALSE;
}

/* Whoever wants to go gets a place on the waitlist when there is no seat; the desk alone decides that. */
static gboolean
was_seated_otherwise (const SimRow  *row,
                      int            client,
                      const SimEdit *edit)
{
  if (row->kind != &hall_attendee_kind || strcmp (row->kind->fields[edit->field].name, "status") != 0 ||
      g_strcmp0 (edit->value, "going") != 0)
    return FALSE;

  for (guint i = 0; i < row->versions->len; i++) {
    const SimVersion *version = row->versions->pdata[i];

    if (version->author == client && version->tick >= edit->tick && !version->deleted &&
        g_strcmp0 (version->fields.values[edit->field], "waitlist") == 0)
      return TRUE;
  }

  return FALSE;
}

/* The row it was tied to has gone, and every row that can be without it lets go. */
static gboolean
is_tied_to_nothing (SimLedger     *ledger,
                    int            client,
                    const SimRow  *row,
                    const SimEdit *edit)
{
  const char       *name = row->kind->fields[edit->field].name;
  const SimRow     *target;
  const SimVersion *newest;

  if ((strcmp (name, "series") != 0 && strcmp (name, "attendee") != 0) || edit->value == NULL)
    return FALSE;

  target = sim_ledger_find (ledger, edit->value);
  newest = target != NULL ? sim_row_newest (target) : NULL;

  return target == NULL || !target->copies[client].here || newest == NULL || newest->deleted;
}

static gboolean
was_changed_since (const SimRow  *row,
                   const SimEdit *edit)
{
  const SimVersion *newest = sim_row_newest (row);

  return newest != NULL && newest->tick > edit->tick;
}

static void
check_edit (SimLedger *ledger,
            int        client,
            SimRow    *row,
            SimEdit   *edit)
{
  SimCopy  *copy = &row->copies[client];
  gboolean  is_shown = copy->here && holds (row, &copy->fields, edit);
  const SimVersion *newest = sim_row_newest (row);

  if (is_with_service (ledger, row, copy, edit) || was_seated_otherwise (row, client, edit) ||
      (!is_shown && (has_stand_in (ledger, client, row, edit) || is_tied_to_nothing (ledger, client, row, edit)))) {
    edit->state = SIM_EDIT_TAKEN;
    copy->n_pending--;
    return;
  }

  if (copy->is_local || (is_shown && (copy->n_operations > 0 || edit->is_offered || copy->is_awaited)))
    return;
  if (copy->conflict != NULL && (json_holds (ledger, row, copy->mine, edit) || is_shown))
    return;
  if (edit->is_offered && was_changed_since (row, edit)) {
    edit->state = SIM_EDIT_OVER;
    copy->n_pending--;
    return;
  }

  sim_ledger_break (ledger, newest != NULL && newest->deleted ? 8 : ledger->n_restores > 0 ? 16 : 2,
                    "client %d: the edit of %s, %s, is %s", client, sim_short (row), row->kind->fields[edit->field].name,
                    is_shown ? "here, but waits no longer" : copy->here ? "written over" : "gone with its row");
}

/* A removal by the host is known to the desk, or waits. */
static void
check_removal (SimLedger *ledger,
               int        client,
               SimRow    *row)
{
  SimCopy          *copy = &row->copies[client];
  const SimVersion *newest = sim_row_newest (row);

  if (copy->n_operations > 0 || copy->conflict != NULL || copy->is_awaited)
    return;

  if (newest == NULL || newest->deleted || copy->here || copy->base == NULL)
    copy->removal = SIM_REMOVAL_OVER;
  else if (!row->was_forgotten)
    sim_ledger_break (ledger, 2, "client %d: the removal of %s waits no longer", client, sim_short (row));
}

/* Every edit that was acknowledged waits, lies in a conflict, or has been with the desk. */
void
sim_check_pending (SimLedger *ledger,
                   int        client)
{
  for (guint i = 0; i < ledger->order->len && ledger->broken == 0; i++) {
    SimRow  *row = ledger->order->pdata[i];
    SimCopy *copy = &row->copies[client];

    for (guint j = 0; copy->n_pending > 0 && j < copy->edits->len; j++) {
      SimEdit *edit = &g_array_index (copy->edits, SimEdit, j);

      if (edit->state == SIM_EDIT_PENDING)
        check_edit (ledger, client, row, edit);
    }
    if (copy->removal == SIM_REMOVAL_PENDING)
      check_removal (ledger, client, row);
  }
}

/* Whoever keeps a chat that was deleted elsewhere, or brings it back, keeps what hangs on it. */
gboolean
sim_is_kept_with_chat (SimLedger    *ledger,
                       const SimRow *row,
                       int           client)
{
  const HallField *field = hall_kind_find_field (row->kind, "chat");
  const SimRow    *chat = field != NULL ? sim_ledger_find (ledger, get (row, &row->copies[client].fields, "chat")) : NULL;

  return chat != NULL && (chat->copies[client].affirmed_at > 0 || chat->copies[client].removed_at > 0);
}

static SimVersion *
find_version (SimLedger  *ledger,
              const char *cursor)
{
  const char *dash = cursor != NULL ? strchr (cursor, '-') : NULL;

  return dash != NULL ? g_hash_table_lookup (ledger->marks, dash + 1) : NULL;
}

/* The base of @row is of the version the desk had at @seq, or of a newer one. One that was changed again is told of
 * at its new place only. */
static gboolean
is_as_new_as (SimLedger    *ledger,
              const SimRow *row,
              int           client,
              gint64        seq)
{
  const SimVersion *then = NULL;
  const SimVersion *base = NULL;
  const char       *mark = row->copies[client].base;

  for (guint i = 0; i < row->versions->len; i++) {
    const SimVersion *version = row->versions->pdata[i];

    if (!version->forgotten && version->seq <= seq)
      then = version;
  }

  if (then == NULL || then != sim_row_newest (row) || row->copies[client].is_awaited)
    return TRUE;

  base = mark != NULL ? g_hash_table_lookup (ledger->marks, mark) : NULL;
  if (then->deleted)
    return base == NULL || (!base->forgotten && base->seq > then->seq);
  if (base == NULL)
    return sim_row_newest (row)->deleted;

  return base->forgotten ? FALSE : base->seq >= then->seq;
}

void
sim_check_cursor (SimLedger  *ledger,
                  int         client,
                  const char *before)
{
  const char       *cursor = ledger->cursors[client];
  const SimVersion *from = find_version (ledger, before);
  const SimVersion *to = find_version (ledger, cursor);

  sim_trace (ledger->trace, "    %d cursor %s", client, cursor != NULL ? cursor : "-");
  if (from != NULL && !from->forgotten && (to == NULL || to->seq < from->seq)) {
    sim_ledger_break (ledger, 9, "client %d: the cursor went back from %s to %s", client, before, cursor);
    return;
  }
  if (to == NULL || to->forgotten)
    return;

  for (guint i = 0; i < ledger->order->len; i++)
    if (!is_as_new_as (ledger, ledger->order->pdata[i], client, to->seq)) {
      sim_ledger_break (ledger, 9, "client %d: the cursor is at %s, but %s is older than that", client, cursor,
                        sim_short (ledger->order->pdata[i]));
      return;
    }
}

void
sim_check_parents (SimLedger *ledger,
                   int        client)
{
  for (guint i = 0; i < ledger->order->len; i++) {
    const SimRow *row = ledger->order->pdata[i];
    const SimRow *chat;

    if (!row->copies[client].here ||
        (row->kind != &hall_guest_kind && row->kind != &hall_attendee_kind && row->kind != &hall_question_kind))
      continue;

    chat = sim_ledger_find (ledger, get (row, &row->copies[client].fields, "chat"));
    if (chat == NULL || !chat->copies[client].here)
      sim_ledger_break (ledger, 11, "client %d: %s is without its chat", client, sim_short (row));
  }
}

static gboolean
was_forgotten (const SimRow  *row,
               int            client,
               const SimEdit *edit)
{
  for (guint i = 0; i < row->versions->len; i++) {
    const SimVersion *version = row->versions->pdata[i];

    if (version->forgotten && version->author == client && version->tick >= edit->tick && !version->deleted &&
        holds (row, &version->fields, edit))
      return TRUE;
  }

  return FALSE;
}

/* What the desk had taken and has forgotten since is still at every client that had it, and to be offered again. */
void
sim_check_restored (SimLedger *ledger)
{
  for (guint i = 0; i < ledger->order->len; i++) {
    SimRow *row = ledger->order->pdata[i];

    for (guint client = 0; row->was_forgotten && client < SIM_CLIENTS; client++) {
      SimCopy *copy = &row->copies[client];
      guint    seen = 0;

      for (guint j = copy->edits->len; j > 0; j--) {
        SimEdit *edit = &g_array_index (copy->edits, SimEdit, j - 1);

        if (edit->state == SIM_EDIT_PENDING && was_forgotten (row, client, edit))
          edit->is_offered = TRUE;
        if ((seen & (1u << edit->field)) == 0 && edit->state == SIM_EDIT_TAKEN && copy->here &&
            holds (row, &copy->fields, edit) && !is_with_service (ledger, row, copy, edit)) {
          edit->state = SIM_EDIT_PENDING;
          edit->is_offered = TRUE;
          copy->n_pending++;
        }
        seen |= 1u << edit->field;
      }
    }
  }
}
