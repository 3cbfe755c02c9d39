/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway attendee list`. */
#include "cli/hall-attendee-verbs.h"

#include "app/hall-planner.h"
#include "app/hall-roster.h"

#include <glib/gi18n.h>

static const char *
name_status (const char *status)
{
  if (g_str_equal (status, "going"))
    return _("Going");
  if (g_str_equal (status, "waitlist"))
    return _("Waitlist");

  return _("Cancelled");
}

static void
append (HallListing           *listing,
        const HallRosterEntry *entry)
{
  const HallAttendee *attendee = entry->attendee;

  hall_listing_next (listing);
  hall_listing_add_cell (listing, attendee->name);
  hall_listing_add_cell (listing, attendee->address);
  hall_listing_add_cell (listing, name_status (attendee->status));
  hall_listing_add_cell (listing, entry->question);

  hall_listing_add_text (listing, "id", attendee->parent.id);
  hall_listing_add_text (listing, "name", attendee->name);
  hall_listing_add_text (listing, "address", attendee->address);
  hall_listing_add_text (listing, "status", attendee->status);
  hall_listing_add_truth (listing, "attended", attendee->attended);
  hall_listing_add_moment (listing, "signed_up_at", attendee->signed_up_at);
  hall_listing_add_text (listing, "question", entry->question);
}

static void
on_read (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) entries = hall_roster_read_finish (call->library, result, &error);
  HallListing       *listing;

  if (entries == NULL) {
    hall_call_fail (call, error);
    return;
  }

  listing = hall_listing_new ();
  for (guint i = 0; i < entries->len; i++)
    append (listing, &g_array_index (entries, HallRosterEntry, i));
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
    hall_roster_read_async (call->library, chat->parent.id, hall_arguments_get (call->arguments, "search"),
                            on_read, call);
}

static void
list (HallCall *call)
{
  hall_planner_find_chat_async (call->library, hall_arguments_get (call->arguments, "chat"), on_chat_found, call);
}

static const HallOption list_options[] = {
  { "chat", HALL_OPTION_VALUE | HALL_OPTION_NEEDED },
  { "search", HALL_OPTION_VALUE },
  { "json", HALL_OPTION_FLAG },
  { NULL, 0 },
};

const HallVerb hall_attendee_verbs[] = {
  { "attendee", "list", "--chat SLUG [--search TEXT] [--json]",
    N_("List who signed up for a chat, first come first"), list_options, 0, 0, list },
  { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL },
};
