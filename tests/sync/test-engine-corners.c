/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows that go while others hang on them, and edits that meet news or an answer at an unlucky moment. */
#include "script.h"

#include "scratch.h"

#define ADA      "01900000-0000-7000-8000-00000000a00a"
#define BOB      "01900000-0000-7000-8000-00000000a00b"
#define QUESTION "01900000-0000-7000-8000-00000000a00c"

#define ATTENDEE_ROW(id, name) \
  "{\"id\":\"" id "\",\"chat\":\"" CHAT "\",\"name\":\"" name "\",\"address\":\"" name "@example.org\"," \
  "\"address_key\":\"" name "@example.org\",\"status\":\"going\"}"
#define QUESTION_ROW(attendee) \
  "{\"id\":\"" QUESTION "\",\"chat\":\"" CHAT "\",\"attendee\":" attendee ",\"text\":\"What?\",\"status\":\"open\"}"
#define NEWS(since, changes, next) { FIRST_PAGE "&since=" since, 200, PAGE (changes, next, "false"), NULL }

static void
receive_question (Script *script)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);

  EXCHANGE (script, -1, SESSION,
            NEWS ("1-a1", ROW ("attendee", ADA, "a2", ATTENDEE_ROW (ADA, "ada")) ","
                          ROW ("attendee", BOB, "a3", ATTENDEE_ROW (BOB, "bob")) ","
                          ROW ("question", QUESTION, "a4", QUESTION_ROW ("\"" ADA "\"")), "4-a4"));
}

static void
assert_asked_by (Script     *script,
                 const char *attendee)
{
  g_autoptr (HallQuestion) question = host_get (script->host, &hall_question_kind, QUESTION);

  g_assert_cmpstr (question->attendee, ==, attendee);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM conflicts"), ==, 0);
}

/* The question goes over from Ada to Bob, and Ada goes, in one page or in two. */
static void
test_handed_over_in_one_page (Script        *script,
                              gconstpointer  data)
{
  receive_question (script);
  EXCHANGE (script, -1, SESSION,
            NEWS ("4-a4", GONE ("attendee", ADA, "a5") "," ROW ("question", QUESTION, "a6", QUESTION_ROW ("\"" BOB "\"")), "6-a6"));
  assert_asked_by (script, BOB);
}

static void
test_handed_over_in_two_pages (Script        *script,
                               gconstpointer  data)
{
  receive_question (script);
  EXCHANGE (script, -1, SESSION, NEWS ("4-a4", GONE ("attendee", ADA, "a5"), "5-a5"));
  assert_asked_by (script, NULL);
  EXCHANGE (script, -1, SESSION, NEWS ("5-a5", ROW ("question", QUESTION, "a6", QUESTION_ROW ("\"" BOB "\"")), "6-a6"));
  assert_asked_by (script, BOB);
}

/* The host hands the question over, while the service lets go of Ada. */
static void
test_handed_over_here (Script        *script,
                       gconstpointer  data)
{
  g_autoptr (HallQuestion) question = NULL;

  receive_question (script);
  question = host_get (script->host, &hall_question_kind, QUESTION);
  host_save_text (script->host, question, "attendee", BOB);
  EXCHANGE (script, -1, SESSION,
            NEWS ("4-a4", GONE ("attendee", ADA, "a5"), "5-a5"),
            { "PATCH /v1/questions/" QUESTION, 412,
              PROBLEM ("stale", ",\"current\":" QUESTION_ROW ("null") ",\"mark\":\"a6\""), NULL },
            NEWS ("5-a5", ROW ("question", QUESTION, "a6", QUESTION_ROW ("null")), "6-a6"),
            { "PATCH /v1/questions/" QUESTION, 200, QUESTION_ROW ("\"" BOB "\""), "\"a7\"" },
            NO_NEWS ("6-a6"));
  assert_asked_by (script, BOB);
}

/* Ada is removed here and the question handed over, while somebody else changes the question. */
static void
test_handed_over_and_removed_here (Script        *script,
                                   gconstpointer  data)
{
  g_autoptr (HallQuestion) question = NULL;
  g_autoptr (HallAttendee) ada = NULL;

  receive_question (script);
  question = host_get (script->host, &hall_question_kind, QUESTION);
  host_save_text (script->host, question, "attendee", BOB);
  ada = host_get (script->host, &hall_attendee_kind, ADA);
  host_remove (script->host, ada);

#define LOUDER(attendee) "{\"id\":\"" QUESTION "\",\"chat\":\"" CHAT "\",\"attendee\":\"" attendee "\",\"text\":\"WHAT?\",\"status\":\"open\"}"

  EXCHANGE (script, -1, SESSION,
            NEWS ("4-a4", ROW ("question", QUESTION, "a5", LOUDER (ADA)), "5-a5"),
            { "PATCH /v1/questions/" QUESTION, 200, LOUDER (BOB), "\"a6\"" },
            { "DELETE /v1/attendees/" ADA, 204, NULL, NULL },
            NO_NEWS ("5-a5"));
  assert_asked_by (script, BOB);
}

static void
test_asked_by_nobody_known (Script        *script,
                            gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);

  EXCHANGE (script, -1, SESSION, NEWS ("1-a1", ROW ("question", QUESTION, "a4", QUESTION_ROW ("\"" ADA "\"")), "4-a4"),
            { "GET /v1/attendees/" ADA, 404, PROBLEM ("not-found", ""), NULL });
  assert_asked_by (script, NULL);
}

/* What goes along with a chat is in the history, each row of it. */
static void
test_all_of_a_chat_goes (Script        *script,
                         gconstpointer  data)
{
  receive_question (script);
  EXCHANGE (script, -1, SESSION,
            NEWS ("4-a4", GONE ("chat", CHAT, "b1") "," GONE ("attendee", ADA, "b2") "," GONE ("attendee", BOB, "b3") ","
                          GONE ("question", QUESTION, "b4"), "8-b4"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM history WHERE after IS NULL"), ==, 4);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM bases"), ==, 0);
}

/* Sign-ups for a chat that was removed here: it is not asked for, and they go with it. */
static void
test_child_of_removed_chat (Script        *script,
                            gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);

  host_remove (script->host, chat);
  EXCHANGE (script, -1, SESSION, NEWS ("1-a1", ROW ("attendee", ADA, "a2", ATTENDEE_ROW (ADA, "ada")), "2-a2"),
            { "DELETE /v1/chats/" CHAT, 204, NULL, NULL },
            NEWS ("2-a2", GONE ("attendee", ADA, "a3") "," GONE ("chat", CHAT, "a4"), "4-a4"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM attendees"), ==, 0);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM bases"), ==, 0);
}

/* A chat that was removed here comes under a new mark, but as it was: nothing is there to be decided. */
static void
test_removed_and_touched (Script        *script,
                          gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);
  HallSyncResult       result;

  host_remove (script->host, chat);
  result = EXCHANGE (script, -1, SESSION, NEWS ("1-a1", ROW ("chat", CHAT, "a2", CHAT_ROW ("Title")), "2-a2"),
                     { "DELETE /v1/chats/" CHAT, 204, NULL, NULL },
                     NEWS ("2-a2", GONE ("chat", CHAT, "a3"), "3-a3"));
  g_assert_cmpuint (result.conflicts, ==, 0);
  g_assert_cmpuint (result.sent, ==, 1);
}

static void
bring_back (gpointer data)
{
  Script              *script = data;
  g_autoptr (HallChat) chat = hall_value_new (&hall_chat_kind, CHAT);

  chat->account = g_strdup (script->host->account->parent.id);
  chat->title = g_strdup ("Brought back");
  chat->slug = g_strdup ("pycon");
  chat->wall = g_strdup ("2016-05-30T15:30");
  chat->zone = g_strdup ("America/Los_Angeles");
  chat->status = g_strdup ("scheduled");
  host_save (script->host, chat);
}

#define BROUGHT_BACK { "PUT /v1/chats/" CHAT, 201, \
                       "{\"id\":\"" CHAT "\",\"title\":\"Brought back\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\"," \
                       "\"zone\":\"America/Los_Angeles\",\"status\":\"scheduled\"}", "\"c1\"" }

/* The host brings a chat back while its removal is on its way. */
static void
test_brought_back (Script        *script,
                   gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);

  host_remove (script->host, chat);
  script->on_write = bring_back;
  EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"), { "DELETE /v1/chats/" CHAT, 204, NULL, NULL }, BROUGHT_BACK,
            NO_NEWS ("1-a1"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM chats WHERE title = 'Brought back'"), ==, 1);
}

/* The same, but the answer to the removal is lost, and that it was done is known from the news first. */
static void
test_brought_back_before_the_answer (Script        *script,
                                     gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);

  host_remove (script->host, chat);
  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, SESSION, NO_NEWS ("1-a1"), { "DELETE /v1/chats/" CHAT, 0, NULL, NULL });
  bring_back (script);
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, SESSION, { "DELETE /v1/chats/" CHAT, 503, NULL, NULL },
            NEWS ("1-a1", GONE ("chat", CHAT, "a2"), "2-a2"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM conflicts"), ==, 0);
  EXCHANGE (script, -1, SESSION, NO_NEWS ("2-a2"), BROUGHT_BACK, NO_NEWS ("2-a2"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

/* A guest whose create got no answer goes with the chat; the news of both come before any answer. */
static void
test_sent_and_removed_with_chat (Script        *script,
                                 gconstpointer  data)
{
  g_autoptr (HallChat)  chat = script_receive_chat (script);
  g_autoptr (HallGuest) guest = hall_value_new (&hall_guest_kind, GUEST);

  guest->chat = g_strdup (CHAT);
  guest->name = g_strdup ("Grace");
  guest->status = g_strdup ("invited");
  host_save (script->host, guest);
  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, SESSION, NO_NEWS ("1-a1"), { "PUT /v1/guests/" GUEST, 0, NULL, NULL });
  host_remove (script->host, chat);
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, SESSION, { "PUT /v1/guests/" GUEST, 503, NULL, NULL },
            NEWS ("1-a1", ROW ("guest", GUEST, "a2", "{\"id\":\"" GUEST "\",\"chat\":\"" CHAT "\",\"name\":\"Renamed\",\"status\":\"invited\"}"), "2-a2"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM conflicts"), ==, 0);
  EXCHANGE (script, -1, SESSION, { "PUT /v1/guests/" GUEST, 201, GUEST_ROW (CHAT), "\"a2\"" }, NO_NEWS ("2-a2"),
            { "DELETE /v1/chats/" CHAT, 204, NULL, NULL },
            NEWS ("2-a2", GONE ("guest", GUEST, "a3") "," GONE ("chat", CHAT, "a4"), "4-a4"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM bases"), ==, 0);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

/* An edit was lost on the way, the host edits on, and the news before the answer does not go with either. */
static void
test_conflict_before_the_answer (Script        *script,
                                 gconstpointer  data)
{
  gboolean                  edits_on = GPOINTER_TO_INT (data);
  g_autoptr (HallChat)      chat = script_receive_chat (script);
  g_autoptr (HallOperation) operation = NULL;

  host_save_text (script->host, chat, "title", "Mine");
  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, SESSION, NO_NEWS ("1-a1"), { "PATCH /v1/chats/" CHAT, 0, NULL, NULL });
  if (edits_on)
    host_save_text (script->host, chat, "title", "Mine, edited");
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, SESSION, { "PATCH /v1/chats/" CHAT, 503, NULL, NULL },
            NEWS ("1-a1", ROW ("chat", CHAT, "a2", CHAT_ROW ("Theirs")), "2-a2"));

  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 1);
  operation = host_operation (script->host, chat);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_PARKED);
  g_assert_null (operation->body);
  EXCHANGE (script, -1, SESSION, NO_NEWS ("2-a2"));
}

/* Somebody else's edit comes as news before the late answer, which is older: what they did stays. */
static void
test_late_answer_is_older (Script        *script,
                           gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);
  g_autoptr (HallChat) after = NULL;

#define LONGER(title) "{\"id\":\"" CHAT "\",\"title\":\"" title "\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\"," \
                      "\"zone\":\"America/Los_Angeles\",\"duration\":90,\"status\":\"scheduled\"}"

  host_save_text (script->host, chat, "title", "Mine");
  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, SESSION, NO_NEWS ("1-a1"), { "PATCH /v1/chats/" CHAT, 0, NULL, NULL });
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, SESSION, { "PATCH /v1/chats/" CHAT, 503, NULL, NULL },
            NEWS ("1-a1", ROW ("chat", CHAT, "a3", LONGER ("Mine")), "3-a3"));
  EXCHANGE (script, -1, SESSION, { "PATCH /v1/chats/" CHAT, 200, CHAT_ROW ("Mine"), "\"a2\"" }, NO_NEWS ("3-a3"));

  after = host_get (script->host, &hall_chat_kind, CHAT);
  g_assert_cmpint (after->duration, ==, 90);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM bases WHERE mark = 'a3'"), ==, 1);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

static void
rename_new_chat (gpointer data)
{
  Script              *script = data;
  g_autoptr (HallChat) chat = host_get (script->host, &hall_chat_kind, CHAT);

  host_save_text (script->host, chat, "title", "Renamed");
}

static void
remove_new_chat (gpointer data)
{
  Script              *script = data;
  g_autoptr (HallChat) chat = host_get (script->host, &hall_chat_kind, CHAT);

  host_remove (script->host, chat);
}

/* A create is refused, and the row is edited meanwhile: it is a create that must follow. */
static void
test_create_refused_but_edited_on (Script        *script,
                                   gconstpointer  data)
{
  bring_back (script);
  script->on_write = rename_new_chat;
  EXCHANGE (script, -1, SESSION, { FIRST_PAGE, 200, PAGE ("", "0-0", "false"), NULL },
            { "PUT /v1/chats/" CHAT, 422, PROBLEM ("invalid", ""), NULL },
            { "PUT /v1/chats/" CHAT, 201,
              "{\"id\":\"" CHAT "\",\"title\":\"Renamed\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\","
              "\"zone\":\"America/Los_Angeles\",\"status\":\"scheduled\"}", "\"c1\"" },
            NO_NEWS ("0-0"));
  g_assert_nonnull (strstr (g_ptr_array_index (script->bodies, 1), "\"title\":\"Renamed\""));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

/* A create is refused, and the row is removed meanwhile: the service never had it, so nothing follows. */
static void
test_create_refused_and_removed (Script        *script,
                                 gconstpointer  data)
{
  bring_back (script);
  script->on_write = remove_new_chat;
  EXCHANGE (script, -1, SESSION, { FIRST_PAGE, 200, PAGE ("", "0-0", "false"), NULL },
            { "PUT /v1/chats/" CHAT, 422, PROBLEM ("invalid", ""), NULL },
            NO_NEWS ("0-0"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

/* A tombstone of something that was never here is no news. */
static void
test_unknown_tombstone (Script        *script,
                        gconstpointer  data)
{
  HallSyncResult result = EXCHANGE (script, -1, SESSION,
                                    { FIRST_PAGE, 200, PAGE (GONE ("chat", CHAT, "a1"), "1-a1", "false"), NULL });

  g_assert_cmpuint (result.received, ==, 0);
}

/* An attendee who was refused waits for the host, when the sign-up that is meant arrives. */
static void
test_parked_and_replaced (Script        *script,
                          gconstpointer  data)
{
  g_autoptr (HallChat)     chat = script_receive_chat (script);
  g_autoptr (HallAttendee) attendee = scratch_attendee (chat, "Ada by hand", "ada@example.org");
  g_autofree char         *put = g_strconcat ("PUT /v1/attendees/", attendee->parent.id, NULL);

  host_save (script->host, attendee);
  EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"), { put, 422, PROBLEM ("invalid", ""), NULL }, NO_NEWS ("1-a1"));
  EXCHANGE (script, -1, SESSION, NEWS ("1-a1", ROW ("attendee", ADA, "a2", ATTENDEE_ROW (ADA, "ada")), "2-a2"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM attendees"), ==, 1);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SCRIPT_TEST ("/sync/engine-corners/handed-over-in-one-page", test_handed_over_in_one_page, NULL);
  SCRIPT_TEST ("/sync/engine-corners/handed-over-in-two-pages", test_handed_over_in_two_pages, NULL);
  SCRIPT_TEST ("/sync/engine-corners/handed-over-here", test_handed_over_here, NULL);
  SCRIPT_TEST ("/sync/engine-corners/handed-over-and-removed-here", test_handed_over_and_removed_here, NULL);
  SCRIPT_TEST ("/sync/engine-corners/asked-by-nobody-known", test_asked_by_nobody_known, NULL);
  SCRIPT_TEST ("/sync/engine-corners/all-of-a-chat-goes", test_all_of_a_chat_goes, NULL);
  SCRIPT_TEST ("/sync/engine-corners/child-of-removed-chat", test_child_of_removed_chat, NULL);
  SCRIPT_TEST ("/sync/engine-corners/removed-and-touched", test_removed_and_touched, NULL);
  SCRIPT_TEST ("/sync/engine-corners/brought-back", test_brought_back, NULL);
  SCRIPT_TEST ("/sync/engine-corners/brought-back-before-the-answer", test_brought_back_before_the_answer, NULL);
  SCRIPT_TEST ("/sync/engine-corners/sent-and-removed-with-chat", test_sent_and_removed_with_chat, NULL);
  SCRIPT_TEST ("/sync/engine-corners/conflict-before-the-answer", test_conflict_before_the_answer, GINT_TO_POINTER (FALSE));
  SCRIPT_TEST ("/sync/engine-corners/conflict-before-the-answer/edited-on", test_conflict_before_the_answer, GINT_TO_POINTER (TRUE));
  SCRIPT_TEST ("/sync/engine-corners/late-answer-is-older", test_late_answer_is_older, NULL);
  SCRIPT_TEST ("/sync/engine-corners/create-refused-but-edited-on", test_create_refused_but_edited_on, NULL);
  SCRIPT_TEST ("/sync/engine-corners/create-refused-and-removed", test_create_refused_and_removed, NULL);
  SCRIPT_TEST ("/sync/engine-corners/unknown-tombstone", test_unknown_tombstone, NULL);
  SCRIPT_TEST ("/sync/engine-corners/parked-and-replaced", test_parked_and_replaced, NULL);

  return g_test_run ();
}
