/* SPDX-License-Identifier: GPL-3.0-or-later
 * From words to a command, and from its answer to lines that somebody reads. */
#include "server/hall-token-orders.h"

#include "server/hall-complaint.h"
#include "server/hall-scopes.h"
#include "server/hall-token-commands.h"
#include "server/hall-token-errand.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* Prints what the desk answers, or in one sentence why it does not. */
static char *
run_errand (const char *data,
            const char *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *sentence = NULL;
  char              *lines = hall_token_errand_run (data, command, &error);

  if (lines != NULL)
    return lines;

  if (error->domain == HALL_TOKEN_ERRAND_ERROR) {
    sentence = g_strdup_printf (_("Nothing was changed: %s."), error->message);
    hall_complaint_print (sentence);
  } else {
    hall_complaint_print_folder (data, error);
  }

  return NULL;
}

static int
add_token (const char *data,
           const char *scope,
           const char *name)
{
  g_autofree char *command = NULL;
  g_autofree char *lines = NULL;

  if (!hall_scopes_is_known (scope))
    return hall_complaint_print_use (_("--scope is one of host, check-in and read."));
  if (!hall_tokens_check_name (name, NULL))
    return hall_complaint_print (_("Nothing was changed: A token's name is one line of at most 200 characters."));

  command = hall_token_commands_add (name, scope);
  lines = run_errand (data, command);
  if (lines == NULL)
    return EXIT_FAILURE;

  g_print ("%s", lines);
  return EXIT_SUCCESS;
}

static int
list_tokens (const char *data)
{
  g_autofree char *command = hall_token_commands_list ();
  g_autofree char *answer = run_errand (data, command);
  g_auto (GStrv)   lines = NULL;

  if (answer == NULL)
    return EXIT_FAILURE;

  lines = g_strsplit (g_strchomp (answer), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv)        words = g_strsplit (lines[i], "\t", 3);
    g_autoptr (GDateTime) made = NULL;
    g_autofree char      *day = NULL;

    made = g_date_time_new_from_unix_local (g_ascii_strtoll (words[2], NULL, 10) / G_USEC_PER_SEC);
    day = g_date_time_format (made, "%F");
    g_print ("%s  %-8s  %s\n", day, words[1], words[0]);
  }

  return EXIT_SUCCESS;
}

static int
revoke_token (const char *data,
              const char *name)
{
  g_autofree char *command = NULL;
  g_autofree char *lines = NULL;

  if (!hall_tokens_check_name (name, NULL))
    return hall_complaint_print (_("Nothing was changed: A token's name is one line of at most 200 characters."));

  command = hall_token_commands_revoke (name);
  lines = run_errand (data, command);

  return lines != NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}

/**
 * hall_token_orders_run:
 * @data: a desk's folder
 * @scope: (nullable): what stands behind "--scope"
 * @words: (array zero-terminated=1): what stands behind "token"
 *
 * Does what they say, and prints what there is to say to it.
 *
 * Returns: the program's exit status
 */
int
hall_token_orders_run (const char        *data,
                       const char        *scope,
                       const char *const *words)
{
  guint n;

  g_return_val_if_fail (data != NULL && words != NULL, EXIT_FAILURE);

  n = g_strv_length ((char **) words);
  if (n == 2 && strcmp (words[0], "add") == 0)
    return add_token (data, scope != NULL ? scope : "host", words[1]);
  if (n == 1 && strcmp (words[0], "list") == 0 && scope == NULL)
    return list_tokens (data);
  if (n == 2 && strcmp (words[0], "revoke") == 0 && scope == NULL)
    return revoke_token (data, words[1]);

  return hall_complaint_print_use (_("The commands are “token add NAME [--scope SCOPE]”, “token list” and “token revoke NAME”."));
}
