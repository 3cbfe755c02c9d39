/* SPDX-License-Identifier: GPL-3.0-or-later
 * An account is asked for first, then its token goes to the keyring, then its row into the library; what cannot
 * be finished is taken back. */
#include "app/hall-connections.h"

#include "app/hall-problem.h"
#include "app/hall-worker.h"
#include "store/hall-accounts.h"
#include "store/hall-pauses.h"
#include "store/hall-rows.h"
#include "store/hall-store.h"
#include "sync/hall-sync.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  HallStore         *store;
  HallKeyring       *keyring;
  char              *name;
  char              *url;
  char              *token;
  gboolean           in_memory; /* the token of a demo's desk */
  char              *id;        /* of the account to renew or to remove */
  const HallAccount *account;
} Deal;

static void
free_deal (gpointer data)
{
  Deal *deal = data;

  g_object_unref (deal->store);
  g_object_unref (deal->keyring);
  g_free (deal->name);
  g_free (deal->url);
  g_free (deal->token);
  g_free (deal->id);
  hall_value_unref (deal->account);
  g_free (deal);
}

static Deal *
make_deal (HallLibrary *library)
{
  Deal *deal = g_new0 (Deal, 1);

  deal->store = g_object_ref (hall_library_get_store (library));
  deal->keyring = g_object_ref (hall_library_get_keyring (library));

  return deal;
}

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE, sentence);
  return FALSE;
}

/* One form for one address, so that two of them can be told to be the same. */
static char *
tidy_url (const char  *typed,
          GError     **error)
{
  g_autofree char *url = g_strstrip (g_strdup (typed));
  g_autoptr (GUri) uri = NULL;

  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';

  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || (strcmp (g_uri_get_scheme (uri), "https") != 0 && strcmp (g_uri_get_scheme (uri), "http") != 0) ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL) {
    refuse (error, _("This is not the address of a service. Nothing was saved. "
                     "Write it as https://chats.example.org."));
    return NULL;
  }

  return g_steal_pointer (&url);
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  g_autofree char *shown = g_strstrip (g_strdup (name));

  return *shown != '\0' ||
         refuse (error, _("The account has no name. Nothing was saved. Give it one, such as Our chats."));
}

static gboolean
check_token (const char  *token,
             GError     **error)
{
  if (*token == '\0')
    return refuse (error, _("The token is missing. Nothing was saved. Paste the token the service gave you."));
  for (const char *p = token; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return refuse (error, _("This is not a token: it is one word of plain letters and digits. Nothing was saved. "
                              "Paste it again."));

  return TRUE;
}

static gboolean
write_row (HallDatabase  *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Deal                 *deal = data;
  g_autoptr (GPtrArray) same = hall_rows_list (db, &hall_account_kind, "WHERE url = ?1", deal->account->url, error);

  if (same == NULL)
    return FALSE;
  if (same->len > 0) {
    g_set_error_literal (error, HALL_APP_ERROR, HALL_APP_ERROR_EXISTS,
                         _("There is an account for this address already. Nothing was changed. "
                           "Remove that account first."));
    return FALSE;
  }

  return hall_accounts_add (db, deal->account, hall_store_get_clock (deal->store),
                            hall_store_get_random (deal->store), error);
}

static gboolean
strike_row (HallDatabase  *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Deal *deal = data;

  return hall_accounts_remove (db, deal->id, error);
}

static gboolean
keep_token (Deal          *deal,
            GCancellable  *cancellable,
            GError       **error)
{
  const char *id = deal->account->parent.id;

  if (deal->in_memory) {
    hall_keyring_remember (deal->keyring, id, deal->token);
    return TRUE;
  }

  return hall_keyring_store (deal->keyring, id, deal->name, deal->token, cancellable, error);
}

static gboolean
add_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Deal                   *deal = data;
  g_autofree char        *service = NULL;
  g_autofree char        *id = NULL;
  g_autoptr (HallAccount) account = NULL;

  if (!hall_sync_probe (deal->url, deal->token, &service, cancellable, error))
    return FALSE;

  id = hall_id_new (hall_clock_now (hall_store_get_clock (deal->store)), hall_store_get_random (deal->store));
  account = hall_value_new (&hall_account_kind, id);
  account->name = g_strstrip (g_strdup (deal->name));
  account->service = g_steal_pointer (&service);
  account->url = g_strdup (deal->url);
  deal->account = g_steal_pointer (&account);

  if (!keep_token (deal, cancellable, error))
    return FALSE;
  if (!hall_store_write (deal->store, write_row, deal, NULL, error)) {
    hall_keyring_clear (deal->keyring, id, NULL, NULL);
    return FALSE;
  }

  return TRUE;
}

/* By its id, or by its name where only one has it. */
static gboolean
find_row (HallDatabase  *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Deal                 *deal = data;
  g_autoptr (GPtrArray) found = hall_rows_list (db, &hall_account_kind, "WHERE id = ?1 OR name = ?1", deal->id, error);

  if (found == NULL)
    return FALSE;
  if (found->len != 1) {
    g_set_error (error, HALL_APP_ERROR, HALL_APP_ERROR_NOT_FOUND,
                 found->len == 0 ? _("There is no account “%s”. Nothing was changed. Look at the list of accounts.")
                                 : _("There are several accounts “%s”. Nothing was changed. Name one by its id."),
                 deal->id);
    return FALSE;
  }

  deal->account = hall_value_ref (g_ptr_array_index (found, 0));
  g_set_str (&deal->id, deal->account->parent.id);

  return TRUE;
}

/* What the service said of the token before says nothing of this one. */
static gboolean
end_pause (HallDatabase  *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Deal *deal = data;

  return hall_pauses_drop (db, deal->id, error);
}

static gboolean
renew_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Deal *deal = data;

  if (!hall_store_read (deal->store, find_row, deal, cancellable, error) ||
      !hall_sync_probe (deal->account->url, deal->token, NULL, cancellable, error))
    return FALSE;

  g_set_str (&deal->name, deal->account->name);

  return keep_token (deal, cancellable, error) && hall_store_write (deal->store, end_pause, deal, NULL, error);
}

/* The row first: an account without its token can be removed again, a token without its account nobody sees. */
static gboolean
remove_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Deal *deal = data;

  return hall_store_write (deal->store, strike_row, deal, NULL, error) &&
         hall_keyring_clear (deal->keyring, deal->id, NULL, error);
}

static void
add (HallLibrary         *library,
     const char          *name,
     const char          *url,
     const char          *token,
     gboolean             in_memory,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (library, cancellable, callback, user_data);
  Deal             *deal = make_deal (library);
  GError           *error = NULL;

  g_task_set_source_tag (task, hall_connections_add_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, deal, free_deal);
  deal->name = g_strdup (name);
  deal->token = g_strstrip (g_strdup (token));
  deal->in_memory = in_memory;
  deal->url = check_name (deal->name, &error) && check_token (deal->token, &error) ? tidy_url (url, &error)
                                                                                   : NULL;

  if (deal->url == NULL)
    g_task_return_error (task, error);
  else
    hall_worker_run (task, add_job);
}

/**
 * hall_connections_add_async:
 * @library: a library
 * @name: what the host calls the account
 * @url: the service's address
 * @token: its token, white space around it not counting
 *
 * Asks the service with the token, keeps the token in the keyring and the account in the library. The first
 * account takes in everything that had none.
 */
void
hall_connections_add_async (HallLibrary         *library,
                            const char          *name,
                            const char          *url,
                            const char          *token,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (name != NULL && url != NULL && token != NULL);

  add (library, name, url, token, FALSE, cancellable, callback, user_data);
}

/**
 * hall_connections_add_demo_async:
 *
 * The same for the desk of a library that is tried out: its token stays in memory, as the desk gives a new one at
 * every start. Finished by hall_connections_add_finish().
 */
void
hall_connections_add_demo_async (HallLibrary         *library,
                                 const char          *name,
                                 const char          *url,
                                 const char          *token,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (name != NULL && url != NULL && token != NULL);

  add (library, name, url, token, TRUE, cancellable, callback, user_data);
}

/**
 * hall_connections_add_finish:
 * @error: %HALL_APP_ERROR_WRONG_USE for what was typed, %HALL_APP_ERROR_EXISTS for a second account of
 *   one service, %HALL_SYNC_ERROR for what the service says, %HALL_APP_ERROR_KEYRING, %HALL_STORE_ERROR; nothing is kept then
 *
 * Returns: (transfer full) (nullable): the account
 */
HallAccount *
hall_connections_add_finish (HallLibrary   *library,
                             GAsyncResult  *result,
                             GError       **error)
{
  Deal *deal;

  g_return_val_if_fail (g_task_is_valid (result, library), NULL);

  deal = g_task_propagate_pointer (G_TASK (result), error);

  return deal != NULL ? hall_value_ref (deal->account) : NULL;
}

/**
 * hall_connections_renew_async:
 * @library: a library
 * @account: id of an account, or its name where no other account has it
 * @token: another token, white space around it not counting
 *
 * Asks the service with the new token and keeps it in the place of the old one. Everything else stays as it is, what
 * waits to be sent above all.
 */
void
hall_connections_renew_async (HallLibrary         *library,
                              const char          *account,
                              const char          *token,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Deal             *deal;
  GError           *error = NULL;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (account != NULL && token != NULL);

  deal = make_deal (library);
  deal->id = g_strdup (account);
  deal->token = g_strstrip (g_strdup (token));
  task = g_task_new (library, cancellable, callback, user_data);
  g_task_set_source_tag (task, hall_connections_renew_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, deal, free_deal);

  if (!check_token (deal->token, &error))
    g_task_return_error (task, error);
  else
    hall_worker_run (task, renew_job);
}

/**
 * hall_connections_renew_finish:
 * @error: as hall_connections_add_finish() has it; %HALL_APP_ERROR_NOT_FOUND when there is no such account. The old
 *   token is kept then
 *
 * Exchanges that stopped because the old token was refused go on.
 *
 * Returns: whether the account has the new token
 */
gboolean
hall_connections_renew_finish (HallLibrary   *library,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), FALSE);

  if (g_task_propagate_pointer (G_TASK (result), error) == NULL)
    return FALSE;

  hall_courier_look_again (hall_library_get_courier (library));
  return TRUE;
}

/**
 * hall_connections_remove_async:
 * @library: a library
 * @account: id of an account
 *
 * Takes an account and its token away. Its chats and posts stay in the library; nothing is removed from the service.
 */
void
hall_connections_remove_async (HallLibrary         *library,
                               const char          *account,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Deal             *deal;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (account != NULL);

  deal = make_deal (library);
  deal->id = g_strdup (account);
  task = g_task_new (library, NULL, callback, user_data);
  g_task_set_source_tag (task, hall_connections_remove_async);
  g_task_set_task_data (task, deal, free_deal);
  hall_worker_run (task, remove_job);
}

/**
 * hall_connections_remove_finish:
 * @error: %HALL_STORE_ERROR, or %HALL_APP_ERROR_KEYRING when the account is gone but its token could not be reached
 *
 * Returns: whether account and token are gone
 */
gboolean
hall_connections_remove_finish (HallLibrary   *library,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
