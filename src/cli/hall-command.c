/* SPDX-License-Identifier: GPL-3.0-or-later
 * From words to a verb and its arguments; what is wrong with them is told with a line of usage. */
#include "cli/hall-command.h"

#include "cli/hall-account-verbs.h"
#include "cli/hall-attendee-verbs.h"
#include "cli/hall-chat-verbs.h"
#include "cli/hall-conflict-verbs.h"
#include "cli/hall-outbox-verbs.h"
#include "cli/hall-post-verbs.h"
#include "cli/hall-question-verbs.h"
#include "cli/hall-sync-verbs.h"

#include <glib/gi18n.h>
#include <string.h>

static const HallVerb *const nouns[] = {
  hall_account_verbs, hall_attendee_verbs, hall_chat_verbs, hall_conflict_verbs, hall_outbox_verbs, hall_post_verbs,
  hall_question_verbs, hall_sync_verbs,
};

static const HallVerb *
find_noun (const char *word)
{
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (nouns); i++)
    if (strcmp (nouns[i]->noun, word) == 0)
      return nouns[i];

  return NULL;
}

static char *
write_usage (const HallVerb *verb)
{
  return g_strjoin (" ", "hallway", verb->noun, verb->verb != NULL ? verb->verb : verb->usage,
                    verb->verb != NULL ? verb->usage : NULL, NULL);
}

static void
show_noun (const HallVerb     *verbs,
           const HallTerminal *terminal)
{
  for (const HallVerb *verb = verbs; verb->noun != NULL; verb++) {
    g_autofree char *usage = write_usage (verb);

    hall_terminal_say (terminal, "%s\n    %s", g_strchomp (usage), _(verb->about));
  }
}

static gboolean
blame (const HallTerminal *terminal,
       const HallVerb     *verb,
       const char         *fault)
{
  g_autofree char *usage = write_usage (verb);

  hall_terminal_complain (terminal, _("%s Use: %s"), fault, g_strchomp (usage));
  return FALSE;
}

static gboolean
blame_verb (const HallTerminal *terminal,
            const HallVerb     *verbs,
            const char         *word)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (const HallVerb *verb = verbs; verb->noun != NULL; verb++)
    g_string_append_printf (known, "%s%s", known->len > 0 ? "|" : "", verb->verb);

  if (word == NULL || word[0] == '-')
    hall_terminal_complain (terminal, _("What to do with it is missing. Use: hallway %s %s"), verbs->noun, known->str);
  else
    hall_terminal_complain (terminal, _("“%s” cannot be done with it. Use: hallway %s %s"), word, verbs->noun,
                            known->str);
  return FALSE;
}

static gboolean
wants_help (const char *const *arguments)
{
  for (; *arguments != NULL && strcmp (*arguments, "--") != 0; arguments++)
    if (strcmp (*arguments, "--help") == 0 || strcmp (*arguments, "-h") == 0)
      return TRUE;

  return FALSE;
}

/* Leaves *found at NULL when help was shown, which is no failure. */
static gboolean
parse (const char *const   *arguments,
       const HallTerminal  *terminal,
       const HallVerb     **found,
       HallArguments      **parsed)
{
  const HallVerb  *verb = find_noun (arguments[0]);
  g_autofree char *fault = NULL;
  guint            n_words;

  *found = NULL;
  *parsed = NULL;

  if (verb == NULL) {
    hall_terminal_complain (terminal, _("There is no “%s” here. Use: "
                                        "hallway account|attendee|chat|conflict|outbox|post|question|sync"),
                            arguments[0] != NULL ? arguments[0] : "");
    return FALSE;
  }
  if (wants_help (arguments + 1)) {
    show_noun (verb, terminal);
    return TRUE;
  }

  if (verb->verb != NULL) {
    const HallVerb *verbs = verb;

    while (verb->noun != NULL && g_strcmp0 (verb->verb, arguments[1]) != 0)
      verb++;
    if (verb->noun == NULL)
      return blame_verb (terminal, verbs, arguments[1]);
  }

  *parsed = hall_arguments_parse (arguments + (verb->verb != NULL ? 2 : 1), verb->options, &fault);
  if (*parsed == NULL)
    return blame (terminal, verb, fault);

  n_words = g_strv_length ((char **) hall_arguments_get_words (*parsed));
  if (n_words < verb->least_words || n_words > verb->most_words) {
    g_clear_pointer (parsed, hall_arguments_free);
    return blame (terminal, verb, n_words < verb->least_words ? _("Something is missing.")
                                                              : _("There are too many words."));
  }

  *found = verb;
  return TRUE;
}

/**
 * hall_command_is_noun:
 * @word: (nullable): a word
 *
 * Returns: whether a command begins with it
 */
gboolean
hall_command_is_noun (const char *word)
{
  return find_noun (word) != NULL;
}

/**
 * hall_command_say_usage:
 * @terminal: where to
 *
 * Says how every command is written.
 */
void
hall_command_say_usage (const HallTerminal *terminal)
{
  g_return_if_fail (terminal != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    show_noun (nouns[i], terminal);
}

/**
 * hall_command_check:
 * @arguments: the words from the noun on, NULL-terminated
 * @terminal: where help and faults are told
 * @code: (out): the exit code, when nothing is left to be done
 *
 * Finds out without a library whether there is anything to do with one.
 *
 * Returns: whether hall_command_run_async() is to be called
 */
gboolean
hall_command_check (const char *const  *arguments,
                    const HallTerminal *terminal,
                    int                *code)
{
  const HallVerb *verb;
  HallArguments  *parsed;

  g_return_val_if_fail (arguments != NULL && terminal != NULL && code != NULL, FALSE);

  *code = parse (arguments, terminal, &verb, &parsed) ? HALL_EXIT_DONE : HALL_EXIT_WRONG_USE;
  g_clear_pointer (&parsed, hall_arguments_free);

  return verb != NULL;
}

/**
 * hall_command_run_async:
 * @library: an open library
 * @arguments: the words from the noun on, NULL-terminated; not needed any more when this returns
 * @terminal: where the command speaks and finds files; its data must live until the callback
 *
 * Runs one command on the main loop. Several may run at the same time.
 */
void
hall_command_run_async (HallLibrary         *library,
                        const char *const   *arguments,
                        const HallTerminal  *terminal,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask          *task;
  const HallVerb *verb;
  HallArguments  *parsed;
  gboolean        fine;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (arguments != NULL && terminal != NULL);

  task = g_task_new (library, NULL, callback, user_data);
  g_task_set_source_tag (task, hall_command_run_async);

  fine = parse (arguments, terminal, &verb, &parsed);
  if (verb == NULL) {
    g_task_return_int (task, fine ? HALL_EXIT_DONE : HALL_EXIT_WRONG_USE);
    g_object_unref (task);
    return;
  }

  verb->run (hall_call_new (library, verb, parsed, terminal, task));
}

/**
 * hall_command_run_finish:
 * @result: what the callback was given
 *
 * Returns: the exit code
 */
int
hall_command_run_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hall_command_run_async), HALL_EXIT_FAILED);

  return g_task_propagate_int (G_TASK (result), NULL);
}
