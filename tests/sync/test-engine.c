/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine against a service that follows a script: what is asked in which order, and what odd answers lead to. */
#include "host.h"

#include "scratch.h"
#include "sync/hall-remote-hallway.h"
#include "sync/hall-sync-error.h"

#define CHAT  "01900000-0000-7000-8000-00000000c001"
#define OTHER "01900000-0000-7000-8000-00000000c002"
#define GUEST "01900000-0000-7000-8000-00000000a001"

#define CHAT_ROW(title) \
  "{\"id\":\"" CHAT "\",\"title\":\"" title "\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\"," \
  "\"zone\":\"America/Los_Angeles\",\"duration\":60,\"status\":\"scheduled\"}"
#define GUEST_ROW(chat) "{\"id\":\"" GUEST "\",\"chat\":\"" chat "\",\"name\":\"Grace\",\"status\":\"invited\"}"
#define ROW(kind, id, mark, row) "{\"kind\":\"" kind "\",\"id\":\"" id "\",\"mark\":\"" mark "\",\"row\":" row "}"
#define GONE(kind, id, mark) "{\"kind\":\"" kind "\",\"id\":\"" id "\",\"mark\":\"" mark "\",\"deleted\":true}"
#define PAGE(changes, next, more) "{\"changes\":[" changes "],\"next\":\"" next "\",\"has_more\":" more ",\"remaining\":7}"
#define PROBLEM(type, more) "{\"type\":\"urn:hallway:problem:" type "\"" more "}"

#define SESSION { "GET /v1/session", 200, "{\"service\":\"hallwayd\"}", NULL }
#define NO_NEWS(since) { "GET /v1/changes?limit=500&since=" since, 200, PAGE ("", since, "false"), NULL }
#define FIRST_PAGE "GET /v1/changes?limit=500"
#define ONE_CHAT { FIRST_PAGE, 200, PAGE (ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "1-a1", "false"), NULL }

typedef struct {
  const char *asked;  /* method, path and query */
  guint       status; /* 0: nothing comes back */
  const char *body;
  const char *etag;
} Line;

typedef struct {
  Host       *host;
  const Line *lines;
  guint       n_lines;
  guint       at;
  GPtrArray  *bodies; /* of the requests that had one */
  GPtrArray  *keys;
  void      (*on_write) (gpointer fixture); /* what the host does while the next write is on its way */
} Fixture;

static HallReply *
follow_script (gpointer       data,
               HallRequest   *request,
               GError       **failure)
{
  Fixture            *f = data;
  g_autofree char    *asked = g_strconcat (request->method, " ", request->path, request->query != NULL ? "?" : NULL,
                                           request->query, NULL);
  g_autoptr (GBytes)  body = NULL;
  const Line         *line;
  const char         *key = hall_headers_get (request->headers, "Idempotency-Key");
  HallReply          *reply;

  g_assert_cmpuint (f->at, <, f->n_lines);
  line = &f->lines[f->at++];
  g_assert_cmpstr (asked, ==, line->asked);

  if (request->body != NULL)
    g_ptr_array_add (f->bodies, g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body)));
  if (key != NULL)
    g_ptr_array_add (f->keys, g_strdup (key));
  if (key != NULL && f->on_write != NULL) {
    void (*on_write) (gpointer) = g_steal_pointer (&f->on_write);

    on_write (f);
  }

  if (line->status == 0) {
    g_set_error_literal (failure, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE, "Nobody answers");
    return NULL;
  }

  body = line->body != NULL ? g_bytes_new_static (line->body, strlen (line->body)) : NULL;
  reply = hall_reply_new (line->status, line->status < 400 ? "application/json" : "application/problem+json", body);
  if (line->etag != NULL)
    hall_headers_set (reply->headers, "ETag", line->etag);

  return reply;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->bodies = g_ptr_array_new_with_free_func (g_free);
  f->keys = g_ptr_array_new_with_free_func (g_free);
  f->host = host_new ("ann", follow_script, f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_ptr_array_unref (f->bodies);
  g_ptr_array_unref (f->keys);
  host_free (f->host);
}

/* One exchange, which asks exactly this; @code is that of its trouble, or -1 when it goes well. */
static HallSyncResult
exchange_lines (Fixture    *f,
                const Line *lines,
                guint       n_lines,
                int         code)
{
  HallSyncResult     result;
  g_autoptr (GError) trouble = NULL;

  f->lines = lines;
  f->n_lines = n_lines;
  f->at = 0;
  trouble = host_sync (f->host, &result);
  if (code < 0)
    g_assert_no_error (trouble);
  else
    g_assert_error (trouble, HALL_SYNC_ERROR, code);
  g_assert_cmpuint (f->at, ==, n_lines);

  return result;
}

#define EXCHANGE(f, code, ...) \
  exchange_lines (f, (const Line[]) { __VA_ARGS__ }, sizeof ((const Line[]) { __VA_ARGS__ }) / sizeof (Line), code)

static char *
get_cursor (Fixture *f)
{
  return hall_database_get_text (f->host->db, NULL, "SELECT cursor FROM cursors", "");
}

static void
assert_cursor (Fixture    *f,
               const char *expected)
{
  g_autofree char *cursor = get_cursor (f);

  g_assert_cmpstr (cursor, ==, expected);
}

/* The chat as the library has it after one exchange. */
static HallChat *
receive_chat (Fixture *f)
{
  EXCHANGE (f, -1, SESSION, ONE_CHAT);

  return host_get (f->host, &hall_chat_kind, CHAT);
}

static void
test_not_a_session (Fixture       *f,
                    gconstpointer  data)
{
  EXCHANGE (f, HALL_SYNC_ERROR_NONSENSE, { "GET /v1/session", 200, "{\"service\":\"teapot\"}", NULL });
  EXCHANGE (f, HALL_SYNC_ERROR_OFFLINE, { "GET /v1/session", 0, NULL, NULL });
  EXCHANGE (f, HALL_SYNC_ERROR_AUTH, { "GET /v1/session", 401, NULL, NULL });
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT synced_at FROM accounts"), ==, 0);
}

static void
test_pages (Fixture       *f,
            gconstpointer  data)
{
  HallSyncResult result;

  result = EXCHANGE (f, -1, SESSION,
                     { FIRST_PAGE, 200, PAGE (ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "1-a1", "true"), NULL },
                     { FIRST_PAGE "&since=1-a1", 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false"), NULL });
  g_assert_cmpuint (result.received, ==, 2);
  assert_cursor (f, "2-a2");
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT synced_at FROM accounts"), ==, SCRATCH_NOW);

  /* The same page once more changes nothing. */
  scratch_run (f->host->db, "UPDATE cursors SET cursor = '1-a1'");
  result = EXCHANGE (f, -1, SESSION,
                     { FIRST_PAGE "&since=1-a1", 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false"), NULL });
  g_assert_cmpuint (result.received, ==, 0);

  result = EXCHANGE (f, -1, SESSION,
                     { FIRST_PAGE "&since=2-a2", 200, PAGE (GONE ("guest", GUEST, "a3"), "3-a3", "false"), NULL });
  g_assert_cmpuint (result.received, ==, 1);
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM guests"), ==, 0);
}

static void
test_second_page_fails (Fixture       *f,
                        gconstpointer  data)
{
  EXCHANGE (f, HALL_SYNC_ERROR_RETRY_LATER, SESSION,
            { FIRST_PAGE, 200, PAGE (ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "1-a1", "true"), NULL },
            { FIRST_PAGE "&since=1-a1", 500, NULL, NULL });
  assert_cursor (f, "1-a1");
  EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"));
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM chats"), ==, 1);
}

static void
test_same_page_forever (Fixture       *f,
                        gconstpointer  data)
{
  EXCHANGE (f, HALL_SYNC_ERROR_NONSENSE, SESSION,
            { FIRST_PAGE, 200, PAGE ("", "1-a1", "true"), NULL },
            { FIRST_PAGE "&since=1-a1", 200, PAGE ("", "1-a1", "true"), NULL });
}

static void
test_start_over (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (HallChat) chat = receive_chat (f);
  g_autoptr (HallChat) still = NULL;

  EXCHANGE (f, -1, SESSION,
            { FIRST_PAGE "&since=1-a1", 410, PROBLEM ("resync-required", ""), NULL },
            { FIRST_PAGE, 200, PAGE (ROW ("guest", GUEST, "b1", GUEST_ROW (CHAT)), "1-b1", "false"), NULL });
  assert_cursor (f, "1-b1");
  still = host_get (f->host, &hall_chat_kind, CHAT);
  g_assert_nonnull (still);

  EXCHANGE (f, HALL_SYNC_ERROR_NONSENSE, SESSION,
            { FIRST_PAGE "&since=1-b1", 410, PROBLEM ("resync-required", ""), NULL },
            { FIRST_PAGE, 410, PROBLEM ("resync-required", ""), NULL });
  assert_cursor (f, "1-b1");
}

static void
test_parent_is_fetched (Fixture       *f,
                        gconstpointer  data)
{
  static const char orphan[] = PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false");

  /* While the parent cannot be had, nothing of the page is taken. */
  EXCHANGE (f, HALL_SYNC_ERROR_RETRY_LATER, SESSION, { FIRST_PAGE, 200, orphan, NULL },
            { "GET /v1/chats/" CHAT, 503, NULL, NULL });
  assert_cursor (f, NULL);

  EXCHANGE (f, -1, SESSION, { FIRST_PAGE, 200, orphan, NULL },
            { "GET /v1/chats/" CHAT, 200, CHAT_ROW ("Title"), "\"a3\"" });
  assert_cursor (f, "2-a2");
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM guests"), ==, 1);
}

static void
test_parent_is_nowhere (Fixture       *f,
                        gconstpointer  data)
{
  EXCHANGE (f, -1, SESSION,
            { FIRST_PAGE, 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false"), NULL },
            { "GET /v1/chats/" CHAT, 404, PROBLEM ("not-found", ""), NULL });
  assert_cursor (f, "2-a2");
  EXCHANGE (f, -1, SESSION, { FIRST_PAGE "&since=2-a2", 200, PAGE (GONE ("guest", GUEST, "a3"), "3-a3", "false"), NULL });
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM bases"), ==, 0);
}

/* What is no id is never asked for: it would end up in a path. */
static void
test_parent_is_no_id (Fixture       *f,
                      gconstpointer  data)
{
  EXCHANGE (f, -1, SESSION,
            { FIRST_PAGE, 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW ("../session?x")), "2-a2", "false"), NULL });
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM guests"), ==, 0);
}

static void
test_edit_taken_back (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr (HallChat) chat = receive_chat (f);

  host_save_text (f->host, chat, "title", "Another");
  host_save_text (f->host, chat, "title", "Title");
  EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"));
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

static void
edit_on (gpointer data)
{
  Fixture             *f = data;
  g_autoptr (HallChat) chat = host_get (f->host, &hall_chat_kind, CHAT);

  host_save_text (f->host, chat, "title", "Third");
}

/* The host types on while the edit before is on its way; the service has cleaned that one up. */
static void
test_edit_in_flight (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (HallChat) chat = receive_chat (f);
  g_autoptr (HallChat) after = NULL;

  host_save_text (f->host, chat, "title", "Second");
  f->on_write = edit_on;
  EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"),
            { "PATCH /v1/chats/" CHAT, 200, "{\"id\":\"" CHAT "\",\"title\":\"Second\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\","
              "\"zone\":\"America/Los_Angeles\",\"duration\":90,\"status\":\"scheduled\",\"sign_up_url\":\"https://desk.example.org/e/pycon\"}", "\"a2\"" },
            { "PATCH /v1/chats/" CHAT, 200, "{\"id\":\"" CHAT "\",\"title\":\"Third\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\","
              "\"zone\":\"America/Los_Angeles\",\"duration\":90,\"status\":\"scheduled\",\"sign_up_url\":\"https://desk.example.org/e/pycon\"}", "\"a3\"" },
            NO_NEWS ("1-a1"));

  g_assert_cmpstr (g_ptr_array_index (f->bodies, 0), ==, "{\"title\":\"Second\"}");
  g_assert_cmpstr (g_ptr_array_index (f->bodies, 1), ==, "{\"title\":\"Third\"}");
  after = host_get (f->host, &hall_chat_kind, CHAT);
  g_assert_cmpstr (after->title, ==, "Third");
  g_assert_cmpint (after->duration, ==, 90);
  g_assert_cmpstr (after->sign_up_url, ==, "https://desk.example.org/e/pycon");
}

static void
remove_it (gpointer data)
{
  Fixture             *f = data;
  g_autoptr (HallChat) chat = host_get (f->host, &hall_chat_kind, CHAT);

  host_remove (f->host, chat);
}

/* Removed while an edit was on its way, and the answer shows what somebody else has changed. */
static void
test_removed_in_flight (Fixture       *f,
                        gconstpointer  data)
{
  g_autoptr (HallChat)     chat = receive_chat (f);
  g_autoptr (HallConflict) conflict = NULL;

  host_save_text (f->host, chat, "recording", "https://example.org/watch");
  f->on_write = remove_it;
  EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"),
            { "PATCH /v1/chats/" CHAT, 200, "{\"id\":\"" CHAT "\",\"title\":\"Somebody else's\",\"slug\":\"pycon\",\"wall\":\"2016-05-30T15:30\","
              "\"zone\":\"America/Los_Angeles\",\"duration\":60,\"status\":\"scheduled\",\"recording\":\"https://example.org/watch\"}", "\"a2\"" },
            NO_NEWS ("1-a1"));
  conflict = host_conflict (f->host, chat);
  g_assert_null (conflict->mine);
  g_assert_nonnull (strstr (conflict->theirs, "Somebody else's"));
}

static void
test_refused_but_edited_on (Fixture       *f,
                            gconstpointer  data)
{
  g_autoptr (HallChat) chat = receive_chat (f);
  HallSyncResult       result;

  host_save_text (f->host, chat, "title", "Second");
  f->on_write = edit_on;
  result = EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"),
                     { "PATCH /v1/chats/" CHAT, 422, PROBLEM ("invalid", ",\"title\":\"No\""), NULL },
                     { "PATCH /v1/chats/" CHAT, 200, CHAT_ROW ("Third"), "\"a2\"" },
                     NO_NEWS ("1-a1"));
  g_assert_cmpuint (result.parked, ==, 0);
  g_assert_cmpuint (result.sent, ==, 1);
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

#define STALE(mark) \
  { "PATCH /v1/chats/" CHAT, 412, PROBLEM ("stale", ",\"current\":" CHAT_ROW ("Title") ",\"mark\":\"" mark "\""), NULL }

/* Somebody else is always faster: the edit waits, and the exchange comes to an end. */
static void
test_always_stale (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (HallChat)      chat = receive_chat (f);
  g_autoptr (HallOperation) operation = NULL;

  host_save_text (f->host, chat, "recording", "https://example.org/watch");
  EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"), STALE ("b1"), STALE ("b2"), STALE ("b3"), STALE ("b4"),
            NO_NEWS ("1-a1"));
  operation = host_operation (f->host, chat);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_QUEUED);
  for (guint i = 1; i < f->keys->len; i++)
    g_assert_cmpstr (g_ptr_array_index (f->keys, i), !=, g_ptr_array_index (f->keys, i - 1));
}

static void
test_gone_when_sent (Fixture       *f,
                     gconstpointer  data)
{
  const char              *answer = data;
  g_autoptr (HallChat)     chat = receive_chat (f);
  g_autoptr (HallChat)     still = NULL;
  g_autoptr (HallConflict) conflict = NULL;

  host_save_text (f->host, chat, "title", "Mine");
  EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"),
            { "PATCH /v1/chats/" CHAT, strstr (answer, "stale") != NULL ? 412 : 404, answer, NULL },
            NO_NEWS ("1-a1"));
  still = host_get (f->host, &hall_chat_kind, CHAT);
  g_assert_cmpstr (still->title, ==, "Mine");
  conflict = host_conflict (f->host, chat);
  g_assert_nonnull (conflict->mine);
  g_assert_null (conflict->theirs);

  /* It is not made again behind the host's back, not even after another edit. */
  host_save_text (f->host, chat, "title", "Mine, edited");
  EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"));
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM conflicts WHERE mine LIKE '%Mine, edited%'"), ==, 1);
}

/* What got no answer is asked again before anything else; trouble with it does not keep the news away. */
static void
test_unanswered_first (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr (HallChat) chat = receive_chat (f);
  g_autoptr (HallPost) post = scratch_post (f->host->account->parent.id, "Text");
  g_autofree char     *put = g_strconcat ("PUT /v1/posts/", post->parent.id, NULL);
  g_autofree char     *row = g_strdup_printf ("{\"id\":\"%s\",\"file_name\":\"%s\",\"text\":\"Text\",\"status\":\"draft\"}",
                                              post->parent.id, post->file_name);

  host_save_text (f->host, chat, "title", "Mine");
  host_save (f->host, post);
  EXCHANGE (f, HALL_SYNC_ERROR_OFFLINE, SESSION, NO_NEWS ("1-a1"), { "PATCH /v1/chats/" CHAT, 0, NULL, NULL });
  EXCHANGE (f, HALL_SYNC_ERROR_OFFLINE, SESSION, { "PATCH /v1/chats/" CHAT, 0, NULL, NULL });
  EXCHANGE (f, HALL_SYNC_ERROR_AUTH, SESSION, { "PATCH /v1/chats/" CHAT, 401, NULL, NULL });
  EXCHANGE (f, HALL_SYNC_ERROR_RETRY_LATER, SESSION, { "PATCH /v1/chats/" CHAT, 503, NULL, NULL },
            { FIRST_PAGE "&since=1-a1", 200, PAGE (ROW ("guest", GUEST, "a2", GUEST_ROW (CHAT)), "2-a2", "false"), NULL });
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM guests"), ==, 1);
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT attempts FROM outbox WHERE kind = 'chat'"), ==, 4);

  EXCHANGE (f, -1, SESSION, { "PATCH /v1/chats/" CHAT, 200, CHAT_ROW ("Mine"), "\"a3\"" }, NO_NEWS ("2-a2"),
            { put, 201, row, "\"a4\"" }, NO_NEWS ("2-a2"));
  for (guint i = 1; i < 5; i++) {
    g_assert_cmpstr (g_ptr_array_index (f->keys, i), ==, g_ptr_array_index (f->keys, 0));
    g_assert_cmpstr (g_ptr_array_index (f->bodies, i), ==, g_ptr_array_index (f->bodies, 0));
  }
  g_assert_cmpint (scratch_ask (f->host->db, "SELECT count(*) FROM outbox"), ==, 0);
}

/* The service thinks two addresses the same that this program tells apart. */
static void
test_other_idea_of_addresses (Fixture       *f,
                              gconstpointer  data)
{
  g_autoptr (HallChat)      chat = receive_chat (f);
  g_autoptr (HallAttendee)  attendee = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallAttendee)  replaced = NULL;
  g_autoptr (HallAttendee)  edited = NULL;
  g_autoptr (HallOperation) operation = NULL;
  g_autofree char          *put = g_strconcat ("PUT /v1/attendees/", attendee->parent.id, NULL);
  HallSyncResult            result;

#define MEETS "{\"id\":\"" OTHER "\",\"chat\":\"" CHAT "\",\"name\":\"A\",\"address\":\"a.d.a@example.org\"," \
              "\"address_key\":\"a.d.a@example.org\",\"status\":\"going\"}"

  host_save (f->host, attendee);
  EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"),
            { put, 409, PROBLEM ("attendee-exists", ",\"current\":" MEETS ",\"mark\":\"b1\""), NULL },
            NO_NEWS ("1-a1"));
  replaced = host_get (f->host, &hall_attendee_kind, attendee->parent.id);
  g_assert_null (replaced);

  edited = host_get (f->host, &hall_attendee_kind, OTHER);
  g_assert_cmpstr (edited->name, ==, "A");
  host_save_text (f->host, edited, "address", "b@example.org");
  result = EXCHANGE (f, -1, SESSION, NO_NEWS ("1-a1"),
                     { "PATCH /v1/attendees/" OTHER, 409,
                       PROBLEM ("attendee-exists", ",\"current\":{\"id\":\"" GUEST "\",\"chat\":\"" CHAT "\",\"name\":\"B\","
                                "\"address\":\"b.b@example.org\",\"address_key\":\"b.b@example.org\",\"status\":\"going\"},\"mark\":\"b2\""), NULL },
                     NO_NEWS ("1-a1"));
  g_assert_cmpuint (result.parked, ==, 1);
  operation = host_operation (f->host, edited);
  g_assert_cmpstr (operation->reason, ==, "Somebody else has signed up with this address.");
}

static void
test_progress (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (HallPost)    post = scratch_post (f->host->account->parent.id, "Text");
  g_autoptr (HallEngine)  engine = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GError)      failure = g_error_new_literal (HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE, "Nobody answers");
  static const Line       lines[] = {
    SESSION, { FIRST_PAGE, 200, PAGE (ROW ("chat", CHAT, "a1", CHAT_ROW ("Title")), "1-a1", "true"), NULL }, NO_NEWS ("1-a1"),
  };
  static const struct {
    HallSyncPhase phase;
    guint         done;
    guint         total;
  } expected[] = {
    { HALL_SYNC_CONNECTING, 0, 0 }, { HALL_SYNC_RECEIVING, 0, 0 }, { HALL_SYNC_RECEIVING, 1, 8 }, { HALL_SYNC_SENDING, 0, 1 },
  };

  host_save (f->host, post);
  f->lines = lines;
  f->n_lines = G_N_ELEMENTS (lines);
  engine = hall_engine_new (f->host->account->parent.id, &hall_remote_hallway, &scratch_clock, &scratch_random);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (HallRequest) request = NULL;
    g_autoptr (HallReply)   reply = NULL;
    HallSyncPhase           phase;
    guint                   done, total;

    scratch_begin (f->host->db);
    g_assert_true (hall_engine_next (engine, f->host->db, &request, &error));
    phase = hall_engine_get_phase (engine, &done, &total);
    g_assert_cmpint (phase, ==, expected[i].phase);
    g_assert_cmpuint (done, ==, expected[i].done);
    g_assert_cmpuint (total, ==, expected[i].total);
    if (i < G_N_ELEMENTS (lines))
      reply = follow_script (f, request, NULL);
    g_assert_true (hall_engine_take (engine, f->host->db, reply, reply == NULL ? failure : NULL, &error));
    scratch_commit (f->host->db);
  }
}

#define TEST(name, function, data) g_test_add ("/sync/engine/" name, Fixture, data, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TEST ("not-a-session", test_not_a_session, NULL);
  TEST ("pages", test_pages, NULL);
  TEST ("second-page-fails", test_second_page_fails, NULL);
  TEST ("same-page-forever", test_same_page_forever, NULL);
  TEST ("start-over", test_start_over, NULL);
  TEST ("parent-is-fetched", test_parent_is_fetched, NULL);
  TEST ("parent-is-nowhere", test_parent_is_nowhere, NULL);
  TEST ("parent-is-no-id", test_parent_is_no_id, NULL);
  TEST ("edit-taken-back", test_edit_taken_back, NULL);
  TEST ("edit-in-flight", test_edit_in_flight, NULL);
  TEST ("removed-in-flight", test_removed_in_flight, NULL);
  TEST ("refused-but-edited-on", test_refused_but_edited_on, NULL);
  TEST ("always-stale", test_always_stale, NULL);
  TEST ("gone-when-sent/deleted", test_gone_when_sent, PROBLEM ("stale", ",\"deleted\":true"));
  TEST ("gone-when-sent/not-found", test_gone_when_sent, PROBLEM ("not-found", ""));
  TEST ("unanswered-first", test_unanswered_first, NULL);
  TEST ("other-idea-of-addresses", test_other_idea_of_addresses, NULL);
  TEST ("progress", test_progress, NULL);

  return g_test_run ();
}
