/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway account add|renew|list`: a service and its token, tried before they are kept. */
#include "cli/hall-account-verbs.h"

#include "app/hall-connections.h"
#include "app/hall-problem.h"

#include <glib/gi18n.h>

/* Far more than any token has. */
#define LARGEST_TOKEN 4096

static void
on_added (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  HallCall               *call = user_data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (HallAccount) account = hall_connections_add_finish (call->library, result, &error);

  if (account == NULL) {
    hall_call_fail (call, error);
    return;
  }

  hall_terminal_say (&call->terminal, "%s", account->parent.id);
  hall_call_finish (call, HALL_EXIT_DONE);
}

static void
on_renewed (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;

  if (hall_connections_renew_finish (call->library, result, &error))
    hall_call_finish (call, HALL_EXIT_DONE);
  else
    hall_call_fail (call, error);
}

static void
on_token_read (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  g_autofree char   *token = NULL;
  gsize              length;

  if (bytes == NULL) {
    hall_call_fail (call, error);
    return;
  }

  token = g_strndup (g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
  if (hall_arguments_has (call->arguments, "url"))
    hall_connections_add_async (call->library, hall_arguments_get_words (call->arguments)[0],
                                hall_arguments_get (call->arguments, "url"), token, NULL, on_added, call);
  else
    hall_connections_renew_async (call->library, hall_arguments_get_words (call->arguments)[0], token, NULL,
                                  on_renewed, call);
}

static void
on_token_opened (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HallCall                    *call = user_data;
  g_autoptr (GError)           error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (object), result, &error);

  if (stream == NULL)
    hall_call_fail (call, error);
  else
    g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), LARGEST_TOKEN, G_PRIORITY_DEFAULT, NULL,
                                     on_token_read, call);
}

static void
read_token (HallCall *call)
{
  const char       *name = hall_arguments_get (call->arguments, "token-file");
  g_autoptr (GFile) file = call->terminal.file (name, call->terminal.data);

  g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, on_token_opened, call);
}

static const HallOption add_options[] = {
  { "url", HALL_OPTION_VALUE | HALL_OPTION_NEEDED },
  { "token-file", HALL_OPTION_FILE | HALL_OPTION_NEEDED },
  { NULL, 0 },
};

static void
append (HallListing   *listing,
        gconstpointer  item)
{
  const HallAccount *account = item;

  hall_listing_next (listing);
  hall_listing_add_cell (listing, account->name);
  hall_listing_add_cell (listing, account->url);

  hall_listing_add_text (listing, "id", account->parent.id);
  hall_listing_add_text (listing, "name", account->name);
  hall_listing_add_text (listing, "url", account->url);
}

static const HallCallList accounts = { hall_library_list_finish, append };

static void
list (HallCall *call)
{
  call->list = &accounts;
  hall_library_list_async (call->library, &hall_account_kind, NULL, NULL, hall_call_on_listed, call);
}

static const HallOption renew_options[] = {
  { "token-file", HALL_OPTION_FILE | HALL_OPTION_NEEDED },
  { NULL, 0 },
};

static const HallOption list_options[] = {
  { "json", HALL_OPTION_FLAG },
  { NULL, 0 },
};

const HallVerb hall_account_verbs[] = {
  { "account", "add", "NAME --url URL --token-file FILE",
    N_("Set up a registration service with the token it gave you"), add_options, 1, 1, read_token },
  { "account", "renew", "ACCOUNT --token-file FILE",
    N_("Give an account another token; what waits to be sent there stays"), renew_options, 1, 1, read_token },
  { "account", "list", "[--json]", N_("List the accounts by name"), list_options, 0, 0, list },
  { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL },
};
