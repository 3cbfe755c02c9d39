/* SPDX-License-Identifier: GPL-3.0-or-later
 * The host's word on what waits for it: a version of a row in conflict, a refused edit once more or not at all, and
 * second thoughts about either. */
#include "values.h"

#include "format/hall-wire.h"
#include "store/hall-rows.h"
#include "sync/hall-choices.h"
#include "sync/hall-discards.h"

#include <string.h>

static SimRow *
pick_conflict (SimWorld  *world,
               SimClient *client)
{
  SimRow  *picked = NULL;
  guint64  lowest = G_MAXUINT64;
  guint64  salt = sim_dice_next (&world->dice);

  for (guint i = 0; i < world->ledger.order->len; i++) {
    SimRow  *row = world->ledger.order->pdata[i];
    guint64  rank = sim_chance_hash (salt, row->id + 19);

    if (row->copies[client->number].conflict != NULL && rank < lowest) {
      lowest = rank;
      picked = row;
    }
  }

  return picked;
}

static const char *
pick_refused (SimWorld   *world,
              SimClient  *client,
              SimRow    **row)
{
  GHashTableIter iter;
  gpointer       id, value;
  const char    *picked = NULL;
  guint64        lowest = G_MAXUINT64;
  guint64        salt = sim_dice_next (&world->dice);

  g_hash_table_iter_init (&iter, world->ledger.outboxes[client->number]);
  while (g_hash_table_iter_next (&iter, &id, &value)) {
    SimWaiting *waiting = value;
    guint64     rank = sim_chance_hash (salt, (char *) id + 19);

    if (waiting->is_refused && rank < lowest) {
      lowest = rank;
      picked = id;
      *row = waiting->row;
    }
  }

  return picked;
}

/* The third version: one of the two with something else in it. */
static gpointer
make_third (SimWorld  *world,
            SimClient *client,
            SimRow    *row)
{
  SimCopy              *copy = &row->copies[client->number];
  const char           *json = copy->mine != NULL && (copy->theirs == NULL || sim_dice_coin (&world->dice)) ? copy->mine
                                                                                                            : copy->theirs;
  g_autoptr (HallValue) value = hall_wire_read (row->kind, json, -1, HALL_WIRE_ALL, NULL);

  return value != NULL && sim_value_edit (world, client, value) ? g_steal_pointer (&value) : NULL;
}

/* What cannot be done, as when the row has moved on, is told so and changes nothing. */
static void
end (SimWorld     *world,
     SimClient    *client,
     gboolean      went_well,
     const GError *error,
     SimCause      cause,
     SimRow       *row)
{
  if (!went_well && sim_is_mistake (error)) {
    sim_trace (&world->trace, "  host %d cannot: %s", client->number, error->message);
    sim_machine_end (&client->machine);
    hall_database_rollback (client->db);
    sim_watch_client (&world->ledger, client->number, client->db, SIM_BY_NOBODY, NULL, FALSE);
    return;
  }

  /* They have looked at both versions. */
  if (row != NULL)
    sim_watch_affirm (&world->ledger, client->number, row);
  sim_client_end (world, client, went_well, error, cause, row);
}

static void
choose (SimWorld   *world,
        SimClient  *client,
        SimRow     *row,
        HallChoice  choice)
{
  static const char *const words[] = { "mine", "theirs", "edited" };
  const char           *conflict = row->copies[client->number].conflict;
  g_autoptr (HallValue) third = NULL;
  g_autoptr (GError)    error = NULL;
  gboolean              went_well;

  if (choice == HALL_CHOICE_EDITED) {
    third = make_third (world, client, row);
    if (third == NULL)
      choice = HALL_CHOICE_MINE;
  }
  if (!sim_client_begin (world, client))
    return;

  sim_trace (&world->trace, "  host %d chooses %s of %s", client->number, words[choice], sim_short (row));
  went_well = hall_choices_make (client->db, conflict, choice, third, &client->moment.clock, &world->random, &error);
  client->chosen = conflict;
  client->chosen_row = row;
  end (world, client, went_well, error, choice == HALL_CHOICE_THEIRS ? SIM_BY_WAIVER : SIM_BY_HOST, row);
}

static void
let_go (SimWorld   *world,
        SimClient  *client,
        const char *operation,
        SimRow     *row)
{
  g_autoptr (GError) error = NULL;
  gboolean           went_well;

  if (!sim_client_begin (world, client))
    return;

  sim_trace (&world->trace, "  host %d lets go of %s", client->number, sim_short (row));
  went_well = hall_discards_make (client->db, operation, &client->moment.clock, &world->random, &error);
  client->discarded = operation;
  client->discarded_row = row;
  end (world, client, went_well, error, SIM_BY_WAIVER, row);
}

static void
try_again (SimWorld   *world,
           SimClient  *client,
           const char *operation,
           SimRow     *row)
{
  g_autoptr (GError) error = NULL;
  gboolean           went_well;

  if (!sim_client_begin (world, client))
    return;

  sim_trace (&world->trace, "  host %d tries %s again", client->number, sim_short (row));
  went_well = hall_discards_retry (client->db, operation, &client->moment.clock, &world->random, &error);
  end (world, client, went_well, error, SIM_BY_HOST, row);
}

static void
undo (SimWorld  *world,
      SimClient *client)
{
  gboolean           is_choice = client->discarded == NULL || (client->chosen != NULL && sim_dice_coin (&world->dice));
  const char        *id = is_choice ? client->chosen : client->discarded;
  SimRow            *row = is_choice ? client->chosen_row : client->discarded_row;
  g_autoptr (GError) error = NULL;
  gboolean           went_well;

  if (id == NULL || !sim_client_begin (world, client))
    return;

  sim_trace (&world->trace, "  host %d undoes %s of %s", client->number, is_choice ? "a choice" : "letting go", sim_short (row));
  if (is_choice)
    went_well = hall_choices_undo (client->db, id, &client->moment.clock, &world->random, &error);
  else
    went_well = hall_discards_undo (client->db, id, &client->moment.clock, &world->random, &error);
  end (world, client, went_well, error, SIM_BY_HOST, row);
}

void
sim_host_settle (SimWorld  *world,
                 SimClient *client)
{
  SimRow     *row = NULL;
  const char *operation;
  guint       at = sim_dice_roll (&world->dice, 10);

  if (at < 2) {
    undo (world, client);
    return;
  }

  row = pick_conflict (world, client);
  if (row != NULL && at < 7) {
    choose (world, client, row, sim_dice_roll (&world->dice, 3));
    return;
  }

  operation = pick_refused (world, client, &row);
  if (operation != NULL && sim_dice_coin (&world->dice))
    let_go (world, client, operation, row);
  else if (operation != NULL)
    try_again (world, client, operation, row);
}

/* At the end of all: one word on everything that waits. */
gboolean
sim_host_settle_all (SimWorld  *world,
                     SimClient *client)
{
  gboolean    any = FALSE;
  SimRow     *row;
  const char *operation;

  for (guint i = 0; i < 100 && world->ledger.broken == 0; i++) {
    row = pick_conflict (world, client);
    if (row != NULL) {
      choose (world, client, row, sim_dice_coin (&world->dice) ? HALL_CHOICE_MINE : HALL_CHOICE_THEIRS);
      any = TRUE;
      continue;
    }
    operation = pick_refused (world, client, &row);
    if (operation == NULL)
      break;
    let_go (world, client, operation, row);
    any = TRUE;
  }

  return any;
}
