/* SPDX-License-Identifier: GPL-3.0-or-later
 * The keyboard shortcuts. The keys are asked of the application, so that they are those that work. */
#include "ui/hall-shortcuts-dialog.h"

#include <glib/gi18n.h>

struct _HallShortcutsDialog {
  AdwDialog           parent_instance;
  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (HallShortcutsDialog, hall_shortcuts_dialog, ADW_TYPE_DIALOG)

typedef struct {
  const char *action; /* absent for the keys of GTK itself */
  const char *keys;   /* where there is no action */
  const char *label;
} Shortcut;

static void
hall_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_SHORTCUTS_DIALOG);

  G_OBJECT_CLASS (hall_shortcuts_dialog_parent_class)->dispose (object);
}

static void
hall_shortcuts_dialog_class_init (HallShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_shortcuts_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HallShortcutsDialog, page);
}

static void
hall_shortcuts_dialog_init (HallShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
find_keys (GtkApplication *application,
           const Shortcut *shortcut)
{
  g_auto (GStrv)   accels = NULL;
  const char      *accel = shortcut->keys;
  guint            key;
  GdkModifierType  modifiers;

  if (shortcut->action != NULL) {
    accels = gtk_application_get_accels_for_action (application, shortcut->action);
    accel = accels[0];
  }
  if (accel == NULL || !gtk_accelerator_parse (accel, &key, &modifiers))
    return g_strdup ("");

  return gtk_accelerator_get_label (key, modifiers);
}

static void
add_group (HallShortcutsDialog *self,
           GtkApplication      *application,
           const char          *title,
           const Shortcut      *shortcuts,
           guint                n_shortcuts)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  for (guint i = 0; i < n_shortcuts; i++) {
    g_autofree char *keys = find_keys (application, &shortcuts[i]);
    GtkWidget       *row = adw_action_row_new ();
    GtkWidget       *label = gtk_label_new (keys);

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gettext (shortcuts[i].label));
    gtk_widget_add_css_class (label, "dimmed");
    gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    adw_preferences_group_add (group, row);
  }
  adw_preferences_page_add (self->page, group);
}

/**
 * hall_shortcuts_dialog_new:
 * @application: whose keys to tell
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
HallShortcutsDialog *
hall_shortcuts_dialog_new (GtkApplication *application)
{
  static const Shortcut places[] = {
    { "win.place::chats", NULL, N_("Chats") },
    { "win.place::posts", NULL, N_("Posts") },
    { "win.place::people", NULL, N_("People") },
  };
  static const Shortcut doing[] = {
    { "win.new", NULL, N_("New chat or post") },
    { "win.search", NULL, N_("Search") },
    { "win.sync", NULL, N_("Sync now") },
    { NULL, "<Control>z", N_("Undo") },
  };
  static const Shortcut program[] = {
    { NULL, "F10", N_("Main menu") },
    { "win.accounts", NULL, N_("Accounts") },
    { "win.shortcuts", NULL, N_("Keyboard shortcuts") },
    { "window.close", NULL, N_("Close the window") },
    { "app.quit", NULL, N_("Quit") },
  };
  HallShortcutsDialog *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  self = g_object_new (HALL_TYPE_SHORTCUTS_DIALOG, NULL);
  add_group (self, application, _("Places"), places, G_N_ELEMENTS (places));
  add_group (self, application, _("Chats and posts"), doing, G_N_ELEMENTS (doing));
  add_group (self, application, _("Hallway"), program, G_N_ELEMENTS (program));

  return self;
}
