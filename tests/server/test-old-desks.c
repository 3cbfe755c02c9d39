/* SPDX-License-Identifier: GPL-3.0-or-later
 * Desks of every version there has been are opened, and nothing in them is lost. */
#include "desk-fixture.h"

#include "model/hall-kinds.h"

#include <glib/gstdio.h>

#define GUEST_ID "0154fd3a-5c00-7000-8000-000000000003"
#define GUEST "/v1/guests/" GUEST_ID

/* What SQLite keeps of the tables and indices, in one text. */
static char *
describe (HallDatabase *db)
{
  return hall_database_get_text (db, NULL,
                                 "SELECT group_concat(coalesce(sql, name), char(10) ORDER BY name) FROM sqlite_schema "
                                 "WHERE name NOT LIKE 'sqlite_%'", "");
}

static void
put_in_place (DeskFixture *fixture,
              const char  *name)
{
  g_autofree char         *source = g_build_filename (SERVER_FIXTURES, name, NULL);
  g_autofree char         *script = NULL;
  g_autoptr (HallDatabase) db = NULL;
  g_autoptr (GError)       error = NULL;

  g_clear_pointer (&fixture->db, hall_database_close);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);

  g_file_get_contents (source, &script, NULL, &error);
  g_assert_no_error (error);
  db = hall_database_open (fixture->path, HALL_DATABASE_CREATE, &error);
  g_assert_no_error (error);
  hall_database_script (db, script, &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, hall_database_close);

  fixture->db = hall_desk_open (fixture->path, &error);
  g_assert_no_error (error);
}

static gint64
count_changes (DeskFixture *fixture)
{
  return hall_database_get_int (fixture->db, NULL, "SELECT count(*) FROM changes", "");
}

static void
prune (DeskFixture *fixture)
{
  g_assert_true (hall_database_begin (fixture->db, NULL));
  g_assert_true (hall_desk_prune (fixture->desk, fixture->db, NULL));
  g_assert_true (hall_database_commit (fixture->db, NULL));
}

/* A script that was shipped and is changed afterwards shows here: new desks would not be as old ones are. */
static void
test_version_1 (DeskFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char       *expected = describe (fixture->db);
  g_autofree char       *actual = NULL;
  g_autofree char       *backup = g_strconcat (fixture->path, ".v1-backup", NULL);
  g_autoptr (HallReply)  feed = NULL;
  g_autoptr (HallReply)  replayed = NULL;
  g_autoptr (yyjson_doc) page = NULL;
  HallRequest           *request;
  yyjson_val            *changes;

  put_in_place (fixture, "desk-1.sql");
  actual = describe (fixture->db);
  g_assert_cmpstr (actual, ==, expected);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));

  g_set_str (&fixture->token, "hallway_of_version_1");
  feed = desk_fixture_get (fixture, "/v1/changes?since=1-41881f3bf1a6f4df");
  g_assert_cmpuint (feed->status, ==, 200);
  page = reply_json (feed);
  changes = yyjson_obj_get (yyjson_doc_get_root (page), "changes");
  g_assert_cmpuint (yyjson_arr_size (changes), ==, 6);
  g_assert_true (yyjson_is_true (yyjson_obj_get (yyjson_arr_get_last (changes), "deleted")));

  /* A write that version 1 answered, sent again. */
  request = desk_fixture_request (fixture, "PUT", GUEST,
                                  "{\"id\":\"" GUEST_ID "\",\"chat\":\"0154fd3a-5c00-7000-8000-000000000002\",\"name\":\"Grace\","
                                  "\"address\":\"grace@example.org\",\"status\":\"confirmed\"}");
  hall_headers_set (request->headers, "If-None-Match", "*");
  hall_headers_set (request->headers, "Idempotency-Key", "put-" GUEST_ID);
  replayed = desk_fixture_send (fixture, request);
  g_assert_cmpuint (replayed->status, ==, 201);
  g_assert_cmpstr (reply_header (replayed, "ETag"), ==, "\"e69c344ea5cde045\"");

  /* Nobody knows how old its changes are, so they are kept as if they were made today. */
  prune (fixture);
  g_assert_cmpint (count_changes (fixture), ==, 9);
  fixture->now += 91 * G_TIME_SPAN_DAY;
  prune (fixture);
  g_assert_cmpint (count_changes (fixture), ==, 7);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/server/old-desks/version-1", DeskFixture, NULL, desk_fixture_set_up, test_version_1, desk_fixture_tear_down);

  return g_test_run ();
}
