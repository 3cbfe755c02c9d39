/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is old is forgotten, and nobody who came by within ninety days notices. */
#include "desk-fixture.h"

#include "format/hall-problem-types.h"

#include <string.h>

#define CHAT "/v1/chats/" CHAT_ID
#define ADA "/v1/attendees/01900000-0000-7000-8000-00000000a001"
#define BOB "/v1/attendees/01900000-0000-7000-8000-00000000a002"

static void
prune (DeskFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hall_database_begin (fixture->db, &error));
  g_assert_true (hall_desk_prune (fixture->desk, fixture->db, &error));
  g_assert_no_error (error);
  g_assert_true (hall_database_commit (fixture->db, &error));
}

static char *
etag_of (DeskFixture *fixture,
         const char  *path)
{
  g_autoptr (HallReply) row = desk_fixture_get (fixture, path);

  return g_strdup (reply_header (row, "ETag"));
}

static void
add (DeskFixture *fixture,
     const char  *path,
     const char  *name)
{
  g_autofree char      *json = g_strdup_printf ("{\"id\":\"%s\",\"chat\":\"" CHAT_ID "\",\"name\":\"%s\",\"address\":\"%s@example.org\","
                                                "\"address_key\":\"x\",\"status\":\"going\"}", strrchr (path, '/') + 1, name, name);
  g_autoptr (HallReply) reply = desk_fixture_put (fixture, path, json);

  g_assert_cmpuint (reply->status, ==, 201);
}

static void
rename_to (DeskFixture *fixture,
           const char  *path,
           const char  *name)
{
  g_autofree char      *etag = etag_of (fixture, path);
  g_autofree char      *json = g_strdup_printf ("{\"name\":\"%s\"}", name);
  g_autoptr (HallReply) reply = desk_fixture_patch (fixture, path, etag, json);

  g_assert_cmpuint (reply->status, ==, 200);
}

static void
remove_row (DeskFixture *fixture,
            const char  *path)
{
  g_autofree char      *etag = etag_of (fixture, path);
  g_autoptr (HallReply) reply = desk_fixture_delete (fixture, path, etag);

  g_assert_cmpuint (reply->status, ==, 204);
}

static char *
newest (DeskFixture *fixture)
{
  return hall_database_get_text (fixture->db, NULL, "SELECT seq || '-' || mark FROM changes ORDER BY seq DESC LIMIT 1", "");
}

static gint64
count (DeskFixture *fixture,
       const char  *which)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", which, NULL);
  gint64           n = hall_database_get_int (fixture->db, NULL, sql, "");

  g_assert_cmpint (n, >=, 0);
  return n;
}

static void
assert_kept (DeskFixture *fixture,
             const char  *cursor,
             gsize        n_changes)
{
  g_autofree char       *target = g_strconcat ("/v1/changes?since=", cursor, NULL);
  g_autoptr (HallReply)  reply = desk_fixture_get (fixture, target);
  g_autoptr (yyjson_doc) page = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  page = reply_json (reply);
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (yyjson_doc_get_root (page), "changes")), ==, n_changes);
}

static void
assert_not_kept (DeskFixture *fixture,
                 const char  *target,
                 const char  *because)
{
  g_autoptr (HallReply)  reply = desk_fixture_get (fixture, target);
  g_autoptr (yyjson_doc) problem = NULL;

  assert_problem (reply, 410, HALL_PROBLEM_RESYNC_REQUIRED);
  problem = reply_json (reply);
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (problem), "because")), ==, because);
}

/* Rows keep their marks; tombstones and what was superseded go, once everything up to the next change is old. */
static void
test_old (DeskFixture   *fixture,
          gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *etag = NULL;
  g_autofree char *etag_after = NULL;
  g_autofree char *since_first = NULL;

  desk_fixture_add_chat (fixture, NULL);
  first = newest (fixture);
  add (fixture, ADA, "ada");
  rename_to (fixture, ADA, "augusta");
  add (fixture, BOB, "bob");
  remove_row (fixture, BOB);
  last = newest (fixture);
  etag = etag_of (fixture, ADA);
  g_assert_cmpint (count (fixture, "changes"), ==, 5);

  fixture->now += 89 * G_TIME_SPAN_DAY;
  prune (fixture);
  g_assert_cmpint (count (fixture, "changes"), ==, 5);
  assert_kept (fixture, first, 2);

  /* The newest stays, although it is a tombstone and old: whoever has seen it has seen everything. */
  fixture->now += 2 * G_TIME_SPAN_DAY;
  prune (fixture);
  g_assert_cmpint (count (fixture, "changes"), ==, 3);
  assert_kept (fixture, last, 0);
  since_first = g_strconcat ("/v1/changes?since=", first, NULL);
  assert_not_kept (fixture, since_first, "pruned");
  assert_not_kept (fixture, "/v1/changes?since=2-0123456789abcdef", "pruned");
  assert_kept (fixture, "0-0000000000000000", 3);
  etag_after = etag_of (fixture, ADA);
  g_assert_cmpstr (etag_after, ==, etag);

  /* Once more changes nothing. */
  prune (fixture);
  g_assert_cmpint (count (fixture, "changes"), ==, 3);
  assert_kept (fixture, last, 0);
}

/* Somebody who asked an hour before a long silence ended had the end of the record, however old that was. */
static void
test_after_a_long_silence (DeskFixture   *fixture,
                           gconstpointer  data)
{
  g_autofree char *end = NULL;

  desk_fixture_add_chat (fixture, NULL);
  add (fixture, ADA, "ada");
  remove_row (fixture, ADA);
  end = newest (fixture);

  fixture->now += 400 * G_TIME_SPAN_DAY;
  add (fixture, BOB, "bob");
  prune (fixture);
  assert_kept (fixture, end, 1);

  /* Ninety days on, that hour is long ago too. */
  fixture->now += 91 * G_TIME_SPAN_DAY;
  rename_to (fixture, BOB, "robert");
  prune (fixture);
  {
    g_autofree char *since_end = g_strconcat ("/v1/changes?since=", end, NULL);

    assert_not_kept (fixture, since_end, "pruned");
  }
}

/* A cursor of the same age with another mark is another desk's, as long as its change has not been forgotten. */
static void
test_restored_and_pruned (DeskFixture   *fixture,
                          gconstpointer  data)
{
  desk_fixture_add_chat (fixture, NULL);
  add (fixture, ADA, "ada");
  remove_row (fixture, ADA);
  fixture->now += 91 * G_TIME_SPAN_DAY;
  prune (fixture);

  assert_not_kept (fixture, "/v1/changes?since=1-0123456789abcdef", "restored");
  assert_not_kept (fixture, "/v1/changes?since=2-0123456789abcdef", "pruned");
  assert_not_kept (fixture, "/v1/changes?since=3-0123456789abcdef", "restored");
  assert_not_kept (fixture, "/v1/changes?since=4-0123456789abcdef", "restored");
}

static void
test_snapshot (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autofree char *at = NULL;
  g_autofree char *next_page = NULL;

  desk_fixture_add_chat (fixture, NULL);
  add (fixture, ADA, "ada");
  at = newest (fixture);
  remove_row (fixture, ADA);
  fixture->now += 91 * G_TIME_SPAN_DAY;
  prune (fixture);

  next_page = g_strdup_printf ("/v1/snapshot?after=%s.1", at);
  assert_not_kept (fixture, next_page, "pruned");
}

/* A clock that was ten years ahead or behind for a while makes nobody lose a cursor they still may have. */
static void
test_clock_jumps (DeskFixture   *fixture,
                  gconstpointer  data)
{
  g_autofree char *end = NULL;
  gint64           ten_years = 3653 * G_TIME_SPAN_DAY;

  desk_fixture_add_chat (fixture, NULL);
  add (fixture, ADA, "ada");
  fixture->now -= ten_years;
  rename_to (fixture, ADA, "augusta");
  remove_row (fixture, ADA);
  fixture->now += 2 * ten_years;
  add (fixture, BOB, "bob");
  end = newest (fixture);
  rename_to (fixture, BOB, "robert");
  fixture->now -= ten_years;

  prune (fixture);
  g_assert_cmpint (count (fixture, "changes"), ==, 6);
  assert_kept (fixture, end, 1);

  /* What seemed to come from the future counts from the day that was seen. */
  fixture->now += 91 * G_TIME_SPAN_DAY;
  prune (fixture);
  g_assert_cmpint (count (fixture, "changes"), ==, 2);
}

/* Kept for thirty days; and after that, what already stands is still a success and happens no second time. */
static void
test_answers (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char *etag = NULL;
  g_autofree char *end = NULL;
  g_autofree char *end_after = NULL;
  guint            statuses[3];

  desk_fixture_add_chat (fixture, NULL);
  add (fixture, ADA, "ada");
  etag = etag_of (fixture, ADA);
  rename_to (fixture, ADA, "augusta");
  remove_row (fixture, ADA);
  add (fixture, BOB, "bob");
  end = newest (fixture);

  fixture->now += 29 * G_TIME_SPAN_DAY;
  prune (fixture);
  g_assert_cmpint (count (fixture, "answers WHERE etag IS NOT NULL OR status = 204"), ==, 5);
  fixture->now += 2 * G_TIME_SPAN_DAY;
  prune (fixture);
  g_assert_cmpint (count (fixture, "answers WHERE status <> 0 OR etag IS NOT NULL OR body IS NOT NULL"), ==, 0);

  {
    g_autoptr (HallReply) created = desk_fixture_put (fixture, BOB, "{\"id\":\"01900000-0000-7000-8000-00000000a002\","
                                                      "\"chat\":\"" CHAT_ID "\",\"name\":\"bob\",\"address\":\"bob@example.org\","
                                                      "\"address_key\":\"x\",\"status\":\"going\"}");
    g_autoptr (HallReply) changed = desk_fixture_patch (fixture, CHAT, "\"0123456789abcdef\"", "{\"title\":\"Live from Day 1\"}");
    g_autoptr (HallReply) removed = desk_fixture_delete (fixture, ADA, etag);

    statuses[0] = created->status;
    statuses[1] = changed->status;
    statuses[2] = removed->status;
  }
  g_assert_cmpuint (statuses[0], ==, 200);
  g_assert_cmpuint (statuses[1], ==, 200);
  g_assert_cmpuint (statuses[2], ==, 204);
  end_after = newest (fixture);
  g_assert_cmpstr (end_after, ==, end);
}

static HallReply *
create_once (DeskFixture *fixture)
{
  HallRequest *request = desk_fixture_request (fixture, "PUT", ADA, "{\"id\":\"01900000-0000-7000-8000-00000000a001\","
                                               "\"chat\":\"" CHAT_ID "\",\"name\":\"ada\",\"address\":\"ada@example.org\","
                                               "\"address_key\":\"x\",\"status\":\"going\"}");

  hall_headers_set (request->headers, "If-None-Match", "*");
  hall_headers_set (request->headers, "Idempotency-Key", "once");

  return desk_fixture_send (fixture, request);
}

/* A create that is sent again after years does not bring back what somebody deleted; another create does. */
static void
test_no_second_effect (DeskFixture   *fixture,
                       gconstpointer  data)
{
  g_autoptr (HallReply) first = NULL;
  g_autoptr (HallReply) standing = NULL;
  g_autoptr (HallReply) replayed = NULL;

  desk_fixture_add_chat (fixture, NULL);
  first = create_once (fixture);
  g_assert_cmpuint (first->status, ==, 201);

  fixture->now += 1000 * G_TIME_SPAN_DAY;
  prune (fixture);
  standing = create_once (fixture);
  g_assert_cmpuint (standing->status, ==, 200);
  g_assert_cmpstr (reply_header (standing, "ETag"), ==, reply_header (first, "ETag"));

  remove_row (fixture, ADA);
  for (guint i = 0; i < 2; i++) {
    fixture->now += 1000 * G_TIME_SPAN_DAY;
    prune (fixture);
    g_clear_pointer (&replayed, hall_reply_free);
    replayed = create_once (fixture);
    assert_problem (replayed, 412, HALL_PROBLEM_STALE);
    assert_reply_says (replayed, 412, "\"deleted\":true");
    g_assert_cmpint (count (fixture, "attendees"), ==, i);

    /* The second time even its tombstone is forgotten. */
    if (i == 0) {
      add (fixture, BOB, "bob");
      rename_to (fixture, BOB, "robert");
    }
  }

  add (fixture, ADA, "ada");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-pruning/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("old", test_old);
  ADD ("after-a-long-silence", test_after_a_long_silence);
  ADD ("restored-and-pruned", test_restored_and_pruned);
  ADD ("snapshot", test_snapshot);
  ADD ("clock-jumps", test_clock_jumps);
  ADD ("answers", test_answers);
  ADD ("no-second-effect", test_no_second_effect);

  return g_test_run ();
}
