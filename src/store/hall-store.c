/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thread that writes and two that read, each with its own connection, and jobs for them. */
#include "store/hall-store.h"

#include "store/hall-file-lock.h"
#include "store/hall-history.h"
#include "store/hall-library-schema.h"

#include <stdlib.h>

#define READERS 2

#define HISTORY_DAYS 90

struct _HallStore {
  GObject           parent_instance;

  char             *path;
  const HallClock  *clock;
  const HallRandom *random;
  HallFileLock     *lock;
  GMainContext     *context; /* of whoever opened it: "changed" is emitted there */

  HallDatabase     *writing;
  GAsyncQueue      *reading; /* of HallDatabase: the connections no reader uses just now */
  GThreadPool      *writer;
  GThreadPool      *readers;

  GMutex            mutex; /* for what follows */
  gboolean          closed;
  GHashTable       *changed; /* tables still to be told of */
  GSource          *telling; /* what will tell, or absent */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallStore, hall_store, G_TYPE_OBJECT)

/* The store whose job runs on this thread: waiting for another job from within one would never end. */
static GPrivate inside = G_PRIVATE_INIT (NULL);

static gboolean
tell (gpointer data)
{
  g_autoptr (HallStore)    self = g_weak_ref_get (data);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv)           tables = NULL;
  GHashTableIter           iter;
  gpointer                 name;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    g_hash_table_iter_steal (&iter);
    g_strv_builder_take (names, name);
  }
  g_clear_pointer (&self->telling, g_source_unref);
  g_mutex_unlock (&self->mutex);

  tables = g_strv_builder_end (names);
  g_signal_emit (self, signals[CHANGED], 0, tables);

  return G_SOURCE_REMOVE;
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Many commits before the main loop comes round are told of once. */
static void
note_changed (HallStore *self)
{
  g_auto (GStrv) tables = hall_database_take_changed (self->writing);

  if (tables == NULL)
    return;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; tables[i] != NULL; i++)
    g_hash_table_add (self->changed, g_strdup (tables[i]));

  if (self->telling == NULL) {
    GWeakRef *weak = g_new0 (GWeakRef, 1);

    g_weak_ref_init (weak, self);
    self->telling = g_idle_source_new ();
    g_source_set_priority (self->telling, G_PRIORITY_DEFAULT);
    g_source_set_static_name (self->telling, "HallStore changed");
    g_source_set_callback (self->telling, tell, weak, free_weak_ref);
    g_source_attach (self->telling, self->context);
  }
  g_mutex_unlock (&self->mutex);
}

static void
write_one (gpointer data,
           gpointer user_data)
{
  HallStore *self = user_data;

  g_private_set (&inside, self);
  hall_work_run (data, self->writing);
  g_private_set (&inside, NULL);

  note_changed (self);
  hall_work_finish (data);
}

static void
read_one (gpointer data,
          gpointer user_data)
{
  HallStore    *self = user_data;
  HallDatabase *db = g_async_queue_pop (self->reading);

  g_private_set (&inside, self);
  hall_work_run (data, db);
  g_private_set (&inside, NULL);

  g_async_queue_push (self->reading, db);
  hall_work_finish (data);
}

/* Puts work into a queue, unless the store is closed. */
static void
push (HallStore *self,
      gboolean   writes,
      HallWork  *work)
{
  gboolean is_open;

  g_mutex_lock (&self->mutex);
  is_open = !self->closed;
  if (is_open)
    g_thread_pool_push (writes ? self->writer : self->readers, work, NULL);
  g_mutex_unlock (&self->mutex);

  if (!is_open) {
    hall_work_refuse (work, "The library is closed");
    hall_work_finish (work);
  }
}

/* When that fails the old history stays, and goes at another start. */
static void
prune_history (HallStore *self)
{
  gint64             oldest = hall_clock_now (self->clock) - HISTORY_DAYS * G_TIME_SPAN_DAY;
  g_autoptr (GError) error = NULL;

  if (hall_database_begin (self->writing, &error)) {
    if (hall_history_prune (self->writing, oldest, &error))
      hall_database_commit (self->writing, &error);
    else
      hall_database_rollback (self->writing);
  }

  if (error != NULL)
    g_info ("Old history stays: %s", error->message);
  g_strfreev (hall_database_take_changed (self->writing));
}

static gboolean
start_threads (HallStore  *self,
               GError    **error)
{
  self->reading = g_async_queue_new_full ((GDestroyNotify) hall_database_close);
  for (int i = 0; i < READERS; i++) {
    HallDatabase *db = hall_database_open (self->path, HALL_DATABASE_READ_ONLY, error);

    if (db == NULL)
      return FALSE;
    g_async_queue_push (self->reading, db);
  }

  self->writer = g_thread_pool_new (write_one, self, 1, TRUE, error);
  if (self->writer != NULL)
    self->readers = g_thread_pool_new (read_one, self, READERS, TRUE, error);

  return self->readers != NULL;
}

/* The name the file has whichever way it was reached: its log and its lock lie beside it, not beside a link. */
static char *
find_real_path (const char *path)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  char            *real = realpath (path, NULL);
  char            *copy;

  if (real == NULL) {
    g_autofree char *absolute = g_canonicalize_filename (path, NULL);

    folder = g_path_get_dirname (absolute);
    name = g_path_get_basename (absolute);
    real = realpath (folder, NULL);
    copy = real != NULL ? g_build_filename (real, name, NULL) : g_strdup (absolute);
  } else {
    copy = g_strdup (real);
  }
  free (real);

  return copy;
}

static void
hall_store_dispose (GObject *object)
{
  hall_store_close (HALL_STORE (object));

  G_OBJECT_CLASS (hall_store_parent_class)->dispose (object);
}

static void
hall_store_finalize (GObject *object)
{
  HallStore *self = HALL_STORE (object);

  g_free (self->path);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->changed);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (hall_store_parent_class)->finalize (object);
}

static void
hall_store_class_init (HallStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hall_store_dispose;
  object_class->finalize = hall_store_finalize;

  /**
   * HallStore::changed:
   * @self: the store
   * @tables: (type GStrv): names of tables
   *
   * Rows of these tables are not what they were. Emitted after the commit, in the main context that was the
   * default of the thread which opened the store; one emission may stand for many commits.
   */
  signals[CHANGED] = g_signal_new ("changed", HALL_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
hall_store_init (HallStore *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->mutex);
}

/**
 * hall_store_open:
 * @path: the library; made when it is not there, but its folder must be
 * @clock: what time it is; must outlive the store
 * @random: for new ids; must outlive the store
 * @wait_seconds: how long to wait while another process has the library open
 * @error: HALL_STORE_ERROR: BUSY, NOT_LIBRARY, TOO_NEW, READ_ONLY, FULL, CORRUPT, NOT_FOUND, FAILED
 *
 * Opens a library: looks at the file first and leaves one that is refused as it is, takes the lock beside it,
 * brings it to the newest schema and starts the threads. Links are followed. Blocks: never on the main loop.
 *
 * Returns: (transfer full) (nullable): the store; end it with hall_store_close() before the last reference goes
 */
HallStore *
hall_store_open (const char        *path,
                 const HallClock   *clock,
                 const HallRandom  *random,
                 guint              wait_seconds,
                 GError           **error)
{
  g_autoptr (HallStore) self = NULL;

  g_return_val_if_fail (path != NULL && clock != NULL && random != NULL, NULL);

  self = g_object_new (HALL_TYPE_STORE, NULL);
  self->path = find_real_path (path);
  self->clock = clock;
  self->random = random;

  if (!hall_migrator_check (self->path, hall_library_schema (), error))
    return NULL;

  self->lock = hall_file_lock_take (self->path, wait_seconds, error);
  if (self->lock == NULL)
    return NULL;

  self->writing = hall_migrator_open (self->path, hall_library_schema (), error);
  if (self->writing == NULL)
    return NULL;

  prune_history (self);
  if (!start_threads (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * hall_store_close:
 * @self: a store
 *
 * Finishes what is in the queues, takes nothing more, closes the file with its log moved into it, and gives
 * back the lock. Does nothing the second time. Blocks: never on the main loop, never from within a job.
 */
void
hall_store_close (HallStore *self)
{
  gboolean was_closed;

  g_return_if_fail (HALL_IS_STORE (self));
  g_return_if_fail (g_private_get (&inside) != self);

  g_mutex_lock (&self->mutex);
  was_closed = self->closed;
  self->closed = TRUE;
  g_mutex_unlock (&self->mutex);
  if (was_closed)
    return;

  if (self->readers != NULL)
    g_thread_pool_free (g_steal_pointer (&self->readers), FALSE, TRUE);
  if (self->writer != NULL)
    g_thread_pool_free (g_steal_pointer (&self->writer), FALSE, TRUE);

  /* The writer is the last to go: it moves the log into the file. */
  g_clear_pointer (&self->reading, g_async_queue_unref);
  g_clear_pointer (&self->writing, hall_database_close);
  g_clear_pointer (&self->lock, hall_file_lock_release);

  g_mutex_lock (&self->mutex);
  if (self->telling != NULL)
    g_source_destroy (self->telling);
  g_clear_pointer (&self->telling, g_source_unref);
  g_mutex_unlock (&self->mutex);
}

/**
 * hall_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): the library's path, absolute and with links resolved
 */
const char *
hall_store_get_path (HallStore *self)
{
  g_return_val_if_fail (HALL_IS_STORE (self), NULL);

  return self->path;
}

/**
 * hall_store_get_clock:
 * @self: a store
 *
 * Returns: (transfer none): the clock it was opened with
 */
const HallClock *
hall_store_get_clock (HallStore *self)
{
  g_return_val_if_fail (HALL_IS_STORE (self), NULL);

  return self->clock;
}

/**
 * hall_store_get_random:
 * @self: a store
 *
 * Returns: (transfer none): the source of ids it was opened with
 */
const HallRandom *
hall_store_get_random (HallStore *self)
{
  g_return_val_if_fail (HALL_IS_STORE (self), NULL);

  return self->random;
}

/**
 * hall_store_write:
 * @self: a store
 * @job: what to do, in a transaction on the writer's thread
 * @data: for @job
 * @cancellable: (nullable): ends it while it waits in the queue or runs; then nothing of it is kept
 * @error: what @job says; HALL_STORE_ERROR; %G_IO_ERROR_CANCELLED
 *
 * Does a job and waits for it. Jobs that write are done one after the other, in the order they came. Any thread
 * but the main loop's and those of jobs.
 *
 * Returns: TRUE when it is committed and on the disk; FALSE when nothing of it is
 */
gboolean
hall_store_write (HallStore     *self,
                  HallStoreJob   job,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  HallWork *work;

  g_return_val_if_fail (HALL_IS_STORE (self) && job != NULL, FALSE);
  g_return_val_if_fail (g_private_get (&inside) != self, FALSE);

  work = hall_work_new (job, data, cancellable);
  push (self, TRUE, work);

  return hall_work_wait (work, error);
}

/**
 * hall_store_read:
 * @self: a store
 * @job: what to do; it sees the library as it is at its beginning, until its end
 * @data: for @job
 * @cancellable: (nullable): ends it while it waits in the queue or runs
 * @error: what @job says; HALL_STORE_ERROR; %G_IO_ERROR_CANCELLED
 *
 * Does a job on a connection that can only read, and waits for it. It does not wait for jobs that write. Any
 * thread but the main loop's and those of jobs.
 *
 * Returns: whether it went well
 */
gboolean
hall_store_read (HallStore     *self,
                 HallStoreJob   job,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  HallWork *work;

  g_return_val_if_fail (HALL_IS_STORE (self) && job != NULL, FALSE);
  g_return_val_if_fail (g_private_get (&inside) != self, FALSE);

  work = hall_work_new (job, data, cancellable);
  push (self, FALSE, work);

  return hall_work_wait (work, error);
}

/**
 * hall_store_write_async:
 * @self: a store
 * @job: what to do, in a transaction on the writer's thread
 * @data: (transfer full): for @job, which may put its results there; given back by hall_store_job_finish()
 * @free_data: (nullable): frees @data when it is not given back, in the caller's context
 * @cancellable: (nullable): ends it while it waits in the queue or runs; then nothing of it is kept
 * @callback: (nullable): called in the default main context of the calling thread
 * @user_data: for @callback
 *
 * As hall_store_write(), without waiting.
 */
void
hall_store_write_async (HallStore           *self,
                        HallStoreJob         job,
                        gpointer             data,
                        GDestroyNotify       free_data,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (HALL_IS_STORE (self) && job != NULL);

  push (self, TRUE, hall_work_new_async (self, job, data, free_data, cancellable, callback, user_data));
}

/**
 * hall_store_read_async:
 * @self: a store
 * @job: what to do; it sees the library as it is at its beginning, until its end
 * @data: (transfer full): for @job, which may put its results there; given back by hall_store_job_finish()
 * @free_data: (nullable): frees @data when it is not given back, in the caller's context
 * @cancellable: (nullable): ends it while it waits in the queue or runs
 * @callback: (nullable): called in the default main context of the calling thread
 * @user_data: for @callback
 *
 * As hall_store_read(), without waiting.
 */
void
hall_store_read_async (HallStore           *self,
                       HallStoreJob         job,
                       gpointer             data,
                       GDestroyNotify       free_data,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (HALL_IS_STORE (self) && job != NULL);

  push (self, FALSE, hall_work_new_async (self, job, data, free_data, cancellable, callback, user_data));
}

/**
 * hall_store_job_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: what the job said; HALL_STORE_ERROR; %G_IO_ERROR_CANCELLED
 *
 * Ends an asynchronous job. When it went well its data is given back and is the caller's to free; when it failed,
 * or when this is not called, the data is freed with the free_data it came with.
 *
 * Returns: (transfer full) (nullable): the job's data; NULL with @error set. A job without data gives NULL always:
 *   look at @error.
 */
gpointer
hall_store_job_finish (HallStore     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (HALL_IS_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return hall_work_take (G_TASK (result), error);
}
