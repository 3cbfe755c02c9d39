/* SPDX-License-Identifier: GPL-3.0-or-later
 * A command goes to the process that has the library open: here this one, with a bus of its own. */
#include "app/hall-instance.h"
#include "cli/hall-command.h"
#include "cli/hall-handover.h"
#include "program-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  ProgramFixture  program;
  char           *path;
  GTestDBus      *bus;
  HallLibrary    *library;
  GApplication   *application;
  guint           taken; /* commands that came over the bus */
} OwnerFixture;

static void
keep (GObject      *object,
      GAsyncResult *result,
      gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static void
await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static int
on_command_line (GApplication            *application,
                 GApplicationCommandLine *command_line,
                 OwnerFixture            *fixture)
{
  g_autoptr (GError) problem = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "x");

  g_assert_true (hall_handover_is_one (command_line));
  fixture->taken++;
  hall_handover_run_async (command_line, fixture->library, fixture->library == NULL ? problem : NULL, NULL, NULL);

  return 0;
}

static void
set_up (OwnerFixture  *fixture,
        gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *name = NULL;

  program_fixture_set_up (&fixture->program, data);
  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  program_fixture_set_env (&fixture->program, "DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (fixture->bus));

  fixture->path = g_build_filename (fixture->program.folder, "mine.hallway", NULL);
  hall_library_open_async (fixture->path, NULL, keep, &result);
  await (&result);
  fixture->library = hall_library_open_finish (result, &error);
  g_assert_no_error (error);

  name = hall_instance_name (fixture->path);
  fixture->application = g_application_new (name, G_APPLICATION_HANDLES_COMMAND_LINE);
  g_signal_connect (fixture->application, "command-line", G_CALLBACK (on_command_line), fixture);
  g_application_register (fixture->application, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (OwnerFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_object (&fixture->application);
  if (fixture->library != NULL) {
    hall_library_close_async (fixture->library, keep, &result);
    await (&result);
    hall_library_close_finish (fixture->library, result);
    g_clear_object (&result);
    g_clear_object (&fixture->library);
  }
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
  g_free (fixture->path);
  program_fixture_tear_down (&fixture->program, data);
}

static void
test_taken (OwnerFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *post = program_fixture_write (&fixture->program, "one.md", "# One\n", -1);
  g_autofree char *id = program_fixture_add (&fixture->program, "--library|mine.hallway|chat|add|--title|Ünïcode — x|"
                                             "--at|2016-05-30 15:30|--zone|UTC");
  g_autofree char *imported = NULL;

  g_assert_cmpuint (fixture->taken, ==, 1);

  /* Printed there, seen here. */
  program_fixture_run (&fixture->program, "--library|mine.hallway|chat|list");
  g_assert_cmpint (fixture->program.code, ==, 0);
  g_assert_nonnull (strstr (fixture->program.out, "Ünïcode — x"));

  /* Names of files are the caller's, and so are errors and exit codes. */
  imported = program_fixture_add (&fixture->program, "--library|mine.hallway|post|import|one.md");
  program_fixture_fail (&fixture->program, "--library|mine.hallway|post|import|nowhere.md", 1, "nowhere.md: ");
  program_fixture_fail (&fixture->program, "--library|mine.hallway|chat|add|--title|T|--at|soonish|--zone|UTC", 2,
                        "“soonish”");
  g_assert_cmpuint (fixture->taken, ==, 5);

  /* Wrong use needs nobody. */
  program_fixture_fail (&fixture->program, "--library|mine.hallway|chat|fly", 2, "“fly”");
  program_fixture_run (&fixture->program, "--library|mine.hallway|chat|--help");
  g_assert_cmpuint (fixture->taken, ==, 5);
}

/* The same library by another name is the same; another library is not. */
static void
test_which_library (OwnerFixture  *fixture,
                    gconstpointer  data)
{
  program_fixture_run (&fixture->program, "--library|home/../mine.hallway|chat|list");
  program_fixture_run (&fixture->program, "--library|./mine.hallway|chat|list");
  g_assert_cmpint (fixture->program.code, ==, 0);
  g_assert_cmpuint (fixture->taken, >=, 1);

  fixture->taken = 0;
  program_fixture_run (&fixture->program, "--library|other.hallway|chat|list");
  g_assert_cmpint (fixture->program.code, ==, 0);
  g_assert_cmpuint (fixture->taken, ==, 0);
}

/* A window that could not open its library says so to whoever asks. */
static void
test_no_library_there (OwnerFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;

  hall_library_close_async (fixture->library, keep, &result);
  await (&result);
  hall_library_close_finish (fixture->library, result);
  g_clear_object (&result);
  g_clear_object (&fixture->library);

  program_fixture_fail (&fixture->program, "--library|mine.hallway|chat|list", 1, "not there");
  g_assert_cmpuint (fixture->taken, ==, 1);
}

/* Who holds the library without a window cannot be asked; after a while that is said. */
static void
test_busy (OwnerFixture  *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->application);
  program_fixture_set_env (&fixture->program, "DBUS_SESSION_BUS_ADDRESS", NULL);
  program_fixture_fail (&fixture->program, "--library|mine.hallway|chat|list", 1, "in use by another Hallway");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, OwnerFixture, NULL, set_up, function, tear_down)

  ADD ("/cli/handover/taken", test_taken);
  ADD ("/cli/handover/which-library", test_which_library);
  ADD ("/cli/handover/no-library-there", test_no_library_there);
  ADD ("/cli/handover/busy", test_busy);

  return g_test_run ();
}
