/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine against a service that follows a script: what is asked in which order, and what odd answers lead to. */
#include "script.h"

#include "scratch.h"
#include "sync/hall-remote-hallway.h"

static void
test_not_a_session (Script        *script,
                    gconstpointer  data)
{
  EXCHANGE (script, HALL_SYNC_ERROR_NONSENSE, { "GET /v1/session", 200, "{\"service\":\"teapot\"}", NULL });
  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, { "GET /v1/session", 0, NULL, NULL });
  EXCHANGE (script, HALL_SYNC_ERROR_AUTH, { "GET /v1/session", 401, NULL, NULL });
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT synced_at FROM accounts"), ==, 0);
}

static void
test_pages (Script        *script,
            gconstpointer  data)
{
  HallSyncResult result;

  result = EXCHANGE (script, -1, SESSION,
                     { FIRST_PAGE, 200, PAGE (ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "1-a1", "true"), NULL },
                     { FIRST_PAGE "&since=1-a1", 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false"), NULL });
  g_assert_cmpuint (result.received, ==, 2);
  script_assert_cursor (script, "2-a2");
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT synced_at FROM accounts"), ==, SCRATCH_NOW);

  /* The same page once more changes nothing. */
  scratch_run (script->host->db, "UPDATE cursors SET cursor = '1-a1'");
  result = EXCHANGE (script, -1, SESSION,
                     { FIRST_PAGE "&since=1-a1", 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false"), NULL });
  g_assert_cmpuint (result.received, ==, 0);

  result = EXCHANGE (script, -1, SESSION,
                     { FIRST_PAGE "&since=2-a2", 200, PAGE (GONE ("guest", GUEST, "a3"), "3-a3", "false"), NULL });
  g_assert_cmpuint (result.received, ==, 1);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM guests"), ==, 0);
}

static void
test_second_page_fails (Script        *script,
                        gconstpointer  data)
{
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, SESSION,
            { FIRST_PAGE, 200, PAGE (ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "1-a1", "true"), NULL },
            { FIRST_PAGE "&since=1-a1", 500, NULL, NULL });
  script_assert_cursor (script, "1-a1");
  EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM chats"), ==, 1);
}

static void
test_same_page_forever (Script        *script,
                        gconstpointer  data)
{
  EXCHANGE (script, HALL_SYNC_ERROR_NONSENSE, SESSION,
            { FIRST_PAGE, 200, PAGE ("", "1-a1", "true"), NULL },
            { FIRST_PAGE "&since=1-a1", 200, PAGE ("", "1-a1", "true"), NULL });
}

#define WHOLE "GET /v1/snapshot?limit=500"
#define WHOLE_PAGE(at, rows, next) "{\"at\":\"" at "\",\"rows\":[" rows "],\"next\":" next ",\"remaining\":3}"
#define PRUNED PROBLEM ("resync-required", ",\"because\":\"pruned\"")
#define POST "01900000-0000-7000-8000-00000000d001"
#define POST_ROW "{\"id\":\"" POST "\",\"file_name\":\"a.md\",\"text\":\"A\",\"status\":\"draft\"}"

/* The whole is put beside the library page by page, and the library stays as it is until all of it is there. */
static void
test_start_over (Script        *script,
                 gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);

  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, SESSION,
            { FIRST_PAGE "&since=1-a1", 410, PRUNED, NULL },
            { WHOLE, 200, WHOLE_PAGE ("9-b9", ROW ("guest", GUEST, "b1", GUEST_ROW (OTHER)), "\"9-b9.1\""), NULL },
            { WHOLE "&after=9-b9.1", 0, NULL, NULL });
  script_assert_cursor (script, "1-a1");
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM guests"), ==, 0);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM chats"), ==, 1);

  /* It goes on where it was: a row that came is changed since, one goes again, and the chat is not there any more. */
  EXCHANGE (script, -1, SESSION,
            { WHOLE "&after=9-b9.1", 200, WHOLE_PAGE ("9-b9", ROW ("post", POST, "b2", POST_ROW), "null"), NULL },
            { FIRST_PAGE "&since=9-b9", 200, PAGE (ROW ("chat", OTHER, "b3", "{\"id\":\"" OTHER "\",\"title\":\"Other\","
                                                   "\"slug\":\"other\",\"wall\":\"2016-05-30T15:30\","
                                                   "\"zone\":\"America/Los_Angeles\",\"status\":\"scheduled\"}"), "10-b3", "true"), NULL },
            { FIRST_PAGE "&since=10-b3", 200, PAGE (GONE ("post", POST, "b4"), "11-b4", "false"), NULL });
  script_assert_cursor (script, "11-b4");
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM chats WHERE title = 'Other'"), ==, 1);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM chats"), ==, 1);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM guests"), ==, 1);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM posts"), ==, 0);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT (SELECT count(*) FROM staged) + (SELECT count(*) FROM resyncs)"), ==, 0);
  EXCHANGE (script, -1, SESSION, NO_NEWS ("11-b4"));
}

/* A service that loses the whole as fast as it gives it is asked no more, until the next exchange. */
static void
test_start_over_and_over (Script        *script,
                          gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);

  EXCHANGE (script, HALL_SYNC_ERROR_NONSENSE, SESSION,
            { FIRST_PAGE "&since=1-a1", 410, PRUNED, NULL },
            { WHOLE, 200, WHOLE_PAGE ("9-b9", ROW ("post", POST, "b2", POST_ROW), "\"9-b9.1\""), NULL },
            { WHOLE "&after=9-b9.1", 410, PRUNED, NULL },
            { WHOLE, 410, PRUNED, NULL },
            { WHOLE, 410, PRUNED, NULL });
  script_assert_cursor (script, "1-a1");
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM staged"), ==, 0);

  /* Round in a circle, or pinned to something else all of a sudden. */
  EXCHANGE (script, HALL_SYNC_ERROR_NONSENSE, SESSION,
            { WHOLE, 200, WHOLE_PAGE ("9-b9", ROW ("post", POST, "b2", POST_ROW), "\"9-b9.1\""), NULL },
            { WHOLE "&after=9-b9.1", 200, WHOLE_PAGE ("9-b9", "", "\"9-b9.1\""), NULL });
  EXCHANGE (script, -1, SESSION,
            { WHOLE "&after=9-b9.1", 200, WHOLE_PAGE ("8-c8", "", "null"), NULL },
            { WHOLE, 200, WHOLE_PAGE ("8-c8", ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "null"), NULL },
            NO_NEWS ("8-c8"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM posts"), ==, 0);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM chats"), ==, 1);
}

static void
test_parent_is_fetched (Script        *script,
                        gconstpointer  data)
{
  static const char orphan[] = PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false");

  /* While the parent cannot be had, nothing of the page is taken. */
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, SESSION, { FIRST_PAGE, 200, orphan, NULL },
            { "GET /v1/chats/" CHAT, 503, NULL, NULL });
  script_assert_cursor (script, NULL);

  EXCHANGE (script, -1, SESSION, { FIRST_PAGE, 200, orphan, NULL },
            { "GET /v1/chats/" CHAT, 200, CHAT_ROW ("Title"), "\"a3\"" });
  script_assert_cursor (script, "2-a2");
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM guests"), ==, 1);
}

static void
test_parent_is_nowhere (Script        *script,
                        gconstpointer  data)
{
  EXCHANGE (script, -1, SESSION,
            { FIRST_PAGE, 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false"), NULL },
            { "GET /v1/chats/" CHAT, 404, PROBLEM ("not-found", ""), NULL });
  script_assert_cursor (script, "2-a2");
  EXCHANGE (script, -1, SESSION, { FIRST_PAGE "&since=2-a2", 200, PAGE (GONE ("guest", GUEST, "a3"), "3-a3", "false"), NULL });
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM bases"), ==, 0);
}

/* What is no id is never asked for: it would end up in a path. */
static void
test_parent_is_no_id (Script        *script,
                      gconstpointer  data)
{
  EXCHANGE (script, -1, SESSION,
            { FIRST_PAGE, 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW ("../session?x")), "2-a2", "false"), NULL });
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM guests"), ==, 0);
}

static void
test_edit_taken_back (Script        *script,
                      gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);

  host_save_text (script->host, chat, "title", "Another");
  host_save_text (script->host, chat, "title", "Title");
  EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"));
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

static void
edit_on (gpointer data)
{
  Script *script = data;
  g_autoptr (HallChat) chat = host_get (script->host, &hall_chat_kind, CHAT);

  host_save_text (script->host, chat, "title", "Third");
}

/* The host types on while the edit before is on its way; the service has cleaned that one up. */
static void
test_edit_in_flight (Script        *script,
                     gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);
  g_autoptr (HallChat) after = NULL;

  host_save_text (script->host, chat, "title", "Second");
  script->on_write = edit_on;
  EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"),
            { "PATCH /v1/chats/" CHAT, 200, "{\"id\":\"" CHAT "\",\"title\":\"Second\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\","
              "\"zone\":\"America/Los_Angeles\",\"duration\":90,\"status\":\"scheduled\",\"sign_up_url\":\"https://desk.example.org/e/pycon\"}", "\"a2\"" },
            { "PATCH /v1/chats/" CHAT, 200, "{\"id\":\"" CHAT "\",\"title\":\"Third\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\","
              "\"zone\":\"America/Los_Angeles\",\"duration\":90,\"status\":\"scheduled\",\"sign_up_url\":\"https://desk.example.org/e/pycon\"}", "\"a3\"" },
            NO_NEWS ("1-a1"));

  g_assert_cmpstr (g_ptr_array_index (script->bodies, 0), ==, "{\"title\":\"Second\"}");
  g_assert_cmpstr (g_ptr_array_index (script->bodies, 1), ==, "{\"title\":\"Third\"}");
  after = host_get (script->host, &hall_chat_kind, CHAT);
  g_assert_cmpstr (after->title, ==, "Third");
  g_assert_cmpint (after->duration, ==, 90);
  g_assert_cmpstr (after->sign_up_url, ==, "https://desk.example.org/e/pycon");
}

static void
remove_it (gpointer data)
{
  Script *script = data;
  g_autoptr (HallChat) chat = host_get (script->host, &hall_chat_kind, CHAT);

  host_remove (script->host, chat);
}

/* Removed while an edit was on its way, and the answer shows what somebody else has changed. */
static void
test_removed_in_flight (Script        *script,
                        gconstpointer  data)
{
  g_autoptr (HallChat)     chat = script_receive_chat (script);
  g_autoptr (HallConflict) conflict = NULL;

  host_save_text (script->host, chat, "recording", "https://example.org/watch");
  script->on_write = remove_it;
  EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"),
            { "PATCH /v1/chats/" CHAT, 200, "{\"id\":\"" CHAT "\",\"title\":\"Somebody else's\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\","
              "\"zone\":\"America/Los_Angeles\",\"duration\":60,\"status\":\"scheduled\",\"recording\":\"https://example.org/watch\"}", "\"a2\"" },
            NO_NEWS ("1-a1"));
  conflict = host_conflict (script->host, chat);
  g_assert_null (conflict->mine);
  g_assert_nonnull (strstr (conflict->theirs, "Somebody else's"));
}

static void
test_refused_but_edited_on (Script        *script,
                            gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);
  HallSyncResult       result;

  host_save_text (script->host, chat, "title", "Second");
  script->on_write = edit_on;
  result = EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"),
                     { "PATCH /v1/chats/" CHAT, 422, PROBLEM ("invalid", ",\"title\":\"No\""), NULL },
                     { "PATCH /v1/chats/" CHAT, 200, CHAT_ROW ("Third"), "\"a2\"" },
                     NO_NEWS ("1-a1"));
  g_assert_cmpuint (result.parked, ==, 0);
  g_assert_cmpuint (result.sent, ==, 1);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

#define STALE(n) \
  { "PATCH /v1/chats/" CHAT, 412, PROBLEM ("stale", ",\"current\":" CHAT_ROW ("Title") ",\"mark\":\"b" n "\""), NULL }
#define FASTER(since, n) \
  STALE (n), { FIRST_PAGE "&since=" since, 200, PAGE (ROW ("chat", CHAT, "b" n, CHAT_ROW ("Title")), n "-b" n, "false"), NULL }

/* Somebody else is always faster: the edit waits, and the exchange comes to an end. */
static void
test_always_stale (Script        *script,
                   gconstpointer  data)
{
  g_autoptr (HallChat)      chat = script_receive_chat (script);
  g_autoptr (HallOperation) operation = NULL;

  host_save_text (script->host, chat, "recording", "https://example.org/watch");
  script->on_write = edit_on;
  EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"), STALE ("2"), FASTER ("1-a1", "2"), FASTER ("2-b2", "3"), FASTER ("3-b3", "4"),
            FASTER ("4-b4", "5"), FASTER ("5-b5", "6"), FASTER ("6-b6", "7"));
  operation = host_operation (script->host, chat);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_QUEUED);
  for (guint i = 1; i < script->keys->len; i++)
    g_assert_cmpstr (g_ptr_array_index (script->keys, i), !=, g_ptr_array_index (script->keys, i - 1));
}

static void
test_gone_when_sent (Script        *script,
                     gconstpointer  data)
{
  const char              *answer = data;
  HallSyncResult           result;
  g_autoptr (HallChat)     chat = script_receive_chat (script);
  g_autoptr (HallChat)     still = NULL;
  g_autoptr (HallConflict) conflict = NULL;

  host_save_text (script->host, chat, "title", "Mine");
  EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"),
            { "PATCH /v1/chats/" CHAT, strstr (answer, "stale") != NULL ? 412 : 404, answer, NULL },
            { FIRST_PAGE "&since=1-a1", 200, PAGE (GONE ("chat", CHAT, "a2"), "2-a2", "false"), NULL });
  still = host_get (script->host, &hall_chat_kind, CHAT);
  g_assert_cmpstr (still->title, ==, "Mine");
  conflict = host_conflict (script->host, chat);
  g_assert_nonnull (conflict->mine);
  g_assert_null (conflict->theirs);

  /* It is not made again behind the host's back, not even after another edit. */
  host_save_text (script->host, chat, "title", "Mine, edited");
  result = EXCHANGE (script, -1, SESSION, NO_NEWS ("2-a2"));
  g_assert_cmpuint (result.received + result.conflicts, ==, 0);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM conflicts WHERE mine LIKE '%Mine, edited%'"), ==, 1);

  /* Somebody else has brought it back: what they changed comes, and the title is still for the host to choose. */
  EXCHANGE (script, -1, SESSION,
            { FIRST_PAGE "&since=2-a2", 200,
              PAGE (ROW ("chat", CHAT, "a3", "{\"id\":\"" CHAT "\",\"title\":\"Title\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\","
                    "\"zone\":\"America/Los_Angeles\",\"duration\":90,\"status\":\"scheduled\"}"), "3-a3", "false"), NULL });
  g_clear_pointer (&still, hall_value_unref);
  still = host_get (script->host, &hall_chat_kind, CHAT);
  g_assert_cmpstr (still->title, ==, "Mine, edited");
  g_assert_cmpint (still->duration, ==, 90);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM conflicts WHERE theirs LIKE '%\"Title\"%'"), ==, 1);
}

/* What got no answer is asked again before anything else; trouble with it does not keep the news away. */
static void
test_unanswered_first (Script        *script,
                       gconstpointer  data)
{
  g_autoptr (HallChat) chat = script_receive_chat (script);
  g_autoptr (HallPost) post = scratch_post (script->host->account->parent.id, "Text");
  g_autofree char     *put = g_strconcat ("PUT /v1/posts/", post->parent.id, NULL);
  g_autofree char     *row = g_strdup_printf ("{\"id\":\"%s\",\"file_name\":\"%s\",\"text\":\"Text\",\"status\":\"draft\"}",
                                              post->parent.id, post->file_name);

  host_save_text (script->host, chat, "title", "Mine");
  host_save (script->host, post);
  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, SESSION, NO_NEWS ("1-a1"), { "PATCH /v1/chats/" CHAT, 0, NULL, NULL });
  EXCHANGE (script, HALL_SYNC_ERROR_OFFLINE, SESSION, { "PATCH /v1/chats/" CHAT, 0, NULL, NULL });
  EXCHANGE (script, HALL_SYNC_ERROR_AUTH, SESSION, { "PATCH /v1/chats/" CHAT, 401, NULL, NULL });
  EXCHANGE (script, HALL_SYNC_ERROR_RETRY_LATER, SESSION, { "PATCH /v1/chats/" CHAT, 503, NULL, NULL },
            { FIRST_PAGE "&since=1-a1", 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false"), NULL });
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM guests"), ==, 1);
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT attempts FROM outbox WHERE kind = 'chat'"), ==, 4);

  EXCHANGE (script, -1, SESSION, { "PATCH /v1/chats/" CHAT, 200, CHAT_ROW ("Mine"), "\"a3\"" }, NO_NEWS ("2-a2"),
            { put, 201, row, "\"a4\"" }, NO_NEWS ("2-a2"));
  for (guint i = 1; i < 5; i++) {
    g_assert_cmpstr (g_ptr_array_index (script->keys, i), ==, g_ptr_array_index (script->keys, 0));
    g_assert_cmpstr (g_ptr_array_index (script->bodies, i), ==, g_ptr_array_index (script->bodies, 0));
  }
  g_assert_cmpint (scratch_ask (script->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

/* The service thinks two addresses the same that this program tells apart. */
static void
test_other_idea_of_addresses (Script        *script,
                              gconstpointer  data)
{
  g_autoptr (HallChat)      chat = script_receive_chat (script);
  g_autoptr (HallAttendee)  attendee = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallAttendee)  replaced = NULL;
  g_autoptr (HallAttendee)  edited = NULL;
  g_autoptr (HallOperation) operation = NULL;
  g_autofree char          *put = g_strconcat ("PUT /v1/attendees/", attendee->parent.id, NULL);
  HallSyncResult            result;

#define MEETS_TOO "{\"id\":\"" GUEST "\",\"chat\":\"" CHAT "\",\"name\":\"B\",\"address\":\"b.b@example.org\"," \
                  "\"address_key\":\"b.b@example.org\",\"status\":\"going\"}"
#define MEETS "{\"id\":\"" OTHER "\",\"chat\":\"" CHAT "\",\"name\":\"A\",\"address\":\"a.d.a@example.org\"," \
              "\"address_key\":\"a.d.a@example.org\",\"status\":\"going\"}"

  host_save (script->host, attendee);
  EXCHANGE (script, -1, SESSION, NO_NEWS ("1-a1"),
            { put, 409, PROBLEM ("attendee-exists", ",\"current\":" MEETS ",\"mark\":\"b1\""), NULL },
            { FIRST_PAGE "&since=1-a1", 200, PAGE (ROW ("attendee", OTHER, "b1", MEETS), "2-b1", "false"), NULL });
  replaced = host_get (script->host, &hall_attendee_kind, attendee->parent.id);
  g_assert_null (replaced);

  edited = host_get (script->host, &hall_attendee_kind, OTHER);
  g_assert_cmpstr (edited->name, ==, "A");
  host_save_text (script->host, edited, "address", "b@example.org");
  result = EXCHANGE (script, -1, SESSION, NO_NEWS ("2-b1"),
                     { "PATCH /v1/attendees/" OTHER, 409,
                       PROBLEM ("attendee-exists", ",\"current\":" MEETS_TOO ",\"mark\":\"b2\""), NULL },
                     { FIRST_PAGE "&since=2-b1", 200, PAGE (ROW ("attendee", GUEST, "b2", MEETS_TOO), "3-b2", "false"), NULL });
  g_assert_cmpuint (result.parked, ==, 1);
  operation = host_operation (script->host, edited);
  g_assert_cmpstr (operation->reason, ==, "Somebody else has signed up with this address.");
}

static void
test_progress (Script        *script,
               gconstpointer  data)
{
  g_autoptr (HallPost)    post = scratch_post (script->host->account->parent.id, "Text");
  g_autoptr (HallEngine)  engine = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GError)      failure = g_error_new_literal (HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE, "Nobody answers");
  static const ScriptLine       lines[] = {
    SESSION, { FIRST_PAGE, 200, PAGE (ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "1-a1", "true"), NULL }, NO_NEWS ("1-a1"),
  };
  static const struct {
    HallSyncPhase phase;
    guint         done;
    guint         total;
  } expected[] = {
    { HALL_SYNC_CONNECTING, 0, 0 }, { HALL_SYNC_RECEIVING, 0, 0 }, { HALL_SYNC_RECEIVING, 1, 8 }, { HALL_SYNC_SENDING, 0, 1 },
  };

  host_save (script->host, post);
  script->lines = lines;
  script->n_lines = G_N_ELEMENTS (lines);
  engine = hall_engine_new (script->host->account->parent.id, &hall_remote_hallway, &scratch_clock, &scratch_random);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (HallRequest) request = NULL;
    g_autoptr (HallReply)   reply = NULL;
    HallSyncPhase           phase;
    guint                   done, total;

    scratch_begin (script->host->db);
    g_assert_true (hall_engine_next (engine, script->host->db, &request, &error));
    phase = hall_engine_get_phase (engine, &done, &total);
    g_assert_cmpint (phase, ==, expected[i].phase);
    g_assert_cmpuint (done, ==, expected[i].done);
    g_assert_cmpuint (total, ==, expected[i].total);
    if (i < G_N_ELEMENTS (lines))
      reply = script_follow (script, request, NULL);
    g_assert_true (hall_engine_take (engine, script->host->db, reply, reply == NULL ? failure : NULL, &error));
    scratch_commit (script->host->db);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SCRIPT_TEST ("/sync/engine/not-a-session", test_not_a_session, NULL);
  SCRIPT_TEST ("/sync/engine/pages", test_pages, NULL);
  SCRIPT_TEST ("/sync/engine/second-page-fails", test_second_page_fails, NULL);
  SCRIPT_TEST ("/sync/engine/same-page-forever", test_same_page_forever, NULL);
  SCRIPT_TEST ("/sync/engine/start-over", test_start_over, NULL);
  SCRIPT_TEST ("/sync/engine/start-over-and-over", test_start_over_and_over, NULL);
  SCRIPT_TEST ("/sync/engine/parent-is-fetched", test_parent_is_fetched, NULL);
  SCRIPT_TEST ("/sync/engine/parent-is-nowhere", test_parent_is_nowhere, NULL);
  SCRIPT_TEST ("/sync/engine/parent-is-no-id", test_parent_is_no_id, NULL);
  SCRIPT_TEST ("/sync/engine/edit-taken-back", test_edit_taken_back, NULL);
  SCRIPT_TEST ("/sync/engine/edit-in-flight", test_edit_in_flight, NULL);
  SCRIPT_TEST ("/sync/engine/removed-in-flight", test_removed_in_flight, NULL);
  SCRIPT_TEST ("/sync/engine/refused-but-edited-on", test_refused_but_edited_on, NULL);
  SCRIPT_TEST ("/sync/engine/always-stale", test_always_stale, NULL);
  SCRIPT_TEST ("/sync/engine/gone-when-sent/deleted", test_gone_when_sent, PROBLEM ("stale", ",\"deleted\":true"));
  SCRIPT_TEST ("/sync/engine/gone-when-sent/not-found", test_gone_when_sent, PROBLEM ("not-found", ""));
  SCRIPT_TEST ("/sync/engine/unanswered-first", test_unanswered_first, NULL);
  SCRIPT_TEST ("/sync/engine/other-idea-of-addresses", test_other_idea_of_addresses, NULL);
  SCRIPT_TEST ("/sync/engine/progress", test_progress, NULL);

  return g_test_run ();
}
