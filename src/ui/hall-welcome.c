/* SPDX-License-Identifier: GPL-3.0-or-later
 * The empty state of a place. */
#include "ui/hall-welcome.h"

#include <glib/gi18n.h>
#include <string.h>

struct _HallWelcome {
  AdwBin         parent_instance;
  AdwStatusPage *status;
  GtkButton     *first;
  GtkButton     *second;
};

G_DEFINE_FINAL_TYPE (HallWelcome, hall_welcome, ADW_TYPE_BIN)

static void
hall_welcome_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_WELCOME);

  G_OBJECT_CLASS (hall_welcome_parent_class)->dispose (object);
}

static void
hall_welcome_class_init (HallWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_welcome_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, HallWelcome, status);
  gtk_widget_class_bind_template_child (widget_class, HallWelcome, first);
  gtk_widget_class_bind_template_child (widget_class, HallWelcome, second);
}

static void
hall_welcome_init (HallWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_button (GtkButton  *button,
            const char *label,
            const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;

  gtk_button_set_label (button, label);
  gtk_button_set_use_underline (button, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

/**
 * hall_welcome_new:
 * @place: the place that is empty
 * @compact: whether it is shown in a narrow pane
 *
 * Returns: (transfer floating): its empty state
 */
GtkWidget *
hall_welcome_new (const HallPlace *place,
                  gboolean         compact)
{
  HallWelcome *self;

  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (HALL_TYPE_WELCOME, NULL);
  adw_status_page_set_icon_name (self->status, place->icon);
  adw_status_page_set_title (self->status, gettext (place->empty));
  adw_status_page_set_description (self->status, gettext (place->empty_advice));
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "compact");

  if (strcmp (place->name, "chats") == 0) {
    set_button (self->first, _("New _chat"), "win.new");
    set_button (self->second, _("_Explore with sample data"), "win.explore");
  } else if (strcmp (place->name, "posts") == 0) {
    set_button (self->first, _("New _post"), "win.new");
    set_button (self->second, _("_Import a post…"), "win.import");
  } else {
    set_button (self->first, _("Show _chats"), "win.show-chats");
    set_button (self->second, NULL, NULL);
  }

  return GTK_WIDGET (self);
}
