/* SPDX-License-Identifier: GPL-3.0-or-later
 * Databases of one test. */
#include "scratch-database.h"

#include "scratch.h"

#include <string.h>

HallDatabase *
scratch_open (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = scratch_path (name);
  HallDatabase      *db = hall_database_open (path, HALL_DATABASE_CREATE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);

  return db;
}

void
scratch_run (HallDatabase *db,
             const char   *sql)
{
  g_autoptr (GError) error = NULL;

  hall_database_script (db, sql, &error);
  g_assert_no_error (error);
}

gint64
scratch_ask (HallDatabase *db,
             const char   *sql)
{
  g_autoptr (GError) error = NULL;
  gint64             answer = hall_database_get_int (db, &error, sql, "");

  g_assert_no_error (error);

  return answer;
}

/* @sql fails with @expected, and no address gets into the message. */
void
scratch_assert_fails (HallDatabase   *db,
                      const char     *sql,
                      HallStoreError  expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hall_database_run (db, &error, sql, ""));
  g_assert_error (error, HALL_STORE_ERROR, (int) expected);
  g_assert_null (strstr (error->message, "somebody@example.org"));
}
