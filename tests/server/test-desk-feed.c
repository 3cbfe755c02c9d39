/* SPDX-License-Identifier: GPL-3.0-or-later
 * The feed of changes: order, pages, tombstones, cursors, and a desk that was restored from a backup. */
#include "desk-fixture.h"

#include "format/hall-problem-types.h"

#include <glib/gstdio.h>
#include <string.h>

#define CHAT "/v1/chats/" CHAT_ID

static yyjson_doc *
get_page (DeskFixture *fixture,
          const char  *target)
{
  g_autoptr (HallReply) reply = desk_fixture_get (fixture, target);

  g_assert_cmpuint (reply->status, ==, 200);
  return reply_json (reply);
}

static const char *
member (yyjson_val *object,
        const char *name)
{
  return yyjson_get_str (yyjson_obj_get (object, name));
}

static yyjson_val *
change_at (yyjson_doc *page,
           gsize       index)
{
  return yyjson_arr_get (yyjson_obj_get (yyjson_doc_get_root (page), "changes"), index);
}

static gsize
count_changes (yyjson_doc *page)
{
  return yyjson_arr_size (yyjson_obj_get (yyjson_doc_get_root (page), "changes"));
}

static char *
after (yyjson_doc *page,
       const char *more)
{
  return g_strdup_printf ("/v1/changes?since=%s%s", member (yyjson_doc_get_root (page), "next"), more);
}

static void
add_attendee (DeskFixture *fixture,
              guint        n)
{
  g_autofree char      *path = g_strdup_printf ("/v1/attendees/01900000-0000-7000-8000-00000000a%03u", n);
  g_autofree char      *json = g_strdup_printf ("{\"id\":\"%s\",\"chat\":\"" CHAT_ID "\",\"name\":\"A%u\",\"address\":\"a%u@example.org\","
                                                "\"address_key\":\"x\",\"status\":\"going\"}", strrchr (path, '/') + 1, n, n);
  g_autoptr (HallReply) reply = desk_fixture_put (fixture, path, json);

  g_assert_cmpuint (reply->status, ==, 201);
}

static void
test_empty (DeskFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (yyjson_doc) page = get_page (fixture, "/v1/changes");
  g_autoptr (yyjson_doc) again = NULL;
  g_autofree char       *next = after (page, "");

  g_assert_cmpuint (count_changes (page), ==, 0);
  g_assert_false (yyjson_get_bool (yyjson_obj_get (yyjson_doc_get_root (page), "has_more")));

  /* The beginning can be asked for again, before and after the first change. */
  desk_fixture_add_chat (fixture, NULL);
  again = get_page (fixture, next);
  g_assert_cmpuint (count_changes (again), ==, 1);
}

static void
test_rows_and_tombstones (DeskFixture   *fixture,
                          gconstpointer  data)
{
  g_autoptr (yyjson_doc) first = NULL;
  g_autoptr (yyjson_doc) second = NULL;
  g_autoptr (yyjson_doc) third = NULL;
  g_autoptr (HallReply)  row = NULL;
  g_autoptr (HallReply)  gone = NULL;
  g_autofree char       *etag = NULL;
  g_autofree char       *next = NULL;
  g_autofree char       *last = NULL;

  desk_fixture_add_chat (fixture, NULL);
  add_attendee (fixture, 1);
  row = desk_fixture_get (fixture, CHAT);

  first = get_page (fixture, "/v1/changes");
  g_assert_cmpuint (count_changes (first), ==, 2);
  g_assert_cmpstr (member (change_at (first, 0), "kind"), ==, "chat");
  g_assert_cmpstr (member (change_at (first, 0), "id"), ==, CHAT_ID);
  etag = g_strdup_printf ("\"%s\"", member (change_at (first, 0), "mark"));
  g_assert_cmpstr (etag, ==, reply_header (row, "ETag"));
  g_assert_cmpstr (member (yyjson_obj_get (change_at (first, 0), "row"), "sign_up_url"), ==, "https://chats.example.org/e/pycon");
  g_assert_cmpstr (member (change_at (first, 1), "kind"), ==, "attendee");

  /* Deleting the chat leaves a tombstone for each row, the child's before its parent's. */
  gone = desk_fixture_delete (fixture, CHAT, etag);
  g_assert_cmpuint (gone->status, ==, 204);
  next = after (first, "");
  second = get_page (fixture, next);
  g_assert_cmpuint (count_changes (second), ==, 2);
  g_assert_cmpstr (member (change_at (second, 0), "kind"), ==, "attendee");
  g_assert_true (yyjson_get_bool (yyjson_obj_get (change_at (second, 0), "deleted")));
  g_assert_null (yyjson_obj_get (change_at (second, 0), "row"));
  g_assert_cmpstr (member (change_at (second, 1), "kind"), ==, "chat");

  last = after (second, "");
  third = get_page (fixture, last);
  g_assert_cmpuint (count_changes (third), ==, 0);
  g_assert_cmpstr (member (yyjson_doc_get_root (third), "next"), ==, member (yyjson_doc_get_root (second), "next"));
}

static void
test_pages (DeskFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char       *target = g_strdup ("/v1/changes?limit=3");
  gboolean               has_more = TRUE;
  gint64                 remaining = 8;

  desk_fixture_add_chat (fixture, NULL);
  for (guint i = 0; i < 7; i++)
    add_attendee (fixture, i);

  while (has_more) {
    g_autoptr (yyjson_doc) page = get_page (fixture, target);
    gsize                  n = count_changes (page);

    g_assert_cmpuint (n, <=, 3);
    for (gsize i = 0; i < n; i++)
      g_assert_true (g_hash_table_add (seen, g_strdup (member (change_at (page, i), "id"))));

    remaining -= n;
    has_more = yyjson_get_bool (yyjson_obj_get (yyjson_doc_get_root (page), "has_more"));
    g_assert_cmpint (yyjson_get_sint (yyjson_obj_get (yyjson_doc_get_root (page), "remaining")), ==, remaining);
    g_free (target);
    target = after (page, "&limit=3");
  }

  g_assert_cmpint (remaining, ==, 0);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 8);
}

/* A row that changed again stands only where it changed last, and a cursor at its older change stays good. */
static void
test_only_newest (DeskFixture   *fixture,
                  gconstpointer  data)
{
  g_autoptr (yyjson_doc) before = NULL;
  g_autoptr (yyjson_doc) page = NULL;
  g_autoptr (yyjson_doc) rest = NULL;
  g_autoptr (HallReply)  row = NULL;
  g_autoptr (HallReply)  changed = NULL;
  g_autofree char       *next = NULL;

  desk_fixture_add_chat (fixture, NULL);
  before = get_page (fixture, "/v1/changes");
  add_attendee (fixture, 1);
  row = desk_fixture_get (fixture, CHAT);
  changed = desk_fixture_patch (fixture, CHAT, reply_header (row, "ETag"), "{\"title\":\"Renamed\"}");
  g_assert_cmpuint (changed->status, ==, 200);

  page = get_page (fixture, "/v1/changes");
  g_assert_cmpuint (count_changes (page), ==, 2);
  g_assert_cmpstr (member (change_at (page, 0), "kind"), ==, "attendee");
  g_assert_cmpstr (member (yyjson_obj_get (change_at (page, 1), "row"), "title"), ==, "Renamed");

  next = after (before, "");
  rest = get_page (fixture, next);
  g_assert_cmpuint (count_changes (rest), ==, 2);
}

static void
test_large_page (DeskFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char       *text = g_strnfill (900000, 'x');
  g_autoptr (yyjson_doc) page = NULL;

  for (guint i = 0; i < 6; i++) {
    g_autofree char      *path = g_strdup_printf ("/v1/posts/01900000-0000-7000-8000-00000000b%03u", i);
    g_autofree char      *json = g_strdup_printf ("{\"id\":\"%s\",\"file_name\":\"%u.markdown\",\"status\":\"draft\",\"text\":\"%s\"}",
                                                  strrchr (path, '/') + 1, i, text);
    g_autoptr (HallReply) reply = desk_fixture_put (fixture, path, json);

    g_assert_cmpuint (reply->status, ==, 201);
  }

  page = get_page (fixture, "/v1/changes");
  g_assert_cmpuint (count_changes (page), ==, 5);
  g_assert_true (yyjson_get_bool (yyjson_obj_get (yyjson_doc_get_root (page), "has_more")));
}

static void
assert_restored (HallReply *reply)
{
  g_autoptr (yyjson_doc) problem = NULL;

  assert_problem (reply, 410, HALL_PROBLEM_RESYNC_REQUIRED);
  problem = reply_json (reply);
  g_assert_cmpstr (member (yyjson_doc_get_root (problem), "because"), ==, "restored");
}

static void
test_restored (DeskFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (yyjson_doc) page = NULL;
  g_autoptr (HallReply)  unknown = NULL;
  g_autoptr (HallReply)  other_mark = NULL;
  g_autofree char       *next = NULL;
  g_autofree char       *content = NULL;
  gsize                  length;

  desk_fixture_add_chat (fixture, NULL);
  desk_fixture_reopen (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));

  add_attendee (fixture, 1);
  page = get_page (fixture, "/v1/changes");
  next = after (page, "");

  /* The attendee's change is forgotten. */
  hall_database_close (fixture->db);
  g_assert_true (g_file_set_contents (fixture->path, content, length, NULL));
  fixture->db = hall_desk_open (fixture->path, NULL);
  g_assert_nonnull (fixture->db);
  unknown = desk_fixture_get (fixture, next);
  assert_restored (unknown);

  /* And even when another change has its number by now, that one has another mark. */
  add_attendee (fixture, 2);
  other_mark = desk_fixture_get (fixture, next);
  assert_restored (other_mark);
}

static void
test_bad_queries (DeskFixture   *fixture,
                  gconstpointer  data)
{
  static const struct { const char *target; guint status; const char *type; } cases[] = {
    { "/v1/changes?since=nonsense",            410, HALL_PROBLEM_RESYNC_REQUIRED },
    { "/v1/changes?since=",                    410, HALL_PROBLEM_RESYNC_REQUIRED },
    { "/v1/changes?since=1-",                  410, HALL_PROBLEM_RESYNC_REQUIRED },
    { "/v1/changes?since=-1-0000000000000000", 410, HALL_PROBLEM_RESYNC_REQUIRED },
    { "/v1/changes?since=1-0000000000000000",  410, HALL_PROBLEM_RESYNC_REQUIRED },
    { "/v1/changes?limit=0",                   400, HALL_PROBLEM_BAD_REQUEST },
    { "/v1/changes?limit=many",                400, HALL_PROBLEM_BAD_REQUEST },
    { "/v1/changes?since=%zz",                 400, HALL_PROBLEM_BAD_REQUEST },
  };

  g_autoptr (yyjson_doc) capped = NULL;

  desk_fixture_add_chat (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HallReply) reply = desk_fixture_get (fixture, cases[i].target);

    assert_problem (reply, cases[i].status, cases[i].type);
  }

  capped = get_page (fixture, "/v1/changes?limit=1000000");
  g_assert_cmpuint (count_changes (capped), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-feed/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("empty", test_empty);
  ADD ("rows-and-tombstones", test_rows_and_tombstones);
  ADD ("pages", test_pages);
  ADD ("only-newest", test_only_newest);
  ADD ("large-page", test_large_page);
  ADD ("restored", test_restored);
  ADD ("bad-queries", test_bad_queries);

  return g_test_run ();
}
