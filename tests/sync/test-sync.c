/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole exchanges over real HTTP with a real library and its threads; and the question before an account is kept. */
#include "sync/hall-sync.h"

#include "odd-service.h"
#include "scratch.h"
#include "scratch-library.h"
#include "store/hall-accounts.h"
#include "store/hall-edits.h"

#define TOKEN   "canary-token"
#define ADDRESS "canary@example.org"
#define SESSION "{\"service\":\"hallwayd\",\"version\":\"0.1.0\"}"
#define CHAT_ID "01900000-0000-7000-8000-00000000c001"
#define CHAT_ROW \
  "{\"id\":\"" CHAT_ID "\",\"title\":\"Title\",\"slug\":\"theirs\",\"wall\":\"2016-05-30T15:30\"," \
  "\"zone\":\"UTC\",\"status\":\"scheduled\"}"
#define PAGE \
  "{\"changes\":[{\"kind\":\"chat\",\"id\":\"" CHAT_ID "\",\"mark\":\"a1\",\"row\":" CHAT_ROW "}]," \
  "\"next\":\"1-a1\",\"has_more\":false,\"remaining\":0}"

/* How a desk can be ill, and what that is called. */
static const struct {
  const char *name;
  guint       status;
  const char *type;
  const char *body;
  int         code;
} ills[] = {
  { "html", 200, "text/html", "<p>Sign in to the hotel</p>", HALL_SYNC_ERROR_OFFLINE },
  { "redirect", 302, NULL, NULL, HALL_SYNC_ERROR_OFFLINE },
  { "half-json", 200, "application/json", "{\"service\":\"hall", HALL_SYNC_ERROR_NONSENSE },
  { "other-json", 200, "application/json", "{\"hello\":1}", HALL_SYNC_ERROR_NONSENSE },
  { "not-found", 404, "application/json", "{}", HALL_SYNC_ERROR_NONSENSE },
  { "unauthorized", 401, NULL, NULL, HALL_SYNC_ERROR_AUTH },
  { "broken", 500, NULL, NULL, HALL_SYNC_ERROR_RETRY_LATER },
  { "overloaded", 429, "application/problem+json", "{\"type\":\"urn:hallway:problem:too-many-requests\"}", HALL_SYNC_ERROR_RETRY_LATER },
};

typedef struct {
  OddService  *service;
  HallStore   *store;
  HallAccount *account;
  HallChat    *chat;
  guint        n_reports;
  GThread     *thread;
} Fixture;

static gboolean
fill (HallDatabase  *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Fixture                 *f = data;
  g_autoptr (HallAttendee) attendee = scratch_attendee (f->chat, "Canary", ADDRESS);

  return hall_accounts_add (db, f->account, &scratch_clock, &scratch_random, error) &&
         hall_edits_save (db, f->chat, &scratch_clock, &scratch_random, error) &&
         hall_edits_save (db, attendee, &scratch_clock, &scratch_random, error);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autofree char   *path = scratch_path ("library.hallway");
  g_autoptr (GError) error = NULL;

  f->service = odd_service_new (NULL);
  f->account = scratch_account ("Desk");
  g_set_str (&f->account->url, odd_service_get_url (f->service));
  f->chat = scratch_chat (f->account->parent.id, "mine");
  f->store = hall_store_open (path, &scratch_clock, &scratch_random, 0, &error);
  g_assert_no_error (error);
  hall_store_write (f->store, fill, f, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  hall_store_close (f->store);
  g_object_unref (f->store);
  g_clear_pointer (&f->service, odd_service_free);
  hall_value_unref (f->account);
  hall_value_unref (f->chat);
}

static gboolean
describe (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  char **description = data;

  *description = hall_database_get_text (db, error,
                                         "SELECT (SELECT group_concat (title || slug) FROM chats) || "
                                         "(SELECT group_concat (name || address) FROM attendees) || "
                                         "(SELECT count(*) FROM bases) || (SELECT count(*) FROM cursors) || "
                                         "(SELECT group_concat (operation || verb) FROM outbox)", "");
  return *description != NULL;
}

static char *
describe_library (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  char              *description = NULL;

  hall_store_read (f->store, describe, &description, NULL, &error);
  g_assert_no_error (error);

  return description;
}

static void
assert_sentence (const GError *error)
{
  g_assert_true (g_unichar_isupper (g_utf8_get_char (error->message)));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (strstr (error->message, TOKEN));
  g_assert_null (strstr (error->message, ADDRESS));
}

static gboolean
run (Fixture         *f,
     HallSyncResult  *result,
     GCancellable    *cancellable,
     GError         **error)
{
  return hall_sync_run (f->store, f->account, TOKEN, NULL, NULL, result, cancellable, error);
}

static void
test_probe (Fixture       *f,
            gconstpointer  data)
{
  const char        *url = odd_service_get_url (f->service);
  g_autoptr (GError) error = NULL;
  g_autofree char   *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ills); i++) {
    g_autoptr (GError) trouble = NULL;

    g_test_message ("%s", ills[i].name);
    odd_service_answer (f->service, ills[i].status, ills[i].type, ills[i].body);
    g_assert_false (hall_sync_probe (url, TOKEN, &name, NULL, &trouble));
    g_assert_error (trouble, HALL_SYNC_ERROR, ills[i].code);
    g_assert_null (name);
    assert_sentence (trouble);
  }

  odd_service_answer_at (f->service, "/v1/session", 200, "application/json", SESSION);
  g_assert_true (hall_sync_probe (url, TOKEN, &name, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "hallwayd");
}

static void
test_probe_refuses (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char          *url = g_strdup (odd_service_get_url (f->service));
  g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr (GError)        insecure = NULL;
  g_autoptr (GError)        no_token = NULL;
  g_autoptr (GError)        cancelled = NULL;
  g_autoptr (GError)        offline = NULL;

  g_assert_false (hall_sync_probe ("http://desk.example.org", TOKEN, NULL, NULL, &insecure));
  g_assert_error (insecure, HALL_SYNC_ERROR, HALL_SYNC_ERROR_INSECURE);
  g_assert_false (hall_sync_probe (url, "two words", NULL, NULL, &no_token));
  g_assert_error (no_token, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH);

  odd_service_answer (f->service, 0, NULL, NULL);
  odd_service_on_hang (f->service, cancellable);
  g_assert_false (hall_sync_probe (url, TOKEN, NULL, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_pointer (&f->service, odd_service_free);
  g_assert_false (hall_sync_probe (url, TOKEN, NULL, NULL, &offline));
  g_assert_error (offline, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
  assert_sentence (offline);
}

/* Whatever an ill service says, and at whichever request, the library stays as it is. */
static void
test_ill_service (Fixture       *f,
                  gconstpointer  data)
{
  const char      *path = data;
  g_autofree char *before = describe_library (f);

  odd_service_answer_at (f->service, "/v1/session", 200, "application/json", SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (ills); i++) {
    g_autoptr (GError) trouble = NULL;
    g_autofree char   *after = NULL;
    HallSyncResult     result;

    g_test_message ("%s", ills[i].name);
    odd_service_answer_at (f->service, path, ills[i].status, ills[i].type, ills[i].body);
    g_assert_false (run (f, &result, NULL, &trouble));
    g_assert_error (trouble, HALL_SYNC_ERROR, ills[i].code);
    assert_sentence (trouble);
    after = describe_library (f);
    g_assert_cmpstr (after, ==, before);
    g_assert_cmpuint (result.received + result.sent + result.parked + result.conflicts, ==, 0);
  }
}

static void
on_progress (HallSyncPhase phase,
             guint         done,
             guint         total,
             gpointer      data)
{
  Fixture *f = data;

  g_assert_true (g_thread_self () == f->thread);
  f->n_reports++;
}

static void
test_well (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char    *put = g_strconcat ("/v1/chats/", f->chat->parent.id, NULL);
  g_autoptr (GError)  trouble = NULL;
  g_autofree char    *after = NULL;
  HallSyncResult      result;

  odd_service_answer_at (f->service, "/v1/session", 200, "application/json", SESSION);
  odd_service_answer_at (f->service, "/v1/changes", 200, "application/json", PAGE);
  odd_service_answer_at (f->service, put, 422, "application/problem+json", "{\"type\":\"urn:hallway:problem:invalid\"}");
  f->thread = g_thread_self ();

  hall_sync_run (f->store, f->account, TOKEN, on_progress, f, &result, NULL, &trouble);
  g_assert_no_error (trouble);
  g_assert_cmpuint (result.received, ==, 1);
  g_assert_cmpuint (result.parked, ==, 1);
  g_assert_cmpuint (f->n_reports, ==, 5);
  after = describe_library (f);
  g_assert_nonnull (strstr (after, "Titletheirs"));
}

/* The host stops waiting for an answer: the edit is kept, and is sent again the next time. */
static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char          *put = g_strconcat ("/v1/chats/", f->chat->parent.id, NULL);
  g_autofree char          *before = describe_library (f);
  g_autofree char          *after = NULL;
  g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr (GError)        trouble = NULL;

  odd_service_answer_at (f->service, "/v1/session", 200, "application/json", SESSION);
  odd_service_answer_at (f->service, "/v1/changes", 200, "application/json", PAGE);
  odd_service_answer_at (f->service, put, 0, NULL, NULL);
  odd_service_on_hang (f->service, cancellable);
  g_assert_false (run (f, NULL, cancellable, &trouble));
  g_assert_error (trouble, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = describe_library (f);
  g_assert_true (g_str_has_suffix (after, strstr (before, "create") - HALL_ID_LENGTH));
  g_assert_nonnull (strstr (after, "Titletheirs"));
}

/* A service that sends one page again and again is found out by the second; that one was asked for while the first
 * was written, and is not asked for twice. */
static void
test_ahead (Fixture       *f,
            gconstpointer  data)
{
  static const char  more[] = "{\"changes\":[{\"kind\":\"chat\",\"id\":\"" CHAT_ID "\",\"mark\":\"a1\",\"row\":" CHAT_ROW
                              "}],\"next\":\"1-a1\",\"has_more\":true,\"remaining\":1}";
  g_autofree char   *after = NULL;
  g_autoptr (GError) trouble = NULL;

  odd_service_answer_at (f->service, "/v1/session", 200, "application/json", SESSION);
  odd_service_answer_at (f->service, "/v1/changes", 200, "application/json", more);
  g_assert_false (run (f, NULL, NULL, &trouble));
  g_assert_error (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE);
  g_assert_cmpuint (odd_service_count (f->service), ==, 3);
  after = describe_library (f);
  g_assert_nonnull (strstr (after, "Titletheirs"));
}

static void
test_other_service (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (GError) trouble = NULL;

  g_set_str (&f->account->service, "teapot");
  g_assert_false (run (f, NULL, NULL, &trouble));
  g_assert_error (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_REJECTED);
  g_assert_cmpuint (odd_service_count (f->service), ==, 0);
}

#define TEST(name, function, data) g_test_add ("/sync/sync/" name, Fixture, data, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TEST ("probe", test_probe, NULL);
  TEST ("probe-refuses", test_probe_refuses, NULL);
  TEST ("ill-service/session", test_ill_service, "/v1/session");
  TEST ("ill-service/changes", test_ill_service, "/v1/changes");
  TEST ("well", test_well, NULL);
  TEST ("cancel", test_cancel, NULL);
  TEST ("ahead", test_ahead, NULL);
  TEST ("other-service", test_other_service, NULL);

  return g_test_run ();
}
