/* SPDX-License-Identifier: GPL-3.0-or-later
 * hallway: commands here or in the process that has the library open. */
#include "config.h"

#include "app/hall-library.h"
#include "cli/hall-command.h"
#include "cli/hall-console.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* What stands before the noun. */
typedef struct {
  const char        *library;
  const char *const *command; /* from the noun on; empty without one */
} Options;

static int
show_help (void)
{
  hall_terminal_say (&hall_terminal_own, "hallway [--library FILE] NOUN VERB …\nhallway --version\n");
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

    if (strcmp (*arguments, "--library") == 0 && arguments[1] != NULL) {
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

int
main (int    argc,
      char **argv)
{
  Options          options = { NULL, NULL };
  g_autofree char *by_default = NULL;
  int              code;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HALL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  code = read_options (argv, &options);
  if (code >= 0)
    return code;
  if (options.command[0] == NULL)
    return blame (_("What to do is missing."));

  by_default = hall_library_default_path ();
  return hall_console_run (options.library != NULL ? options.library : by_default, options.command);
}
