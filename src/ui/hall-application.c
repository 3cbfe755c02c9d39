/* SPDX-License-Identifier: GPL-3.0-or-later
 * One process for each library: opens it, shows its window, runs commands that come over the bus, and
 * leaves only when everything is in the library and the library is closed. */
#include "config.h"

#include "ui/hall-application.h"

#include "app/hall-instance.h"
#include "ui/hall-about.h"
#include "ui/hall-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

struct _HallApplication {
  AdwApplication parent_instance;

  char                          *path;
  gboolean                       demo;
  const HallApplicationCommands *commands;
  HallLibrary                   *library; /* NULL until it is open */
  GError                        *problem; /* why it could not be opened */
  GQueue                         waiting; /* GApplicationCommandLine that came before it was known which */
  gboolean                       opening;
  gboolean                       leaving; /* the library is being closed; then the program ends */
  guint                          running; /* commands */
  guint                          stop_signals[2];
};

G_DEFINE_FINAL_TYPE (HallApplication, hall_application, ADW_TYPE_APPLICATION)

static HallWindow *
find_window (HallApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (HALL_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
show_state (HallApplication *self,
            HallWindow      *window)
{
  if (self->library != NULL)
    hall_window_show_library (window, self->library, self->demo);
  else if (self->problem != NULL)
    hall_window_show_problem (window, self->path, self->problem);
  else
    hall_window_show_opening (window);
}

static void
on_closed (GObject      *library,
           GAsyncResult *result,
           gpointer      user_data)
{
  HallApplication *self = user_data;

  hall_library_close_finish (HALL_LIBRARY (library), result);
  g_application_quit (G_APPLICATION (self));
  g_object_unref (self);
}

/* With the last window and the last command gone, the library is let go of, and then the process ends. */
static void
leave_when_idle (HallApplication *self)
{
  g_autoptr (HallLibrary) library = NULL;

  if (self->leaving || self->opening || self->running > 0 || find_window (self) != NULL)
    return;

  self->leaving = TRUE;
  library = g_steal_pointer (&self->library);
  if (library != NULL)
    hall_library_close_async (library, on_closed, g_object_ref (self));
  else
    g_application_quit (G_APPLICATION (self));
}

static void
on_window_removed (GtkApplication *application,
                   GtkWindow      *window)
{
  leave_when_idle (HALL_APPLICATION (application));
}

static void
on_command_done (GObject      *command_line,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (HallApplication) self = user_data;

  self->running--;
  leave_when_idle (self);
}

static void
run_command (HallApplication         *self,
             GApplicationCommandLine *command_line)
{
  self->running++;
  self->commands->run_async (command_line, self->library, self->problem, on_command_done, g_object_ref (self));
}

static void
run_waiting (HallApplication *self)
{
  GApplicationCommandLine *command_line;

  while ((command_line = g_queue_pop_head (&self->waiting)) != NULL) {
    run_command (self, command_line);
    g_object_unref (command_line);
  }
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HallApplication) self = user_data;
  HallWindow                 *window = find_window (self);

  self->opening = FALSE;
  self->library = hall_library_open_finish (result, &self->problem);
  if (window != NULL)
    show_state (self, window);
  run_waiting (self);
  leave_when_idle (self);
}

static void
open_library (HallApplication *self)
{
  if (self->opening || self->library != NULL)
    return;

  self->opening = TRUE;
  g_clear_error (&self->problem);
  hall_library_open_async (self->path, NULL, on_opened, g_object_ref (self));
}

static void
show_window (HallApplication *self)
{
  HallWindow *window = find_window (self);

  if (window == NULL) {
    window = hall_window_new (ADW_APPLICATION (self));
    show_state (self, window);
  }
  gtk_window_present (GTK_WINDOW (window));
}

static gboolean
on_stop_signal (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);

  return G_SOURCE_CONTINUE;
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  hall_about_present (GTK_WIDGET (gtk_application_get_active_window (user_data)));
}

static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  HallApplication *self = user_data;
  HallWindow      *window = find_window (self);
  AdwDialog       *dialog;

  if (window == NULL) {
    leave_when_idle (self);
    return;
  }

  /* Closing a window closes its dialog and no more, but whoever quits means the window. */
  while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))) != NULL)
    adw_dialog_force_close (dialog);
  gtk_window_close (GTK_WINDOW (window));
}

static void
on_open_again (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  HallApplication *self = user_data;
  HallWindow      *window = find_window (self);

  open_library (self);
  if (window != NULL)
    show_state (self, window);
}

static const GActionEntry actions[] = {
  { "about",      on_about },
  { "quit",       on_quit },
  { "open-again", on_open_again },
};

static void
hall_application_startup (GApplication *application)
{
  HallApplication *self = HALL_APPLICATION (application);
  const struct {
    const char *action;
    const char *accels[3];
  } keys[] = {
    { "app.quit",           { "<Control>q" } },
    { "window.close",       { "<Control>w" } },
    { "win.place::chats",   { "<Alt>1" } },
    { "win.place::posts",   { "<Alt>2" } },
    { "win.place::people",  { "<Alt>3" } },
    { "win.new",            { "<Control>n" } },
    { "win.search",         { "<Control>f" } },
    { "win.sync",           { "<Control>r", "F5" } },
    { "win.shortcuts",      { "<Control>question", "<Control>slash" } },
    { "win.accounts",       { "<Control>comma" } },
  };

  G_APPLICATION_CLASS (hall_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, keys[i].accels);

  /* A session that ends asks by signal; what was typed is to be saved then too. */
  self->stop_signals[0] = g_unix_signal_add (SIGTERM, on_stop_signal, self);
  self->stop_signals[1] = g_unix_signal_add (SIGINT, on_stop_signal, self);

  /* Let go in leave_when_idle(), by quitting. */
  g_application_hold (application);
  open_library (self);
}

static void
hall_application_activate (GApplication *application)
{
  show_window (HALL_APPLICATION (application));
}

static int
hall_application_command_line (GApplication            *application,
                               GApplicationCommandLine *command_line)
{
  HallApplication *self = HALL_APPLICATION (application);

  if (self->commands == NULL || !self->commands->is_one (command_line)) {
    g_application_activate (application);
    return 0;
  }

  if (self->opening)
    g_queue_push_tail (&self->waiting, g_object_ref (command_line));
  else
    run_command (self, command_line);

  return 0;
}

static void
hall_application_shutdown (GApplication *application)
{
  HallApplication *self = HALL_APPLICATION (application);

  for (guint i = 0; i < G_N_ELEMENTS (self->stop_signals); i++)
    g_clear_handle_id (&self->stop_signals[i], g_source_remove);

  G_APPLICATION_CLASS (hall_application_parent_class)->shutdown (application);
}

static void
hall_application_finalize (GObject *object)
{
  HallApplication *self = HALL_APPLICATION (object);

  g_free (self->path);
  g_clear_object (&self->library);
  g_clear_error (&self->problem);
  g_queue_clear_full (&self->waiting, g_object_unref);

  G_OBJECT_CLASS (hall_application_parent_class)->finalize (object);
}

static void
hall_application_class_init (HallApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = hall_application_finalize;
  application_class->startup = hall_application_startup;
  application_class->activate = hall_application_activate;
  application_class->command_line = hall_application_command_line;
  application_class->shutdown = hall_application_shutdown;
}

static void
hall_application_init (HallApplication *self)
{
  g_queue_init (&self->waiting);
  g_signal_connect (self, "window-removed", G_CALLBACK (on_window_removed), NULL);
}

/**
 * hall_application_new:
 * @library_path: the library's file, which need not be there yet
 * @demo: whether to fill it with sample data when its window opens
 *
 * The process that runs this owns the library; a second one with the same path hands its command line over
 * and ends.
 *
 * Returns: (transfer full): the program, to be given to g_application_run()
 */
HallApplication *
hall_application_new (const char *library_path,
                      gboolean    demo)
{
  g_autofree char *id = NULL;
  HallApplication *self;

  g_return_val_if_fail (library_path != NULL, NULL);

  id = hall_instance_name (library_path);
  self = g_object_new (HALL_TYPE_APPLICATION,
                       "application-id", id,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/hallway",
                       NULL);
  self->path = g_strdup (library_path);
  self->demo = demo;

  return self;
}

/**
 * hall_application_set_commands:
 * @self: a program
 * @commands: how command lines are run that do not ask for the window; has to outlive @self
 */
void
hall_application_set_commands (HallApplication               *self,
                               const HallApplicationCommands *commands)
{
  g_return_if_fail (HALL_IS_APPLICATION (self));
  g_return_if_fail (commands != NULL);

  self->commands = commands;
}
