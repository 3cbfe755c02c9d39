/* SPDX-License-Identifier: GPL-3.0-or-later
 * A slug of its own, an account that owns it, then the edit with its history and its place in the outbox. */
#include "app/hall-filing.h"

#include "app/hall-problem.h"
#include "model/hall-account.h"
#include "store/hall-edits.h"
#include "store/hall-rows.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is new belongs to the first account, as all that was there before did when that account came. */
static gboolean
find_owner (HallDatabase     *db,
            const HallValue  *value,
            char            **owner,
            GError          **error)
{
  const HallField        *field = hall_kind_find_field (value->kind, "account");
  g_autoptr (HallValue)   known = NULL;
  g_autoptr (GPtrArray)   accounts = NULL;
  g_autoptr (GError)      fault = NULL;

  *owner = NULL;
  if (field == NULL || hall_value_get_text (value, field) != NULL)
    return TRUE;

  known = hall_rows_get (db, value->kind, value->id, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (known != NULL)
    return TRUE;

  accounts = hall_rows_list (db, &hall_account_kind, "ORDER BY row LIMIT 1", NULL, error);
  if (accounts == NULL)
    return FALSE;
  if (accounts->len > 0)
    *owner = g_strdup (((const HallValue *) g_ptr_array_index (accounts, 0))->id);

  return TRUE;
}

/**
 * hall_filing_who_has_slug:
 * @db: a library
 * @slug: the end of a sign-up address
 * @chat: (nullable): id of the chat that wants it, which may have it already
 * @title: (out) (nullable): title of the chat that has it; NULL when it is free
 *
 * Returns: whether the library could be read
 */
gboolean
hall_filing_who_has_slug (HallDatabase  *db,
                          const char    *slug,
                          const char    *chat,
                          char         **title,
                          GError       **error)
{
  g_autoptr (GPtrArray) same = NULL;

  g_return_val_if_fail (db != NULL && slug != NULL && title != NULL, FALSE);

  *title = NULL;
  same = hall_rows_list (db, &hall_chat_kind, "WHERE slug = ?1", slug, error);
  if (same == NULL)
    return FALSE;

  for (guint i = 0; i < same->len && *title == NULL; i++) {
    const HallChat *other = g_ptr_array_index (same, i);

    if (g_strcmp0 (other->parent.id, chat) != 0)
      *title = g_strdup (other->title);
  }

  return TRUE;
}

/**
 * hall_filing_check_slug:
 * @db: a library
 * @chat: a chat
 * @error: %HALL_APP_ERROR_EXISTS with a sentence for people, or what the store says
 *
 * Returns: whether no other chat has its slug
 */
gboolean
hall_filing_check_slug (HallDatabase    *db,
                        const HallChat  *chat,
                        GError         **error)
{
  g_autofree char *other = NULL;

  g_return_val_if_fail (db != NULL && chat != NULL, FALSE);

  if (!hall_filing_who_has_slug (db, chat->slug, chat->parent.id, &other, error))
    return FALSE;

  if (other != NULL) {
    g_set_error (error, HALL_APP_ERROR, HALL_APP_ERROR_EXISTS,
                 _("The address of the chat “%s” ends in “%s” already. Nothing was saved. Choose another ending."),
                 other, chat->slug);
    return FALSE;
  }

  return TRUE;
}

/**
 * hall_filing_save:
 * @store: the open library file
 * @db: its writer's connection, in a transaction
 * @value: a value that hall_check_value() has let pass
 * @error: %HALL_APP_ERROR_EXISTS when its slug is taken, or what the store says
 *
 * Returns: (transfer full) (nullable): the value as it is saved, with the account that owns it
 */
gpointer
hall_filing_save (HallStore      *store,
                  HallDatabase   *db,
                  gconstpointer   value,
                  GError        **error)
{
  const HallValue       *given = value;
  g_autoptr (HallValue)  saved = NULL;
  g_autofree char       *owner = NULL;

  g_return_val_if_fail (HALL_IS_STORE (store), NULL);
  g_return_val_if_fail (db != NULL && value != NULL, NULL);

  if (given->kind == &hall_chat_kind && !hall_filing_check_slug (db, value, error))
    return NULL;
  if (!find_owner (db, given, &owner, error))
    return NULL;

  if (owner != NULL) {
    saved = hall_value_copy (given);
    hall_value_set_text (saved, hall_kind_find_field (given->kind, "account"), owner);
  } else {
    saved = hall_value_ref (given);
  }

  if (!hall_edits_save (db, saved, hall_store_get_clock (store), hall_store_get_random (store), error))
    return NULL;

  return g_steal_pointer (&saved);
}
