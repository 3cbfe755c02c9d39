/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is lost on the way, answered by others, or cut off: every edit is kept, and has one effect. */
#include "town.h"

#include "sync/hall-remote-hallway.h"
#include "sync/hall-sync-error.h"

/* One effect, whatever is lost, of whatever kind the edit is. */
static void
test_lost (Town       *town,
           gconstpointer  data)
{
  static const struct {
    Mishap mishap;
    int    code;
  } losses[] = {
    { LOSE_REQUEST, HALL_SYNC_ERROR_OFFLINE },
    { LOSE_REPLY, HALL_SYNC_ERROR_OFFLINE },
    { ANSWER_ILL, HALL_SYNC_ERROR_RETRY_LATER },
    { ANSWER_PORTAL, HALL_SYNC_ERROR_OFFLINE },
    { ANSWER_HALF, HALL_SYNC_ERROR_NONSENSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (losses); i++) {
    g_autofree char          *slug = g_strdup_printf ("chat-%u", i);
    g_autoptr (HallChat)      chat = scratch_chat (town->ann->account->parent.id, slug);
    g_autoptr (GError)        on_create = NULL;
    g_autoptr (GError)        on_change = NULL;
    g_autoptr (GError)        on_remove = NULL;
    g_autoptr (HallOperation) operation = NULL;
    g_autoptr (HallOperation) again = NULL;

    host_save (town->ann, chat);
    town_let_happen (town, losses[i].mishap, "PUT");
    on_create = host_sync (town->ann, NULL);
    g_assert_error (on_create, HALL_SYNC_ERROR, losses[i].code);
    operation = host_operation (town->ann, chat);
    g_assert_cmpint (operation->state, ==, HALL_OPERATION_UNKNOWN);

    /* The host goes on editing while nobody knows; the operation keeps its id and bytes. */
    host_save_text (town->ann, chat, "title", "Edited since");
    host_reopen (town->ann);
    again = hall_outbox_find_first (town->ann->db, &hall_chat_kind, chat->parent.id, NULL);
    g_assert_cmpstr (again->id, ==, operation->id);
    g_assert_cmpstr (again->body, ==, operation->body);
    town_assert_converged (town);

    host_save_text (town->ann, chat, "title", "Changed");
    town_let_happen (town, losses[i].mishap, "PATCH");
    on_change = host_sync (town->ann, NULL);
    g_assert_error (on_change, HALL_SYNC_ERROR, losses[i].code);
    town_assert_converged (town);

    host_remove (town->ann, chat);
    town_let_happen (town, losses[i].mishap == ANSWER_HALF ? ANSWER_ILL : losses[i].mishap, "DELETE");
    on_remove = host_sync (town->ann, NULL);
    g_assert_nonnull (on_remove);
    town_assert_converged (town);
  }

  /* Created, changed twice and deleted, five times over: nothing happened a second time. */
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM changes"), ==, 5 * 4);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM chats"), ==, 0);
}

/* The answer to Ann's edit is lost, Ben edits the same title after it, and Ann learns of both at once. */
static void
test_lost_and_changed_since (Town       *town,
                             gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat)     at_ann = NULL;
  g_autoptr (HallConflict) conflict = NULL;
  g_autoptr (GError)       trouble = NULL;

  host_save_text (town->ann, chat, "title", "Ann's title");
  town_let_happen (town, LOSE_REPLY, "PATCH");
  trouble = host_sync (town->ann, NULL);
  g_assert_error (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);

  host_sync_well (town->ben);
  host_save_text (town->ben, chat, "title", "Ben's title, having seen Ann's");
  host_sync_well (town->ben);
  host_sync_well (town->ann);

  conflict = host_conflict (town->ann, chat);
  g_assert_null (conflict);
  at_ann = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (at_ann->title, ==, "Ben's title, having seen Ann's");
  town_assert_converged (town);
}

/* The same, but the service is ill when Ann asks what came of her edit; the news arrives before the answer. */
static void
test_news_before_the_answer (Town       *town,
                             gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat)     at_ann = NULL;
  g_autoptr (HallConflict) conflict = NULL;
  g_autoptr (GError)       lost = NULL;
  g_autoptr (GError)       ill = NULL;

  host_save_text (town->ann, chat, "title", "Ann's title");
  town_let_happen (town, LOSE_REPLY, "PATCH");
  lost = host_sync (town->ann, NULL);
  g_assert_nonnull (lost);
  host_save_text (town->ann, chat, "title", "Ann's second title");

  host_sync_well (town->ben);
  host_save_text (town->ben, chat, "recording", "https://example.org/watch");
  host_sync_well (town->ben);

  town_let_happen (town, ANSWER_ILL, "PATCH");
  ill = host_sync (town->ann, NULL);
  g_assert_error (ill, HALL_SYNC_ERROR, HALL_SYNC_ERROR_RETRY_LATER);
  at_ann = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (at_ann->recording, ==, "https://example.org/watch");
  g_assert_cmpstr (at_ann->title, ==, "Ann's second title");

  town_assert_converged (town);
  g_clear_pointer (&at_ann, hall_value_unref);
  at_ann = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (at_ann->title, ==, "Ann's second title");
  conflict = host_conflict (town->ann, chat);
  g_assert_null (conflict);
}

/* The program is killed after the request was handed out and before the reply is taken. */
static void
test_killed_between (Town       *town,
                     gconstpointer  data)
{
  gboolean                  was_delivered = GPOINTER_TO_INT (data);
  g_autoptr (HallChat)      chat = scratch_chat (town->ann->account->parent.id, "pycon");
  g_autoptr (HallEngine)    engine = NULL;
  g_autoptr (HallRequest)   request = NULL;
  g_autoptr (HallReply)     unread = NULL;
  g_autoptr (HallOperation) before = NULL;
  g_autoptr (GError)        error = NULL;

  host_save (town->ann, chat);
  engine = hall_engine_new (town->ann->account->parent.id, &hall_remote_hallway, &scratch_clock, &scratch_random);
  while (TRUE) {
    g_autoptr (HallReply) reply = NULL;

    scratch_begin (town->ann->db);
    hall_engine_next (engine, town->ann->db, &request, &error);
    g_assert_no_error (error);
    scratch_commit (town->ann->db);
    if (strcmp (request->method, "PUT") == 0)
      break;

    reply = town_ask (town, request);
    g_clear_pointer (&request, hall_request_free);
    scratch_begin (town->ann->db);
    hall_engine_take (engine, town->ann->db, reply, NULL, &error);
    g_assert_no_error (error);
    scratch_commit (town->ann->db);
  }
  if (was_delivered)
    unread = town_ask (town, request);
  g_clear_pointer (&engine, hall_engine_free);
  host_reopen (town->ann);

  before = host_operation (town->ann, chat);
  g_assert_cmpint (before->state, ==, HALL_OPERATION_SENDING);
  town_assert_converged (town);
  g_assert_cmpstr (g_ptr_array_index (town->keys, 0), ==, before->id);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM changes"), ==, 1);
}

/* The library fails while a page is taken: neither its rows nor its cursor are there afterwards. */
static void
test_page_and_cursor_together (Town       *town,
                               gconstpointer  data)
{
  g_autoptr (HallChat)    chat = town_share_chat (town, "pycon");
  g_autoptr (HallEngine)  engine = NULL;
  g_autoptr (HallRequest) request = NULL;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *cursor = hall_database_get_text (town->ben->db, NULL, "SELECT cursor FROM cursors", "");
  g_autofree char        *rows = host_dump (town->ben);
  g_autofree char        *after = NULL;
  g_autofree char        *rows_after = NULL;

  town_sign_up (town, "pycon", "name=Ada&address=ada%40example.org&question=What");
  engine = hall_engine_new (town->ben->account->parent.id, &hall_remote_hallway, &scratch_clock, &scratch_random);
  scratch_run (town->ben->db, "CREATE TRIGGER full BEFORE UPDATE ON cursors BEGIN SELECT raise (ABORT, 'full'); END");

  for (guint i = 0; i < 2; i++) {
    g_autoptr (HallReply) reply = NULL;

    scratch_begin (town->ben->db);
    hall_engine_next (engine, town->ben->db, &request, &error);
    g_assert_no_error (error);
    scratch_commit (town->ben->db);
    reply = town_ask (town, request);
    g_clear_pointer (&request, hall_request_free);

    scratch_begin (town->ben->db);
    if (hall_engine_take (engine, town->ben->db, reply, NULL, &error))
      scratch_commit (town->ben->db);
    else
      hall_database_rollback (town->ben->db);
  }
  g_assert_nonnull (error);

  after = hall_database_get_text (town->ben->db, NULL, "SELECT cursor FROM cursors", "");
  rows_after = host_dump (town->ben);
  g_assert_cmpstr (after, ==, cursor);
  g_assert_cmpstr (rows_after, ==, rows);

  scratch_run (town->ben->db, "DROP TRIGGER full");
  town_assert_converged (town);
}

/* The desk's file is another one: it does not know how far it has told us. */
static void
test_restored_service (Town       *town,
                       gconstpointer  data)
{
  g_autoptr (HallChat)      chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat)      unsent = scratch_chat (town->ann->account->parent.id, "unsent");
  g_autoptr (HallChat)      still = NULL;
  g_autoptr (HallOperation) operation = NULL;
  g_autofree char          *at_desk = NULL;

  host_save (town->ann, unsent);
  host_save_text (town->ann, chat, "title", "Edited");
  scratch_run (town->db, "UPDATE changes SET mark = '00000000000000ff' WHERE kind = 'chat'");
  host_sync_well (town->ann);

  still = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (still->title, ==, "Edited");
  at_desk = town_dump_desk (town);
  g_assert_nonnull (strstr (at_desk, "unsent"));
  g_assert_nonnull (strstr (at_desk, "Edited"));
  town_assert_converged (town);
}

static void
test_offline_keeps_everything (Town       *town,
                               gconstpointer  data)
{
  static const char *const methods[] = { "GET", "PUT", "PATCH" };
  static const Mishap      mishaps[] = { LOSE_REQUEST, LOSE_REPLY, ANSWER_ILL, ANSWER_PORTAL, ANSWER_HALF };
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    for (guint j = 0; j < G_N_ELEMENTS (mishaps); j++) {
      g_autofree char     *title = g_strdup_printf ("Title %u %u", i, j);
      g_autoptr (HallPost) post = scratch_post (town->ann->account->parent.id, title);
      g_autoptr (HallChat) at_ben = NULL;
      g_autoptr (GError)   trouble = NULL;

      host_save_text (town->ann, chat, "title", title);
      host_save (town->ann, post);
      town_sign_up (town, "pycon", "name=Ada&address=ada%40example.org");
      town_let_happen (town, mishaps[j], methods[i]);
      trouble = host_sync (town->ann, NULL);
      g_assert_nonnull (trouble);

      town_assert_converged (town);
      at_ben = host_get (town->ben, &hall_chat_kind, chat->parent.id);
      g_assert_cmpstr (at_ben->title, ==, title);
    }
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM posts"), ==, 15);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM attendees"), ==, 1);
}

static void
test_token_refused (Town       *town,
                    gconstpointer  data)
{
  g_autoptr (HallChat)      chat = scratch_chat (town->ann->account->parent.id, "pycon");
  g_autoptr (HallOperation) operation = NULL;
  g_autofree char          *token = g_strdup (town->token);
  g_autoptr (GError)        trouble = NULL;

  host_save (town->ann, chat);
  town->token[0] = town->token[0] == 'x' ? 'y' : 'x';
  trouble = host_sync (town->ann, NULL);
  g_assert_error (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH);
  operation = host_operation (town->ann, chat);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_QUEUED);

  town->token[0] = token[0];
  town_assert_converged (town);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/engine-mishaps/lost", test_lost, NULL);
  TOWN_TEST ("/sync/engine-mishaps/lost-and-changed-since", test_lost_and_changed_since, NULL);
  TOWN_TEST ("/sync/engine-mishaps/news-before-the-answer", test_news_before_the_answer, NULL);
  TOWN_TEST ("/sync/engine-mishaps/killed-between/not-delivered", test_killed_between, GINT_TO_POINTER (FALSE));
  TOWN_TEST ("/sync/engine-mishaps/killed-between/delivered", test_killed_between, GINT_TO_POINTER (TRUE));
  TOWN_TEST ("/sync/engine-mishaps/page-and-cursor-together", test_page_and_cursor_together, NULL);
  TOWN_TEST ("/sync/engine-mishaps/restored-service", test_restored_service, NULL);
  TOWN_TEST ("/sync/engine-mishaps/offline-keeps-everything", test_offline_keeps_everything, NULL);
  TOWN_TEST ("/sync/engine-mishaps/token-refused", test_token_refused, NULL);

  return g_test_run ();
}
