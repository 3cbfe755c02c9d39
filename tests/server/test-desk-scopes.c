/* SPDX-License-Identifier: GPL-3.0-or-later
 * What each token may do, and that a revoked one may do nothing. */
#include "desk-fixture.h"

#include "format/hall-problem-types.h"

#include <string.h>

#define CHAT "/v1/chats/" CHAT_ID
#define ADA_ID "01900000-0000-7000-8000-00000000a001"
#define ADA "/v1/attendees/" ADA_ID
#define ADA_ROW "{\"id\":\"" ADA_ID "\",\"chat\":\"" CHAT_ID "\",\"name\":\"Ada\",\"address\":\"ada@example.org\"," \
                "\"address_key\":\"x\",\"status\":\"going\"}"

/* From here on the fixture asks with a new token of that scope. */
static void
become (DeskFixture *fixture,
        const char  *scope)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hall_database_begin (fixture->db, &error));
  g_free (fixture->token);
  fixture->token = hall_desk_add_token_for (fixture->desk, fixture->db, scope, scope, &error);
  g_assert_no_error (error);
  g_assert_true (hall_database_commit (fixture->db, &error));
}

static char *
set_up_ada (DeskFixture *fixture)
{
  g_autoptr (HallReply) ada = NULL;

  desk_fixture_add_chat (fixture, NULL);
  ada = desk_fixture_put (fixture, ADA, ADA_ROW);
  g_assert_cmpuint (ada->status, ==, 201);

  return g_strdup (reply_header (ada, "ETag"));
}

static gint64
count_changes (DeskFixture *fixture)
{
  return hall_database_get_int (fixture->db, NULL, "SELECT count(*) FROM changes", "");
}

static void
assert_may_read (DeskFixture *fixture,
                 const char  *scope)
{
  static const char *const targets[] = { "/v1/session", "/v1/changes", "/v1/snapshot", CHAT, ADA };
  g_autoptr (HallReply)    session = desk_fixture_get (fixture, "/v1/session");
  g_autofree char         *scopes = g_strdup_printf ("\"scopes\":[\"%s\"]", scope);

  assert_reply_says (session, 200, scopes);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (HallReply) reply = desk_fixture_get (fixture, targets[i]);

    g_assert_cmpuint (reply->status, ==, 200);
  }
}

/* Creating, deleting, and changing anything but who has come. */
static void
assert_may_not_host (DeskFixture *fixture,
                     const char  *etag)
{
  g_autoptr (HallReply) created = desk_fixture_put (fixture, "/v1/posts/01900000-0000-7000-8000-00000000b001", "{}");
  g_autoptr (HallReply) same = desk_fixture_put (fixture, ADA, ADA_ROW);
  g_autoptr (HallReply) renamed = desk_fixture_patch (fixture, ADA, etag, "{\"attended\":true,\"name\":\"Eve\"}");
  g_autoptr (HallReply) chat = desk_fixture_patch (fixture, CHAT, etag, "{\"status\":\"cancelled\"}");
  g_autoptr (HallReply) removed = desk_fixture_delete (fixture, ADA, etag);

  assert_problem (created, 403, HALL_PROBLEM_FORBIDDEN);
  assert_problem (same, 403, HALL_PROBLEM_FORBIDDEN);
  assert_problem (renamed, 403, HALL_PROBLEM_FORBIDDEN);
  assert_problem (chat, 403, HALL_PROBLEM_FORBIDDEN);
  assert_problem (removed, 403, HALL_PROBLEM_FORBIDDEN);
}

static void
test_read (DeskFixture   *fixture,
           gconstpointer  data)
{
  g_autofree char      *etag = set_up_ada (fixture);
  g_autoptr (HallReply) checked_in = NULL;
  gint64                n = count_changes (fixture);

  become (fixture, "read");
  assert_may_read (fixture, "read");
  assert_may_not_host (fixture, etag);
  checked_in = desk_fixture_patch (fixture, ADA, etag, "{\"attended\":true}");
  assert_problem (checked_in, 403, HALL_PROBLEM_FORBIDDEN);
  g_assert_cmpint (count_changes (fixture), ==, n);
}

static void
test_check_in (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autofree char      *etag = set_up_ada (fixture);
  g_autoptr (HallReply) attended = NULL;
  g_autoptr (HallReply) both = NULL;
  g_autoptr (HallReply) stale = NULL;
  g_autoptr (HallReply) garbled = NULL;
  gint64                n = count_changes (fixture);

  become (fixture, "check-in");
  assert_may_read (fixture, "check-in");
  assert_may_not_host (fixture, etag);
  g_assert_cmpint (count_changes (fixture), ==, n);

  attended = desk_fixture_patch (fixture, ADA, etag, "{\"attended\":true}");
  assert_reply_says (attended, 200, "\"attended\":true");
  both = desk_fixture_patch (fixture, ADA, reply_header (attended, "ETag"), "{\"attended\":false,\"status\":\"cancelled\"}");
  assert_reply_says (both, 200, "\"status\":\"cancelled\"");
  stale = desk_fixture_patch (fixture, ADA, etag, "{\"attended\":true}");
  assert_problem (stale, 412, HALL_PROBLEM_STALE);
  garbled = desk_fixture_patch (fixture, ADA, etag, "{\"attended\":");
  assert_problem (garbled, 400, HALL_PROBLEM_BAD_REQUEST);
}

/* One that another version gave a scope unknown here opens nothing. */
static void
test_unknown (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HallReply) reply = NULL;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *token = NULL;

  g_assert_true (hall_database_run (fixture->db, NULL, "UPDATE tokens SET scopes = 'hosting'", ""));
  reply = desk_fixture_get (fixture, "/v1/session");
  assert_problem (reply, 403, HALL_PROBLEM_FORBIDDEN);

  g_assert_true (hall_database_begin (fixture->db, NULL));
  token = hall_desk_add_token_for (fixture->desk, fixture->db, "x", "hosting", &error);
  g_assert_null (token);
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  hall_database_rollback (fixture->db);
}

static void
test_revoked (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char      *etag = set_up_ada (fixture);
  g_autoptr (HallReply) other = NULL;
  g_autoptr (HallReply) refused = NULL;
  g_autoptr (HallReply) again = NULL;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *first = g_strdup (fixture->token);
  g_autofree char      *second = NULL;

  become (fixture, "read");
  g_assert_true (hall_database_begin (fixture->db, NULL));
  g_assert_true (hall_desk_revoke_token (fixture->desk, fixture->db, "laptop", &error));
  g_assert_false (hall_desk_revoke_token (fixture->desk, fixture->db, "laptop", &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  g_assert_true (hall_database_commit (fixture->db, NULL));

  other = desk_fixture_get (fixture, "/v1/session");
  g_assert_cmpuint (other->status, ==, 200);
  g_set_str (&fixture->token, first);
  refused = desk_fixture_get (fixture, "/v1/session");
  assert_problem (refused, 401, HALL_PROBLEM_UNAUTHORIZED);

  /* The name is free for another token. A write that the old one was answered succeeds once more, and only once. */
  g_assert_true (hall_database_begin (fixture->db, NULL));
  second = hall_desk_add_token (fixture->desk, fixture->db, "laptop", NULL);
  g_assert_true (hall_database_commit (fixture->db, NULL));
  g_set_str (&fixture->token, second);
  again = desk_fixture_put (fixture, ADA, ADA_ROW);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (reply_header (again, "ETag"), ==, etag);
}

/* Guessing is slowed down for each address; who has a token does not notice. */
static void
test_strangers_too_many (DeskFixture   *fixture,
                         gconstpointer  data)
{
  g_autofree char *token = g_steal_pointer (&fixture->token);
  guint            status = 401;
  guint            n = 0;

  fixture->token = g_strdup ("hallway_guess");
  while (status == 401 && n < 10000) {
    g_autoptr (HallReply) reply = desk_fixture_get (fixture, "/v1/session");

    status = reply->status;
    n++;
    if (status != 401) {
      assert_problem (reply, 429, HALL_PROBLEM_TOO_MANY);
      g_assert_cmpstr (reply_header (reply, "Retry-After"), ==, "2");
    }
  }
  g_assert_cmpuint (status, ==, 429);

  g_set_str (&fixture->peer, "192.0.2.8");
  {
    g_autoptr (HallReply) elsewhere = desk_fixture_get (fixture, "/v1/session");

    g_assert_cmpuint (elsewhere->status, ==, 401);
  }

  g_set_str (&fixture->peer, "192.0.2.7");
  g_set_str (&fixture->token, token);
  {
    g_autoptr (HallReply) host = desk_fixture_get (fixture, "/v1/session");

    g_assert_cmpuint (host->status, ==, 200);
  }

  g_set_str (&fixture->token, "hallway_guess");
  fixture->now += 2 * G_USEC_PER_SEC;
  {
    g_autoptr (HallReply) later = desk_fixture_get (fixture, "/v1/session");

    g_assert_cmpuint (later->status, ==, 401);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-scopes/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("read", test_read);
  ADD ("check-in", test_check_in);
  ADD ("unknown", test_unknown);
  ADD ("revoked", test_revoked);
  ADD ("strangers-too-many", test_strangers_too_many);

  return g_test_run ();
}
