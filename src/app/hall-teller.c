/* SPDX-License-Identifier: GPL-3.0-or-later
 * However often the library changes, one count is on its way and at most one follows it. Main loop only. */
#include "app/hall-teller.h"

#include "app/hall-job.h"

struct _HallTeller {
  GObject    parent_instance;

  HallStore *store;
  gboolean   counting; /* a count is on its way */
  gboolean   stale;    /* and something changed since it left */
  gboolean   outdated; /* and it is not to be looked at */
  GQueue     waiters;  /* of GTask */
  guint      n_ready;  /* of them, those that the count on its way is for */
};

G_DEFINE_FINAL_TYPE (HallTeller, hall_teller, G_TYPE_OBJECT)

enum {
  TALLY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
count_job (HallDatabase  *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  HallTally **tally = data;

  *tally = hall_tally_read (db, error);

  return *tally != NULL;
}

static void
free_slot (gpointer data)
{
  HallTally **tally = data;

  hall_tally_free (*tally);
  g_free (tally);
}

static void
answer (HallTeller   *self,
        const GError *error)
{
  for (; self->n_ready > 0; self->n_ready--) {
    g_autoptr (GTask) task = g_queue_pop_head (&self->waiters);

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }
}

static void
on_counted (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  HallTeller        *self = HALL_TELLER (object);
  g_autoptr (GError) error = NULL;
  HallTally        **tally = hall_job_finish (self, result, &error);
  gboolean           is_good = tally != NULL && !self->outdated;

  self->counting = FALSE;
  self->outdated = FALSE;
  if (is_good)
    g_signal_emit (self, signals[TALLY], 0, *tally);
  if (tally == NULL)
    g_info ("Nothing counted: %s", error->message);
  if (is_good || tally == NULL)
    answer (self, error);

  if (self->stale)
    hall_teller_count (self);
}

static void
hall_teller_finalize (GObject *object)
{
  HallTeller *self = HALL_TELLER (object);

  g_queue_clear (&self->waiters);
  g_object_unref (self->store);

  G_OBJECT_CLASS (hall_teller_parent_class)->finalize (object);
}

static void
hall_teller_class_init (HallTellerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hall_teller_finalize;

  signals[TALLY] = g_signal_new ("tally", HALL_TYPE_TELLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
hall_teller_init (HallTeller *self)
{
  g_queue_init (&self->waiters);
}

/**
 * hall_teller_new:
 * @store: the open library file
 *
 * Returns: (transfer full): a teller who has not counted yet
 */
HallTeller *
hall_teller_new (HallStore *store)
{
  HallTeller *self;

  g_return_val_if_fail (HALL_IS_STORE (store), NULL);

  self = g_object_new (HALL_TYPE_TELLER, NULL);
  self->store = g_object_ref (store);

  return self;
}

/**
 * hall_teller_count:
 * @self: a teller
 *
 * Has "tally" emitted with how things stand now or later.
 */
void
hall_teller_count (HallTeller *self)
{
  g_return_if_fail (HALL_IS_TELLER (self));

  self->stale = self->counting;
  if (self->counting)
    return;

  self->counting = TRUE;
  self->n_ready = g_queue_get_length (&self->waiters);
  hall_job_read_async (self, self->store, count_job, g_new0 (HallTally *, 1), free_slot, NULL, on_counted, NULL);
}

/**
 * hall_teller_outdate:
 * @self: a teller
 *
 * Somebody else has counted since a count on its way has left: that one is thrown away, and another one follows.
 */
void
hall_teller_outdate (HallTeller *self)
{
  g_return_if_fail (HALL_IS_TELLER (self));

  self->stale = self->outdated = self->counting;
}

/**
 * hall_teller_count_async:
 * @self: a teller
 *
 * The same as hall_teller_count(); @callback is called after a "tally" that tells all that was written before now.
 */
void
hall_teller_count_async (HallTeller          *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HALL_IS_TELLER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, hall_teller_count_async);
  g_queue_push_tail (&self->waiters, task);
  hall_teller_count (self);
}

/**
 * hall_teller_count_finish:
 * @error: HALL_STORE_ERROR, or %G_IO_ERROR_CANCELLED when the library is closed
 *
 * Returns: whether "tally" has been emitted
 */
gboolean
hall_teller_count_finish (HallTeller    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
