/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a registration desk does, with the power cut, the disk failing or full, and memory running out at every point. */
#include "crash.h"

#include "dump.h"
#include "old-file.h"
#include "scratch-library.h"
#include "server/hall-desk.h"

#include <string.h>

#define CHAT "01900000-0000-7000-8000-000000000001"

typedef struct {
  HallDesk *desk;
  char     *token;
} Work;

/* A request and the status of its reply; with a key it may be sent as often as one likes. */
typedef struct {
  const char *method;
  const char *path;
  const char *body;
  guint       status;
  const char *key;
} Ask;

static HallDatabase *
open_desk (Crash   *crash,
           GError **error)
{
  return hall_desk_open_on (sim_disk_get_vfs (crash->disk), CRASH_FILE, error);
}

static HallRequest *
make_request (Work      *work,
              const Ask *ask)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", work->token, NULL);
  HallRequest     *request = hall_request_new (ask->method, ask->path);

  request->peer = g_strdup ("192.0.2.7");
  if (ask->body != NULL)
    request->body = g_bytes_new (ask->body, strlen (ask->body));
  if (ask->key != NULL) {
    hall_headers_set (request->headers, "Authorization", bearer);
    hall_headers_set (request->headers, "Idempotency-Key", ask->key);
    hall_headers_set (request->headers, "If-None-Match", strcmp (ask->method, "PUT") == 0 ? "*" : NULL);
  } else {
    hall_headers_set (request->headers, "Content-Type", "application/x-www-form-urlencoded");
  }

  return request;
}

static gboolean
answer (Crash      *crash,
        const Ask  *ask,
        GError    **error)
{
  Work                   *work = crash->data;
  g_autoptr (HallRequest) request = make_request (work, ask);
  g_autoptr (HallReply)   reply = hall_desk_answer (work->desk, crash->db, request, error);

  if (reply != NULL)
    g_assert_cmpuint (reply->status, ==, ask->status);

  return reply != NULL;
}

/* As a program that has just been started: nothing is in its memory. */
static void
restart (Crash *crash)
{
  Work *work = crash->data;

  g_clear_pointer (&work->desk, hall_desk_free);
  work->desk = hall_desk_new ("https://chats.example.org", &scratch_clock, &crash->random);
}

static void
clear (Crash *crash)
{
  Work *work = crash->data;

  hall_desk_free (work->desk);
  g_free (work->token);
  g_free (work);
}

/* A desk with a token and, with @chat, one chat with two places. */
static void
begin_desk (Crash     *crash,
            const Ask *chat)
{
  g_autoptr (GError) error = NULL;
  Work              *work = g_new0 (Work, 1);

  crash->data = work;
  restart (crash);
  crash->db = open_desk (crash, &error);
  g_assert_no_error (error);
  g_assert_true (hall_database_begin (crash->db, NULL));
  work->token = hall_desk_add_token (work->desk, crash->db, "laptop", NULL);
  g_assert_nonnull (work->token);
  if (chat != NULL)
    g_assert_true (answer (crash, chat, NULL));
  g_assert_true (hall_database_commit (crash->db, NULL));
  g_clear_pointer (&crash->db, hall_database_close);
}

/* ---- Edits that hosts send ---- */

static const Ask asks[] = {
  { "PUT", "/v1/chats/" CHAT,
    "{\"id\":\"" CHAT "\",\"title\":\"Live from Day 1\",\"slug\":\"pycon\",\"wall\":\"2016-05-31T15:30\","
    "\"zone\":\"America/Los_Angeles\",\"duration\":60,\"status\":\"scheduled\",\"capacity\":2}", 201, "key-1" },
  { "PUT", "/v1/guests/01900000-0000-7000-8000-000000000002",
    "{\"id\":\"01900000-0000-7000-8000-000000000002\",\"chat\":\"" CHAT "\",\"name\":\"Ada\",\"status\":\"invited\"}",
    201, "key-2" },
  { "PUT", "/v1/attendees/01900000-0000-7000-8000-000000000003",
    "{\"id\":\"01900000-0000-7000-8000-000000000003\",\"chat\":\"" CHAT "\",\"name\":\"Bob\","
    "\"address\":\"bob@example.org\",\"address_key\":\"bob@example.org\",\"status\":\"going\"}", 201, "key-3" },
};

static void
prepare_desk (Crash *crash)
{
  begin_desk (crash, NULL);
}

static gboolean
ask_first (Crash   *crash,
           GError **error)
{
  return answer (crash, &asks[0], error);
}

static gboolean
ask_second (Crash   *crash,
            GError **error)
{
  return answer (crash, &asks[1], error);
}

static gboolean
ask_third (Crash   *crash,
           GError **error)
{
  return answer (crash, &asks[2], error);
}

/* Whoever did not get the answer sends the same once more: it is the same answer, and nothing happens a second time. */
static void
ask_again (Crash *crash)
{
  g_autofree char *before = sim_dump (crash->db);
  g_autofree char *after = NULL;

  restart (crash);
  for (guint i = 1; i < crash->done && i <= G_N_ELEMENTS (asks); i++) {
    g_assert_true (hall_database_begin (crash->db, NULL));
    g_assert_true (answer (crash, &asks[i - 1], NULL));
    g_assert_true (hall_database_commit (crash->db, NULL));
  }
  after = sim_dump (crash->db);
  g_assert_cmpstr (before, ==, after);
}

static const CrashStep edit_steps[] = { ask_first, ask_second, ask_third, NULL };
static const CrashScenario edits = {
  "desk-edits", open_desk, prepare_desk, edit_steps, .restart = restart, .inspect = ask_again, .clear = clear,
};

/* ---- People who sign up on the public page ---- */

static const Ask sign_ups[] = {
  { "POST", "/e/pycon", "name=Ada&address=ada%40example.org&question=Why%3F", 303, NULL },
  { "POST", "/e/pycon", "name=Bob&address=bob%40example.org", 303, NULL },
  { "POST", "/e/pycon", "name=Cleo&address=cleo%40example.org", 303, NULL }, /* to the waitlist */
};

static void
prepare_chat (Crash *crash)
{
  begin_desk (crash, &asks[0]);
}

static gboolean
sign_up_first (Crash   *crash,
               GError **error)
{
  return answer (crash, &sign_ups[0], error);
}

static gboolean
sign_up_second (Crash   *crash,
                GError **error)
{
  return answer (crash, &sign_ups[1], error);
}

static gboolean
sign_up_third (Crash   *crash,
               GError **error)
{
  return answer (crash, &sign_ups[2], error);
}

/* Whoever did not see the page that thanks them signs up once more: there is one of each all the same. */
static void
sign_up_again (Crash *crash)
{
  g_autofree char *before = sim_dump (crash->db);
  g_autofree char *after = NULL;

  restart (crash);
  for (guint i = 1; i < crash->done && i <= G_N_ELEMENTS (sign_ups); i++) {
    g_assert_true (hall_database_begin (crash->db, NULL));
    g_assert_true (answer (crash, &sign_ups[i - 1], NULL));
    g_assert_true (hall_database_commit (crash->db, NULL));
  }
  after = sim_dump (crash->db);
  g_assert_cmpstr (before, ==, after);
}

static const CrashStep sign_up_steps[] = { sign_up_first, sign_up_second, sign_up_third, NULL };
static const CrashScenario sign_up = {
  "desk-sign-ups", open_desk, prepare_chat, sign_up_steps, .restart = restart, .inspect = sign_up_again, .clear = clear,
};

/* ---- A desk of the first version, and tokens ---- */

static void
prepare_old_desk (Crash *crash)
{
  crash->data = g_new0 (Work, 1);
  old_file_put (crash, SERVER_FIXTURES "/desk-1.sql");
}

static gboolean
add_token (Crash   *crash,
           GError **error)
{
  Work            *work = crash->data;
  g_autofree char *token = hall_desk_add_token_for (work->desk, crash->db, "door", "check-in", error);

  return token != NULL;
}

static gboolean
revoke_token (Crash   *crash,
              GError **error)
{
  Work *work = crash->data;

  return hall_desk_revoke_token (work->desk, crash->db, "laptop", error);
}

static const CrashStep token_steps[] = { add_token, revoke_token, NULL };
static const CrashScenario old_desk = {
  "desk-migration", open_desk, prepare_old_desk, token_steps, .restart = restart, .inspect = old_file_inspect, .clear = clear,
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  crash_add (&edits);
  crash_add (&sign_up);
  crash_add (&old_desk);

  return crash_run ();
}
