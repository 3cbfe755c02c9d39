/* SPDX-License-Identifier: GPL-3.0-or-later
 * One step after the other; stopped in the middle and started again, it goes on where it was. */
#include "app/hall-demo.h"

#include "app/hall-connections.h"
#include "app/hall-demo-programme.h"
#include "app/hall-demo-sign-ups.h"
#include "app/hall-edit.h"
#include "app/hall-filing.h"
#include "app/hall-worker.h"
#include "model/hall-chat.h"
#include "model/hall-wall-time.h"

#include <glib/gi18n.h>

/* Where each step begins, of the whole. */
#define AT_ACCOUNT   0.04
#define AT_PROGRAMME 0.06
#define AT_SENDING   0.08
#define AT_SIGN_UPS  0.15
#define AT_RECEIVING 0.85

typedef struct {
  GTask            *task;   /* lives as long as this */
  HallLibrary      *library;
  HallDemoProgress  progress;
  gpointer          progress_data;
  char             *url;
  char             *token;
  GPtrArray        *values; /* what is written into the library */
  GPtrArray        *chats;  /* what people sign up for */
  gulong            notify; /* on the courier */
  double            from;   /* the part of the whole that the courier's exchange is */
  double            to;
  int               done;   /* sign-ups; atomic */
} Fill;

static void
free_fill (gpointer data)
{
  Fill *fill = data;

  g_object_unref (fill->library);
  g_free (fill->url);
  g_free (fill->token);
  g_clear_pointer (&fill->values, g_ptr_array_unref);
  g_clear_pointer (&fill->chats, g_ptr_array_unref);
  g_free (fill);
}

static void
tell (Fill       *fill,
      double      fraction,
      const char *what)
{
  fill->progress (fraction, what, fill->progress_data);
}

static void
on_courier_fraction (HallCourier *courier,
                     GParamSpec  *pspec,
                     Fill        *fill)
{
  g_autofree char *line = NULL;
  double           fraction;

  g_object_get (courier, "fraction", &fraction, "line", &line, NULL);
  if (fraction >= 0)
    tell (fill, fill->from + (fill->to - fill->from) * fraction, line);
}

static void
exchange (GTask               *task,
          double               from,
          double               to,
          GAsyncReadyCallback  callback)
{
  Fill        *fill = g_task_get_task_data (task);
  HallCourier *courier = hall_library_get_courier (fill->library);

  fill->from = from;
  fill->to = to;
  fill->notify = g_signal_connect (courier, "notify::fraction", G_CALLBACK (on_courier_fraction), fill);
  hall_courier_sync_async (courier, g_task_get_cancellable (task), callback, task);
}

static gboolean
end_exchange (GTask         *task,
              GAsyncResult  *result,
              GError       **error)
{
  Fill        *fill = g_task_get_task_data (task);
  HallCourier *courier = hall_library_get_courier (fill->library);

  g_signal_handler_disconnect (courier, fill->notify);

  return hall_courier_sync_finish (courier, result, NULL, error);
}

static void
on_received (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;

  if (!end_exchange (task, result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  tell (g_task_get_task_data (task), 1, _("Ready"));
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_some_signed_up (gpointer data)
{
  GTask           *task = data;
  Fill            *fill = g_task_get_task_data (task);
  int              done = g_atomic_int_get (&fill->done);
  g_autofree char *what = g_strdup_printf (_("%d of %d people have signed up"), done, HALL_DEMO_SIGN_UPS);

  if (!g_task_get_completed (task))
    tell (fill, AT_SIGN_UPS + (AT_RECEIVING - AT_SIGN_UPS) * done / HALL_DEMO_SIGN_UPS, what);

  return G_SOURCE_REMOVE;
}

/* On the worker's thread. */
static void
on_signed_up (guint    done,
              gpointer data)
{
  Fill *fill = data;

  g_atomic_int_set (&fill->done, done);
  if (done % 10 == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT, on_some_signed_up, g_object_ref (fill->task), g_object_unref);
}

static gboolean
sign_up_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Fill      *fill = data;
  HallStore *store = hall_library_get_store (fill->library);

  return hall_demo_sign_ups_send (fill->url, fill->token, fill->chats, hall_store_get_clock (store),
                                  hall_store_get_random (store), on_signed_up, fill, cancellable, error);
}

/* A step of its own on another thread. @task goes on in @callback. */
static void
work (GTask               *task,
      HallWorkerJob        job,
      GAsyncReadyCallback  callback)
{
  Fill             *fill = g_task_get_task_data (task);
  g_autoptr (GTask) step = g_task_new (fill->library, g_task_get_cancellable (task), callback, task);

  g_task_set_source_tag (step, job);
  g_task_set_task_data (step, fill, NULL);
  hall_worker_run (step, job);
}

static void
on_all_signed_up (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  tell (g_task_get_task_data (task), AT_RECEIVING, _("Receiving the sign-ups"));
  exchange (g_steal_pointer (&task), AT_RECEIVING, 1, on_received);
}

static void
on_sent (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;
  Fill              *fill = g_task_get_task_data (task);

  if (!end_exchange (task, result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  tell (fill, AT_SIGN_UPS, _("People sign up"));
  work (g_steal_pointer (&task), sign_up_job, on_all_signed_up);
}

static void
send_programme (GTask *task)
{
  tell (g_task_get_task_data (task), AT_SENDING, _("Sending chats and posts to the desk"));
  exchange (task, AT_SENDING, AT_SIGN_UPS, on_sent);
}

static gboolean
write_job (HallDatabase  *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Fill *fill = data;

  for (guint i = 0; i < fill->values->len; i++) {
    g_autoptr (HallValue) saved = hall_filing_save (hall_library_get_store (fill->library), db,
                                                    g_ptr_array_index (fill->values, i), error);

    if (saved == NULL)
      return FALSE;
  }

  return TRUE;
}

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;
  Fill              *fill = g_task_get_task_data (task);

  if (hall_edit_finish (fill->library, result, &error) == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  fill->chats = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_value_unref);
  for (guint i = 0; i < fill->values->len; i++) {
    const HallValue *value = g_ptr_array_index (fill->values, i);

    if (value->kind == &hall_chat_kind)
      g_ptr_array_add (fill->chats, hall_value_ref (value));
  }
  send_programme (g_steal_pointer (&task));
}

static void
on_chats_listed (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask)     task = user_data;
  g_autoptr (GError)    error = NULL;
  Fill                 *fill = g_task_get_task_data (task);
  g_autoptr (GPtrArray) chats = hall_library_list_finish (fill->library, result, &error);
  g_autofree char      *zone = hall_wall_time_host_zone ();

  if (chats == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (chats->len > 0) {
    fill->chats = g_steal_pointer (&chats);
    send_programme (g_steal_pointer (&task));
    return;
  }

  tell (fill, AT_PROGRAMME, _("Writing chats, guests and posts"));
  fill->values = hall_demo_programme_make (fill->library, zone, fill->url);
  hall_edit_async (fill->library, write_job, fill, NULL, on_written, g_steal_pointer (&task));
}

static void
list_chats (GTask *task)
{
  Fill *fill = g_task_get_task_data (task);

  hall_library_list_async (fill->library, &hall_chat_kind, NULL, NULL, on_chats_listed, task);
}

static void
on_account_added (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask)       task = user_data;
  g_autoptr (GError)      error = NULL;
  Fill                   *fill = g_task_get_task_data (task);
  g_autoptr (HallAccount) account = hall_connections_add_finish (fill->library, result, &error);

  if (account == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    list_chats (g_steal_pointer (&task));
}

static void
on_accounts_listed (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask)     task = user_data;
  g_autoptr (GError)    error = NULL;
  Fill                 *fill = g_task_get_task_data (task);
  g_autoptr (GPtrArray) accounts = hall_library_list_finish (fill->library, result, &error);
  GCancellable         *cancellable;

  if (accounts == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  for (guint i = 0; i < accounts->len; i++) {
    const HallAccount *account = g_ptr_array_index (accounts, i);

    if (g_strcmp0 (account->url, fill->url) == 0) {
      hall_keyring_remember (hall_library_get_keyring (fill->library), account->parent.id, fill->token);
      list_chats (g_steal_pointer (&task));
      return;
    }
  }

  tell (fill, AT_ACCOUNT, _("Setting up an account there"));
  cancellable = g_task_get_cancellable (task);
  hall_connections_add_demo_async (fill->library, _("Sample desk"), fill->url, fill->token, cancellable,
                                   on_account_added, g_steal_pointer (&task));
}

static gboolean
start_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Fill         *fill = data;
  HallDemoDesk *desk = hall_library_get_demo_desk (fill->library);

  fill->url = hall_demo_desk_start (desk, error);
  fill->token = fill->url != NULL ? hall_demo_desk_add_token (desk, cancellable, error) : NULL;

  return fill->token != NULL;
}

static void
on_started (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;
  Fill              *fill = g_task_get_task_data (task);

  if (g_task_propagate_pointer (G_TASK (result), &error) == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    hall_library_list_async (fill->library, &hall_account_kind, NULL, NULL, on_accounts_listed,
                             g_steal_pointer (&task));
}

/**
 * hall_demo_fill_async:
 * @library: an empty library, or one for which this was stopped in the middle
 * @progress: is told how far it is, on the main loop
 * @cancellable: (nullable): stops it; what is in the library by then stays
 *
 * Starts a desk on this machine, schedules a weekly series around today, has three hundred people sign up over
 * HTTP, and exchanges everything. Main loop only.
 */
void
hall_demo_fill_async (HallLibrary         *library,
                      HallDemoProgress     progress,
                      gpointer             progress_data,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;
  Fill  *fill;

  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (progress != NULL);

  fill = g_new0 (Fill, 1);
  fill->library = g_object_ref (library);
  fill->progress = progress;
  fill->progress_data = progress_data;
  task = fill->task = g_task_new (library, cancellable, callback, user_data);
  g_task_set_source_tag (task, hall_demo_fill_async);
  g_task_set_task_data (task, fill, free_fill);

  tell (fill, 0, _("Starting a registration desk on this computer"));
  work (task, start_job, on_started);
}

/**
 * hall_demo_fill_finish:
 * @error: %HALL_APP_ERROR_DESK when the desk does not start, %HALL_SYNC_ERROR, %HALL_STORE_ERROR or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the library is filled
 */
gboolean
hall_demo_fill_finish (HallLibrary   *library,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
