/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tokens by account, through libsecret; in Flatpak it uses the portal's file by itself. Blocking: worker threads. */
#include "config.h"

#include "app/hall-keyring.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

struct _HallKeyring {
  GObject     parent_instance;

  GMutex      lock;
  GHashTable *remembered; /* account → token; guarded by lock */
};

G_DEFINE_FINAL_TYPE (HallKeyring, hall_keyring, G_TYPE_OBJECT)

static const SecretSchema schema = {
  HALL_APP_ID,
  SECRET_SCHEMA_NONE,
  {
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* libsecret's own words speak of buses and objects; a host can only unlock the keyring or start one. */
static gboolean
translate (GError  *reason,
           GError **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, reason);
    return FALSE;
  }

  g_info ("The keyring says: %s", reason->message);
  g_error_free (reason);
  g_set_error_literal (error, HALL_APP_ERROR, HALL_APP_ERROR_KEYRING,
                       _("The keyring is locked or not there. Your work in the library is safe. "
                         "Unlock the keyring of your desktop, then try again."));
  return FALSE;
}

static void
free_token (gpointer token)
{
  secret_password_wipe (token);
  g_free (token);
}

static void
hall_keyring_finalize (GObject *object)
{
  HallKeyring *self = HALL_KEYRING (object);

  g_hash_table_unref (self->remembered);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (hall_keyring_parent_class)->finalize (object);
}

static void
hall_keyring_class_init (HallKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hall_keyring_finalize;
}

static void
hall_keyring_init (HallKeyring *self)
{
  g_mutex_init (&self->lock);
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_token);
}

/**
 * hall_keyring_new:
 *
 * Returns: (transfer full): a keyring; nothing is opened before it is used
 */
HallKeyring *
hall_keyring_new (void)
{
  return g_object_new (HALL_TYPE_KEYRING, NULL);
}

/**
 * hall_keyring_remember:
 * @self: a keyring
 * @account: id of an account
 * @token: its token
 *
 * Keeps a token in memory only, for as long as @self lives; for the desk of a library that is tried out. Any thread.
 */
void
hall_keyring_remember (HallKeyring *self,
                       const char  *account,
                       const char  *token)
{
  g_return_if_fail (HALL_IS_KEYRING (self));
  g_return_if_fail (account != NULL && token != NULL);

  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->remembered, g_strdup (account), g_strdup (token));
  g_mutex_unlock (&self->lock);
}

/**
 * hall_keyring_remembers:
 * @self: a keyring
 * @account: id of an account
 *
 * Any thread.
 *
 * Returns: whether a token of @account is kept in memory
 */
gboolean
hall_keyring_remembers (HallKeyring *self,
                        const char  *account)
{
  gboolean found;

  g_return_val_if_fail (HALL_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);

  g_mutex_lock (&self->lock);
  found = g_hash_table_contains (self->remembered, account);
  g_mutex_unlock (&self->lock);

  return found;
}

/**
 * hall_keyring_store:
 * @self: a keyring
 * @account: id of an account
 * @name: what the host calls the account: the desktop's keyring shows it
 * @token: its token
 *
 * Blocks, perhaps until a person has unlocked the keyring: worker threads only.
 *
 * Returns: whether the token is kept; if not, @error is %HALL_APP_ERROR_KEYRING
 */
gboolean
hall_keyring_store (HallKeyring   *self,
                    const char    *account,
                    const char    *name,
                    const char    *token,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *label = NULL;
  GError          *reason = NULL;

  g_return_val_if_fail (HALL_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (account != NULL && name != NULL && token != NULL, FALSE);

  /* Translators: how the keyring lists a token; %s is the account's name */
  label = g_strdup_printf (_("Hallway: token for %s"), name);
  if (!secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, token, cancellable, &reason,
                                   "account", account, NULL))
    return translate (reason, error);

  return TRUE;
}

/**
 * hall_keyring_look_up:
 * @self: a keyring
 * @account: id of an account
 *
 * Blocks, perhaps until a person has unlocked the keyring: worker threads only.
 *
 * Returns: (transfer full) (nullable): the token; NULL with %HALL_APP_ERROR_KEYRING when the keyring cannot be
 *   asked or has none
 */
char *
hall_keyring_look_up (HallKeyring   *self,
                      const char    *account,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char *token = NULL;
  char            *secret;
  GError          *reason = NULL;

  g_return_val_if_fail (HALL_IS_KEYRING (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  g_mutex_lock (&self->lock);
  token = g_strdup (g_hash_table_lookup (self->remembered, account));
  g_mutex_unlock (&self->lock);
  if (token != NULL)
    return g_steal_pointer (&token);

  secret = secret_password_lookup_sync (&schema, cancellable, &reason, "account", account, NULL);
  if (reason != NULL) {
    translate (reason, error);
    return NULL;
  }
  if (secret == NULL) {
    g_set_error_literal (error, HALL_APP_ERROR, HALL_APP_ERROR_KEYRING,
                         _("The token of this account is no longer in the keyring. Everything saved here is safe. "
                           "Remove the account and set it up again."));
    return NULL;
  }

  token = g_strdup (secret);
  secret_password_free (secret);
  return g_steal_pointer (&token);
}

/**
 * hall_keyring_clear:
 * @self: a keyring
 * @account: id of an account
 *
 * Forgets the token, in memory and in the keyring. Blocks: worker threads only.
 *
 * Returns: whether none is kept any more, also when there was none
 */
gboolean
hall_keyring_clear (HallKeyring   *self,
                    const char    *account,
                    GCancellable  *cancellable,
                    GError       **error)
{
  GError  *reason = NULL;
  gboolean was_remembered;

  g_return_val_if_fail (HALL_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);

  g_mutex_lock (&self->lock);
  was_remembered = g_hash_table_remove (self->remembered, account);
  g_mutex_unlock (&self->lock);
  if (was_remembered)
    return TRUE;

  secret_password_clear_sync (&schema, cancellable, &reason, "account", account, NULL);
  if (reason != NULL)
    return translate (reason, error);

  return TRUE;
}
