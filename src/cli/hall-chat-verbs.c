/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway chat add`, `hallway chat rename` and `hallway chat list`. */
#include "cli/hall-chat-verbs.h"

#include "app/hall-chat-summary.h"
#include "app/hall-planner.h"
#include "app/hall-problem.h"
#include "app/hall-revision.h"
#include "format/hall-format-error.h"
#include "format/hall-when.h"

#include <glib/gi18n.h>

static void
on_added (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  HallCall            *call = user_data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallChat) chat = hall_planner_add_chat_finish (call->library, result, &error);

  if (chat == NULL) {
    /* The only text that is read here is the time on the command line. */
    if (error->domain == HALL_FORMAT_ERROR) {
      g_autofree char *sentence = hall_problem_say (error);

      hall_terminal_complain (&call->terminal, "%s", sentence);
      hall_call_finish (call, HALL_EXIT_WRONG_USE);
      return;
    }
    hall_call_fail (call, error);
    return;
  }

  hall_terminal_say (&call->terminal, "%s", chat->parent.id);
  hall_call_finish (call, HALL_EXIT_DONE);
}

static void
add (HallCall *call)
{
  HallChatWish wish = { .fold = -1 };

  wish.title = hall_arguments_get (call->arguments, "title");
  wish.at = hall_arguments_get (call->arguments, "at");
  wish.zone = hall_arguments_get (call->arguments, "zone");
  wish.duration = hall_arguments_get_number (call->arguments, "duration");
  wish.slug = hall_arguments_get (call->arguments, "slug");
  if (hall_arguments_has (call->arguments, "duration") && wish.duration == 0) {
    hall_terminal_complain (&call->terminal, "%s", _("A chat of no minutes is none. Nothing was saved."));
    hall_call_finish (call, HALL_EXIT_WRONG_USE);
    return;
  }

  hall_planner_add_chat_async (call->library, &wish, on_added, call);
}

static void
on_renamed (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;

  hall_revision_save_finish (call->library, result, &error);
  hall_call_end (call, error);
}

static void
rename_chat (HallCall       *call,
             const HallChat *chat)
{
  g_autoptr (HallChat) renamed = hall_value_copy (chat);

  g_set_str (&renamed->title, hall_arguments_get (call->arguments, "title"));
  hall_revision_save_async (call->library, chat, renamed, on_renamed, call);
}

static void
rename_one (HallCall *call)
{
  hall_call_find_chat (call, rename_chat);
}

static void
append (HallListing   *listing,
        gconstpointer  item)
{
  HallChatSummary *summary = (HallChatSummary *) item;
  const HallChat  *chat = hall_chat_summary_get_chat (summary);
  g_autofree char *when = hall_when_say (chat->wall, chat->zone, chat->fold);
  guint            going = hall_chat_summary_get_going (summary);
  g_autofree char *count = g_strdup_printf (ngettext ("%u going", "%u going", going), going);

  hall_listing_next (listing);
  hall_listing_add_cell (listing, when);
  hall_listing_add_cell (listing, chat->slug);
  hall_listing_add_cell (listing, count);
  hall_listing_add_cell (listing, chat->title);

  hall_listing_add_text (listing, "id", chat->parent.id);
  hall_listing_add_text (listing, "title", chat->title);
  hall_listing_add_text (listing, "slug", chat->slug);
  hall_listing_add_moment (listing, "starts_at", hall_chat_summary_get_starts_at (summary));
  hall_listing_add_text (listing, "wall", chat->wall);
  hall_listing_add_text (listing, "zone", chat->zone);
  hall_listing_add_number (listing, "duration", chat->duration);
  hall_listing_add_text (listing, "status", chat->status);
  hall_listing_add_text (listing, "sign_up_url", chat->sign_up_url);
  hall_listing_add_number (listing, "going", going);
  hall_listing_add_number (listing, "questions", hall_chat_summary_get_questions (summary));
}

static const HallCallList summaries = { hall_chat_summary_list_finish, append };

static void
list (HallCall *call)
{
  call->list = &summaries;
  hall_chat_summary_list_async (call->library, NULL, NULL, hall_call_on_listed, call);
}

static const HallOption add_options[] = {
  { "title", HALL_OPTION_VALUE | HALL_OPTION_NEEDED },
  { "at", HALL_OPTION_VALUE | HALL_OPTION_NEEDED },
  { "zone", HALL_OPTION_VALUE | HALL_OPTION_NEEDED },
  { "duration", HALL_OPTION_NUMBER },
  { "slug", HALL_OPTION_VALUE },
  { NULL, 0 },
};

static const HallOption rename_options[] = {
  { "chat", HALL_OPTION_VALUE | HALL_OPTION_NEEDED },
  { "title", HALL_OPTION_VALUE | HALL_OPTION_NEEDED },
  { NULL, 0 },
};

static const HallOption list_options[] = {
  { "json", HALL_OPTION_FLAG },
  { NULL, 0 },
};

const HallVerb hall_chat_verbs[] = {
  { "chat", "add", "--title TITLE --at TIME --zone ZONE [--duration MINUTES] [--slug SLUG]",
    N_("Schedule a chat"), add_options, 0, 0, add },
  { "chat", "rename", "--chat SLUG --title TITLE", N_("Give a chat another title"), rename_options, 0, 0, rename_one },
  { "chat", "list", "[--json]", N_("List all chats by their start"), list_options, 0, 0, list },
  { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL },
};
