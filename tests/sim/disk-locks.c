/* SPDX-License-Identifier: GPL-3.0-or-later
 * Nobody ever waits here: what is taken is busy. */
#include "disk-locks.h"

static gboolean
is_others (gpointer owner,
           gpointer holder)
{
  return owner != NULL && owner != holder;
}

/* SQLITE_OK or SQLITE_BUSY; on the way to exclusive a connection may stay pending, which keeps new readers out. */
int
sim_locks_take (SimLocks *locks,
                gpointer  holder,
                int      *level,
                int       wanted)
{
  if (*level >= wanted)
    return SQLITE_OK;

  if (*level == SQLITE_LOCK_NONE) {
    if (locks->pending != NULL || locks->exclusive != NULL)
      return SQLITE_BUSY;
    locks->n_shared++;
    *level = SQLITE_LOCK_SHARED;
  }
  if (wanted == SQLITE_LOCK_SHARED)
    return SQLITE_OK;

  if (is_others (locks->reserved, holder) || is_others (locks->pending, holder) || is_others (locks->exclusive, holder))
    return SQLITE_BUSY;
  if (wanted == SQLITE_LOCK_RESERVED) {
    locks->reserved = holder;
    *level = SQLITE_LOCK_RESERVED;
    return SQLITE_OK;
  }

  locks->pending = holder;
  *level = SQLITE_LOCK_PENDING;
  if (locks->n_shared > 1)
    return SQLITE_BUSY;
  locks->exclusive = holder;
  *level = SQLITE_LOCK_EXCLUSIVE;

  return SQLITE_OK;
}

/* Down to @wanted, which is shared or none. */
void
sim_locks_give (SimLocks *locks,
                gpointer  holder,
                int      *level,
                int       wanted)
{
  if (*level <= wanted)
    return;

  if (locks->reserved == holder)
    locks->reserved = NULL;
  if (locks->pending == holder)
    locks->pending = NULL;
  if (locks->exclusive == holder)
    locks->exclusive = NULL;
  if (wanted == SQLITE_LOCK_NONE)
    locks->n_shared--;
  *level = wanted;
}

SimSharing *
sim_sharing_new (void)
{
  SimSharing *sharing = g_new0 (SimSharing, 1);

  sharing->regions = g_ptr_array_new_with_free_func (g_free);

  return sharing;
}

void
sim_share_begin (SimShare   *share,
                 SimSharing *sharing)
{
  sharing->refs++;
  *share = (SimShare) { sharing, 0, 0 };
}

/* With the last one it is gone, as it is when the last process that had it mapped has ended: whoever comes next makes
 * the index anew from the log. @sharing is where the file keeps it, unless a crash came between. */
void
sim_share_end (SimShare    *share,
               SimSharing **sharing)
{
  SimSharing *ours = share->sharing;

  for (int i = 0; i < SQLITE_SHM_NLOCK; i++) {
    if (share->shared & (1u << i))
      ours->n_shared[i]--;
    if (share->exclusive & (1u << i))
      ours->exclusive[i] = FALSE;
  }
  *share = (SimShare) { NULL, 0, 0 };

  if (--ours->refs == 0) {
    if (*sharing == ours)
      *sharing = NULL;
    g_ptr_array_unref (ours->regions);
    g_free (ours);
  }
}

volatile void *
sim_share_map (SimShare *share,
               guint     region,
               gsize     size,
               gboolean  extend)
{
  GPtrArray *regions = share->sharing->regions;

  while (extend && regions->len <= region)
    g_ptr_array_add (regions, g_malloc0 (size));

  return region < regions->len ? regions->pdata[region] : NULL;
}

int
sim_share_lock (SimShare *share,
                int       first,
                int       n,
                gboolean  exclusive)
{
  SimSharing *sharing = share->sharing;

  for (int i = first; i < first + n; i++) {
    guint others = sharing->n_shared[i] - ((share->shared >> i) & 1);

    if (!(share->exclusive & (1u << i)) && (sharing->exclusive[i] || (exclusive && others > 0)))
      return SQLITE_BUSY;
  }

  for (int i = first; i < first + n; i++)
    if (exclusive) {
      sharing->exclusive[i] = TRUE;
      share->exclusive |= 1u << i;
    } else if (!(share->shared & (1u << i))) {
      sharing->n_shared[i]++;
      share->shared |= 1u << i;
    }

  return SQLITE_OK;
}

void
sim_share_unlock (SimShare *share,
                  int       first,
                  int       n,
                  gboolean  exclusive)
{
  for (int i = first; i < first + n; i++)
    if (exclusive && share->exclusive & (1u << i)) {
      share->sharing->exclusive[i] = FALSE;
      share->exclusive &= ~(1u << i);
    } else if (!exclusive && share->shared & (1u << i)) {
      share->sharing->n_shared[i]--;
      share->shared &= ~(1u << i);
    }
}
