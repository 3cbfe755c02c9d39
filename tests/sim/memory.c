/* SPDX-License-Identifier: GPL-3.0-or-later
 * SQLite's own allocator, with a counter before it. SQLite has one for the whole process, so this is static. */
#include "memory.h"

#include <sqlite3.h>

static sqlite3_mem_methods real;
static guint64             count;
static guint64             left; /* until the failure; 0 for none */
static guint64             n_failed;
static gboolean            lasts;
static gboolean            spared;

static gboolean
runs_out (void)
{
  if (spared)
    return FALSE;

  count++;
  if (left == 0 || --left > 0)
    return FALSE;

  left = lasts ? 1 : 0;
  n_failed++;

  return TRUE;
}

static void *
allocate (int size)
{
  return runs_out () ? NULL : real.xMalloc (size);
}

static void *
reallocate (void *memory,
            int   size)
{
  return runs_out () ? NULL : real.xRealloc (memory, size);
}

/* Before anything in the process uses SQLite, or after all of it is closed. Nothing is set aside for later, so that
 * every piece of memory SQLite wants is asked for here, one by one. */
void
sim_memory_install (void)
{
  sqlite3_mem_methods counting;

  g_assert (sqlite3_shutdown () == SQLITE_OK);
  g_assert (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real) == SQLITE_OK);
  counting = real;
  counting.xMalloc = allocate;
  counting.xRealloc = reallocate;
  g_assert (sqlite3_config (SQLITE_CONFIG_MALLOC, &counting) == SQLITE_OK);
  g_assert (sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK);
  g_assert (sqlite3_config (SQLITE_CONFIG_PAGECACHE, NULL, 0, 0) == SQLITE_OK);
  g_assert (sqlite3_initialize () == SQLITE_OK);
}

/* The @nth request for memory from now on, from 1, gets none; with @lasting all after it as well. 0 for never. */
void
sim_memory_fail (guint64  nth,
                 gboolean lasting)
{
  left = nth;
  lasts = lasting;
}

/* Whether what is done from now on is another program's, which has memory enough; it is not counted either. */
void
sim_memory_spare (gboolean spares)
{
  spared = spares;
}

/* How many requests there were since the program began. */
guint64
sim_memory_count (void)
{
  return count;
}

/* How many of them got none. */
guint64
sim_memory_count_failed (void)
{
  return n_failed;
}

/* Bytes that SQLite has now: the same before and after a piece of work, or something leaks. */
gint64
sim_memory_get_used (void)
{
  return sqlite3_memory_used ();
}
