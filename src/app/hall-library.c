/* SPDX-License-Identifier: GPL-3.0-or-later
 * The composition root: opens the store and owns it, the keyring, the courier and a demo's desk. */
#include "app/hall-library.h"

#include "app/hall-problem.h"
#include "app/hall-worker.h"
#include "store/hall-store.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

/* How long another process may still be busy with the library before we say so. */
#define PATIENCE_SECONDS 10

struct _HallLibrary {
  GObject       parent_instance;

  HallStore    *store;
  HallKeyring  *keyring;
  HallDemoDesk *desk;
  HallCourier  *courier;
};

G_DEFINE_FINAL_TYPE (HallLibrary, hall_library, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct {
  char             *path;
  const HallClock  *clock;
  const HallRandom *random;
  guint             wait_seconds;
  HallStore        *store; /* once it is open */
} Opening;

static void
free_opening (gpointer data)
{
  Opening *opening = data;

  g_clear_object (&opening->store);
  g_free (opening->path);
  g_free (opening);
}

/* The default library's folders are ours to make; a folder that the host named must be there. */
static gboolean
find_folder (const char *path,
             GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *by_default = hall_library_default_path ();

  if (strcmp (path, by_default) == 0 && g_mkdir_with_parents (folder, 0700) != 0) {
    HallStoreError code = errno == ENOSPC || errno == EDQUOT ? HALL_STORE_ERROR_FULL : HALL_STORE_ERROR_READ_ONLY;

    g_set_error (error, HALL_STORE_ERROR, code, "Making the folder %s: %s", folder, g_strerror (errno));
    return FALSE;
  }

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_set_error (error, HALL_APP_ERROR, HALL_APP_ERROR_FILE,
                 _("There is no folder “%s”. Nothing was changed. Make it first, or name another."), folder);
    return FALSE;
  }

  return TRUE;
}

static gboolean
open_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Opening *opening = data;

  if (find_folder (opening->path, error))
    opening->store = hall_store_open (opening->path, opening->clock, opening->random, opening->wait_seconds, error);

  return opening->store != NULL;
}

static gboolean
close_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  HallLibrary *self = data;

  hall_demo_desk_stop (self->desk);
  hall_store_close (self->store);

  return TRUE;
}

static void
on_store_changed (HallStore   *store,
                  GStrv        tables,
                  HallLibrary *self)
{
  g_signal_emit (self, signals[CHANGED], 0, tables);
}

static void
on_courier_stopped (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  hall_courier_stop_finish (HALL_COURIER (object), result);
  hall_worker_run (task, close_job);
}

static void
hall_library_dispose (GObject *object)
{
  HallLibrary *self = HALL_LIBRARY (object);

  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);

  g_clear_object (&self->courier);
  g_clear_object (&self->desk);
  g_clear_object (&self->keyring);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (hall_library_parent_class)->dispose (object);
}

static void
hall_library_class_init (HallLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hall_library_dispose;

  /* tables: names of the tables whose rows are no longer what they were */
  signals[CHANGED] = g_signal_new ("changed", HALL_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
hall_library_init (HallLibrary *self)
{
}

/**
 * hall_library_default_path:
 *
 * Returns: (transfer full): where a host's library lies when nobody says otherwise, after the XDG Base Directory
 *   Specification
 */
char *
hall_library_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "hallway", "library.hallway", NULL);
}

/**
 * hall_library_open_async:
 * @path: the library file; made when it is not there, with its folder if it is the default one
 * @cancellable: (nullable): not looked at while the file is being opened
 *
 * Opens a library. A process that still holds it is given ten seconds to let go. Main loop only.
 */
void
hall_library_open_async (const char          *path,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  hall_library_open_with_async (path, &hall_clock_system, &hall_random_system, PATIENCE_SECONDS,
                                cancellable, callback, user_data);
}

/**
 * hall_library_open_with_async:
 * @path: the library file
 * @clock: says what time it is; outlives the library
 * @random: gives randomness; outlives the library
 * @wait_seconds: how long another process may still hold the file
 */
void
hall_library_open_with_async (const char          *path,
                              const HallClock     *clock,
                              const HallRandom    *random,
                              guint                wait_seconds,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Opening          *opening;

  g_return_if_fail (path != NULL && clock != NULL && random != NULL);

  opening = g_new0 (Opening, 1);
  opening->path = g_canonicalize_filename (path, NULL);
  opening->clock = clock;
  opening->random = random;
  opening->wait_seconds = wait_seconds;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hall_library_open_with_async);
  /* A library that has been opened is handed over, for somebody has to close it. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, opening, free_opening);
  hall_worker_run (task, open_job);
}

/**
 * hall_library_open_finish:
 * @result: what the callback was given
 * @error: %HALL_STORE_ERROR as it came, or %HALL_APP_ERROR_FILE when the folder is not there
 *
 * Returns: (transfer full) (nullable): the open library
 */
HallLibrary *
hall_library_open_finish (GAsyncResult  *result,
                          GError       **error)
{
  HallLibrary *self;
  Opening     *opening;

  g_return_val_if_fail (g_async_result_is_tagged (result, hall_library_open_with_async), NULL);

  opening = g_task_propagate_pointer (G_TASK (result), error);
  if (opening == NULL)
    return NULL;

  self = g_object_new (HALL_TYPE_LIBRARY, NULL);
  self->store = g_steal_pointer (&opening->store);
  self->keyring = hall_keyring_new ();
  self->desk = hall_demo_desk_new (hall_store_get_path (self->store));
  self->courier = hall_courier_new (self->store, self->keyring, self->desk);
  g_signal_connect (self->store, "changed", G_CALLBACK (on_store_changed), self);

  return self;
}

/**
 * hall_library_close_async:
 * @self: a library
 *
 * Stops an exchange that runs, ends a demo's desk, writes what still waits and lets go of the file.
 * Nothing may be asked of @self afterwards.
 */
void
hall_library_close_async (HallLibrary         *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HALL_IS_LIBRARY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, hall_library_close_async);
  g_task_set_task_data (task, self, NULL);
  hall_courier_stop_async (self->courier, on_courier_stopped, task);
}

/**
 * hall_library_close_finish:
 */
void
hall_library_close_finish (HallLibrary  *self,
                           GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * hall_library_get_path:
 *
 * Returns: (transfer none): the library file, absolute
 */
const char *
hall_library_get_path (HallLibrary *self)
{
  g_return_val_if_fail (HALL_IS_LIBRARY (self), NULL);

  return hall_store_get_path (self->store);
}

/**
 * hall_library_get_clock:
 *
 * Returns: (transfer none): what says the time here
 */
const HallClock *
hall_library_get_clock (HallLibrary *self)
{
  g_return_val_if_fail (HALL_IS_LIBRARY (self), NULL);

  return hall_store_get_clock (self->store);
}

/**
 * hall_library_get_courier:
 *
 * Returns: (transfer none): who exchanges with the services
 */
HallCourier *
hall_library_get_courier (HallLibrary *self)
{
  g_return_val_if_fail (HALL_IS_LIBRARY (self), NULL);

  return self->courier;
}

/**
 * hall_library_get_store:
 *
 * Returns: (transfer none): the library file with its threads
 */
HallStore *
hall_library_get_store (HallLibrary *self)
{
  g_return_val_if_fail (HALL_IS_LIBRARY (self), NULL);

  return self->store;
}

/**
 * hall_library_get_keyring:
 *
 * Returns: (transfer none): where tokens are kept
 */
HallKeyring *
hall_library_get_keyring (HallLibrary *self)
{
  g_return_val_if_fail (HALL_IS_LIBRARY (self), NULL);

  return self->keyring;
}

/**
 * hall_library_get_demo_desk:
 *
 * Returns: (transfer none): the desk for trying things out, which need not be there
 */
HallDemoDesk *
hall_library_get_demo_desk (HallLibrary *self)
{
  g_return_val_if_fail (HALL_IS_LIBRARY (self), NULL);

  return self->desk;
}
