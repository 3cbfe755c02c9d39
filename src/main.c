/* SPDX-License-Identifier: GPL-3.0-or-later
 * hallway: the window, or a command here or in the process that has the library open. */
#include "config.h"

#include "app/hall-library.h"
#include "app/hall-problem.h"
#include "cli/hall-command.h"
#include "cli/hall-console.h"
#include "cli/hall-handover.h"
#include "ui/hall-application.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* What stands before the noun. */
typedef struct {
  const char        *library;
  gboolean           demo;
  const char *const *command; /* from the noun on; empty without one */
} Options;

static int
show_help (void)
{
  hall_terminal_say (&hall_terminal_own, "hallway [--library FILE | --demo]\n"
                                         "hallway [--library FILE] NOUN VERB …\nhallway --version\n");
  hall_command_say_usage (&hall_terminal_own);

  return HALL_EXIT_DONE;
}

static int
blame (const char *fault)
{
  hall_terminal_complain (&hall_terminal_own, _("%s Use: hallway [--library FILE] NOUN VERB …, or hallway --help"), fault);

  return HALL_EXIT_WRONG_USE;
}

/* -1: go on */
static int
read_options (char    **arguments,
              Options  *options)
{
  for (arguments++; *arguments != NULL && (*arguments)[0] == '-'; arguments++) {
    const char *value;

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
      value = strchr (*arguments, '=') + 1;
      options->library = value;
    } else {
      g_autofree char *fault = g_strdup_printf (strcmp (*arguments, "--library") == 0
                                                  ? _("The option %s needs a value.")
                                                  : _("There is no option %s here."), *arguments);
      return blame (fault);
    }
  }

  options->command = (const char *const *) arguments;
  return -1;
}

static int
open_window (const char *library_path,
             gboolean    demo,
             char       *program)
{
  static const HallApplicationCommands commands = { hall_handover_is_one, hall_handover_run_async };
  g_autoptr (HallApplication)          application = hall_application_new (library_path, demo);
  char                                *arguments[] = { program, NULL };

  hall_application_set_commands (application, &commands);

  return g_application_run (G_APPLICATION (application), 1, arguments);
}

/* Links are removed, not followed. What cannot be removed stays; the system empties its folder in time. */
static void
throw_away (GFile *folder)
{
  g_autoptr (GFileEnumerator) files = NULL;
  GFile                      *file;

  files = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                     NULL, NULL);
  while (files != NULL && g_file_enumerator_iterate (files, NULL, &file, NULL, NULL) && file != NULL)
    if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) == G_FILE_TYPE_DIRECTORY)
      throw_away (file);
    else
      g_file_delete (file, NULL, NULL);

  g_file_delete (folder, NULL, NULL);
}

/* A library of its own, gone when the window is closed. */
static int
open_demo (char *program)
{
  g_autofree char   *path = NULL;
  g_autofree char   *library = NULL;
  g_autoptr (GFile)  folder = NULL;
  g_autoptr (GError) error = NULL;
  int                code;

  path = g_dir_make_tmp ("hallway-demo-XXXXXX", &error);
  if (path == NULL) {
    g_autofree char *sentence = hall_problem_say (error);

    hall_terminal_complain (&hall_terminal_own, "%s", sentence);
    return HALL_EXIT_FAILED;
  }

  library = g_build_filename (path, "library.hallway", NULL);
  folder = g_file_new_for_path (path);
  code = open_window (library, TRUE, program);
  throw_away (folder);

  return code;
}

int
main (int    argc,
      char **argv)
{
  Options          options = { NULL, FALSE, NULL };
  g_autofree char *by_default = NULL;
  int              code;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HALL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  code = read_options (argv, &options);
  if (code >= 0)
    return code;
  if (options.demo && (options.library != NULL || options.command[0] != NULL))
    return blame (_("With --demo goes neither a library nor a command."));
  if (options.demo)
    return open_demo (argv[0]);

  by_default = hall_library_default_path ();
  if (options.library == NULL)
    options.library = by_default;
  if (options.command[0] == NULL)
    return open_window (options.library, FALSE, argv[0]);

  return hall_console_run (options.library, options.command);
}
