/* SPDX-License-Identifier: GPL-3.0-or-later
 * One mistake for each sanitizer, named by the argument; each must end the program with a report. */
#include <glib.h>
#include <limits.h>

static void *volatile kept;

static void
leak (void)
{
  kept = g_malloc (64);
  kept = NULL;
}

static void
overflow (void)
{
  volatile int most = INT_MAX;

  most = most + 1;
}

static void
use_after_free (void)
{
  char *text = g_strdup ("gone");

  g_free (text);
  kept = text;
  g_print ("%c", ((volatile char *) kept)[0]);
}

int
main (int    argc,
      char **argv)
{
  const char *which = argc > 1 ? argv[1] : "";

  if (g_str_equal (which, "leak"))
    leak ();
  else if (g_str_equal (which, "overflow"))
    overflow ();
  else if (g_str_equal (which, "use-after-free"))
    use_after_free ();
  return 0;
}
