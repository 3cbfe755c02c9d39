/* SPDX-License-Identifier: GPL-3.0-or-later
 * GApplication carries the words, the caller's folder, what is printed and the exit code. */
#include "cli/hall-handover.h"

#include "app/hall-instance.h"
#include "app/hall-problem.h"
#include "cli/hall-command.h"

#define HALL_TYPE_HANDOVER (hall_handover_get_type ())
G_DECLARE_FINAL_TYPE (HallHandover, hall_handover, HALL, HANDOVER, GApplication)

struct _HallHandover {
  GApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (HallHandover, hall_handover, G_TYPE_APPLICATION)

/* GApplication would look for options of its own among the words. */
static gboolean
hall_handover_local_command_line (GApplication   *application,
                                  char         ***arguments,
                                  int            *status)
{
  return FALSE;
}

static void
hall_handover_class_init (HallHandoverClass *klass)
{
  G_APPLICATION_CLASS (klass)->local_command_line = hall_handover_local_command_line;
}

static void
hall_handover_init (HallHandover *self)
{
}

/* GIO would start a bus of its own where there is none; a command line has no use for that. */
static gboolean
has_bus (void)
{
  g_autofree char *usual = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || g_file_test (usual, G_FILE_TEST_EXISTS);
}

static gboolean
is_owned (const char *name)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant)        reply = NULL;
  gboolean                    owned = FALSE;

  if (!has_bus ())
    return FALSE;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (bus == NULL)
    return FALSE;

  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "NameHasOwner", g_variant_new ("(s)", name), G_VARIANT_TYPE ("(b)"),
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);

  return owned;
}

static void
write_out (const char *text,
           gpointer    data)
{
  g_application_command_line_print_literal (data, text);
}

static void
write_err (const char *text,
           gpointer    data)
{
  g_application_command_line_printerr_literal (data, text);
}

static GFile *
find_file (const char *argument,
           gpointer    data)
{
  return g_application_command_line_create_file_for_arg (data, argument);
}

static void
finish (GTask *task,
        int    code)
{
  GApplicationCommandLine *command_line = g_task_get_source_object (task);

  g_application_command_line_set_exit_status (command_line, code);
  g_application_command_line_done (command_line);
  g_task_return_int (task, code);
}

static void
on_command_done (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  finish (task, hall_command_run_finish (result));
}

/**
 * hall_handover_send:
 * @library_path: the library the command is about
 * @arguments: the words from the noun on, NULL-terminated
 * @code: (out): the command's exit code
 *
 * Blocks until the other process has done the command; what it prints appears here.
 *
 * Returns: whether another process took the command
 */
gboolean
hall_handover_send (const char        *library_path,
                    const char *const *arguments,
                    int               *code)
{
  g_autoptr (GApplication) application = NULL;
  g_autoptr (GPtrArray)    words = NULL;
  g_autofree char         *name = NULL;

  g_return_val_if_fail (library_path != NULL && arguments != NULL && code != NULL, FALSE);

  name = hall_instance_name (library_path);
  if (!is_owned (name))
    return FALSE;

  words = g_ptr_array_new ();
  g_ptr_array_add (words, (gpointer) "hallway");
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (words, (gpointer) *arguments);
  g_ptr_array_add (words, NULL);

  application = g_object_new (HALL_TYPE_HANDOVER,
                              "application-id", name,
                              "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_IS_LAUNCHER,
                              NULL);
  *code = g_application_run (application, words->len - 1, (char **) words->pdata);

  return TRUE;
}

/**
 * hall_handover_is_one:
 * @command_line: what came over the bus, or from this process itself
 *
 * Returns: whether it is a command, rather than a wish to see the window
 */
gboolean
hall_handover_is_one (GApplicationCommandLine *command_line)
{
  g_auto (GStrv) words = NULL;
  int            n;

  g_return_val_if_fail (G_IS_APPLICATION_COMMAND_LINE (command_line), FALSE);

  words = g_application_command_line_get_arguments (command_line, &n);

  return n > 1 && hall_command_is_noun (words[1]);
}

/**
 * hall_handover_run_async:
 * @command_line: a command, see hall_handover_is_one()
 * @library: (nullable): the open library
 * @problem: (nullable): why there is none
 *
 * Runs a command for the process that sent it, and answers that process. The callback's result is of no further use.
 */
void
hall_handover_run_async (GApplicationCommandLine *command_line,
                         HallLibrary             *library,
                         const GError            *problem,
                         GAsyncReadyCallback      callback,
                         gpointer                 user_data)
{
  HallTerminal   terminal = { write_out, write_err, find_file, command_line };
  g_auto (GStrv) words = NULL;
  GTask         *task;

  g_return_if_fail (G_IS_APPLICATION_COMMAND_LINE (command_line));
  g_return_if_fail (library != NULL || problem != NULL);

  task = g_task_new (command_line, NULL, callback, user_data);
  g_task_set_source_tag (task, hall_handover_run_async);

  if (library == NULL) {
    g_autofree char *sentence = hall_problem_say (problem);

    hall_terminal_complain (&terminal, "%s", sentence);
    finish (task, HALL_EXIT_FAILED);
    g_object_unref (task);
    return;
  }

  words = g_application_command_line_get_arguments (command_line, NULL);
  hall_command_run_async (library, (const char *const *) words + 1, &terminal, on_command_done, task);
}
