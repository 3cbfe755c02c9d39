/* SPDX-License-Identifier: GPL-3.0-or-later
 * Decides when to exchange, has it dispatched, and keeps everybody told. Main loop only. */
#include "app/hall-courier.h"

#include "app/hall-problem.h"
#include "app/hall-routine.h"
#include "app/hall-teller.h"
#include "app/hall-waiters.h"

#include <glib/gi18n.h>

struct _HallCourier {
  GObject        parent_instance;

  HallStore     *store;
  HallTeller    *teller;
  HallDispatch  *dispatch;
  HallRoutine   *routine;   /* only while it goes by itself */

  HallStanding   standing;
  gint64         oldest_at;
  GError        *unsaved;
  char          *line;
  char          *problem;
  HallCourierState state;
  double         fraction;

  guint          n_cancels; /* how often everybody was called back */
  GTask         *stopping;
  gboolean       stopped;
};

G_DEFINE_FINAL_TYPE (HallCourier, hall_courier, G_TYPE_OBJECT)

enum {
  PROP_STATE = 1,
  PROP_LINE,
  PROP_FRACTION,
  PROP_WAITING,
  PROP_PARKED,
  PROP_CONFLICTS,
  PROP_OLDEST_AT,
  PROP_SYNCED_AT,
  PROP_NEXT_TRY_AT,
  PROP_PROBLEM,
  PROP_ASKS,
  PROP_AUTOMATIC,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static HallCourierState
find_state (HallCourier *self)
{
  if (self->unsaved != NULL)
    return HALL_COURIER_TROUBLE;
  if (self->standing.exchanging)
    return HALL_COURIER_BUSY;
  if (self->standing.accounts == 0)
    return HALL_COURIER_LOCAL;

  return self->standing.trouble != NULL ? HALL_COURIER_TROUBLE : HALL_COURIER_IDLE;
}

static void
set_asks (HallCourier *self,
          gboolean     asks)
{
  if (self->standing.asks == asks)
    return;

  self->standing.asks = asks;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASKS]);
}

static void
set_next_try_at (HallCourier *self,
                 gint64       when)
{
  if (self->standing.next_try_at == when)
    return;

  self->standing.next_try_at = when;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEXT_TRY_AT]);
}

static void
refresh (HallCourier *self)
{
  g_autofree char *line = NULL;
  g_autofree char *problem = NULL;
  HallCourierState state;
  double           fraction = -1;

  g_object_freeze_notify (G_OBJECT (self));

  hall_dispatch_fill (self->dispatch, &self->standing);
  self->standing.unsaved = self->unsaved;
  self->standing.offline = self->routine != NULL && hall_routine_is_offline (self->routine);
  set_asks (self, self->routine != NULL && hall_routine_asks (self->routine));
  set_next_try_at (self, self->routine != NULL ? hall_routine_plan (self->routine) : 0);

  line = hall_standing_say (&self->standing, hall_clock_now (hall_store_get_clock (self->store)));
  problem = self->unsaved != NULL ? hall_problem_say (self->unsaved) : hall_dispatch_explain (self->dispatch);
  state = find_state (self);
  if (self->standing.exchanging && self->standing.all_total > 0)
    fraction = CLAMP ((double) self->standing.all_done / self->standing.all_total, 0, 1);

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
  if (self->routine != NULL)
    hall_routine_go_soon (self->routine);
}

static void
take_tally (HallCourier     *self,
            const HallTally *tally)
{
  HallStanding before = self->standing;
  gint64       oldest_before = self->oldest_at;
  gboolean     resumes;

  self->standing.accounts = tally->accounts->len;
  self->standing.waiting = tally->waiting;
  self->standing.parked = tally->parked;
  self->standing.conflicts = tally->conflicts;
  self->standing.synced_at = tally->synced_at;
  self->oldest_at = tally->oldest_at;
  resumes = hall_dispatch_know (self->dispatch, tally);

  g_object_freeze_notify (G_OBJECT (self));
  if (before.waiting != tally->waiting)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
  if (before.parked != tally->parked)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PARKED]);
  if (before.conflicts != tally->conflicts)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFLICTS]);
  if (oldest_before != tally->oldest_at)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OLDEST_AT]);
  if (before.synced_at != tally->synced_at)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_AT]);
  refresh (self);
  g_object_thaw_notify (G_OBJECT (self));

  /* A new account takes in what was here before, and has news of its own. */
  if (tally->accounts->len > before.accounts)
    go_soon (self);
  if (resumes && self->routine != NULL)
    hall_routine_go (self->routine);
}

static void
on_dispatch_tally (HallCourier     *self,
                   const HallTally *tally)
{
  hall_teller_outdate (self->teller);
  take_tally (self, tally);
}

static void
on_dispatch_changed (HallCourier *self)
{
  g_autoptr (GTask) task = NULL;

  refresh (self);

  if (self->stopping != NULL && !hall_dispatch_is_out (self->dispatch)) {
    task = g_steal_pointer (&self->stopping);
    g_task_return_boolean (task, TRUE);
  }
}

/* Only now is it known who has an account. */
static void
on_counted (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  HallCourier       *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean           is_cancelled = g_task_get_task_data (task) != GUINT_TO_POINTER (self->n_cancels);

  g_task_set_task_data (task, NULL, NULL);
  hall_teller_count_finish (HALL_TELLER (object), result, &error);
  if (self->stopped || is_cancelled)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody goes any more");
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (g_task_return_error_if_cancelled (task))
    return;
  else if (self->standing.accounts == 0)
    g_task_return_new_error_literal (task, HALL_APP_ERROR, HALL_APP_ERROR_NO_ACCOUNT,
                                     _("There is no account yet, so there is nobody to exchange with. "
                                       "Everything is saved here. Set up an account first."));
  else
    hall_dispatch_send_for (self->dispatch, g_steal_pointer (&task));
}

static void
on_store_changed (HallStore   *store,
                  GStrv        tables,
                  HallCourier *self)
{
  static const char *const counted[] = { "outbox", "accounts", "conflicts", NULL };

  for (guint i = 0; counted[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) tables, counted[i])) {
      hall_teller_count (self->teller);
      return;
    }
}

static void
set_automatic (HallCourier *self,
               gboolean     automatic)
{
  if ((self->routine != NULL) == automatic || self->stopped)
    return;

  if (automatic) {
    self->routine = hall_routine_new (self->dispatch, hall_store_get_clock (self->store),
                                      g_network_monitor_get_default ());
    g_signal_connect_swapped (self->routine, "changed", G_CALLBACK (refresh), self);
  } else {
    g_signal_handlers_disconnect_by_data (self->routine, self);
    g_clear_object (&self->routine);
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
  case PROP_OLDEST_AT:
    g_value_set_int64 (value, self->oldest_at);
    break;
  case PROP_SYNCED_AT:
    g_value_set_int64 (value, self->standing.synced_at);
    break;
  case PROP_NEXT_TRY_AT:
    g_value_set_int64 (value, self->standing.next_try_at);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  case PROP_ASKS:
    g_value_set_boolean (value, self->standing.asks);
    break;
  case PROP_AUTOMATIC:
    g_value_set_boolean (value, self->routine != NULL);
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
  if (self->dispatch != NULL)
    g_signal_handlers_disconnect_by_data (self->dispatch, self);
  if (self->teller != NULL)
    g_signal_handlers_disconnect_by_data (self->teller, self);

  g_clear_object (&self->dispatch);
  g_clear_object (&self->teller);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (hall_courier_parent_class)->dispose (object);
}

static void
hall_courier_finalize (GObject *object)
{
  HallCourier *self = HALL_COURIER (object);

  g_clear_error (&self->unsaved);
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
  properties[PROP_OLDEST_AT] = g_param_spec_int64 ("oldest-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SYNCED_AT] = g_param_spec_int64 ("synced-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_NEXT_TRY_AT] = g_param_spec_int64 ("next-try-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_ASKS] = g_param_spec_boolean ("asks", NULL, NULL, FALSE, flags);
  properties[PROP_AUTOMATIC] = g_param_spec_boolean ("automatic", NULL, NULL, FALSE, flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hall_courier_init (HallCourier *self)
{
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
  self->teller = hall_teller_new (store);
  g_signal_connect_swapped (self->teller, "tally", G_CALLBACK (take_tally), self);
  self->dispatch = hall_dispatch_new (store, keyring, desk);
  g_signal_connect_swapped (self->dispatch, "tally", G_CALLBACK (on_dispatch_tally), self);
  g_signal_connect_swapped (self->dispatch, "changed", G_CALLBACK (on_dispatch_changed), self);
  g_signal_connect (store, "changed", G_CALLBACK (on_store_changed), self);
  refresh (self);
  hall_teller_count (self->teller);

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
  g_return_if_fail (HALL_IS_COURIER (self));
  g_return_if_fail (self->stopping == NULL);

  set_automatic (self, FALSE);
  self->stopped = TRUE;
  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, hall_courier_stop_async);

  hall_dispatch_cancel (self->dispatch);
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
    g_clear_error (&self->unsaved);
  if (error != NULL && error->domain == HALL_STORE_ERROR)
    self->unsaved = g_error_copy (error);
  refresh (self);

  if (error == NULL)
    go_soon (self);
}

/**
 * hall_courier_sync_async:
 * @self: a courier
 * @cancellable: (nullable): ends the exchange between two of its transactions
 *
 * Exchanges with every account, each on its own: one that fails or is slow leaves the others alone. When an exchange
 * runs already, another follows it, so that every edit saved before this call is part of what is answered. Pauses
 * after failures do not count, but one that the service asked for does. Main loop only.
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

  g_task_set_task_data (task, GUINT_TO_POINTER (self->n_cancels), NULL);
  hall_teller_count_async (self->teller, on_counted, task);
  if (self->routine != NULL)
    hall_routine_be_answered (self->routine);
  refresh (self);
}

/**
 * hall_courier_cancel:
 * @self: a courier
 *
 * Ends every exchange that runs between two of its transactions; what came and went stays. Whoever waits for one is
 * told that it was cancelled. Nothing begins by itself before the next edit, or some minutes have passed.
 */
void
hall_courier_cancel (HallCourier *self)
{
  g_return_if_fail (HALL_IS_COURIER (self));

  self->n_cancels++;
  if (self->routine != NULL)
    hall_routine_rest (self->routine);
  hall_dispatch_cancel (self->dispatch);
}

/**
 * hall_courier_look_again:
 * @self: a courier
 *
 * To be called when an account has been given another token: exchanges with it go on.
 */
void
hall_courier_look_again (HallCourier *self)
{
  g_return_if_fail (HALL_IS_COURIER (self));

  hall_teller_count (self->teller);
}

/**
 * hall_courier_sync_finish:
 * @totals: (out) (optional): what was exchanged, and what waits for the host; set also when it failed.
 * @error: %HALL_APP_ERROR_NO_ACCOUNT, or as hall_trip_run_finish() has it: the first that was met; "problem" says
 *   more
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
    const HallWaitersTotals *known = g_task_get_task_data (G_TASK (result));

    *totals = (HallCourierResult) { 0 };
    if (known != NULL)
      *totals = (HallCourierResult) { known->exchanged.received, known->exchanged.sent, known->parked, known->conflicts };
  }

  return g_task_propagate_boolean (G_TASK (result), error);
}
