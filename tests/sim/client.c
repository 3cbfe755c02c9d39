/* SPDX-License-Identifier: GPL-3.0-or-later
 * A client's library and its exchange, one transaction at a time, as the program's own loop takes them. */
#include "world.h"

#include "store/hall-library-schema.h"
#include "sync/hall-remote-hallway.h"
#include "template.h"

#include <string.h>

/* A disk that fails, or a program that is killed, while it opens: it is tried again. */
gboolean
sim_client_open (SimWorld  *world,
                 SimClient *client)
{
  g_autoptr (GError) error = NULL;

  if (client->account == NULL)
    client->account = sim_template_account ();

  for (guint i = 0; i < 3 && client->db == NULL; i++) {
    g_clear_error (&error);
    if (i > 0)
      sim_machine_revive (&client->machine, &world->dice);
    client->db = hall_migrator_open_on (sim_disk_get_vfs (client->machine.disk), "library", hall_library_schema (), &error);
  }

  if (client->db == NULL)
    sim_ledger_break (&world->ledger, 17, "client %d cannot be opened: %s", client->number, error->message);

  return client->db != NULL;
}

static void
check_file (SimWorld  *world,
            SimClient *client)
{
  g_autofree char *check = hall_database_get_text (client->db, NULL, "PRAGMA quick_check", "");

  if (g_strcmp0 (check, "ok") != 0 ||
      hall_database_get_int (client->db, NULL, "SELECT count(*) FROM pragma_foreign_key_check", "") != 0)
    sim_ledger_break (&world->ledger, 17, "the library of client %d is damaged: %s", client->number, check);
}

/* The machine stops at this moment, and is started again. @cause is what went on in it. */
void
sim_client_crash (SimWorld  *world,
                  SimClient *client,
                  SimCause   cause,
                  SimRow    *about)
{
  sim_trace (&world->trace, "  client %d is killed", client->number);
  sim_network_leave (world, client);
  sim_client_close (world, client);
  sim_machine_revive (&client->machine, &world->dice);
  if (!sim_client_open (world, client))
    return;

  check_file (world, client);
  sim_watch_client (&world->ledger, client->number, client->db, client->had_failed ? SIM_BY_CHANCE : cause, about, TRUE);
  client->had_failed = FALSE;
}

/* Whoever waits for an answer will not get it any more. */
void
sim_client_stop (SimClient *client)
{
  g_clear_pointer (&client->engine, hall_engine_free);
  g_clear_pointer (&client->request, hall_request_free);
  g_clear_pointer (&client->reply, hall_reply_free);
  g_clear_error (&client->failure);
}

void
sim_client_close (SimWorld  *world,
                  SimClient *client)
{
  sim_client_stop (client);
  g_clear_pointer (&client->db, hall_database_close);
}

gboolean
sim_client_begin (SimWorld  *world,
                  SimClient *client)
{
  g_autoptr (GError) error = NULL;

  sim_machine_begin (&client->machine);
  if (hall_database_begin (client->db, &error))
    return TRUE;

  sim_machine_end (&client->machine);
  if (sim_disk_is_dead (client->machine.disk)) {
    sim_client_stop (client);
    sim_client_crash (world, client, SIM_BY_ENGINE, NULL);
  } else if (!sim_machine_had_fault (&client->machine)) {
    sim_ledger_break (&world->ledger, 22, "client %d: no transaction: %s", client->number, error->message);
  }

  return FALSE;
}

/* TRUE when it is committed, and whoever wanted it was told so. */
gboolean
sim_client_end (SimWorld     *world,
                SimClient    *client,
                gboolean      went_well,
                const GError *error,
                SimCause      cause,
                SimRow       *about)
{
  g_autoptr (GError) fault = NULL;

  if (!went_well)
    hall_database_rollback (client->db);
  else if (!hall_database_commit (client->db, &fault))
    went_well = FALSE;
  sim_machine_end (&client->machine);

  if (sim_disk_is_dead (client->machine.disk)) {
    sim_client_stop (client); /* what was to be sent now never is */
    if (!went_well && cause == SIM_BY_HOST)
      cause = SIM_BY_CHANCE;
    sim_client_crash (world, client, cause, about);
    return went_well;
  }

  sim_watch_client (&world->ledger, client->number, client->db, went_well ? cause : SIM_BY_NOBODY, about, FALSE);
  if (went_well)
    return TRUE;

  sim_trace (&world->trace, "  client %d: %s", client->number, fault != NULL ? fault->message : error->message);
  if (!sim_machine_had_fault (&client->machine))
    sim_ledger_break (&world->ledger, 22, "client %d: %s", client->number, fault != NULL ? fault->message : error->message);
  if (cause != SIM_BY_ENGINE)
    client->had_failed = TRUE;

  return FALSE;
}

static void
end_exchange (SimWorld  *world,
              SimClient *client)
{
  const GError         *trouble = hall_engine_get_trouble (client->engine);
  const HallSyncResult *result = hall_engine_get_result (client->engine);

  client->ended_well = trouble == NULL;
  client->n_moved = result->received + result->sent + result->parked + result->conflicts;
  sim_trace (&world->trace, "  client %d ended: %s (%u received, %u sent, %u parked, %u conflicts)", client->number,
             trouble != NULL ? trouble->message : "all well", result->received, result->sent, result->parked,
             result->conflicts);
  sim_client_stop (client);
}

static void
find_wish (SimClient       *client,
           const HallReply *reply,
           gint64          *wish)
{
  const char *text = hall_headers_get (reply->headers, "Retry-After");

  if (text != NULL && (reply->status == 429 || reply->status == 503))
    *wish = g_ascii_strtoll (text, NULL, 10) * G_USEC_PER_SEC;
}

/* One turn of the program's loop: what came back is taken, and the next request made, in one transaction. */
static void
turn (SimWorld  *world,
      SimClient *client)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (HallReply) page = NULL;
  gboolean              went_well = TRUE;
  gint64                wish = 0;

  if (!sim_client_begin (world, client)) {
    sim_client_stop (client);
    return;
  }

  if (client->reply != NULL)
    find_wish (client, client->reply, &wish);
  if (client->reply != NULL || client->failure != NULL)
    went_well = hall_engine_take (client->engine, client->db, client->reply, client->failure, &error);
  if (client->reply != NULL && client->reply->status == 200 && strcmp (client->request->path, "/v1/changes") == 0 &&
      hall_database_get_int (client->db, NULL, "SELECT count(*) FROM resyncs", "") == 0)
    page = g_steal_pointer (&client->reply);
  g_clear_pointer (&client->reply, hall_reply_free);
  g_clear_error (&client->failure);
  g_clear_pointer (&client->request, hall_request_free);
  if (went_well)
    went_well = hall_engine_next (client->engine, client->db, &client->request, &error);

  if (!sim_client_end (world, client, went_well, error, SIM_BY_ENGINE, NULL)) {
    sim_client_stop (client);
    return;
  }

  if (wish > 0) {
    client->asked_at = client->moment.now;
    client->asked_until = client->moment.now + wish;
  }
  if (page != NULL && client->db != NULL)
    sim_replay_page (world, client, page);
  if (client->engine != NULL && client->request == NULL)
    end_exchange (world, client);
}

/* The exchange goes on by one step: a transaction here, or one request and its reply through the network. */
void
sim_client_go (SimWorld  *world,
               SimClient *client)
{
  if (client->engine == NULL) {
    client->engine = hall_engine_new (client->account->parent.id, &hall_remote_hallway, &client->moment.clock,
                                      &world->random);
    client->n_requests = client->n_writes = 0;
    turn (world, client);
  } else if (client->reply == NULL && client->failure == NULL) {
    sim_network_carry (world, client);
  } else {
    turn (world, client);
  }
}
