/* SPDX-License-Identifier: GPL-3.0-or-later
 * Decides when to exchange, sends one worker at a time, and keeps everybody told. Main loop only. */
#include "app/hall-courier.h"

#include "app/hall-job.h"
#include "app/hall-problem.h"
#include "app/hall-round.h"
#include "app/hall-standing.h"
#include "app/hall-timetable.h"
#include "app/hall-waiters.h"

struct _HallCourier {
  GObject        parent_instance;

  HallStore     *store;
  HallKeyring   *keyring;
  HallDemoDesk  *desk;

  HallStanding   standing;
  char          *line;
  char          *problem;
  HallCourierState state;
  double         fraction;
  gboolean       counting;  /* a count is on its way */
  gboolean       stale;     /* and something changed since it left */

  GCancellable  *exchange;  /* the worker's, while it is out */
  HallWaiters   *served;    /* asked before the worker left */
  HallWaiters   *waiters;   /* asked since */
  gboolean       missed;    /* something was edited while the worker was out */
  GTask         *stopping;
  gboolean       stopped;

  HallTimetable *timetable; /* only while it goes by itself */
};

G_DEFINE_FINAL_TYPE (HallCourier, hall_courier, G_TYPE_OBJECT)

enum {
  PROP_STATE = 1,
  PROP_LINE,
  PROP_FRACTION,
  PROP_WAITING,
  PROP_PARKED,
  PROP_CONFLICTS,
  PROP_SYNCED_AT,
  PROP_PROBLEM,
  PROP_AUTOMATIC,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void start_round (HallCourier *self);

static HallCourierState
find_state (HallCourier *self)
{
  if (self->standing.unsaved != NULL)
    return HALL_COURIER_TROUBLE;
  if (self->standing.exchanging)
    return HALL_COURIER_BUSY;
  if (self->standing.accounts == 0)
    return HALL_COURIER_LOCAL;

  return self->standing.trouble != NULL ? HALL_COURIER_TROUBLE : HALL_COURIER_IDLE;
}

static void
refresh (HallCourier *self)
{
  g_autofree char *line = hall_standing_say (&self->standing, hall_clock_now (hall_store_get_clock (self->store)));
  g_autofree char *problem = NULL;
  const GError    *error = self->standing.unsaved != NULL ? self->standing.unsaved : self->standing.trouble;
  HallCourierState state = find_state (self);
  double           fraction = -1;

  if (self->standing.exchanging && self->standing.total > 0)
    fraction = CLAMP ((double) self->standing.done / self->standing.total, 0, 1);
  if (error != NULL)
    problem = hall_problem_say (error);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->line, line))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINE]);
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  if (self->state != state) {
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  }
  if (self->fraction != fraction) {
    self->fraction = fraction;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
go_soon (HallCourier *self)
{
  if (self->timetable != NULL)
    hall_timetable_go_soon (self->timetable);
}

static void
take_counts (HallCourier        *self,
             const HallStanding *counts)
{
  HallStanding before = self->standing;

  self->standing.accounts = counts->accounts;
  self->standing.waiting = counts->waiting;
  self->standing.parked = counts->parked;
  self->standing.conflicts = counts->conflicts;
  self->standing.synced_at = counts->synced_at;

  g_object_freeze_notify (G_OBJECT (self));
  if (before.waiting != counts->waiting)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
  if (before.parked != counts->parked)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PARKED]);
  if (before.conflicts != counts->conflicts)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFLICTS]);
  if (before.synced_at != counts->synced_at)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_AT]);
  refresh (self);
  g_object_thaw_notify (G_OBJECT (self));

  /* A new account takes in what was here before, and has news of its own. */
  if (counts->accounts > before.accounts)
    go_soon (self);
}

static gboolean
count_job (HallDatabase  *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return hall_standing_count (data, db, error);
}

static void
on_counted (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  HallCourier       *self = HALL_COURIER (object);
  g_autoptr (GError) error = NULL;
  HallStanding      *counts = hall_job_finish (self, result, &error);

  self->counting = FALSE;
  if (counts != NULL)
    take_counts (self, counts);
  else
    g_info ("Nothing counted: %s", error->message);

  if (self->stale && !self->stopped) {
    self->stale = FALSE;
    self->counting = TRUE;
    hall_job_read_async (self, self->store, count_job, g_new0 (HallStanding, 1), g_free, NULL, on_counted, NULL);
  }
}

static void
count (HallCourier *self)
{
  if (self->stopped)
    return;

  if (self->counting) {
    self->stale = TRUE;
    return;
  }

  self->counting = TRUE;
  hall_job_read_async (self, self->store, count_job, g_new0 (HallStanding, 1), g_free, NULL, on_counted, NULL);
}

static void
on_store_changed (HallStore   *store,
                  GStrv        tables,
                  HallCourier *self)
{
  static const char *const counted[] = { "outbox", "accounts", "conflicts", NULL };

  for (guint i = 0; counted[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) tables, counted[i])) {
      count (self);
      return;
    }
}

static void
on_progress (HallSyncPhase phase,
             guint         done,
             guint         total,
             gpointer      data)
{
  HallCourier *self = data;

  self->standing.phase = phase;
  self->standing.done = done;
  self->standing.total = total;
  refresh (self);
}

static void
end_stopping (HallCourier *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
on_round_done (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  HallCourier            *self = HALL_COURIER (object);
  g_autoptr (HallWaiters) served = g_steal_pointer (&self->served);
  g_autoptr (GError)      error = NULL;
  HallRoundResult         outcome;
  HallCourierResult       totals;

  hall_round_run_finish (self, result, &outcome, &error);
  g_clear_object (&self->exchange);
  self->standing.exchanging = FALSE;

  g_clear_error (&self->standing.trouble);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, HALL_APP_ERROR, HALL_APP_ERROR_NO_ACCOUNT))
    self->standing.trouble = g_error_copy (error);
  if (outcome.counted)
    take_counts (self, &outcome.standing);
  else
    refresh (self);

  totals = (HallCourierResult) {
    outcome.exchanged.received, outcome.exchanged.sent, self->standing.parked, self->standing.conflicts
  };
  hall_waiters_answer (served, &totals, sizeof totals, error);

  if (self->stopped)
    end_stopping (self);
  else if (!hall_waiters_is_empty (self->waiters))
    start_round (self);
  else if (self->missed)
    go_soon (self);
}

static void
start_round (HallCourier *self)
{
  g_assert (self->exchange == NULL);

  self->missed = FALSE;
  self->served = g_steal_pointer (&self->waiters);
  self->waiters = hall_waiters_new ();
  self->exchange = g_cancellable_new ();
  hall_waiters_call_off (self->served, self->exchange);

  self->standing.exchanging = TRUE;
  self->standing.phase = HALL_SYNC_CONNECTING;
  self->standing.done = self->standing.total = 0;
  refresh (self);

  hall_round_run_async (self, self->store, self->keyring, self->desk, on_progress, self->exchange,
                        on_round_done, NULL);
}

static void
on_due (HallTimetable *timetable,
        HallCourier   *self)
{
  if (self->exchange != NULL)
    self->missed = TRUE;
  else if (self->counting)
    go_soon (self);
  else if (self->standing.accounts > 0)
    start_round (self);
}

static void
set_automatic (HallCourier *self,
               gboolean     automatic)
{
  if ((self->timetable != NULL) == automatic || self->stopped)
    return;

  if (automatic) {
    self->timetable = hall_timetable_new ();
    g_signal_connect (self->timetable, "due", G_CALLBACK (on_due), self);
    g_signal_connect_swapped (self->timetable, "tick", G_CALLBACK (refresh), self);
    go_soon (self);
  } else {
    g_signal_handlers_disconnect_by_data (self->timetable, self);
    g_clear_object (&self->timetable);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AUTOMATIC]);
}

static void
hall_courier_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  HallCourier *self = HALL_COURIER (object);

  switch (id) {
  case PROP_STATE:
    g_value_set_uint (value, self->state);
    break;
  case PROP_LINE:
    g_value_set_string (value, self->line);
    break;
  case PROP_FRACTION:
    g_value_set_double (value, self->fraction);
    break;
  case PROP_WAITING:
    g_value_set_uint (value, self->standing.waiting);
    break;
  case PROP_PARKED:
    g_value_set_uint (value, self->standing.parked);
    break;
  case PROP_CONFLICTS:
    g_value_set_uint (value, self->standing.conflicts);
    break;
  case PROP_SYNCED_AT:
    g_value_set_int64 (value, self->standing.synced_at);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  case PROP_AUTOMATIC:
    g_value_set_boolean (value, self->timetable != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
hall_courier_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (id) {
  case PROP_AUTOMATIC:
    set_automatic (HALL_COURIER (object), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
hall_courier_dispose (GObject *object)
{
  HallCourier *self = HALL_COURIER (object);

  set_automatic (self, FALSE);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);

  g_clear_object (&self->store);
  g_clear_object (&self->keyring);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (hall_courier_parent_class)->dispose (object);
}

static void
hall_courier_finalize (GObject *object)
{
  HallCourier *self = HALL_COURIER (object);

  hall_waiters_free (self->waiters);
  g_clear_error (&self->standing.trouble);
  g_clear_error (&self->standing.unsaved);
  g_free (self->line);
  g_free (self->problem);

  G_OBJECT_CLASS (hall_courier_parent_class)->finalize (object);
}

static void
hall_courier_class_init (HallCourierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hall_courier_get_property;
  object_class->set_property = hall_courier_set_property;
  object_class->dispose = hall_courier_dispose;
  object_class->finalize = hall_courier_finalize;

  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, HALL_COURIER_TROUBLE, 0, flags);
  properties[PROP_LINE] = g_param_spec_string ("line", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_PARKED] = g_param_spec_uint ("parked", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CONFLICTS] = g_param_spec_uint ("conflicts", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SYNCED_AT] = g_param_spec_int64 ("synced-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_AUTOMATIC] = g_param_spec_boolean ("automatic", NULL, NULL, FALSE, flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hall_courier_init (HallCourier *self)
{
  self->waiters = hall_waiters_new ();
  self->fraction = -1;
}

/**
 * hall_courier_new:
 * @store: the open library file
 * @keyring: where the tokens are
 * @desk: the library's desk for trying things out
 *
 * Returns: (transfer full): a courier who goes when asked, and by itself once "automatic" is set
 */
HallCourier *
hall_courier_new (HallStore    *store,
                  HallKeyring  *keyring,
                  HallDemoDesk *desk)
{
  HallCourier *self;

  g_return_val_if_fail (HALL_IS_STORE (store), NULL);
  g_return_val_if_fail (HALL_IS_KEYRING (keyring), NULL);
  g_return_val_if_fail (HALL_IS_DEMO_DESK (desk), NULL);

  self = g_object_new (HALL_TYPE_COURIER, NULL);
  self->store = g_object_ref (store);
  self->keyring = g_object_ref (keyring);
  self->desk = g_object_ref (desk);
  g_signal_connect (store, "changed", G_CALLBACK (on_store_changed), self);
  refresh (self);
  count (self);

  return self;
}

/**
 * hall_courier_stop_async:
 * @self: a courier
 *
 * Ends an exchange that runs between two of its transactions. Nothing goes out afterwards.
 */
void
hall_courier_stop_async (HallCourier         *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GError) never = NULL;

  g_return_if_fail (HALL_IS_COURIER (self));
  g_return_if_fail (self->stopping == NULL);

  set_automatic (self, FALSE);
  self->stopped = TRUE;
  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, hall_courier_stop_async);

  never = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The library is being closed");
  hall_waiters_answer (self->waiters, NULL, 0, never);

  if (self->exchange != NULL)
    g_cancellable_cancel (self->exchange);
  else
    end_stopping (self);
}

/**
 * hall_courier_stop_finish:
 */
void
hall_courier_stop_finish (HallCourier  *self,
                          GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * hall_courier_begin_save:
 * @self: a courier
 *
 * Says that an edit is on its way to the disk: until hall_courier_end_save() the line does not say "Saved".
 */
void
hall_courier_begin_save (HallCourier *self)
{
  g_return_if_fail (HALL_IS_COURIER (self));

  self->standing.saving++;
  refresh (self);
}

/**
 * hall_courier_end_save:
 * @self: a courier
 * @error: (nullable): why it did not get there
 *
 * Says that an edit is on the disk and may be sent soon, or that it is not.
 */
void
hall_courier_end_save (HallCourier  *self,
                       const GError *error)
{
  g_return_if_fail (HALL_IS_COURIER (self));
  g_return_if_fail (self->standing.saving > 0);

  self->standing.saving--;
  /* A value that was refused for what it says is told where it was typed; the library is as good as before. */
  if (error == NULL || error->domain == HALL_STORE_ERROR)
    g_clear_error (&self->standing.unsaved);
  if (error != NULL && error->domain == HALL_STORE_ERROR)
    self->standing.unsaved = g_error_copy (error);
  refresh (self);

  if (error == NULL)
    go_soon (self);
}

/**
 * hall_courier_sync_async:
 * @self: a courier
 * @cancellable: (nullable): ends the exchange between two of its transactions
 *
 * Exchanges with every account. When an exchange runs already, another follows it, so that every edit saved
 * before this call is part of what is answered. Main loop only.
 */
void
hall_courier_sync_async (HallCourier         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HALL_IS_COURIER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hall_courier_sync_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->stopped) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The library is being closed");
    g_object_unref (task);
    return;
  }

  hall_waiters_take (self->waiters, task);
  if (self->exchange == NULL)
    start_round (self);
}

/**
 * hall_courier_sync_finish:
 * @totals: (out) (optional): what was exchanged, and what waits for the host; set also when it failed.
 * @error: as hall_round_run() has it
 *
 * Returns: whether everything was exchanged
 */
gboolean
hall_courier_sync_finish (HallCourier        *self,
                          GAsyncResult       *result,
                          HallCourierResult  *totals,
                          GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (totals != NULL) {
    HallCourierResult *known = g_task_get_task_data (G_TASK (result));

    *totals = known != NULL ? *known : (HallCourierResult) { 0 };
  }

  return g_task_propagate_boolean (G_TASK (result), error);
}
