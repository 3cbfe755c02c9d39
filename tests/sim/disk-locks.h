/* SPDX-License-Identifier: GPL-3.0-or-later
 * The locks of one file between the connections of one process, and the memory they share beside it. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/* The levels that SQLite knows; each holder is whatever pointer stands for a connection. */
typedef struct {
  guint    n_shared;
  gpointer reserved;
  gpointer pending;
  gpointer exclusive;
} SimLocks;

int  sim_locks_take    (SimLocks  *locks,
                        gpointer   holder,
                        int       *level,
                        int        wanted);
void sim_locks_give    (SimLocks  *locks,
                        gpointer   holder,
                        int       *level,
                        int        wanted);

typedef struct {
  guint      refs;
  GPtrArray *regions;
  guint      n_shared[SQLITE_SHM_NLOCK];
  gboolean   exclusive[SQLITE_SHM_NLOCK];
} SimSharing;

/* What one connection has of it: a bit for each lock. */
typedef struct {
  SimSharing *sharing;
  guint       shared;
  guint       exclusive;
} SimShare;

SimSharing    *sim_sharing_new  (void);
void           sim_share_begin  (SimShare      *share,
                                 SimSharing    *sharing);
void           sim_share_end    (SimShare      *share,
                                 SimSharing   **sharing);
volatile void *sim_share_map    (SimShare      *share,
                                 guint          region,
                                 gsize          size,
                                 gboolean       extend);
int            sim_share_lock   (SimShare      *share,
                                 int            first,
                                 int            n,
                                 gboolean       exclusive);
void           sim_share_unlock (SimShare      *share,
                                 int            first,
                                 int            n,
                                 gboolean       exclusive);
