/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window: places, a list, the thing itself; and what can be done from anywhere in it. */
#include "config.h"

#include "ui/hall-window.h"

#include "app/hall-courier.h"
#include "app/hall-problem.h"
#include "model/hall-kinds.h"
#include "model/hall-post.h"
#include "model/hall-wall-time.h"
#include "ui/hall-accounts-dialog.h"
#include "ui/hall-browser.h"
#include "ui/hall-case-dialog.h"
#include "ui/hall-chat-dialog.h"
#include "ui/hall-demo-page.h"
#include "ui/hall-focus-guard.h"
#include "ui/hall-post-dialog.h"
#include "ui/hall-post-files.h"
#include "ui/hall-shortcuts-dialog.h"
#include "ui/hall-undo.h"
#include "ui/hall-unsent-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* Opening that takes less shows nothing (milliseconds). */
#define SPINNER_DELAY 150

struct _HallWindow {
  AdwApplicationWindow    parent_instance;

  AdwToastOverlay        *toasts;
  GtkStack               *stack;
  GtkWidget              *spinner;
  AdwStatusPage          *problem;
  GtkLabel               *problem_path;
  HallDemoPage           *demo;
  HallBrowser            *browser;

  GSettings              *settings;
  HallKeeper             *keeper; /* NULL until the library is open */
  HallUndo               *undo;
  gboolean                settled; /* everything is saved: the window may go */
  guint                   spinner_timer;
};

G_DEFINE_FINAL_TYPE (HallWindow, hall_window, ADW_TYPE_APPLICATION_WINDOW)

static void
say (HallWindow *self,
     const char *sentence)
{
  AdwToast *toast = adw_toast_new (sentence);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_demo_ended (HallWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "library");
}

static void
on_brought_back (HallUndo       *undo,
                 const HallKind *kind,
                 const char     *id,
                 HallWindow     *self)
{
  hall_browser_bring_back (self->browser, kind, id);
}

static void
on_trouble (HallKeeper *keeper,
            const char *sentence,
            HallWindow *self)
{
  say (self, sentence);
}

static void
on_place_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  if (self->keeper != NULL)
    hall_browser_show_place (self->browser, g_variant_get_string (parameter, NULL));
}

static void
on_show_chats (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  hall_browser_show_place (HALL_WINDOW (widget)->browser, "chats");
}

static void
on_open (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);
  const char *place, *id;

  g_variant_get (parameter, "(&s&s)", &place, &id);
  hall_browser_show_thing (self->browser, place, id);
}

static void
on_chat_added (HallWindow *self,
               const char *id)
{
  hall_browser_show_thing (self->browser, "chats", id);
}

static void
on_post_begun (HallWindow     *self,
               const HallPost *post)
{
  hall_keeper_save (self->keeper, NULL, post);
  hall_browser_write_post (self->browser, post->parent.id);
}

static void
begin_post (HallWindow *self,
            const char *chat)
{
  HallPostDialog *dialog = hall_post_dialog_new (self->keeper, chat);

  g_signal_connect_object (dialog, "done", G_CALLBACK (on_post_begun), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
begin_chat (HallWindow *self)
{
  HallChatDialog *dialog = hall_chat_dialog_new (self->keeper, NULL);

  g_signal_connect_object (dialog, "done", G_CALLBACK (on_chat_added), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
on_new (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  if (self->keeper == NULL)
    return;

  if (strcmp (hall_browser_get_place (self->browser), "posts") == 0)
    begin_post (self, NULL);
  else if (strcmp (hall_browser_get_place (self->browser), "chats") == 0)
    begin_chat (self);
}

static void
on_announce (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  begin_post (HALL_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_search (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  if (self->keeper != NULL)
    hall_browser_search (self->browser);
}

static void
on_synced (GObject      *courier,
           GAsyncResult *result,
           gpointer      user_data)
{
  /* The line at the foot of the sidebar says how it went. */
  hall_courier_sync_finish (HALL_COURIER (courier), result, NULL, NULL);
}

static void
on_sync (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  if (self->keeper != NULL)
    hall_courier_sync_async (hall_library_get_courier (hall_keeper_get_library (self->keeper)), NULL, on_synced, NULL);
}

/* With one case there is no list to choose from. */
static void
on_choose (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  HallWindow      *self = HALL_WINDOW (widget);
  const char      *id = g_variant_get_string (parameter, NULL);
  GPtrArray       *cases;
  g_autofree char *only = NULL;

  if (self->keeper == NULL)
    return;

  cases = hall_open_cases_get_list (hall_keeper_get_open_cases (self->keeper));
  if (*id == '\0' && cases->len == 1)
    only = g_strdup (((const HallSettlerCase *) cases->pdata[0])->row);
  if (only == NULL && *id != '\0')
    only = g_strdup (id);
  adw_dialog_present (ADW_DIALOG (hall_case_dialog_new (self->undo, only)), widget);
}

static void
on_unsent (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  if (self->keeper != NULL)
    adw_dialog_present (ADW_DIALOG (hall_unsent_dialog_new (self->undo)), widget);
}

static void
on_accounts (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  if (self->keeper != NULL)
    adw_dialog_present (ADW_DIALOG (hall_accounts_dialog_new (self->keeper)), widget);
}

static void
on_shortcuts (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));

  adw_dialog_present (ADW_DIALOG (hall_shortcuts_dialog_new (application)), widget);
}

static void
on_explore (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  gtk_stack_set_visible_child_name (self->stack, "demo");
  hall_demo_page_start (self->demo, hall_keeper_get_library (self->keeper));
}

static void
on_files_done (const char *sentence,
               const char *id,
               gpointer    data)
{
  HallWindow *self = data;

  if (self->keeper == NULL)
    return;

  say (self, sentence);
  if (id != NULL)
    hall_browser_show_thing (self->browser, "posts", id);
}

static void
on_import (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  hall_post_files_import (GTK_WINDOW (self), self->keeper, on_files_done, g_object_ref (self), g_object_unref);
}

static void
on_export (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  hall_post_files_export (GTK_WINDOW (self), self->keeper, g_variant_get_string (parameter, NULL), on_files_done,
                          g_object_ref (self), g_object_unref);
}

static void
on_remove (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);
  const char *plural, *id, *sentence;

  g_variant_get (parameter, "(&s&s&s)", &plural, &id, &sentence);
  hall_undo_remove (self->undo, hall_kinds_from_plural (plural), id, sentence);
}

static void
on_undo (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  HallWindow *self = HALL_WINDOW (widget);

  if (self->undo != NULL)
    hall_undo_last (self->undo);
}

static void
on_say (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  say (HALL_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_leave_answered (AdwAlertDialog *dialog,
                   const char     *response,
                   HallWindow     *self)
{
  if (strcmp (response, "leave") != 0)
    return;

  self->settled = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_settled (GObject      *keeper,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HallWindow) self = user_data;
  g_autoptr (GError)     error = NULL;
  g_autofree char       *sentence = NULL;
  AdwDialog             *dialog;

  if (hall_keeper_settle_finish (HALL_KEEPER (keeper), result, &error)) {
    self->settled = TRUE;
    gtk_window_close (GTK_WINDOW (self));
    return;
  }

  /* Something is not in the library, so the window is still needed. */
  gtk_window_present (GTK_WINDOW (self));
  sentence = hall_problem_say (error);
  dialog = adw_alert_dialog_new (_("The last change is not saved"), sentence);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "stay", _("_Go back"), "leave", _("_Leave it unsaved"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "stay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave_answered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static gboolean
on_spinner_due (gpointer user_data)
{
  HallWindow *self = user_data;

  self->spinner_timer = 0;
  gtk_widget_set_visible (self->spinner, TRUE);

  return G_SOURCE_REMOVE;
}

static void
save_view (HallWindow *self)
{
  int width, height;

  g_settings_set_string (self->settings, "place", hall_browser_get_place (self->browser));
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (!gtk_window_is_maximized (GTK_WINDOW (self))) {
    g_settings_set_int (self->settings, "window-width", MAX (width, 360));
    g_settings_set_int (self->settings, "window-height", MAX (height, 294));
  }
}

/* What was typed is saved first; the host need not look on. */
static gboolean
hall_window_close_request (GtkWindow *window)
{
  HallWindow *self = HALL_WINDOW (window);

  if (self->keeper != NULL && !self->settled) {
    save_view (self);
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    hall_demo_page_stop (self->demo);
    hall_keeper_settle_async (self->keeper, on_settled, g_object_ref (self));
    return GDK_EVENT_STOP;
  }

  return GTK_WINDOW_CLASS (hall_window_parent_class)->close_request (window);
}

static void
hall_window_dispose (GObject *object)
{
  HallWindow *self = HALL_WINDOW (object);

  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_WINDOW);
  g_clear_object (&self->undo);
  g_clear_object (&self->keeper);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hall_window_parent_class)->dispose (object);
}

static void
hall_window_class_init (HallWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = hall_window_close_request;

  g_type_ensure (HALL_TYPE_BROWSER);
  g_type_ensure (HALL_TYPE_DEMO_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HallWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HallWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HallWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, HallWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, HallWindow, problem_path);
  gtk_widget_class_bind_template_child (widget_class, HallWindow, demo);
  gtk_widget_class_bind_template_child (widget_class, HallWindow, browser);
  gtk_widget_class_bind_template_callback (widget_class, on_demo_ended);

  gtk_widget_class_install_action (widget_class, "win.place", "s", on_place_action);
  gtk_widget_class_install_action (widget_class, "win.show-chats", NULL, on_show_chats);
  gtk_widget_class_install_action (widget_class, "win.open", "(ss)", on_open);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "win.announce", "s", on_announce);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, on_sync);
  gtk_widget_class_install_action (widget_class, "win.choose", "s", on_choose);
  gtk_widget_class_install_action (widget_class, "win.unsent", NULL, on_unsent);
  gtk_widget_class_install_action (widget_class, "win.accounts", NULL, on_accounts);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, on_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.explore", NULL, on_explore);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, on_import);
  gtk_widget_class_install_action (widget_class, "win.export", "s", on_export);
  gtk_widget_class_install_action (widget_class, "win.remove", "(sss)", on_remove);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "win.say", "s", on_say);

  /* Here and not among the application's keys: an entry with the focus has its own undo. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
}

static void
hall_window_init (HallWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hall_focus_guard_attach (ADW_APPLICATION_WINDOW (self));

  self->settings = g_settings_new (HALL_APP_ID);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static char *
find_zone (GSettings *settings)
{
  g_autofree char *zone = g_settings_get_string (settings, "zone");

  return hall_wall_time_zone_exists (zone) ? g_steal_pointer (&zone) : hall_wall_time_host_zone ();
}

/**
 * hall_window_new:
 * @application: the program
 *
 * Returns: (transfer none): a window that shows nothing yet, owned by GTK
 */
HallWindow *
hall_window_new (AdwApplication *application)
{
  g_return_val_if_fail (ADW_IS_APPLICATION (application), NULL);

  return g_object_new (HALL_TYPE_WINDOW, "application", application, NULL);
}

/**
 * hall_window_show_opening:
 * @self: the window
 *
 * Says that the library is being opened, when that takes longer than a blink.
 */
void
hall_window_show_opening (HallWindow *self)
{
  g_return_if_fail (HALL_IS_WINDOW (self));

  gtk_stack_set_visible_child_name (self->stack, "opening");
  if (self->spinner_timer == 0)
    self->spinner_timer = g_timeout_add (SPINNER_DELAY, on_spinner_due, self);
}

/**
 * hall_window_show_problem:
 * @self: the window
 * @path: the library's file
 * @problem: why it could not be opened
 */
void
hall_window_show_problem (HallWindow   *self,
                          const char   *path,
                          const GError *problem)
{
  g_autofree char *sentence = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (HALL_IS_WINDOW (self));
  g_return_if_fail (path != NULL && problem != NULL);

  sentence = hall_problem_say (problem);
  escaped = g_markup_escape_text (sentence, -1);
  adw_status_page_set_description (self->problem, escaped);
  gtk_label_set_label (self->problem_path, path);
  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

/**
 * hall_window_show_library:
 * @self: the window
 * @library: the library, open
 * @demo: whether to fill it with sample data at once
 */
void
hall_window_show_library (HallWindow  *self,
                          HallLibrary *library,
                          gboolean     demo)
{
  g_autofree char *zone = NULL;
  g_autofree char *place = NULL;

  g_return_if_fail (HALL_IS_WINDOW (self));
  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (self->keeper == NULL);

  zone = find_zone (self->settings);
  self->keeper = hall_keeper_new (library, zone);
  g_signal_connect_object (self->keeper, "trouble", G_CALLBACK (on_trouble), self, 0);
  self->undo = hall_undo_new (self->keeper, self->toasts);
  g_signal_connect_object (self->undo, "brought-back", G_CALLBACK (on_brought_back), self, 0);

  place = g_settings_get_string (self->settings, "place");
  hall_browser_open (self->browser, self->keeper, demo ? "chats" : place);
  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, "library");

  /* With a window, services are exchanged with by themselves. */
  g_object_set (hall_library_get_courier (library), "automatic", TRUE, NULL);
  if (demo)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.explore", NULL);
}
