/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway question list`. */
#include "cli/hall-question-verbs.h"

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
append (HallListing   *listing,
        gconstpointer  item)
{
  const HallQuestion *question = item;

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

static const HallCallList questions = { hall_library_list_finish, append };

static void
list_of_chat (HallCall       *call,
              const HallChat *chat)
{
  hall_library_list_async (call->library, &hall_question_kind, chat->parent.id, NULL, hall_call_on_listed, call);
}

static void
list (HallCall *call)
{
  call->list = &questions;
  hall_call_find_chat (call, list_of_chat);
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
