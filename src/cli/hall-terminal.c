/* SPDX-License-Identifier: GPL-3.0-or-later
 * This process's own terminal, and lines for any of them. */
#include "cli/hall-terminal.h"

#include <stdio.h>

static void
write_out (const char *text,
           gpointer    data)
{
  fputs (text, stdout);
  fflush (stdout);
}

static void
write_err (const char *text,
           gpointer    data)
{
  fputs (text, stderr);
}

static GFile *
find_file (const char *argument,
           gpointer    data)
{
  return g_file_new_for_commandline_arg (argument);
}

/* Standard output, standard error and the current folder of this process. */
const HallTerminal hall_terminal_own = { write_out, write_err, find_file, NULL };

/**
 * hall_terminal_say:
 * @terminal: where to
 * @format: one line without its end, as for printf()
 */
void
hall_terminal_say (const HallTerminal *terminal,
                   const char         *format,
                   ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list          arguments;

  g_return_if_fail (terminal != NULL && format != NULL);

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  line = g_strconcat (text, "\n", NULL);
  terminal->out (line, terminal->data);
}

/**
 * hall_terminal_complain:
 * @terminal: where to
 * @format: what is wrong, without the end of the line; line breaks in it become spaces
 *
 * One line on the caller's standard error, with the program's name in front.
 */
void
hall_terminal_complain (const HallTerminal *terminal,
                        const char         *format,
                        ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list          arguments;

  g_return_if_fail (terminal != NULL && format != NULL);

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_strdelimit (text, "\r\n", ' ');
  line = g_strconcat ("hallway: ", text, "\n", NULL);
  terminal->err (line, terminal->data);
}

/**
 * hall_terminal_make_printable:
 * @text: a text from anywhere, UTF-8
 *
 * What came from outside must not steer the terminal, nor break a line in two.
 *
 * Returns: (transfer full): the text on one line, with blanks for control characters
 */
char *
hall_terminal_make_printable (const char *text)
{
  GString *printable;

  g_return_val_if_fail (text != NULL, NULL);

  printable = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_string_append_unichar (printable, g_unichar_iscntrl (c) ? ' ' : c);
  }

  return g_string_free (printable, FALSE);
}
