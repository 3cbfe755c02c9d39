/* SPDX-License-Identifier: GPL-3.0-or-later
 * The end of every command is here: an exit code, and for a failure one line. */
#include "cli/hall-call.h"

#include "app/hall-problem.h"

/**
 * hall_call_new:
 * @library: an open library
 * @verb: what to do
 * @arguments: (transfer full): with what
 * @terminal: where it speaks; copied
 * @task: (transfer full): is given the exit code
 *
 * Returns: (transfer full): the call, which ends itself
 */
HallCall *
hall_call_new (HallLibrary        *library,
               const HallVerb     *verb,
               HallArguments      *arguments,
               const HallTerminal *terminal,
               GTask              *task)
{
  HallCall *call;

  g_return_val_if_fail (HALL_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (verb != NULL && arguments != NULL && terminal != NULL, NULL);

  call = g_new0 (HallCall, 1);
  call->verb = verb;
  call->library = g_object_ref (library);
  call->arguments = arguments;
  call->terminal = *terminal;
  call->task = task;

  return call;
}

/**
 * hall_call_finish:
 * @call: (transfer full): a call
 * @code: its exit code
 */
void
hall_call_finish (HallCall *call,
                  int       code)
{
  g_return_if_fail (call != NULL);

  g_task_return_int (call->task, code);

  g_object_unref (call->task);
  g_object_unref (call->library);
  hall_arguments_free (call->arguments);
  g_free (call);
}

/**
 * hall_call_fail:
 * @call: (transfer full): a call
 * @error: why it cannot be done
 *
 * Says so in one line. What could never have been done, whatever the library holds, is wrong use.
 */
void
hall_call_fail (HallCall     *call,
                const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (call != NULL && error != NULL);

  sentence = hall_problem_say (error);
  hall_terminal_complain (&call->terminal, "%s", sentence);
  hall_call_finish (call, g_error_matches (error, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE) ? HALL_EXIT_WRONG_USE
                                                                                              : HALL_EXIT_FAILED);
}

/**
 * hall_call_print:
 * @call: (transfer full): a call of a verb that lists
 * @listing: (transfer full): what it found
 *
 * Prints the list as "--json" asks, and is done.
 */
void
hall_call_print (HallCall    *call,
                 HallListing *listing)
{
  g_autoptr (HallListing) printed = listing;
  g_autofree char        *text = NULL;

  g_return_if_fail (call != NULL && listing != NULL);

  text = hall_arguments_has (call->arguments, "json") ? hall_listing_to_json (printed)
                                                      : hall_listing_to_table (printed);
  call->terminal.out (text, call->terminal.data);
  hall_call_finish (call, HALL_EXIT_DONE);
}
