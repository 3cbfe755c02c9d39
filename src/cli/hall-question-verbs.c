/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway question list`. */
#include "cli/hall-question-verbs.h"

#include "app/hall-planner.h"
#include "model/hall-question.h"

#include <glib/gi18n.h>

static const char *
name_status (const char *status)
{
  if (g_str_equal (status, "open"))
    return _("Open");
  if (g_str_equal (status, "answered"))
    return _("Answered");

  return _("Skipped");
}

static void
append (HallListing        *listing,
        const HallQuestion *question)
{
  hall_listing_next (listing);
  hall_listing_add_cell (listing, name_status (question->status));
  hall_listing_add_cell (listing, question->name);
  hall_listing_add_cell (listing, question->text);

  hall_listing_add_text (listing, "id", question->parent.id);
  hall_listing_add_text (listing, "name", question->name);
  hall_listing_add_text (listing, "text", question->text);
  hall_listing_add_text (listing, "status", question->status);
  hall_listing_add_moment (listing, "asked_at", question->asked_at);
}

static void
on_listed (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HallCall             *call = user_data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) questions = hall_library_list_finish (call->library, result, &error);
  HallListing          *listing;

  if (questions == NULL) {
    hall_call_fail (call, error);
    return;
  }

  listing = hall_listing_new ();
  for (guint i = 0; i < questions->len; i++)
    append (listing, g_ptr_array_index (questions, i));
  hall_call_print (call, listing);
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
    hall_library_list_async (call->library, &hall_question_kind, chat->parent.id, NULL, on_listed, call);
}

static void
list (HallCall *call)
{
  hall_planner_find_chat_async (call->library, hall_arguments_get (call->arguments, "chat"), on_chat_found, call);
}

static const HallOption list_options[] = {
  { "chat", HALL_OPTION_VALUE | HALL_OPTION_NEEDED },
  { "json", HALL_OPTION_FLAG },
  { NULL, 0 },
};

const HallVerb hall_question_verbs[] = {
  { "question", "list", "--chat SLUG [--json]", N_("List what people ask, as it was asked"),
    list_options, 0, 0, list },
  { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL },
};
