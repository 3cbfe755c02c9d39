/* SPDX-License-Identifier: GPL-3.0-or-later
 * The build says in HALLWAY where the program is. Nothing outside the fixture's folder is read or written. */
#include "program-fixture.h"

#include "model/hall-id.h"

#include <glib/gstdio.h>
#include <string.h>

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_all (child);
  }
  g_remove (path);
}

void
program_fixture_set_env (ProgramFixture *fixture,
                         const char     *name,
                         const char     *value)
{
  fixture->environment = value != NULL ? g_environ_setenv (fixture->environment, name, value, TRUE)
                                       : g_environ_unsetenv (fixture->environment, name);
}

void
program_fixture_set_up (ProgramFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *home = NULL;
  g_autofree char   *secrets = NULL;

  fixture->folder = g_dir_make_tmp ("hallway-cli-XXXXXX", &error);
  g_assert_no_error (error);
  home = g_build_filename (fixture->folder, "home", NULL);
  secrets = g_build_filename (fixture->folder, "secrets", NULL);
  fixture->library = g_build_filename (home, "hallway", "library.hallway", NULL);

  fixture->environment = g_get_environ ();
  program_fixture_set_env (fixture, "XDG_DATA_HOME", home);
  program_fixture_set_env (fixture, "XDG_RUNTIME_DIR", fixture->folder);
  program_fixture_set_env (fixture, "DBUS_SESSION_BUS_ADDRESS", NULL);
  program_fixture_set_env (fixture, "DISPLAY", NULL);
  program_fixture_set_env (fixture, "WAYLAND_DISPLAY", NULL);
  program_fixture_set_env (fixture, "SECRET_BACKEND", "file");
  program_fixture_set_env (fixture, "SECRET_FILE_TEST_PATH", secrets);
  program_fixture_set_env (fixture, "SECRET_FILE_TEST_PASSWORD", "for tests");
}

static void
forget_run (ProgramFixture *fixture)
{
  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
}

void
program_fixture_tear_down (ProgramFixture *fixture,
                           gconstpointer   data)
{
  forget_run (fixture);
  remove_all (fixture->folder);
  g_strfreev (fixture->environment);
  g_free (fixture->folder);
  g_free (fixture->library);
}

char *
program_fixture_write (ProgramFixture *fixture,
                       const char     *name,
                       const char     *bytes,
                       gssize          length)
{
  g_autoptr (GError) error = NULL;
  char              *path = g_build_filename (fixture->folder, name, NULL);

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);

  return path;
}

static void
on_done (GObject      *object,
         GAsyncResult *result,
         gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

/* The main loop turns meanwhile: a test may be the other end of what it runs. */
void
program_fixture_run (ProgramFixture *fixture,
                     const char     *words)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess)         process = NULL;
  g_autoptr (GAsyncResult)        result = NULL;
  g_autoptr (GError)              error = NULL;
  g_autofree char                *line = g_strconcat (HALLWAY, *words != '\0' ? "|" : "", words, NULL);
  g_auto (GStrv)                  arguments = g_strsplit (line, "|", -1);

  forget_run (fixture);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_environ (launcher, fixture->environment);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments, &error);
  g_assert_no_error (error);

  g_subprocess_communicate_utf8_async (process, NULL, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_subprocess_communicate_utf8_finish (process, result, &fixture->out, &fixture->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  fixture->code = g_subprocess_get_exit_status (process);
  g_test_message ("hallway %s → %d\n%s%s", words, fixture->code, fixture->out, fixture->err);
}

/* A command that prints one id and nothing else. */
char *
program_fixture_add (ProgramFixture *fixture,
                     const char     *words)
{
  g_autofree char *id = NULL;

  program_fixture_run (fixture, words);
  g_assert_cmpint (fixture->code, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_true (g_str_has_suffix (fixture->out, "\n"));
  id = g_strndup (fixture->out, strlen (fixture->out) - 1);
  g_assert_true (hall_id_is_valid (id));

  return g_steal_pointer (&id);
}

/* A command that prints nothing but one line that says why. */
void
program_fixture_fail (ProgramFixture *fixture,
                      const char     *words,
                      int             code,
                      const char     *sentence)
{
  program_fixture_run (fixture, words);
  g_assert_cmpint (fixture->code, ==, code);
  g_assert_cmpstr (fixture->out, ==, "");
  g_assert_true (g_str_has_prefix (fixture->err, "hallway: "));
  g_assert_true (strchr (fixture->err, '\n') == fixture->err + strlen (fixture->err) - 1);
  g_assert_nonnull (strstr (fixture->err, sentence));
}
