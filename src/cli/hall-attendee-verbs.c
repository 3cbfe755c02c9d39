/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway attendee list`. */
#include "cli/hall-attendee-verbs.h"

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
append (HallListing   *listing,
        gconstpointer  item)
{
  const HallRosterEntry *entry = item;
  const HallAttendee    *attendee = entry->attendee;

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

static const HallCallList attendees = { hall_roster_read_finish, append };

static void
list_of_chat (HallCall       *call,
              const HallChat *chat)
{
  hall_roster_read_async (call->library, chat->parent.id, hall_arguments_get (call->arguments, "search"),
                          hall_call_on_listed, call);
}

static void
list (HallCall *call)
{
  call->list = &attendees;
  hall_call_find_chat (call, list_of_chat);
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
