/* SPDX-License-Identifier: GPL-3.0-or-later
 * A few counts over small tables, all from one moment. */
#include "app/hall-tally.h"

#include "store/hall-conflicts.h"
#include "store/hall-outbox.h"
#include "store/hall-rows.h"

static void
free_account (gpointer data)
{
  HallTallyAccount *entry = data;

  hall_value_unref (entry->account);
  g_free (entry);
}

static gboolean
read_accounts (HallTally     *self,
               HallDatabase  *db,
               GError       **error)
{
  g_autoptr (GPtrArray) accounts = hall_rows_list (db, &hall_account_kind, "ORDER BY name, id", NULL, error);

  if (accounts == NULL)
    return FALSE;

  for (guint i = 0; i < accounts->len; i++) {
    HallTallyAccount *entry = g_new0 (HallTallyAccount, 1);

    entry->account = hall_value_ref (g_ptr_array_index (accounts, i));
    g_ptr_array_add (self->accounts, entry);
    if (!hall_pauses_get (db, entry->account->parent.id, &entry->pause, error))
      return FALSE;
    if (i == 0 || entry->account->synced_at < self->synced_at)
      self->synced_at = entry->account->synced_at;
  }

  return TRUE;
}

static gboolean
read_counts (HallTally     *self,
             HallDatabase  *db,
             GError       **error)
{
  gint64 waiting = hall_outbox_count (db, NULL, FALSE, error);
  gint64 parked = waiting >= 0 ? hall_outbox_count (db, NULL, TRUE, error) : -1;
  gint64 conflicts = parked >= 0 ? hall_conflicts_count (db, NULL, error) : -1;

  if (conflicts < 0 || (self->oldest_at = hall_outbox_find_oldest (db, error)) < 0)
    return FALSE;

  self->waiting = waiting;
  self->parked = parked;
  self->conflicts = conflicts;

  return TRUE;
}

/**
 * hall_tally_read:
 * @db: a connection to the library
 * @error: HALL_STORE_ERROR
 *
 * Any thread that owns @db.
 *
 * Returns: (transfer full): how things stand now; NULL with @error set
 */
HallTally *
hall_tally_read (HallDatabase  *db,
                 GError       **error)
{
  g_autoptr (HallTally) self = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  self = g_new0 (HallTally, 1);
  self->accounts = g_ptr_array_new_with_free_func (free_account);
  if (!read_accounts (self, db, error) || !read_counts (self, db, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * hall_tally_free:
 * @self: (transfer full) (nullable): what was read
 */
void
hall_tally_free (HallTally *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->accounts);
  g_free (self);
}
