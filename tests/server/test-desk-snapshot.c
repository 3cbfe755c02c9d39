/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole, page by page: pinned to one change, with what changes meanwhile left to the feed. */
#include "desk-fixture.h"

#include "format/hall-problem-types.h"

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
member (yyjson_doc *page,
        const char *name)
{
  return yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (page), name));
}

static yyjson_val *
get_rows (yyjson_doc *page)
{
  return yyjson_obj_get (yyjson_doc_get_root (page), "rows");
}

static const char *
id_at (yyjson_doc *page,
       gsize       index)
{
  return yyjson_get_str (yyjson_obj_get (yyjson_arr_get (get_rows (page), index), "id"));
}

static char *
attendee_path (guint n)
{
  return g_strdup_printf ("/v1/attendees/01900000-0000-7000-8000-00000000a%03u", n);
}

static void
add_attendee (DeskFixture *fixture,
              guint        n)
{
  g_autofree char      *path = attendee_path (n);
  g_autofree char      *json = g_strdup_printf ("{\"id\":\"%s\",\"chat\":\"" CHAT_ID "\",\"name\":\"A%u\",\"address\":\"a%u@example.org\","
                                                "\"address_key\":\"x\",\"status\":\"going\"}", strrchr (path, '/') + 1, n, n);
  g_autoptr (HallReply) reply = desk_fixture_put (fixture, path, json);

  g_assert_cmpuint (reply->status, ==, 201);
}

static char *
get_etag (DeskFixture *fixture,
          const char  *path)
{
  g_autoptr (HallReply) row = desk_fixture_get (fixture, path);

  return g_strdup (reply_header (row, "ETag"));
}

static void
rename_attendee (DeskFixture *fixture,
                 guint        n)
{
  g_autofree char      *path = attendee_path (n);
  g_autofree char      *etag = get_etag (fixture, path);
  g_autoptr (HallReply) reply = desk_fixture_patch (fixture, path, etag, "{\"name\":\"Renamed\"}");

  g_assert_cmpuint (reply->status, ==, 200);
}

static void
remove_attendee (DeskFixture *fixture,
                 guint        n)
{
  g_autofree char      *path = attendee_path (n);
  g_autofree char      *etag = get_etag (fixture, path);
  g_autoptr (HallReply) reply = desk_fixture_delete (fixture, path, etag);

  g_assert_cmpuint (reply->status, ==, 204);
}

static void
test_empty (DeskFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (yyjson_doc) whole = get_page (fixture, "/v1/snapshot");
  g_autoptr (yyjson_doc) changes = NULL;
  g_autofree char       *since = NULL;

  g_assert_cmpuint (yyjson_arr_size (get_rows (whole)), ==, 0);
  g_assert_true (yyjson_is_null (yyjson_obj_get (yyjson_doc_get_root (whole), "next")));

  /* What is pinned is a cursor, even that of nothing. */
  desk_fixture_add_chat (fixture, NULL);
  since = g_strdup_printf ("/v1/changes?since=%s", member (whole, "at"));
  changes = get_page (fixture, since);
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (yyjson_doc_get_root (changes), "changes")), ==, 1);
}

/* A row in a page is as it is in the feed; those that were deleted do not come. */
static void
test_rows (DeskFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr (yyjson_doc) whole = NULL;
  g_autoptr (HallReply)  row = NULL;
  g_autofree char       *etag = NULL;
  g_autofree char       *at = NULL;
  g_autofree char       *json = NULL;
  g_autofree char       *shown = NULL;
  yyjson_val            *first;

  desk_fixture_add_chat (fixture, NULL);
  add_attendee (fixture, 1);
  add_attendee (fixture, 2);
  remove_attendee (fixture, 1);

  whole = get_page (fixture, "/v1/snapshot");
  g_assert_cmpuint (yyjson_arr_size (get_rows (whole)), ==, 2);
  g_assert_cmpint (yyjson_get_sint (yyjson_obj_get (yyjson_doc_get_root (whole), "remaining")), ==, 0);
  first = yyjson_arr_get_first (get_rows (whole));
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (first, "kind")), ==, "chat");
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (first, "id")), ==, CHAT_ID);

  row = desk_fixture_get (fixture, CHAT);
  etag = g_strdup_printf ("\"%s\"", yyjson_get_str (yyjson_obj_get (first, "mark")));
  g_assert_cmpstr (etag, ==, reply_header (row, "ETag"));
  json = reply_text (row);
  shown = yyjson_val_write (yyjson_obj_get (first, "row"), YYJSON_WRITE_NOFLAG, NULL);
  g_assert_cmpstr (shown, ==, json);

  at = hall_database_get_text (fixture->db, NULL, "SELECT seq || '-' || mark FROM changes ORDER BY seq DESC LIMIT 1", "");
  g_assert_cmpstr (member (whole, "at"), ==, at);
}

/* Pages stay at one change while rows come, change and go; the feed since then brings just those. */
static void
test_pinned (DeskFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (yyjson_doc) changes = NULL;
  g_autofree char       *at = NULL;
  g_autofree char       *target = g_strdup ("/v1/snapshot?limit=3");
  yyjson_val            *news;

  desk_fixture_add_chat (fixture, NULL);
  for (guint i = 0; i < 9; i++)
    add_attendee (fixture, i);

  for (guint n = 0; target != NULL; n++) {
    g_autoptr (yyjson_doc) page = get_page (fixture, target);
    gsize                  length = yyjson_arr_size (get_rows (page));
    const char            *next = member (page, "next");

    for (gsize i = 0; i < length; i++)
      g_assert_true (g_hash_table_add (rows, g_strdup (id_at (page, i))));

    if (n == 0) {
      at = g_strdup (member (page, "at"));
      g_assert_cmpuint (length, ==, 3);
      g_assert_cmpint (yyjson_get_sint (yyjson_obj_get (yyjson_doc_get_root (page), "remaining")), ==, 7);
      add_attendee (fixture, 100);
      rename_attendee (fixture, 0);
      rename_attendee (fixture, 5);
      remove_attendee (fixture, 1);
      remove_attendee (fixture, 6);
    }
    g_assert_cmpstr (member (page, "at"), ==, at);

    g_free (target);
    target = next != NULL ? g_strdup_printf ("/v1/snapshot?after=%s&limit=3", next) : NULL;
  }

  /* Ten there were; the fifth and the sixth attendee left their places before they were shown. */
  g_assert_cmpuint (g_hash_table_size (rows), ==, 8);

  target = g_strdup_printf ("/v1/changes?since=%s", at);
  changes = get_page (fixture, target);
  news = yyjson_obj_get (yyjson_doc_get_root (changes), "changes");
  g_assert_cmpuint (yyjson_arr_size (news), ==, 5);
  for (gsize i = 0; i < 5; i++) {
    yyjson_val *change = yyjson_arr_get (news, i);
    const char *id = yyjson_get_str (yyjson_obj_get (change, "id"));

    if (yyjson_is_true (yyjson_obj_get (change, "deleted")))
      g_hash_table_remove (rows, id);
    else
      g_hash_table_add (rows, g_strdup (id));
  }

  /* Together they are all there is: the chat, nine attendees, one more, two less. */
  g_assert_cmpuint (g_hash_table_size (rows), ==, 9);
  g_assert_cmpint (hall_database_get_int (fixture->db, NULL, "SELECT count(*) FROM attendees", ""), ==, 8);
}

/* A page ends with the row that makes it large, and the next one goes on after it. */
static void
test_large_page (DeskFixture   *fixture,
                 gconstpointer  data)
{
  g_autofree char       *text = g_strnfill (900000, 'x');
  g_autofree char       *target = NULL;
  g_autoptr (yyjson_doc) page = NULL;
  g_autoptr (yyjson_doc) rest = NULL;

  for (guint i = 0; i < 6; i++) {
    g_autofree char      *path = g_strdup_printf ("/v1/posts/01900000-0000-7000-8000-00000000b%03u", i);
    g_autofree char      *json = g_strdup_printf ("{\"id\":\"%s\",\"file_name\":\"%u.markdown\",\"status\":\"draft\",\"text\":\"%s\"}",
                                                  strrchr (path, '/') + 1, i, text);
    g_autoptr (HallReply) reply = desk_fixture_put (fixture, path, json);

    g_assert_cmpuint (reply->status, ==, 201);
  }

  page = get_page (fixture, "/v1/snapshot");
  g_assert_cmpuint (yyjson_arr_size (get_rows (page)), ==, 5);
  target = g_strdup_printf ("/v1/snapshot?after=%s", member (page, "next"));
  rest = get_page (fixture, target);
  g_assert_cmpuint (yyjson_arr_size (get_rows (rest)), ==, 1);
  g_assert_true (yyjson_is_null (yyjson_obj_get (yyjson_doc_get_root (rest), "next")));
}

/* A snapshot does not go on at a desk that does not have the change it is pinned to. */
static void
test_restored (DeskFixture   *fixture,
               gconstpointer  data)
{
  static const char *const tokens[] = {
    "nonsense", "", "3", "3.3", "-1-0000000000000000.0", "1-0000000000000000.0", "9-0000000000000000.1", "x-0000000000000000.1",
  };

  desk_fixture_add_chat (fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++) {
    g_autofree char       *target = g_strdup_printf ("/v1/snapshot?after=%s", tokens[i]);
    g_autoptr (HallReply)  reply = desk_fixture_get (fixture, target);
    g_autoptr (yyjson_doc) problem = NULL;

    assert_problem (reply, 410, HALL_PROBLEM_RESYNC_REQUIRED);
    problem = reply_json (reply);
    g_assert_cmpstr (member (problem, "because"), ==, "restored");
  }
}

static void
test_bad_queries (DeskFixture   *fixture,
                  gconstpointer  data)
{
  static const char *const targets[] = { "/v1/snapshot?limit=0", "/v1/snapshot?limit=many", "/v1/snapshot?after=%zz" };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (HallReply) reply = desk_fixture_get (fixture, targets[i]);

    assert_problem (reply, 400, HALL_PROBLEM_BAD_REQUEST);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/desk-snapshot/" name, DeskFixture, NULL, desk_fixture_set_up, function, desk_fixture_tear_down)
  ADD ("empty", test_empty);
  ADD ("rows", test_rows);
  ADD ("pinned", test_pinned);
  ADD ("large-page", test_large_page);
  ADD ("restored", test_restored);
  ADD ("bad-queries", test_bad_queries);

  return g_test_run ();
}
