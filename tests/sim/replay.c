/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page that was just taken is taken once more, and must change nothing (10). */
#include "world.h"

#include "sync/hall-inflow.h"
#include "sync/hall-remote-hallway.h"

#define ONE_IN 4

/* Every table that a page can touch, as one text. */
static char *
dump (HallDatabase *db)
{
  static const char *const queries[] = {
    "SELECT group_concat (kind || id || mark || json, char (10) ORDER BY kind, id) FROM bases",
    "SELECT group_concat (id || operation || state || coalesce (body, '-'), char (10) ORDER BY number) FROM outbox",
    "SELECT group_concat (id || coalesce (mine, '-') || coalesce (theirs, '-'), char (10) ORDER BY id) FROM conflicts",
    "SELECT count(*) FROM history",
    "SELECT count(*) FROM people",
    "SELECT group_concat (concat_ws ('|', id, account, title, summary, wall, zone, duration, rule), char (10) ORDER BY id) FROM series",
    "SELECT group_concat (concat_ws ('|', id, account, series, occurrence, title, slug, summary, wall, fold, zone, duration, "
    "capacity, status, recording, sign_up_url), char (10) ORDER BY id) FROM chats",
    "SELECT group_concat (concat_ws ('|', id, chat, name, bio, address, pronouns, zone, status), char (10) ORDER BY id) FROM guests",
    "SELECT group_concat (concat_ws ('|', id, account, file_name, title, text, status), char (10) ORDER BY id) FROM posts",
    "SELECT group_concat (concat_ws ('|', id, chat, name, address, address_key, status, attended, signed_up_at, person), "
    "char (10) ORDER BY id) FROM attendees",
    "SELECT group_concat (concat_ws ('|', id, chat, attendee, name, text, status, asked_at), char (10) ORDER BY id) FROM questions",
  };
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autofree char *text = hall_database_get_text (db, NULL, queries[i], "");

    g_string_append_printf (all, "%u %s\n", i, text != NULL ? text : "-");
  }

  return g_string_free (all, FALSE);
}

/* The name of the first table that differs; what is in it may be somebody's address. */
static const char *
find_difference (const char *before,
                 const char *after)
{
  static const char *const tables[] = { "bases", "the outbox", "conflicts", "the history", "people", "series", "chats",
                                        "guests", "posts", "attendees", "questions" };
  const char              *table = "nothing";

  for (gsize i = 0; before[i] == after[i] && before[i] != '\0'; i++)
    for (guint j = 0; j < G_N_ELEMENTS (tables) && (i == 0 || before[i - 1] == '\n'); j++) {
      g_autofree char *head = g_strdup_printf ("%u ", j);

      if (g_str_has_prefix (before + i, head))
        table = tables[j];
    }

  return table;
}

static gboolean
apply (SimWorld         *world,
       SimClient        *client,
       const HallReply  *reply,
       GError          **error)
{
  g_autoptr (HallPage)   page = hall_remote_hallway.read_page (reply, NULL);
  g_autoptr (HallInflow) inflow = NULL;
  HallTransfer           transfer = {
    .db = client->db, .account = client->account->parent.id, .remote = &hall_remote_hallway,
    .clock = &client->moment.clock, .random = &world->random,
  };
  const char            *id;

  if (page == NULL || page->start_over)
    return TRUE;

  inflow = hall_inflow_new (g_steal_pointer (&page));
  if (!hall_inflow_review (inflow, &transfer, error))
    return FALSE;

  return hall_inflow_wants (inflow, &id) != NULL || hall_inflow_apply (inflow, &transfer, error);
}

/* In a transaction that is rolled back: of the cursor the page knows only its own end. */
void
sim_replay_page (SimWorld        *world,
                 SimClient       *client,
                 const HallReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *before = NULL;
  g_autofree char   *after = NULL;
  gint64             n_changes;

  if (world->ledger.broken != 0 || sim_dice_roll (&world->dice, ONE_IN) > 0 ||
      !hall_database_begin (client->db, NULL))
    return;

  n_changes = hall_database_get_int (client->db, NULL, "SELECT total_changes ()", "");
  if (!apply (world, client, reply, &error) && !sim_disk_is_dead (client->machine.disk) &&
      sim_disk_count_faults (client->machine.disk) == client->machine.n_faults)
    sim_ledger_break (&world->ledger, 10, "client %d: a page cannot be taken again: %s", client->number, error->message);

  /* The cursor is one change. Where there are more they may have written what was there. */
  if (error == NULL && hall_database_get_int (client->db, NULL, "SELECT total_changes ()", "") > n_changes + 1) {
    after = dump (client->db);
    hall_database_rollback (client->db);
    before = dump (client->db);
    if (g_strcmp0 (before, after) != 0)
      sim_ledger_break (&world->ledger, 10, "client %d: a page that is taken again changes %s", client->number,
                        find_difference (before, after));
  }

  hall_database_rollback (client->db);
  g_strfreev (hall_database_take_changed (client->db));
}
