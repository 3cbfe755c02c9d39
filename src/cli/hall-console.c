/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a window has the library open, the command goes there; else the library is opened here, without a display. */
#include "cli/hall-console.h"

#include "app/hall-problem.h"
#include "cli/hall-command.h"
#include "cli/hall-handover.h"

typedef struct {
  const char *const *arguments;
  GMainLoop         *loop;
  GError            *error; /* why the library did not open */
  int                code;
} Console;

static void
on_closed (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Console *console = user_data;

  hall_library_close_finish (HALL_LIBRARY (object), result);
  g_main_loop_quit (console->loop);
}

static void
on_command_done (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Console *console = user_data;

  console->code = hall_command_run_finish (result);
  hall_library_close_async (HALL_LIBRARY (object), on_closed, console);
}

static void
on_opened (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Console                *console = user_data;
  g_autoptr (HallLibrary) library = hall_library_open_finish (result, &console->error);

  if (library != NULL)
    hall_command_run_async (library, console->arguments, &hall_terminal_own, on_command_done, console);
  else
    g_main_loop_quit (console->loop);
}

static void
run_here (Console    *console,
          const char *library_path)
{
  console->loop = g_main_loop_new (NULL, FALSE);
  hall_library_open_async (library_path, NULL, on_opened, console);
  g_main_loop_run (console->loop);
  g_main_loop_unref (console->loop);
}

/**
 * hall_console_run:
 * @library_path: the library
 * @arguments: the words from the noun on, NULL-terminated
 *
 * Blocks until the command is done. Needs neither a display nor a bus.
 *
 * Returns: the exit code
 */
int
hall_console_run (const char        *library_path,
                  const char *const *arguments)
{
  Console            console = { .arguments = arguments, .code = HALL_EXIT_FAILED };
  g_autoptr (GError) error = NULL;
  g_autofree char   *sentence = NULL;

  g_return_val_if_fail (library_path != NULL && arguments != NULL, HALL_EXIT_FAILED);

  if (!hall_command_check (arguments, &hall_terminal_own, &console.code) ||
      hall_handover_send (library_path, arguments, &console.code))
    return console.code;

  run_here (&console, library_path);
  error = g_steal_pointer (&console.error);
  if (error == NULL)
    return console.code;

  /* A window may have opened between the first look and the lock. */
  if (hall_handover_send (library_path, arguments, &console.code))
    return console.code;

  sentence = hall_problem_say (error);
  hall_terminal_complain (&hall_terminal_own, "%s", sentence);
  return HALL_EXIT_FAILED;
}
