/* SPDX-License-Identifier: GPL-3.0-or-later
 * Decisions are kept for as long as the history, and what goes along with a chat is noted as such. */
#include "model/hall-kinds.h"
#include "scratch-library.h"
#include "scratch.h"
#include "store/hall-decisions.h"
#include "store/hall-history.h"
#include "store/hall-outbox.h"
#include "store/hall-rows.h"

static void
add_account (HallDatabase      *db,
             const HallAccount *account)
{
  g_autoptr (GError) error = NULL;

  hall_rows_put (db, account, &error);
  g_assert_no_error (error);
}

static void
put (HallDatabase      *db,
     const HallAccount *account,
     const char        *id,
     HallDecisionWord   word,
     gint64             made_at)
{
  HallDecision       decision = { 0 };
  g_autoptr (GError) error = NULL;

  decision.id = (char *) id;
  decision.account = account->parent.id;
  decision.kind = &hall_chat_kind;
  decision.row = (char *) "r";
  decision.word = word;
  decision.made_at = made_at;
  decision.found_at = 7;
  decision.mine = (char *) "{\"m\":1}";
  decision.before = (char *) "{\"b\":1}";
  hall_decisions_put (db, &decision, &error);
  g_assert_no_error (error);
}

static void
test_keep (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("desk");
  g_autoptr (HallDecision) found = NULL;
  g_autoptr (GError)       error = NULL;

  add_account (db, account);
  for (HallDecisionWord word = HALL_DECISION_MINE; word <= HALL_DECISION_DISCARD; word++) {
    put (db, account, "c", word, 100 + word);
    g_clear_pointer (&found, hall_decision_free);
    found = hall_decisions_get (db, "c", &error);
    g_assert_no_error (error);
    g_assert_cmpint (found->word, ==, word);
    g_assert_cmpint (found->made_at, ==, 100 + word);
  }
  g_assert_cmpstr (found->account, ==, account->parent.id);
  g_assert_true (found->kind == &hall_chat_kind);
  g_assert_cmpstr (found->row, ==, "r");
  g_assert_cmpint (found->found_at, ==, 7);
  g_assert_null (found->base);
  g_assert_cmpstr (found->mine, ==, "{\"m\":1}");
  g_assert_null (found->theirs);
  g_assert_cmpstr (found->before, ==, "{\"b\":1}");
  g_assert_null (found->after);

  g_assert_null (hall_decisions_get (db, "d", &error));
  g_assert_no_error (error);
  g_assert_true (hall_decisions_drop (db, "c", &error));
  g_assert_true (hall_decisions_drop (db, "c", &error));
  g_assert_null (hall_decisions_get (db, "c", &error));
  g_assert_no_error (error);
}

static void
test_prune (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("desk");
  g_autoptr (HallChat)     chat = NULL;
  g_autoptr (HallGuest)    guest = NULL;

  add_account (db, account);
  put (db, account, "old", HALL_DECISION_MINE, SCRATCH_NOW - 2);
  put (db, account, "new", HALL_DECISION_MINE, SCRATCH_NOW);
  chat = scratch_chat (account->parent.id, "pycon");
  guest = scratch_guest (chat, "Grace");
  scratch_save (db, chat);
  scratch_save (db, guest);
  scratch_remove (db, chat);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM set_aside"), ==, 1);

  g_assert_true (hall_history_prune (db, SCRATCH_NOW - 1, NULL));
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM decisions"), ==, 1);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM set_aside"), ==, 1);

  g_assert_true (hall_history_prune (db, SCRATCH_NOW + 1, NULL));
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM decisions"), ==, 0);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM set_aside"), ==, 0);
}

/* Of what goes along with a chat only what is unsent is set aside, with what its edits began with. */
static void
test_set_aside (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  account = scratch_account ("desk");
  g_autoptr (HallChat)     chat = NULL;
  g_autoptr (HallGuest)    known = NULL;
  g_autoptr (HallGuest)    edited = NULL;
  g_autoptr (HallGuest)    renamed = NULL;
  g_autoptr (HallGuest)    last = NULL;
  g_autoptr (HallGuest)    unsent = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *base = NULL;

  add_account (db, account);
  chat = scratch_chat (account->parent.id, "pycon");
  known = scratch_guest (chat, "Known");
  edited = scratch_guest (chat, "Edited");
  unsent = scratch_guest (chat, "Unsent");
  scratch_save (db, chat);
  scratch_save (db, known);
  scratch_save (db, edited);
  scratch_run (db, "DELETE FROM outbox");
  scratch_base (db, account->parent.id, chat);
  scratch_base (db, account->parent.id, known);
  scratch_base (db, account->parent.id, edited);
  renamed = scratch_changed (edited, "name", "Renamed");
  scratch_save (db, renamed);
  scratch_save (db, unsent);

  scratch_remove (db, chat);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM set_aside"), ==, 2);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM set_aside WHERE base IS NULL"), ==, 1);
  base = hall_database_get_text (db, NULL, "SELECT base FROM set_aside WHERE id = ?", "t", edited->parent.id);
  g_assert_nonnull (strstr (base, "\"Edited\""));
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM history WHERE along_with IS NOT NULL"), ==, 3);

  last = hall_history_find_removed (db, &hall_guest_kind, edited->parent.id, &error);
  g_assert_cmpstr (last->name, ==, "Renamed");
  g_assert_null (hall_history_find_removed (db, &hall_guest_kind, "nobody", &error));
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/decisions/keep", test_keep);
  g_test_add_func ("/store/decisions/prune", test_prune);
  g_test_add_func ("/store/decisions/set-aside", test_set_aside);

  return g_test_run ();
}
