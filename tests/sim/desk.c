/* SPDX-License-Identifier: GPL-3.0-or-later
 * The real desk's core on a database of its own, as hallwayd runs it, one request in each transaction. */
#include "world.h"

#include "template.h"

gboolean
sim_desk_open (SimWorld *world)
{
  SimDesk           *desk = &world->desk;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3 && desk->db == NULL; i++) {
    g_clear_error (&error);
    if (i > 0)
      sim_machine_revive (&desk->machine, &world->dice);
    desk->db = hall_desk_open_on (sim_disk_get_vfs (desk->machine.disk), "desk", &error);
  }
  if (desk->db == NULL) {
    sim_ledger_break (&world->ledger, 17, "the desk cannot be opened: %s", error->message);
    return FALSE;
  }

  desk->desk = hall_desk_new ("https://desk.example.org", &desk->moment.clock, &world->random);

  return TRUE;
}

void
sim_desk_close (SimWorld *world)
{
  g_clear_pointer (&world->desk.db, hall_database_close);
  g_clear_pointer (&world->desk.desk, hall_desk_free);
}

static HallReply *
answer (SimDesk           *desk,
        const HallRequest *request,
        GError           **error)
{
  g_autoptr (HallReply) reply = NULL;

  if (!hall_database_begin (desk->db, error))
    return NULL;

  reply = hall_desk_answer (desk->desk, desk->db, request, error);
  if (reply == NULL) {
    hall_database_rollback (desk->db);
    return NULL;
  }

  return hall_database_commit (desk->db, error) ? g_steal_pointer (&reply) : NULL;
}

static void
check_file (SimWorld *world)
{
  g_autofree char *check = hall_database_get_text (world->desk.db, NULL, "PRAGMA quick_check", "");

  if (g_strcmp0 (check, "ok") != 0 ||
      hall_database_get_int (world->desk.db, NULL, "SELECT count(*) FROM pragma_foreign_key_check", "") != 0)
    sim_ledger_break (&world->ledger, 17, "the file of the desk is damaged: %s", check);
}

static const SimAuthor nobody = { SIM_NOBODY, NULL };

/* What was committed is still there; a request that was being answered may have come through, or not. */
static void
check_kept (SimWorld *world)
{
  gint64 last = hall_database_get_int (world->desk.db, NULL, "SELECT max(seq) FROM changes", "");

  if (last < world->ledger.last_seq)
    sim_ledger_break (&world->ledger, 2, "the desk has lost what it had committed: it is at %" G_GINT64_FORMAT
                      ", and was at %" G_GINT64_FORMAT, last, world->ledger.last_seq);
}

/* The desk's machine stops at this moment, and is started again. */
void
sim_desk_crash (SimWorld        *world,
                const SimAuthor *author)
{
  SimDesk *desk = &world->desk;

  sim_trace (&world->trace, "  desk is killed");
  sim_desk_close (world);
  sim_machine_revive (&desk->machine, &world->dice);
  if (!sim_desk_open (world))
    return;

  check_file (world);
  check_kept (world);
  sim_watch_desk (&world->ledger, desk->db, author != NULL ? author : &nobody, &desk->failed);
  desk->failed = nobody;
}

/* NULL when nobody answers. */
HallReply *
sim_desk_answer (SimWorld        *world,
                 HallRequest     *request,
                 const SimAuthor *author)
{
  SimDesk           *desk = &world->desk;
  g_autoptr (GError) error = NULL;
  HallReply         *reply;

  sim_machine_begin (&desk->machine);
  reply = answer (desk, request, &error);
  sim_machine_end (&desk->machine);
  sim_trace (&world->trace, "  desk %s %.80s -> %u", request->method, request->path, reply != NULL ? reply->status : 500);

  if (sim_disk_is_dead (desk->machine.disk)) {
    sim_desk_crash (world, author);
    g_clear_pointer (&reply, hall_reply_free);
    return NULL;
  }

  sim_watch_desk (&world->ledger, desk->db, reply != NULL ? author : &nobody, &nobody);
  if (reply != NULL) {
    desk->failed = nobody;
    return reply;
  }

  if (!sim_machine_had_fault (&desk->machine))
    sim_ledger_break (&world->ledger, 22, "the desk failed: %s", error->message);
  desk->failed = (SimAuthor) { author->client, sim_ledger_text (&world->ledger, author->key) };

  return hall_desk_fail (desk->desk, request, error);
}

/* A copy of what is committed. */
void
sim_desk_back_up (SimWorld *world)
{
  SimDesk *desk = &world->desk;

  g_clear_pointer (&desk->backup, sim_disk_image_free);
  desk->backup = sim_disk_take_image (desk->machine.disk);
  desk->backup_seq = world->ledger.last_seq;
  desk->backup_tick = world->ledger.tick;
  for (guint i = 0; i < SIM_HOSTS; i++) {
    desk->backup_revoked[i] = desk->is_revoked[i];
    g_set_str (&desk->backup_tokens[i], desk->tokens[i]);
  }
  sim_trace (&world->trace, "  desk backed up at %" G_GINT64_FORMAT, desk->backup_seq);
}

void
sim_desk_restore (SimWorld *world)
{
  SimDesk *desk = &world->desk;

  if (desk->backup == NULL)
    return;

  sim_desk_close (world);
  sim_disk_revive (desk->machine.disk, SIM_SURVIVAL_ALL);
  sim_disk_put_image (desk->machine.disk, desk->backup);
  sim_ledger_restore (&world->ledger, desk->backup_seq, desk->backup_tick);
  for (guint i = 0; i < SIM_HOSTS; i++) {
    desk->is_revoked[i] = desk->backup_revoked[i];
    g_set_str (&desk->tokens[i], desk->backup_tokens[i]);
  }
  sim_check_restored (&world->ledger);
  sim_trace (&world->trace, "  desk restored to %" G_GINT64_FORMAT, desk->backup_seq);
  if (sim_desk_open (world))
    sim_watch_desk (&world->ledger, desk->db, &nobody, &desk->failed);
}

/* Whatever is done at the desk beside its requests. */
static gboolean
transact (SimWorld  *world,
          gboolean (*deed) (SimWorld *world, guint host, GError **error),
          guint      host)
{
  SimDesk           *desk = &world->desk;
  g_autoptr (GError) error = NULL;
  gboolean           went_well;

  sim_machine_begin (&desk->machine);
  went_well = hall_database_begin (desk->db, &error);
  if (went_well) {
    went_well = deed (world, host, &error);
    if (!went_well)
      hall_database_rollback (desk->db);
    else
      went_well = hall_database_commit (desk->db, &error);
  }
  sim_machine_end (&desk->machine);

  if (sim_disk_is_dead (desk->machine.disk))
    sim_desk_crash (world, NULL);
  else if (!went_well && !sim_machine_had_fault (&desk->machine))
    sim_ledger_break (&world->ledger, 22, "the desk failed: %s", error->message);

  return went_well;
}

static gboolean
give_token (SimWorld  *world,
            guint      host,
            GError   **error)
{
  SimDesk         *desk = &world->desk;
  g_autofree char *name = g_strdup_printf ("host %u, token %u", host, ++desk->n_tokens);
  char            *token = hall_desk_add_token (desk->desk, desk->db, name, error);

  if (token == NULL)
    return FALSE;

  g_free (desk->given);
  desk->given = token;
  return TRUE;
}

/* The host is given another token, and puts it into their devices at once. */
void
sim_desk_give_token (SimWorld *world,
                     guint     host)
{
  SimDesk *desk = &world->desk;

  if (!transact (world, give_token, host))
    return;

  g_free (desk->tokens[host]);
  desk->tokens[host] = g_steal_pointer (&desk->given);
  desk->is_revoked[host] = FALSE;
}

static gboolean
revoke_token (SimWorld  *world,
              guint      host,
        GError   **error)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, world->desk.tokens[host], -1);

  return hall_database_run (world->desk.db, error, "DELETE FROM tokens WHERE hash = ?", "t", hash);
}

void
sim_desk_revoke (SimWorld *world,
                 guint     host)
{
  world->ledger.n_revocations++;
  if (transact (world, revoke_token, host))
    world->desk.is_revoked[host] = TRUE;
}

/* A desk that was killed, or restored, may know another one than was handed out. */
gboolean
sim_desk_knows_token (SimWorld *world,
                      guint     host)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, world->desk.tokens[host], -1);

  return hall_database_get_int (world->desk.db, NULL, "SELECT count(*) FROM tokens WHERE hash = ?", "t", hash) > 0;
}

static gboolean
prune (SimWorld  *world,
       guint      host,
       GError   **error)
{
  return hall_desk_prune (world->desk.desk, world->desk.db, error);
}

void
sim_desk_prune (SimWorld *world)
{
  transact (world, prune, 0);
}
