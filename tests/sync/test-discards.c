/* SPDX-License-Identifier: GPL-3.0-or-later
 * Edits that the desk refused are sent again or let go, and what was let go can come back. */
#include "town.h"

#include "scratch.h"
#include "sync/hall-discards.h"

typedef gboolean (*Word) (HallDatabase      *db,
                          const char        *operation,
                          const HallClock   *clock,
                          const HallRandom  *random,
                          GError           **error);

static void
tell (Host       *host,
      Word        word,
      const char *operation,
      gboolean    is_heard)
{
  g_autoptr (GError) error = NULL;

  scratch_begin (host->db);
  word (host->db, operation, &scratch_clock, &scratch_random, &error);
  if (is_heard)
    g_assert_no_error (error);
  else
    g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  scratch_commit (host->db);
  host_assert_sound (host);
}

static char *
assert_refused (Host          *host,
                gconstpointer  row)
{
  g_autoptr (HallOperation) operation = host_operation (host, row);

  g_assert_nonnull (operation);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_PARKED);
  g_assert_cmpstr (operation->reason, !=, "conflict");

  return g_strdup (operation->id);
}

/* Ann has a chat at that address already. */
static HallChat *
make_refused (Town *town)
{
  g_autoptr (HallChat)  taken = town_share_chat (town, "pycon");
  HallChat             *chat = scratch_chat (town->ben->account->parent.id, "pycon");
  g_autoptr (HallGuest) guest = scratch_guest (chat, "Grace");

  host_save (town->ben, chat);
  host_save (town->ben, guest);
  host_sync_well (town->ben);

  return chat;
}

static void
test_retry (Town          *town,
            gconstpointer  data)
{
  g_autoptr (HallChat)      chat = make_refused (town);
  g_autofree char          *id = assert_refused (town->ben, chat);
  g_autofree char          *again = NULL;
  g_autoptr (HallOperation) queued = NULL;
  g_autofree char          *first_id = NULL;
  g_autoptr (HallChat)      first = NULL;

  tell (town->ben, hall_discards_retry, id, TRUE);
  queued = host_operation (town->ben, chat);
  g_assert_cmpint (queued->state, ==, HALL_OPERATION_QUEUED);
  g_assert_cmpstr (queued->id, !=, id);
  tell (town->ben, hall_discards_retry, id, FALSE);

  host_sync_well (town->ben);
  again = assert_refused (town->ben, chat);
  first_id = hall_database_get_text (town->ann->db, NULL, "SELECT id FROM chats", "");
  first = host_get (town->ann, &hall_chat_kind, first_id);
  host_save_text (town->ann, first, "slug", "pycon-first");
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  tell (town->ben, hall_discards_retry, again, TRUE);
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM guests"), ==, 1);
}

static void
test_create (Town          *town,
             gconstpointer  data)
{
  g_autoptr (HallChat) chat = make_refused (town);
  g_autoptr (HallChat) there = NULL;
  g_autofree char     *id = assert_refused (town->ben, chat);

  tell (town->ben, hall_discards_make, id, TRUE);
  tell (town->ben, hall_discards_make, id, FALSE);
  there = host_get (town->ben, &hall_chat_kind, chat->parent.id);
  g_assert_null (there);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM outbox"), ==, 0);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM history WHERE after IS NULL"), ==, 2);
  town_assert_converged (town);

  tell (town->ben, hall_discards_undo, id, TRUE);
  there = host_get (town->ben, &hall_chat_kind, chat->parent.id);
  g_assert_nonnull (there);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM guests"), ==, 1);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM outbox WHERE state = 'queued'"), ==, 2);
  tell (town->ben, hall_discards_undo, id, FALSE);
  host_save_text (town->ben, chat, "slug", "another");
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM guests"), ==, 1);
}

/* A known chat takes an address that is taken. */
static HallChat *
change_refused (Town *town)
{
  g_autoptr (HallChat) taken = town_share_chat (town, "taken");
  HallChat            *chat = town_share_chat (town, "pycon");

  host_save_text (town->ben, chat, "slug", "taken");
  host_sync_well (town->ben);

  return chat;
}

static void
assert_slug (Host           *host,
             const HallChat *chat,
             const char     *slug)
{
  g_autoptr (HallChat) now = host_get (host, &hall_chat_kind, chat->parent.id);

  g_assert_cmpstr (now->slug, ==, slug);
}

static void
test_change (Town          *town,
             gconstpointer  data)
{
  g_autoptr (HallChat)      chat = change_refused (town);
  g_autoptr (HallOperation) queued = NULL;
  g_autofree char          *id = assert_refused (town->ben, chat);

  tell (town->ben, hall_discards_make, id, TRUE);
  assert_slug (town->ben, chat, "pycon");
  town_assert_converged (town);

  tell (town->ben, hall_discards_undo, id, TRUE);
  assert_slug (town->ben, chat, "taken");
  queued = host_operation (town->ben, chat);
  g_assert_cmpint (queued->state, ==, HALL_OPERATION_QUEUED);
  g_assert_cmpstr (queued->id, !=, id);
  host_sync_well (town->ben);
  {
    g_autofree char *again = assert_refused (town->ben, chat);

    tell (town->ben, hall_discards_make, again, TRUE);
  }
  town_assert_converged (town);
}

static void
test_undo_too_late (Town          *town,
                    gconstpointer  data)
{
  g_autoptr (HallChat) chat = change_refused (town);
  g_autofree char     *id = assert_refused (town->ben, chat);

  tell (town->ben, hall_discards_make, id, TRUE);
  host_save_text (town->ann, chat, "title", "Ann's title");
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  tell (town->ben, hall_discards_undo, id, FALSE);
  town_assert_converged (town);
}

/* What waits for its turn, or for a choice, is not refused. */
static void
test_not_refused (Town          *town,
                  gconstpointer  data)
{
  g_autoptr (HallChat)      chat = town_share_chat (town, "pycon");
  g_autoptr (HallOperation) queued = NULL;
  g_autoptr (HallOperation) in_conflict = NULL;

  host_save_text (town->ben, chat, "title", "Ben's title");
  queued = host_operation (town->ben, chat);
  tell (town->ben, hall_discards_make, queued->id, FALSE);
  tell (town->ben, hall_discards_retry, queued->id, FALSE);

  host_save_text (town->ann, chat, "title", "Ann's title");
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  in_conflict = host_operation (town->ben, chat);
  tell (town->ben, hall_discards_make, in_conflict->id, FALSE);
  tell (town->ben, hall_discards_retry, in_conflict->id, FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/discards/retry", test_retry, NULL);
  TOWN_TEST ("/sync/discards/create", test_create, NULL);
  TOWN_TEST ("/sync/discards/change", test_change, NULL);
  TOWN_TEST ("/sync/discards/undo-too-late", test_undo_too_late, NULL);
  TOWN_TEST ("/sync/discards/not-refused", test_not_refused, NULL);

  return g_test_run ();
}
