/* SPDX-License-Identifier: GPL-3.0-or-later
 * A quiet network at last: everybody comes to agree (1, 13, 14), and everything that was saved is found again (2). */
#include "world.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-question.h"
#include "model/hall-series.h"

#include <string.h>

#define MOST_ROUNDS 200
#define MOST_TURNS 4000 /* of one exchange */
#define MOST_TALKS 8    /* in which every host settles what waits */

static gboolean
exchange (SimWorld  *world,
          SimClient *client)
{
  guint turns = 0;

  sim_client_stop (client);
  do
    sim_client_go (world, client);
  while (client->engine != NULL && world->ledger.broken == 0 && ++turns < MOST_TURNS);

  if (turns >= MOST_TURNS)
    sim_ledger_break (&world->ledger, 13, "client %d: an exchange does not end", client->number);

  return client->ended_well && client->n_moved == 0 && client->n_writes == 0;
}

/* TRUE when a whole round went by in which nothing had to be exchanged. */
static void
calm_down (SimWorld *world)
{
  for (guint round = 0; round < MOST_ROUNDS && world->ledger.broken == 0; round++) {
    gboolean is_calm = TRUE;

    sim_trace (&world->trace, "quiet round %u", round);
    for (guint i = 0; i < SIM_CLIENTS; i++) {
      sim_moment_pass (&world->clients[i].moment, G_TIME_SPAN_DAY);
      if (!exchange (world, &world->clients[i]))
        is_calm = FALSE;
    }
    if (is_calm)
      return;
  }

  sim_ledger_break (&world->ledger, 13, "after %u rounds there is still something to exchange", MOST_ROUNDS);
}

static const char *
parent_of (const SimRow    *row,
           const SimFields *fields,
           const char      *name)
{
  const HallField *field = hall_kind_find_field (row->kind, name);

  return field != NULL ? fields->values[field - row->kind->fields] : NULL;
}

static gboolean waits (SimLedger    *ledger,
                       int           client,
                       const SimRow *row,
                       guint         depth);

static gboolean
parents_wait (SimLedger       *ledger,
              int              client,
              const SimRow    *row,
              const SimFields *fields,
              guint            depth)
{
  static const char *const names[] = { "chat", "series", "attendee" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    SimRow *parent = sim_ledger_find (ledger, parent_of (row, fields, names[i]));

    if (parent != NULL && waits (ledger, client, parent, depth + 1))
      return TRUE;
  }

  return FALSE;
}

/* Whether the row, or one it hangs on here or at the desk, waits for its host. */
static gboolean
waits (SimLedger    *ledger,
       int           client,
       const SimRow *row,
       guint         depth)
{
  const SimCopy    *copy = &row->copies[client];
  const SimVersion *newest = sim_row_newest (row);

  if (copy->n_operations > 0 || copy->conflict != NULL || copy->is_local)
    return TRUE;
  if (depth > 3)
    return FALSE;

  return (copy->here && parents_wait (ledger, client, row, &copy->fields, depth)) ||
         (newest != NULL && !newest->deleted && parents_wait (ledger, client, row, &newest->fields, depth));
}

static void
compare_row (SimLedger    *ledger,
             int           client,
             const SimRow *row)
{
  const SimCopy    *copy = &row->copies[client];
  const SimVersion *newest = sim_row_newest (row);
  gboolean          is_there = newest != NULL && !newest->deleted;

  if (is_there != (copy->base != NULL) || (is_there && copy->base != newest->mark)) {
    sim_ledger_break (ledger, 1, "client %d: its base of %s is not what the desk has", client, sim_short (row));
    return;
  }
  if (waits (ledger, client, row, 0))
    return;

  if (is_there != copy->here) {
    sim_ledger_break (ledger, 1, "client %d: %s is %s", client, sim_short (row), is_there ? "missing" : "only here");
    return;
  }
  for (guint i = 0; is_there && i < row->kind->n_fields; i++)
    if (sim_field_is_watched (&row->kind->fields[i]) && copy->fields.values[i] != newest->fields.values[i])
      sim_ledger_break (ledger, 1, "client %d: %s of %s is not what the desk has", client, row->kind->fields[i].name,
                        sim_short (row));
}

/* Whatever waits without being parked hangs on something that is. */
static void
check_starving (SimLedger *ledger,
                int        client)
{
  if (ledger->n_waiting[client] == 0)
    return;

  for (guint i = 0; i < ledger->order->len; i++) {
    const SimRow  *row = ledger->order->pdata[i];
    const SimCopy *copy = &row->copies[client];

    if (copy->n_operations == 0 || copy->is_parked || parents_wait (ledger, client, row, &copy->fields, 0))
      continue;
    sim_ledger_break (ledger, ledger->n_parked[client] > 0 ? 14 : 1, "client %d: the edit of %s still waits", client,
                      sim_short (row));
  }
}

/* The bases hold what the service said, to the letter. */
static void
check_bases (SimWorld  *world,
             SimClient *client)
{
  g_autoptr (HallStatement) bases = hall_database_prepare (client->db, "SELECT id, json FROM bases ORDER BY id", NULL);
  gboolean                  has_row = TRUE;

  while (bases != NULL && hall_statement_step (bases, &has_row, NULL) && has_row) {
    const SimRow     *row = sim_ledger_find (&world->ledger, hall_statement_get_text (bases, 0));
    const SimVersion *newest = sim_row_newest (row);
    const char       *json = hall_statement_get_text (bases, 1);

    if (newest == NULL || newest->deleted)
      continue; /* compare_row() tells of it */
    for (guint i = 0; i < row->kind->n_fields; i++) {
      const char *value = newest->fields.values[i];

      if (sim_field_is_watched (&row->kind->fields[i]) && row->kind->fields[i].type == HALL_FIELD_TEXT && value != NULL &&
          strchr (value, '\n') == NULL && strchr (value, '\a') == NULL && strstr (json, value) == NULL)
        sim_ledger_break (&world->ledger, 1, "client %d: the base of %s does not hold its %s", client->number,
                          sim_short (row), row->kind->fields[i].name);
    }
  }
}

static void
check_files (SimWorld *world)
{
  for (guint i = 0; i <= SIM_CLIENTS; i++) {
    HallDatabase    *db = i < SIM_CLIENTS ? world->clients[i].db : world->desk.db;
    g_autofree char *check = hall_database_get_text (db, NULL, "PRAGMA quick_check", "");

    if (g_strcmp0 (check, "ok") != 0 ||
        hall_database_get_int (db, NULL, "SELECT count(*) FROM pragma_foreign_key_check", "") != 0)
      sim_ledger_break (&world->ledger, 17, "the file of party %u is damaged: %s", i, check);
  }
}

static void
check_agreement (SimWorld *world)
{
  for (guint i = 0; i < SIM_CLIENTS && world->ledger.broken == 0; i++) {
    check_starving (&world->ledger, i);
    check_bases (world, &world->clients[i]);
    for (guint j = 0; j < world->ledger.order->len; j++)
      compare_row (&world->ledger, i, world->ledger.order->pdata[j]);
  }
}

void
sim_end (SimWorld *world)
{
  world->is_quiet = TRUE;
  sim_chance_seed (&world->dice, world->seed, 2);
  sim_machine_heal (&world->desk.machine);
  for (guint i = 0; i < SIM_CLIENTS; i++)
    sim_machine_heal (&world->clients[i].machine);
  for (guint i = 0; i < SIM_HOSTS; i++)
    if (!sim_desk_knows_token (world, i))
      sim_desk_give_token (world, i);
  for (guint i = 0; i < SIM_CLIENTS; i++)
    sim_client_stop (&world->clients[i]);

  calm_down (world);
  check_agreement (world);
  for (guint i = 0; i < MOST_TALKS && world->ledger.broken == 0; i++) {
    gboolean any = FALSE;

    for (guint j = 0; j < SIM_CLIENTS; j++)
      any = sim_host_settle_all (world, &world->clients[j]) || any;
    if (!any)
      break;
    calm_down (world);
    check_agreement (world);
  }
  check_files (world);
}
