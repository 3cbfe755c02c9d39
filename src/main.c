/* SPDX-License-Identifier: GPL-3.0-or-later
 * hallway: a command, here or in the process that has the library open, or else the window. */
#include "config.h"

#include "app/hall-library.h"
#include "app/hall-throwaway.h"
#include "cli/hall-command.h"
#include "cli/hall-console.h"
#include "cli/hall-handover.h"
#include "ui/hall-application.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>
#include <sys/resource.h>

/* What stands before the noun. */
typedef struct {
  const char        *library;
  gboolean           demo;
  const char *const *command; /* from the noun on; empty without one */
} Options;

static const HallApplicationCommands commands = { hall_handover_is_one, hall_handover_run_async };

static int
show_help (void)
{
  hall_terminal_say (&hall_terminal_own, "hallway [--library FILE]\n    %s\nhallway --demo\n    %s\n"
                     "hallway [--library FILE] NOUN VERB …", _("Show the window"),
                     _("Show the window of a library with sample data, which goes when the window is closed"));
  hall_command_say_usage (&hall_terminal_own);

  return HALL_EXIT_DONE;
}

static int
blame (const char *fault)
{
  hall_terminal_complain (&hall_terminal_own,
                          _("%s Use: hallway [--library FILE] [NOUN VERB …], hallway --demo, or hallway --help"), fault);

  return HALL_EXIT_WRONG_USE;
}

/* -1: go on */
static int
read_options (char    **arguments,
              Options  *options)
{
  for (arguments++; *arguments != NULL && (*arguments)[0] == '-'; arguments++) {
    if (strcmp (*arguments, "--help") == 0 || strcmp (*arguments, "-h") == 0)
      return show_help ();

    if (strcmp (*arguments, "--version") == 0) {
      hall_terminal_say (&hall_terminal_own, "hallway %s", HALL_VERSION);
      return HALL_EXIT_DONE;
    }

    if (strcmp (*arguments, "--demo") == 0) {
      options->demo = TRUE;
    } else if (strcmp (*arguments, "--library") == 0 && arguments[1] != NULL) {
      options->library = *++arguments;
    } else if (g_str_has_prefix (*arguments, "--library=")) {
      options->library = strchr (*arguments, '=') + 1;
    } else {
      g_autofree char *fault = g_strdup_printf (strcmp (*arguments, "--library") == 0
                                                  ? _("The option %s needs a value.")
                                                  : _("There is no option %s here."), *arguments);
      return blame (fault);
    }
  }

  options->command = (const char *const *) arguments;
  if (options->demo && (options->library != NULL || *arguments != NULL))
    return blame (_("The option --demo stands alone."));

  return -1;
}

static int
show_window (const char *library_path,
             gboolean    demo,
             char       *program)
{
  g_autoptr (HallApplication) application = NULL;
  char                       *arguments[] = { program, NULL };

  if (!gtk_init_check ()) {
    hall_terminal_complain (&hall_terminal_own, "%s",
                            _("There is no screen to show the window on. Nothing was changed. "
                              "Start Hallway on a desktop, or use its commands: hallway --help."));
    return HALL_EXIT_FAILED;
  }

  application = hall_application_new (library_path, demo);
  hall_application_set_commands (application, &commands);

  return g_application_run (G_APPLICATION (application), 1, arguments);
}

static int
show_demo (char *program)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *library = hall_throwaway_new (&error);
  int                code;

  if (library == NULL) {
    hall_terminal_complain (&hall_terminal_own, "%s", error->message);
    return HALL_EXIT_FAILED;
  }

  code = show_window (library, TRUE, program);
  hall_throwaway_remove (library);

  return code;
}

/* A core would hold the token and everybody's address, in a file or at a service for crashes. That the process be
 * undumpable altogether is too much: a portal could not see any more who asks it. */
static void
leave_no_core (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_CORE, &limit) == 0) {
    limit.rlim_cur = 0;
    setrlimit (RLIMIT_CORE, &limit);
  }
}

int
main (int    argc,
      char **argv)
{
  Options          options = { 0 };
  g_autofree char *by_default = hall_library_default_path ();
  int              code;

  leave_no_core ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HALL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  code = read_options (argv, &options);
  if (code >= 0)
    return code;
  if (options.demo)
    return show_demo (argv[0]);
  if (options.library == NULL)
    options.library = by_default;
  if (options.command[0] == NULL)
    return show_window (options.library, FALSE, argv[0]);

  return hall_console_run (options.library, options.command);
}
