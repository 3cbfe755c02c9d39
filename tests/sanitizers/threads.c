/* SPDX-License-Identifier: GPL-3.0-or-later
 * A correct program of GLib's threads, on which the thread sanitizer must be silent; with RACE defined
 * it has one race, which must be found. */
#include <gio/gio.h>

#define WORKERS 3
#define ROUNDS  500

static GMutex lock;
static int    guarded;
static int    bare;

static gpointer
work (gpointer data)
{
  GAsyncQueue *queue = data;

  for (int i = 0; i < ROUNDS; i++)
    {
      int *item = g_new (int, 1);

      *item = i;
      g_mutex_lock (&lock);
      guarded++;
      g_mutex_unlock (&lock);
#ifdef RACE
      bare++;
#endif
      g_async_queue_push (queue, item);
    }
  return NULL;
}

static void
answer (GTask        *task,
        gpointer      source,
        gpointer      task_data,
        GCancellable *cancellable)
{
  g_task_return_int (task, *(int *) task_data);
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_assert_cmpint (g_task_propagate_int (G_TASK (result), NULL), ==, 7);
  g_main_loop_quit (data);
}

int
main (void)
{
  g_autoptr (GAsyncQueue) queue = g_async_queue_new_full (g_free);
  g_autoptr (GMainLoop)   loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GTask)       task = g_task_new (NULL, NULL, on_answered, loop);
  GThread                *workers[WORKERS];
  int                     sum = 0;

  for (int i = 0; i < WORKERS; i++)
    workers[i] = g_thread_new ("worker", work, queue);
  for (int i = 0; i < WORKERS * ROUNDS; i++)
    {
      g_autofree int *item = g_async_queue_pop (queue);

      sum += *item;
    }
  for (int i = 0; i < WORKERS; i++)
    g_thread_join (workers[i]);
  g_assert_cmpint (guarded, ==, WORKERS * ROUNDS);
  g_assert_cmpint (sum, ==, WORKERS * ROUNDS * (ROUNDS - 1) / 2);
  g_assert_cmpint (bare, <=, guarded);

  g_task_set_task_data (task, g_memdup2 (&(int){ 7 }, sizeof (int)), g_free);
  g_task_run_in_thread (task, answer);
  g_main_loop_run (loop);
  return 0;
}
