/* SPDX-License-Identifier: GPL-3.0-or-later
 * Libraries of every version there has been are opened, and nothing in them is lost. */
#include "store/hall-library-schema.h"

#include "model/hall-kinds.h"
#include "scratch.h"
#include "scratch-library.h"
#include "store/hall-outbox.h"
#include "store/hall-revisions.h"
#include "store/hall-rows.h"

#define ACCOUNT "0154fd3a-5c00-7000-8000-000000000001"
#define POST    "0154fd3a-5c00-7000-8000-000000000007"

/* What SQLite keeps of the tables and indices, in one text. */
static char *
describe (HallDatabase *db)
{
  return hall_database_get_text (db, NULL,
                                 "SELECT group_concat(coalesce(sql, name), char(10) ORDER BY name) FROM sqlite_schema "
                                 "WHERE name NOT LIKE 'sqlite_%'", "");
}

static char *
describe_new_library (void)
{
  g_autofree char         *path = scratch_path ("new.hallway");
  g_autoptr (HallDatabase) db = hall_migrator_open (path, hall_library_schema (), NULL);

  g_assert_nonnull (db);

  return describe (db);
}

static void
make_library (const char *fixture)
{
  g_autofree char         *source = g_build_filename (STORE_FIXTURES, fixture, NULL);
  g_autofree char         *path = scratch_path ("library.hallway");
  g_autofree char         *script = NULL;
  g_autoptr (HallDatabase) db = NULL;
  g_autoptr (GError)       error = NULL;

  g_file_get_contents (source, &script, NULL, &error);
  g_assert_no_error (error);
  db = hall_database_open (path, HALL_DATABASE_CREATE, &error);
  g_assert_no_error (error);
  hall_database_script (db, script, &error);
  g_assert_no_error (error);
}

/* A script that was shipped and is changed afterwards shows here: new libraries would not be as old ones are. */
static void
test_version_1 (void)
{
  g_autofree char          *expected = describe_new_library ();
  g_autofree char          *actual = NULL;
  g_autoptr (HallDatabase)  db = NULL;
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (HallAttendee)  attendee = NULL;
  g_autoptr (GPtrArray)     revisions = NULL;
  guint                     n_kinds;
  const HallKind *const    *kinds = hall_kinds_list (&n_kinds);

  make_library ("library-1.sql");
  db = scratch_library ();
  actual = describe (db);
  g_assert_cmpstr (actual, ==, expected);

  for (guint i = 0; i < n_kinds; i++) {
    g_autoptr (GPtrArray) values = hall_rows_list (db, kinds[i], NULL, NULL, NULL);

    g_assert_cmpint (values->len, ==, kinds[i] == &hall_chat_kind ? 2 : 1);
  }

  attendee = hall_rows_get (db, &hall_attendee_kind, "0154fd3a-5c00-7000-8000-000000000008", NULL);
  g_assert_cmpstr (attendee->address, ==, "Ada@example.org");
  g_assert_true (attendee->attended);
  operation = hall_outbox_next (db, ACCOUNT, 0, NULL);
  g_assert_cmpint (operation->order, ==, 7);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_UNKNOWN);
  g_assert_cmpstr (operation->body, ==, "{\"status\":\"draft\"}");
  revisions = hall_revisions_list (db, POST, NULL);
  g_assert_cmpint (revisions->len, ==, 1);
  g_assert_cmpint (scratch_ask (db, "SELECT (SELECT count(*) FROM bases) + (SELECT count(*) FROM cursors) "
                                    "+ (SELECT count(*) FROM conflicts) + (SELECT count(*) FROM history)"), ==, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/old-libraries/version-1", test_version_1);

  return g_test_run ();
}
