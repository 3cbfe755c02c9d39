/* SPDX-License-Identifier: GPL-3.0-or-later
 * hallwayd as a child that one thread starts, listens to and waits for; it dies with this process.
 * Every public function but new and is_there blocks: worker threads only. */
#include "app/hall-demo-desk.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define PATIENCE (10 * G_TIME_SPAN_SECOND)
#define GREETING "Listening on "

struct _HallDemoDesk {
  GObject      parent_instance;

  char        *folder;

  GMutex       lock;
  GCond        news;
  /* guarded by lock */
  GThread     *thread;   /* until it has been joined */
  GSubprocess *child;    /* while it runs */
  char        *address;  /* once it listens */
  gboolean     stopping;
  gboolean     ended;    /* the thread has nothing more to do */
};

G_DEFINE_FINAL_TYPE (HallDemoDesk, hall_demo_desk, G_TYPE_OBJECT)

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, HALL_APP_ERROR, HALL_APP_ERROR_DESK,
                       _("The registration desk for the sample data did not start. Everything saved here is safe. "
                         "Close other copies of Hallway, then try again."));
  return FALSE;
}

/* Beside the running program, as in a build folder and in a package; else wherever the PATH has it. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  if (self != NULL) {
    g_autofree char *folder = g_path_get_dirname (self);
    g_autofree char *beside = g_build_filename (folder, "hallwayd", NULL);

    if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
      return g_steal_pointer (&beside);
  }

  return g_find_program_in_path ("hallwayd");
}

/* The port of the first time is used again: the addresses of the sign-up pages hold it. */
static char *
find_listen_file (HallDemoDesk *self)
{
  return g_build_filename (self->folder, "listen", NULL);
}

static char *
read_listen (HallDemoDesk *self)
{
  g_autofree char *path = find_listen_file (self);
  g_autofree char *listen = NULL;

  if (!g_file_get_contents (path, &listen, NULL, NULL))
    return g_strdup ("127.0.0.1:0");

  return g_strdup (g_strstrip (listen));
}

static void
write_listen (HallDemoDesk *self,
              const char   *address)
{
  g_autofree char   *path = find_listen_file (self);
  g_autoptr (GError) error = NULL;
  const char        *host = strstr (address, "://");

  if (!g_file_set_contents (path, host != NULL ? host + 3 : address, -1, &error))
    g_info ("The desk's address is not kept: %s", error->message);
}

/* Between fork and exec: only what is safe after a fork. */
static void
set_up_child (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);

  /* The parent may have died before that was set. */
  if (getppid () != GPOINTER_TO_INT (data))
    _exit (1);
}

static GSubprocess *
spawn (HallDemoDesk *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError)              error = NULL;
  g_autofree char                *program = find_program ();
  g_autofree char                *listen = NULL;
  GSubprocess                    *child;

  if (program == NULL || g_mkdir_with_parents (self->folder, 0700) != 0)
    return NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_child_setup (launcher, set_up_child, GINT_TO_POINTER (getpid ()), NULL);
  listen = read_listen (self);
  child = g_subprocess_launcher_spawn (launcher, &error, program, "--data", self->folder, "--listen", listen, NULL);
  if (child == NULL)
    g_info ("hallwayd does not start: %s", error->message);

  return child;
}

/* The signal of PR_SET_PDEATHSIG comes when the thread that forked ends, so this one stays as long as the child. */
static gpointer
attend (gpointer data)
{
  HallDemoDesk                *self = data;
  g_autoptr (GSubprocess)      child = spawn (self);
  g_autoptr (GDataInputStream) lines = NULL;
  char                        *line;

  if (child != NULL) {
    g_mutex_lock (&self->lock);
    self->child = g_object_ref (child);
    if (self->stopping)
      g_subprocess_send_signal (child, SIGTERM);
    g_mutex_unlock (&self->lock);

    lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
    while ((line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL)) != NULL) {
      if (g_str_has_prefix (line, GREETING)) {
        write_listen (self, line + strlen (GREETING));
        g_mutex_lock (&self->lock);
        g_set_str (&self->address, line + strlen (GREETING));
        g_cond_broadcast (&self->news);
        g_mutex_unlock (&self->lock);
      }
      g_free (line);
    }
    g_subprocess_wait (child, NULL, NULL);
  }

  g_mutex_lock (&self->lock);
  g_clear_object (&self->child);
  g_clear_pointer (&self->address, g_free);
  self->ended = TRUE;
  g_cond_broadcast (&self->news);
  g_mutex_unlock (&self->lock);

  return NULL;
}

static void
hall_demo_desk_finalize (GObject *object)
{
  HallDemoDesk *self = HALL_DEMO_DESK (object);

  hall_demo_desk_stop (self);
  g_free (self->folder);
  g_cond_clear (&self->news);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (hall_demo_desk_parent_class)->finalize (object);
}

static void
hall_demo_desk_class_init (HallDemoDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hall_demo_desk_finalize;
}

static void
hall_demo_desk_init (HallDemoDesk *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->news);
}

/**
 * hall_demo_desk_new:
 * @library_path: the library that is tried out
 *
 * Returns: (transfer full): its desk, which is not started and may not even be there
 */
HallDemoDesk *
hall_demo_desk_new (const char *library_path)
{
  HallDemoDesk *self;

  g_return_val_if_fail (library_path != NULL, NULL);

  self = g_object_new (HALL_TYPE_DEMO_DESK, NULL);
  self->folder = g_strconcat (library_path, "-desk", NULL);

  return self;
}

/**
 * hall_demo_desk_is_there:
 *
 * Returns: whether this library has been filled with sample data before
 */
gboolean
hall_demo_desk_is_there (HallDemoDesk *self)
{
  g_return_val_if_fail (HALL_IS_DEMO_DESK (self), FALSE);

  return g_file_test (self->folder, G_FILE_TEST_IS_DIR);
}

/**
 * hall_demo_desk_start:
 * @self: a desk
 * @error: %HALL_APP_ERROR_DESK
 *
 * Starts the desk when it does not run, and waits until it listens.
 *
 * Returns: (transfer full) (nullable): its address, "http://127.0.0.1:40123", the same at every start
 */
char *
hall_demo_desk_start (HallDemoDesk  *self,
                      GError       **error)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;
  char  *address = NULL;

  g_return_val_if_fail (HALL_IS_DEMO_DESK (self), NULL);

  g_mutex_lock (&self->lock);
  if (self->thread != NULL && self->ended) {
    g_thread_join (self->thread);
    self->thread = NULL;
  }
  if (self->thread == NULL) {
    self->stopping = FALSE;
    self->ended = FALSE;
    self->thread = g_thread_new ("demo-desk", attend, self);
  }
  while (self->address == NULL && !self->ended)
    if (!g_cond_wait_until (&self->news, &self->lock, deadline))
      break;
  address = g_strdup (self->address);
  g_mutex_unlock (&self->lock);

  if (address == NULL)
    fail (error);

  return address;
}

/**
 * hall_demo_desk_add_token:
 * @self: a desk
 * @error: %HALL_APP_ERROR_DESK
 *
 * Has the desk make a token for its host, under a name of its own; every start of the program may have another.
 *
 * Returns: (transfer full) (nullable): the token
 */
char *
hall_demo_desk_add_token (HallDemoDesk  *self,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char        *program = find_program ();
  g_autofree char        *uuid = g_uuid_string_random ();
  g_autofree char        *name = g_strconcat ("hallway-", uuid, NULL);
  g_autofree char        *token = NULL;

  g_return_val_if_fail (HALL_IS_DEMO_DESK (self), NULL);

  if (program != NULL)
    child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                              program, "--data", self->folder, "token", "add", name, NULL);
  if (child == NULL || !g_subprocess_communicate_utf8 (child, NULL, cancellable, &token, NULL, NULL) ||
      !g_subprocess_get_successful (child) || token == NULL) {
    fail (error);
    return NULL;
  }

  return g_strdup (g_strstrip (token));
}

/**
 * hall_demo_desk_stop:
 * @self: a desk
 *
 * Asks the desk to end, and ends it when it does not listen. Does nothing when it does not run.
 */
void
hall_demo_desk_stop (HallDemoDesk *self)
{
  gint64   deadline = g_get_monotonic_time () + PATIENCE;
  GThread *thread;

  g_return_if_fail (HALL_IS_DEMO_DESK (self));

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  if (self->child != NULL)
    g_subprocess_send_signal (self->child, SIGTERM);
  while (self->thread != NULL && !self->ended)
    if (!g_cond_wait_until (&self->news, &self->lock, deadline)) {
      if (self->child != NULL)
        g_subprocess_force_exit (self->child);
      deadline += PATIENCE;
    }
  thread = g_steal_pointer (&self->thread);
  g_mutex_unlock (&self->lock);

  if (thread != NULL)
    g_thread_join (thread);
}
