/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a host does at one of their devices, each in a transaction of its own as the program does it. */
#include "values.h"

#include "store/hall-edits.h"
#include "store/hall-rows.h"

#include "model/hall-attendee.h"
#include "model/hall-question.h"

/* A value that cannot be, such as a row whose parent has gone, is the host's mistake and changes nothing. */
gboolean
sim_is_mistake (const GError *error)
{
  return g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS) ||
         g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

static void
end (SimWorld     *world,
     SimClient    *client,
     gboolean      went_well,
     const GError *error,
     SimRow       *about)
{
  if (!went_well && sim_is_mistake (error)) {
    sim_machine_end (&client->machine);
    hall_database_rollback (client->db);
    sim_watch_client (&world->ledger, client->number, client->db, SIM_BY_NOBODY, NULL, FALSE);
  } else {
    sim_client_end (world, client, went_well, error, SIM_BY_HOST, about);
  }
}

static void
save (SimWorld      *world,
      SimClient     *client,
      gconstpointer  value)
{
  const HallValue   *self = value;
  g_autoptr (GError) error = NULL;
  gboolean           went_well;

  if (!sim_client_begin (world, client))
    return;

  went_well = hall_edits_save (client->db, value, &client->moment.clock, &world->random, &error);
  end (world, client, went_well, error, sim_ledger_row (&world->ledger, self->kind, self->id));
}

static void
make (SimWorld  *world,
      SimClient *client)
{
  g_autoptr (HallValue) value = sim_value_make (world, client);

  if (value == NULL)
    return;

  sim_trace (&world->trace, "  host %d makes a %s", client->number, value->kind->name);
  save (world, client, value);
}

static gpointer
get_value (SimClient    *client,
           const SimRow *row)
{
  g_autoptr (HallValue) now = hall_rows_get (client->db, row->kind, row->id, NULL);

  return now != NULL ? hall_value_copy (now) : NULL;
}

static void
edit (SimWorld  *world,
      SimClient *client)
{
  SimRow               *row = sim_pick_row (world, client, NULL, TRUE);
  g_autoptr (HallValue) value = row != NULL ? get_value (client, row) : NULL;
  guint                 n = 1 + sim_dice_roll (&world->dice, 2);

  if (value == NULL)
    return;

  for (guint i = 0; i < n; i++)
    if (!sim_value_edit (world, client, value))
      return;
  sim_trace (&world->trace, "  host %d edits %s", client->number, sim_short (row));
  save (world, client, value);
}

/* What happens most of all on the day itself. */
static void
check_in (SimWorld  *world,
          SimClient *client)
{
  gboolean              is_attendee = sim_chance_percent (&world->dice, 50);
  SimRow               *row = sim_pick_row (world, client, is_attendee ? &hall_attendee_kind : &hall_question_kind, TRUE);
  g_autoptr (HallValue) value = row != NULL ? get_value (client, row) : NULL;

  if (value == NULL)
    return;

  if (is_attendee)
    ((HallAttendee *) value)->attended = TRUE;
  else
    g_set_str (&((HallQuestion *) value)->status, "answered");
  sim_trace (&world->trace, "  host %d checks %s", client->number, sim_short (row));
  save (world, client, value);
}

static void
remove_row (SimWorld  *world,
            SimClient *client)
{
  SimRow            *row = sim_pick_row (world, client, NULL, TRUE);
  g_autoptr (GError) error = NULL;
  gboolean           went_well;

  if (row == NULL || !sim_client_begin (world, client))
    return;

  sim_trace (&world->trace, "  host %d removes %s", client->number, sim_short (row));
  went_well = hall_edits_remove (client->db, row->kind, row->id, &client->moment.clock, &world->random, &error);
  end (world, client, went_well, error, row);
}

static void
bring_back (SimWorld  *world,
            SimClient *client)
{
  SimRow               *row = sim_pick_row (world, client, NULL, FALSE);
  g_autoptr (HallValue) value = NULL;

  if (row == NULL || row->copies[client->number].removed_at == 0)
    return;

  value = sim_value_revive (client, row);
  sim_trace (&world->trace, "  host %d brings back %s", client->number, sim_short (row));
  save (world, client, value);
}

/* A chat or a post that was only here is given to the service. */
static void
publish (SimWorld  *world,
         SimClient *client)
{
  for (guint i = 0; i < world->ledger.order->len; i++) {
    SimRow               *row = world->ledger.order->pdata[i];
    const HallField      *account = hall_kind_find_field (row->kind, "account");
    g_autoptr (HallValue) value = NULL;

    if (account == NULL || !row->copies[client->number].here || !row->copies[client->number].is_local)
      continue;
    value = get_value (client, row);
    hall_value_set_text (value, account, client->account->parent.id);
    sim_trace (&world->trace, "  host %d publishes %s", client->number, sim_short (row));
    save (world, client, value);
    return;
  }
}

void
sim_host_act (SimWorld  *world,
              SimClient *client)
{
  guint at = sim_dice_roll (&world->dice, 100);

  if (at < 30)
    make (world, client);
  else if (at < 68)
    edit (world, client);
  else if (at < 76)
    check_in (world, client);
  else if (at < 85)
    remove_row (world, client);
  else if (at < 90)
    bring_back (world, client);
  else if (at < 93)
    publish (world, client);
  else
    sim_host_settle (world, client);
}
