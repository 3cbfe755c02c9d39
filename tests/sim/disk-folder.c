/* SPDX-License-Identifier: GPL-3.0-or-later
 * A name that was given or taken is kept apart until the folder is synced. */
#include "disk-folder.h"

typedef struct {
  char    *name;
  SimFile *file; /* NULL when the name was taken away */
} Pending;

static void
clear_pending (gpointer data)
{
  Pending *pending = data;

  g_free (pending->name);
  g_clear_pointer (&pending->file, sim_file_unref);
}

static void
unref_file (gpointer file)
{
  sim_file_unref (file);
}

void
sim_folder_init (SimFolder *folder)
{
  folder->now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_file);
  folder->durable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_file);
  folder->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  g_array_set_clear_func (folder->pending, clear_pending);
}

void
sim_folder_clear (SimFolder *folder)
{
  g_hash_table_unref (folder->now);
  g_hash_table_unref (folder->durable);
  g_array_unref (folder->pending);
}

SimFile *
sim_folder_find (SimFolder  *folder,
                 const char *name)
{
  return g_hash_table_lookup (folder->now, name);
}

static void
set (GHashTable *names,
     const char *name,
     SimFile    *file)
{
  if (file != NULL)
    g_hash_table_insert (names, g_strdup (name), sim_file_ref (file));
  else
    g_hash_table_remove (names, name);
}

/* Gives @name to @file, or takes it away. */
void
sim_folder_set (SimFolder  *folder,
                const char *name,
                SimFile    *file)
{
  Pending pending = { g_strdup (name), file != NULL ? sim_file_ref (file) : NULL };

  g_array_append_val (folder->pending, pending);
  set (folder->now, name, file);
}

void
sim_folder_sync (SimFolder *folder)
{
  for (guint i = 0; i < folder->pending->len; i++) {
    const Pending *pending = &g_array_index (folder->pending, Pending, i);

    set (folder->durable, pending->name, pending->file);
  }
  g_array_set_size (folder->pending, 0);
}

guint64
sim_folder_size (SimFolder *folder)
{
  GHashTableIter iter;
  gpointer       file;
  guint64        size = 0;

  g_hash_table_iter_init (&iter, folder->now);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    size += ((SimFile *) file)->now->len;

  return size;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

void
sim_folder_crash (SimFolder   *folder,
                  SimSurvival  survival,
                  SimDice     *dice,
                  gsize        sector)
{
  g_autoptr (GPtrArray) names = NULL;

  for (guint i = 0; i < folder->pending->len; i++) {
    const Pending *pending = &g_array_index (folder->pending, Pending, i);

    if (survival == SIM_SURVIVAL_ALL || (survival == SIM_SURVIVAL_BY_SEED && sim_dice_coin (dice)))
      set (folder->durable, pending->name, pending->file);
  }
  g_array_set_size (folder->pending, 0);
  g_hash_table_remove_all (folder->now);

  /* In the order of their names: that of a hash table is another in every build of GLib. */
  names = g_hash_table_get_keys_as_ptr_array (folder->durable);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    SimFile *file = g_hash_table_lookup (folder->durable, names->pdata[i]);

    set (folder->now, names->pdata[i], file);
    sim_file_crash (file, survival, dice, sector);
    file->locks = (SimLocks) { 0 };
    file->sharing = NULL; /* those who had it mapped still keep it, until they are closed */
  }
}
