/* SPDX-License-Identifier: GPL-3.0-or-later
 * Common ends are cut off first; between them, ids that keep their order stay and the rest comes and goes. */
#include "app/hall-id-changes.h"

/* Past these, one large change costs a list less than many small ones, and finding them costs us too much. */
#define LARGEST_MIDDLE 4096
#define MOST_CHANGES   64

static GHashTable *
make_set (const gint64 *ids,
          guint         n)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n; i++)
    g_hash_table_add (set, (gpointer) &ids[i]);

  return set;
}

/* NULL when ids that stay have changed places, or there would be too many changes. */
static GArray *
find_small_changes (const gint64 *before,
                    guint         n_before,
                    const gint64 *after,
                    guint         n_after,
                    guint         position)
{
  g_autoptr (GHashTable) old = make_set (before, n_before);
  g_autoptr (GHashTable) new = make_set (after, n_after);
  g_autoptr (GArray)     changes = g_array_new (FALSE, FALSE, sizeof (HallIdChange));
  guint                  i = 0;
  guint                  j = 0;

  while (i < n_before || j < n_after) {
    HallIdChange change = { position, 0, 0 };

    while (i < n_before && !g_hash_table_contains (new, &before[i])) {
      change.removed++;
      i++;
    }
    while (j < n_after && !g_hash_table_contains (old, &after[j])) {
      change.added++;
      j++;
    }
    if (change.removed + change.added > 0)
      g_array_append_val (changes, change);
    position += change.added;

    if (i < n_before && j < n_after && before[i] != after[j])
      return NULL;
    if (changes->len > MOST_CHANGES)
      return NULL;
    if (i < n_before) {
      i++;
      j++;
      position++;
    }
  }

  return g_steal_pointer (&changes);
}

/**
 * hall_id_changes:
 * @before: (array length=n_before): ids in order, none twice
 * @after: (array length=n_after): ids in their new order, none twice
 *
 * The steps are to be taken one after the other. What a step adds at its position is what @after has there.
 * Any thread.
 *
 * Returns: (transfer full) (element-type HallIdChange): the steps, from the front to the back; empty when there
 *   is nothing to do
 */
GArray *
hall_id_changes (const gint64 *before,
                 guint         n_before,
                 const gint64 *after,
                 guint         n_after)
{
  GArray      *changes = NULL;
  HallIdChange whole;
  guint        front = 0;
  guint        back = 0;

  while (front < n_before && front < n_after && before[front] == after[front])
    front++;
  while (back < n_before - front && back < n_after - front && before[n_before - back - 1] == after[n_after - back - 1])
    back++;

  whole = (HallIdChange) { front, n_before - front - back, n_after - front - back };
  if (whole.removed > 0 && whole.added > 0 && MAX (whole.removed, whole.added) <= LARGEST_MIDDLE)
    changes = find_small_changes (before + front, whole.removed, after + front, whole.added, front);

  if (changes == NULL) {
    changes = g_array_new (FALSE, FALSE, sizeof (HallIdChange));
    if (whole.removed + whole.added > 0)
      g_array_append_val (changes, whole);
  }

  return changes;
}
