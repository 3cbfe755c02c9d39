/* SPDX-License-Identifier: GPL-3.0-or-later
 * The end of every command is here: an exit code, and for a failure one line. */
#include "cli/hall-call.h"

#include "app/hall-planner.h"
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
 * hall_call_end:
 * @call: (transfer full): a call of a verb that prints nothing
 * @error: (nullable): why it could not be done; NULL when it is
 */
void
hall_call_end (HallCall     *call,
               const GError *error)
{
  g_return_if_fail (call != NULL);

  if (error == NULL)
    hall_call_finish (call, HALL_EXIT_DONE);
  else
    hall_call_fail (call, error);
}

/**
 * hall_call_on_listed:
 * @user_data: (transfer full): a call of a verb that lists, whose "list" says what
 *
 * Prints what was found as "--json" asks, and is done.
 */
void
hall_call_on_listed (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  HallCall               *call = user_data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GPtrArray)   items = call->list->finish (call->library, result, &error);
  g_autoptr (HallListing) listing = NULL;
  g_autofree char        *text = NULL;

  if (items == NULL) {
    hall_call_fail (call, error);
    return;
  }

  listing = hall_listing_new ();
  for (guint i = 0; i < items->len; i++)
    call->list->append (listing, g_ptr_array_index (items, i));

  text = hall_arguments_has (call->arguments, "json") ? hall_listing_to_json (listing)
                                                      : hall_listing_to_table (listing);
  call->terminal.out (text, call->terminal.data);
  hall_call_finish (call, HALL_EXIT_DONE);
}

static void
on_chat_found (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  HallCall            *call = user_data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallChat) chat = hall_planner_find_chat_finish (call->library, result, &error);

  if (chat == NULL)
    hall_call_fail (call, error);
  else
    call->with_chat (call, chat);
}

/**
 * hall_call_find_chat:
 * @call: (transfer full): a call of a verb with the option "--chat"
 * @with_chat: goes on when there is such a chat
 */
void
hall_call_find_chat (HallCall  *call,
                     void     (*with_chat) (HallCall       *call,
                                            const HallChat *chat))
{
  g_return_if_fail (call != NULL && with_chat != NULL);

  call->with_chat = with_chat;
  hall_planner_find_chat_async (call->library, hall_arguments_get (call->arguments, "chat"), on_chat_found, call);
}
