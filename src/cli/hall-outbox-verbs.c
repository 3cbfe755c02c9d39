/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway outbox list`, `retry`, `discard` and `undo`. */
#include "cli/hall-outbox-verbs.h"

#include "app/hall-unsent.h"

#include <glib/gi18n.h>

/* Each for people, and as a program reads it. */
static const char *const whats[][2] = {
  [HALL_UNSENT_MADE] = { N_("made"), "create" },
  [HALL_UNSENT_CHANGED] = { N_("changed"), "change" },
  [HALL_UNSENT_REMOVED] = { N_("removed"), "remove" },
};

static const char *const states[][2] = {
  [HALL_UNSENT_WAITING] = { N_("waits to be sent"), "waiting" },
  [HALL_UNSENT_SENT] = { N_("sent, not answered yet"), "sent" },
  [HALL_UNSENT_REFUSED] = { N_("refused"), "refused" },
  [HALL_UNSENT_CONFLICT] = { N_("changed in both places"), "conflict" },
};

static void
append (HallListing   *listing,
        gconstpointer  item)
{
  const HallUnsentEdit *edit = item;

  hall_listing_next (listing);
  hall_listing_add_cell (listing, edit->id);
  hall_listing_add_cell (listing, edit->kind->name);
  hall_listing_add_cell (listing, edit->title);
  hall_listing_add_cell (listing, _(whats[edit->what][0]));
  hall_listing_add_cell (listing, _(states[edit->state][0]));
  hall_listing_add_cell (listing, edit->reason);

  hall_listing_add_text (listing, "id", edit->id);
  hall_listing_add_text (listing, "kind", edit->kind->name);
  hall_listing_add_text (listing, "row", edit->row);
  hall_listing_add_text (listing, "title", edit->title);
  hall_listing_add_text (listing, "account", edit->account);
  hall_listing_add_text (listing, "what", whats[edit->what][1]);
  hall_listing_add_text (listing, "state", states[edit->state][1]);
  hall_listing_add_moment (listing, "made_at", edit->made_at);
  hall_listing_add_text (listing, "reason", edit->reason);
}

static const HallCallList edits = { hall_unsent_list_finish, append };

static void
list (HallCall *call)
{
  call->list = &edits;
  hall_unsent_list_async (call->library, NULL, hall_call_on_listed, call);
}

static void
on_retried (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;

  hall_unsent_retry_finish (call->library, result, &error);
  hall_call_end (call, error);
}

static void
on_discarded (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;

  hall_unsent_discard_finish (call->library, result, &error);
  hall_call_end (call, error);
}

static void
on_undone (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;

  hall_unsent_undo_finish (call->library, result, &error);
  hall_call_end (call, error);
}

static const char *
get_id (HallCall *call)
{
  return hall_arguments_get_words (call->arguments)[0];
}

static void
retry (HallCall *call)
{
  hall_unsent_retry_async (call->library, get_id (call), on_retried, call);
}

static void
discard (HallCall *call)
{
  hall_unsent_discard_async (call->library, get_id (call), on_discarded, call);
}

static void
undo (HallCall *call)
{
  hall_unsent_undo_async (call->library, get_id (call), on_undone, call);
}

static const HallOption no_options[] = {
  { NULL, 0 },
};

static const HallOption list_options[] = {
  { "json", HALL_OPTION_FLAG },
  { NULL, 0 },
};

const HallVerb hall_outbox_verbs[] = {
  { "outbox", "list", "[--json]", N_("List the edits no service has taken yet, oldest first"),
    list_options, 0, 0, list },
  { "outbox", "retry", "ID", N_("Send a refused edit again with the next exchange"), no_options, 1, 1, retry },
  { "outbox", "discard", "ID", N_("Let a refused edit go: it is again as on the service"), no_options, 1, 1, discard },
  { "outbox", "undo", "ID", N_("Bring back an edit that was let go"), no_options, 1, 1, undo },
  { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL },
};
