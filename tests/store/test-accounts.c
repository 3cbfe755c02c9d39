/* SPDX-License-Identifier: GPL-3.0-or-later
 * Accounts with what they own, and what is kept of their services: bases, cursors, conflicts. */
#include "store/hall-accounts.h"

#include "scratch-library.h"
#include "store/hall-bases.h"
#include "store/hall-conflicts.h"
#include "store/hall-history.h"
#include "store/hall-outbox.h"
#include "store/hall-rows.h"

static void
add_account (HallDatabase      *db,
             const HallAccount *account)
{
  g_autoptr (GError) error = NULL;

  scratch_begin (db);
  hall_accounts_add (db, account, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  scratch_commit (db);
}

static void
test_first_adopts (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("Desk");
  g_autoptr (HallAccount)  second = scratch_account ("Other");
  g_autoptr (HallSeries)   series = scratch_series (NULL);
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallChat)     weekly = scratch_changed (chat, "series", series->parent.id);
  g_autoptr (HallGuest)    guest = scratch_guest (chat, "Ada");
  g_autoptr (HallPost)     post = scratch_post (NULL, "Soon");
  g_autoptr (HallPerson)   person = scratch_person ("ada@example.org");
  g_autofree char         *outbox = NULL;

  scratch_save (db, series);
  scratch_save (db, weekly);
  scratch_save (db, post);
  scratch_save (db, guest);
  scratch_save (db, person);
  add_account (db, account);

  outbox = scratch_outbox (db);
  g_assert_cmpstr (outbox, ==, "create series queued, create chat queued, create guest queued, create post queued");
  g_assert_cmpint (hall_outbox_count (db, account->parent.id, FALSE, NULL), ==, 4);
  g_assert_cmpint (scratch_ask (db, "SELECT (SELECT count(account) FROM series) + (SELECT count(account) FROM chats) "
                                    "+ (SELECT count(account) FROM posts)"), ==, 3);

  add_account (db, second);
  g_assert_cmpint (hall_outbox_count (db, second->parent.id, FALSE, NULL), ==, 0);
}

static void
test_second_adopts_nothing (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("Desk");
  g_autoptr (HallAccount)  second = scratch_account ("Other");
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");

  add_account (db, account);
  scratch_save (db, chat);
  add_account (db, second);
  g_assert_cmpint (scratch_ask (db, "SELECT count(account) FROM chats"), ==, 0);
  g_assert_cmpint (hall_outbox_count (db, NULL, FALSE, NULL), ==, 0);
}

static void
test_queue_unsent (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("Desk");
  g_autoptr (HallChat)     known = scratch_chat (account->parent.id, "pycon");
  g_autoptr (HallChat)     waiting = scratch_chat (account->parent.id, "sprints");
  g_autoptr (HallGuest)    unsent = scratch_guest (known, "Ada");
  g_autofree char         *outbox = NULL;

  add_account (db, account);
  scratch_put (db, known);
  scratch_base (db, account->parent.id, known);
  scratch_save (db, waiting);
  scratch_put (db, unsent);
  scratch_begin (db);
  g_assert_true (hall_accounts_queue_unsent (db, account->parent.id, &scratch_clock, &scratch_random, NULL));
  scratch_commit (db);
  outbox = scratch_outbox (db);
  g_assert_cmpstr (outbox, ==, "create chat queued, create guest queued");
}

static void
test_remove (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("Desk");
  g_autoptr (HallChat)     chat = scratch_chat (account->parent.id, "pycon");
  g_autoptr (HallPost)     post = scratch_post (account->parent.id, "Soon");
  g_autoptr (GError)       error = NULL;

  add_account (db, account);
  scratch_put (db, chat);
  scratch_base (db, account->parent.id, chat);
  scratch_save (db, post);
  g_assert_true (hall_bases_set_cursor (db, account->parent.id, "7-aa", NULL));
  g_assert_true (hall_conflicts_add (db, account->parent.id, &hall_chat_kind, chat->parent.id, NULL, NULL, NULL,
                                     &scratch_clock, &scratch_random, NULL));

  g_assert_true (hall_accounts_remove (db, account->parent.id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (scratch_ask (db, "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM bases) "
                                    "+ (SELECT count(*) FROM cursors) + (SELECT count(*) FROM conflicts)"), ==, 0);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM chats WHERE account IS NULL"), ==, 1);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM posts WHERE account IS NULL"), ==, 1);

  g_assert_false (hall_accounts_remove (db, account->parent.id, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

static void
assert_owner (HallDatabase  *db,
              gconstpointer  value,
              const char    *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *owner = hall_accounts_find_owner (db, value, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (owner, ==, expected);
}

static void
test_find_owner (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("Desk");
  g_autoptr (HallChat)     chat = scratch_chat (account->parent.id, "pycon");
  g_autoptr (HallChat)     lone = scratch_chat (NULL, "sprints");
  g_autoptr (HallGuest)    guest = scratch_guest (chat, "Ada");
  g_autoptr (HallGuest)    stranger = scratch_guest (lone, "Ada");
  g_autoptr (HallPost)     post = scratch_post (account->parent.id, "Soon");
  g_autoptr (HallPerson)   person = scratch_person ("ada@example.org");

  add_account (db, account);
  scratch_put (db, chat);
  scratch_put (db, lone);
  assert_owner (db, chat, account->parent.id);
  assert_owner (db, lone, NULL);
  assert_owner (db, guest, account->parent.id);
  assert_owner (db, stranger, NULL);
  assert_owner (db, post, account->parent.id);
  assert_owner (db, person, NULL);
  assert_owner (db, account, NULL);
}

static void
test_set_synced (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("Desk");
  g_autoptr (GError)       error = NULL;

  add_account (db, account);
  g_assert_true (hall_accounts_set_synced (db, account->parent.id, SCRATCH_NOW, &error));
  g_assert_cmpint (scratch_ask (db, "SELECT synced_at FROM accounts"), ==, SCRATCH_NOW);
  g_assert_false (hall_accounts_set_synced (db, "nobody", SCRATCH_NOW, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

static void
test_bases (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("Desk");
  g_autoptr (GError)       error = NULL;
  g_autofree char         *mark = NULL;
  g_autofree char         *json = NULL;
  char                    *none = (char *) "unset";

  add_account (db, account);
  g_assert_true (hall_bases_get (db, &hall_chat_kind, "x", &none, NULL, &error));
  g_assert_null (none);

  g_assert_true (hall_bases_put (db, account->parent.id, &hall_chat_kind, "x", "aa", "{}", &error));
  g_assert_true (hall_bases_put (db, account->parent.id, &hall_chat_kind, "x", "bb", "{\"title\":null}", &error));
  g_assert_true (hall_bases_put (db, account->parent.id, &hall_post_kind, "x", "cc", "{}", &error));
  g_assert_true (hall_bases_get (db, &hall_chat_kind, "x", &mark, &json, &error));
  g_assert_cmpstr (mark, ==, "bb");
  g_assert_cmpstr (json, ==, "{\"title\":null}");

  g_assert_true (hall_bases_drop (db, &hall_chat_kind, "x", &error));
  g_assert_true (hall_bases_drop (db, &hall_chat_kind, "x", &error));
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM bases"), ==, 1);
  g_assert_no_error (error);
}

static void
test_cursors (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("Desk");
  g_autoptr (GError)       error = NULL;
  g_autofree char         *cursor = NULL;

  add_account (db, account);
  g_assert_null (hall_bases_get_cursor (db, account->parent.id, &error));
  g_assert_true (hall_bases_set_cursor (db, account->parent.id, "7-aa", &error));
  g_assert_true (hall_bases_set_cursor (db, account->parent.id, "9-bb", &error));
  cursor = hall_bases_get_cursor (db, account->parent.id, &error);
  g_assert_cmpstr (cursor, ==, "9-bb");
  g_assert_true (hall_bases_set_cursor (db, account->parent.id, NULL, &error));
  g_assert_null (hall_bases_get_cursor (db, account->parent.id, &error));
  g_assert_no_error (error);
}

static void
test_conflicts (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("Desk");
  g_autoptr (HallAccount)  other = scratch_account ("Other");
  g_autoptr (GPtrArray)    list = NULL;
  g_autoptr (HallConflict) found = NULL;
  g_auto (GStrv)           changed = NULL;
  g_autofree char         *first_id = NULL;
  g_autoptr (GError)       error = NULL;
  const HallConflict      *conflict;

  add_account (db, account);
  add_account (db, other);
  g_assert_null (hall_conflicts_find (db, &hall_chat_kind, "x", &error));
  g_strfreev (hall_database_take_changed (db));

  g_assert_true (hall_conflicts_add (db, account->parent.id, &hall_chat_kind, "x", "{}", "{}", NULL,
                                     &scratch_clock, &scratch_random, &error));
  changed = hall_database_take_changed (db);
  g_assert_cmpstr (changed[0], ==, "conflicts");
  first_id = hall_database_get_text (db, NULL, "SELECT id FROM conflicts", "");

  g_assert_true (hall_conflicts_add (db, account->parent.id, &hall_chat_kind, "x", "{}", NULL, "{\"a\":1}",
                                     &scratch_clock, &scratch_random, &error));
  g_assert_true (hall_conflicts_set_mine (db, &hall_chat_kind, "x", "{\"b\":2}", &error));
  g_assert_true (hall_conflicts_set_mine (db, &hall_chat_kind, "y", "{}", &error));
  list = hall_conflicts_list (db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (list->len, ==, 1);
  conflict = list->pdata[0];
  g_assert_cmpstr (conflict->id, !=, first_id); /* another version there */
  g_assert_cmpstr (conflict->account, ==, account->parent.id);
  g_assert_true (conflict->kind == &hall_chat_kind);
  g_assert_cmpstr (conflict->row, ==, "x");
  g_assert_cmpstr (conflict->base, ==, "{}");
  g_assert_cmpstr (conflict->mine, ==, "{\"b\":2}");
  g_assert_cmpstr (conflict->theirs, ==, "{\"a\":1}");
  g_assert_cmpint (conflict->found_at, ==, SCRATCH_NOW);

  /* The same version there, with more edits here: the same conflict. */
  g_assert_true (hall_conflicts_add (db, account->parent.id, &hall_chat_kind, "x", "{}", "{\"c\":3}", "{\"a\":1}",
                                     &scratch_clock, &scratch_random, &error));
  found = hall_conflicts_find (db, &hall_chat_kind, "x", &error);
  g_assert_cmpstr (found->id, ==, conflict->id);
  g_assert_cmpstr (found->mine, ==, "{\"c\":3}");
  hall_conflict_free (found);
  found = hall_conflicts_get (db, conflict->id, &error);
  g_assert_cmpstr (found->row, ==, "x");
  g_assert_null (hall_conflicts_get (db, first_id, &error));
  g_assert_no_error (error);
  g_assert_false (hall_conflicts_put (db, found, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS);
  g_clear_error (&error);

  g_assert_cmpint (hall_conflicts_count (db, NULL, NULL), ==, 1);
  g_assert_cmpint (hall_conflicts_count (db, account->parent.id, NULL), ==, 1);
  g_assert_cmpint (hall_conflicts_count (db, other->parent.id, NULL), ==, 0);

  /* Removed here, then there: nothing is left to choose. */
  g_assert_true (hall_conflicts_set_mine (db, &hall_chat_kind, "x", NULL, &error));
  g_assert_cmpint (hall_conflicts_count (db, NULL, NULL), ==, 1);
  g_assert_true (hall_conflicts_add (db, account->parent.id, &hall_chat_kind, "y", "{}", "{}", NULL,
                                     &scratch_clock, &scratch_random, &error));
  g_assert_true (hall_conflicts_set_mine (db, &hall_chat_kind, "y", NULL, &error));
  g_assert_cmpint (hall_conflicts_count (db, NULL, NULL), ==, 1);

  g_assert_true (hall_conflicts_drop (db, &hall_chat_kind, "x", &error));
  g_assert_true (hall_conflicts_drop (db, &hall_chat_kind, "x", &error));
  g_assert_cmpint (hall_conflicts_count (db, NULL, NULL), ==, 0);
}

static void
test_history (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (GError)       error = NULL;

  g_assert_true (hall_history_add (db, HALL_HISTORY_SERVICE, NULL, chat, SCRATCH_NOW - 1, &error));
  g_assert_true (hall_history_add (db, HALL_HISTORY_HOST, chat, NULL, SCRATCH_NOW, &error));
  g_assert_no_error (error);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM history WHERE origin = 'service' AND before IS NULL"), ==, 1);
  g_assert_true (hall_history_prune (db, SCRATCH_NOW, &error));
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM history"), ==, 1);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM history WHERE origin = 'host' AND after IS NULL"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/accounts/first-adopts", test_first_adopts);
  g_test_add_func ("/store/accounts/second-adopts-nothing", test_second_adopts_nothing);
  g_test_add_func ("/store/accounts/queue-unsent", test_queue_unsent);
  g_test_add_func ("/store/accounts/remove", test_remove);
  g_test_add_func ("/store/accounts/find-owner", test_find_owner);
  g_test_add_func ("/store/accounts/set-synced", test_set_synced);
  g_test_add_func ("/store/accounts/bases", test_bases);
  g_test_add_func ("/store/accounts/cursors", test_cursors);
  g_test_add_func ("/store/accounts/conflicts", test_conflicts);
  g_test_add_func ("/store/accounts/history", test_history);

  return g_test_run ();
}
