/* SPDX-License-Identifier: GPL-3.0-or-later
 * A world is made, goes on step by step, and is cleared away. */
#include "world.h"

#include "template.h"

static SimMoment *
moment_of (SimWorld *world,
           guint     who)
{
  return who < SIM_CLIENTS ? &world->clients[who].moment : &world->desk.moment;
}

void
sim_world_init (SimWorld *world,
                guint64   seed,
                FILE     *out)
{
  *world = (SimWorld) { .seed = seed };
  sim_script_make (&world->script, seed);
  sim_disk_seed_sqlite ((guint32) seed | 1);
  sim_trace_begin (&world->trace, out);
  sim_trace_watch_log (&world->trace);
  sim_ledger_init (&world->ledger, &world->trace);
  world->random = sim_chance_random (&world->dice);
  sim_chance_seed (&world->dice, seed, 1);

  for (guint i = 0; i < SIM_HOSTS; i++)
    world->desk.tokens[i] = g_strdup (sim_template_token (i));
  world->desk.failed = (SimAuthor) { SIM_NOBODY, NULL };
  sim_moment_init (&world->desk.moment);
  sim_machine_init (&world->desk.machine, "desk", seed);
  sim_disk_put_image (world->desk.machine.disk, sim_template_desk ());
  sim_desk_open (world);

  for (guint i = 0; i < SIM_CLIENTS; i++) {
    SimClient       *client = &world->clients[i];
    g_autofree char *name = g_strdup_printf ("client-%u", i);

    client->number = i;
    sim_moment_init (&client->moment);
    sim_machine_init (&client->machine, name, seed + 1 + i);
    sim_disk_put_image (client->machine.disk, sim_template_library ());
    sim_client_open (world, client);
  }
}

void
sim_world_clear (SimWorld *world)
{
  for (guint i = 0; i < SIM_CLIENTS; i++) {
    sim_client_close (world, &world->clients[i]);
    hall_value_unref (world->clients[i].account);
    sim_machine_clear (&world->clients[i].machine);
  }
  sim_desk_close (world);
  sim_machine_clear (&world->desk.machine);
  g_clear_pointer (&world->desk.backup, sim_disk_image_free);
  g_free (world->desk.given);
  for (guint i = 0; i < SIM_HOSTS; i++) {
    g_free (world->desk.tokens[i]);
    g_free (world->desk.backup_tokens[i]);
  }
  g_clear_pointer (&world->strays, g_ptr_array_unref);
  sim_ledger_clear (&world->ledger);
  sim_trace_clear (&world->trace);
  sim_script_clear (&world->script);
}

static void
restart (SimWorld  *world,
         SimClient *client)
{
  sim_network_leave (world, client);
  sim_client_close (world, client);
  if (sim_disk_is_dead (client->machine.disk))
    sim_client_crash (world, client, SIM_BY_ENGINE, NULL);
  else if (sim_client_open (world, client))
    sim_watch_client (&world->ledger, client->number, client->db, client->had_failed ? SIM_BY_CHANCE : SIM_BY_ENGINE,
                      NULL, TRUE);
  client->had_failed = FALSE;
}

/* Killed at once, or soon: at some write of its disk. */
static void
kill_party (SimWorld      *world,
            const SimStep *step)
{
  SimMachine *machine = step->who < SIM_CLIENTS ? &world->clients[step->who].machine : &world->desk.machine;

  if (!sim_chance_percent (&world->dice, 25)) {
    sim_machine_plan_kill (machine, &world->dice, step->extent);
    return;
  }

  sim_disk_kill (machine->disk);
  if (step->who < SIM_CLIENTS)
    sim_client_crash (world, &world->clients[step->who], SIM_BY_ENGINE, NULL);
  else
    sim_desk_crash (world, NULL);
}

static void
turn_token (SimWorld      *world,
            const SimStep *step)
{
  guint host = step->who % SIM_HOSTS;

  if (world->desk.is_revoked[host])
    sim_desk_give_token (world, host);
  else
    sim_desk_revoke (world, host);
}

void
sim_world_take (SimWorld      *world,
                const SimStep *step)
{
  SimClient       *client = &world->clients[step->who % SIM_CLIENTS];
  g_autofree char *told = sim_step_tell (step);

  sim_trace (&world->trace, "%s", told);
  sim_chance_seed (&world->dice, world->seed, 100 + step->number);
  for (guint i = 0; i <= SIM_CLIENTS; i++)
    sim_moment_pass (moment_of (world, i), G_TIME_SPAN_SECOND);

  switch (step->deed) {
  case SIM_HOST:
    sim_host_act (world, client);
    break;
  case SIM_GO:
    for (guint i = 0; i < step->extent && world->ledger.broken == 0; i++)
      sim_client_go (world, client);
    break;
  case SIM_STOP:
    sim_network_leave (world, client);
    sim_client_stop (client);
    break;
  case SIM_VISIT:
    sim_visit (world);
    break;
  case SIM_STRAY:
    sim_network_stray (world);
    break;
  case SIM_WAIT:
    sim_moment_pass (moment_of (world, step->who), step->extent * G_TIME_SPAN_HOUR);
    break;
  case SIM_JUMP:
    sim_moment_jump (moment_of (world, step->who), (step->extent % 2 ? 10 : -10) * SIM_YEAR);
    if (step->who < SIM_CLIENTS)
      client->asked_until = 0; /* nobody can tell how long it still was */
    break;
  case SIM_RESTART:
    restart (world, client);
    break;
  case SIM_BACK_UP:
    sim_desk_back_up (world);
    break;
  case SIM_RESTORE:
    sim_desk_restore (world);
    break;
  case SIM_REVOKE:
    turn_token (world, step);
    break;
  case SIM_KILL:
    kill_party (world, step);
    break;
  case SIM_FAIL:
    sim_machine_plan_fault (step->who < SIM_CLIENTS ? &client->machine : &world->desk.machine, &world->dice, step->extent);
    break;
  case SIM_PRUNE:
    sim_moment_pass (&world->desk.moment, step->extent * 10 * G_TIME_SPAN_DAY);
    sim_desk_prune (world);
    break;
  case SIM_N_DEEDS:
  default:
    break;
  }

  if (world->trace.leak != NULL)
    sim_ledger_break (&world->ledger, 18, "somebody's address or a token was logged");
}
