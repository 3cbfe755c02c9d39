/* SPDX-License-Identifier: GPL-3.0-or-later
 * Made from the scripts that the tests of old libraries and old desks read. */
#include "old-file.h"

#include "dump.h"

#define BACKUP CRASH_FILE ".v1-backup"

static char *
dump_file (Crash      *crash,
           const char *name)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (HallDatabase) db = NULL;

  db = hall_database_open_on (sim_disk_get_vfs (crash->disk), name, HALL_DATABASE_READ_WRITE, &error);
  g_assert_no_error (error);
  sim_assert_sound (db);

  return sim_dump (db);
}

void
old_file_put (Crash      *crash,
              const char *fixture)
{
  g_autofree char         *script = NULL;
  g_autoptr (HallDatabase) db = NULL;
  g_autoptr (GError)       error = NULL;

  g_file_get_contents (fixture, &script, NULL, &error);
  g_assert_no_error (error);
  db = hall_database_open_on (sim_disk_get_vfs (crash->disk), CRASH_FILE, HALL_DATABASE_CREATE, &error);
  g_assert_no_error (error);
  hall_database_script (db, script, &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, hall_database_close);
  crash->old = dump_file (crash, CRASH_FILE);
}

/* Once the file is of the new version, the old one lies beside it with everything in it. */
void
old_file_inspect (Crash *crash)
{
  g_autofree char *dump = dump_file (crash, BACKUP);

  g_assert_cmpstr (dump, ==, crash->old);
}
