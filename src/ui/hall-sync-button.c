/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shows the courier: one line, and in a popover what there is to know and to do. */
#include "ui/hall-sync-button.h"

#include "app/hall-courier.h"
#include "ui/hall-moment-text.h"

#include <glib/gi18n.h>

#define PULSE_MILLISECONDS 120

struct _HallSyncButton {
  AdwBin          parent_instance;
  GtkMenuButton  *button;
  GtkPopover     *popover;
  GtkStack       *icons;
  GtkImage       *icon;
  GtkLabel       *line;
  GtkLabel       *heading;
  GtkLabel       *waiting;
  GtkLabel       *synced;
  GtkLabel       *hosts;
  GtkLabel       *problem;
  GtkProgressBar *bar;
  GtkWidget      *sync;
  GtkWidget      *accounts;
  HallKeeper     *keeper;
  HallCourier    *courier;
  guint           pulse;
};

G_DEFINE_FINAL_TYPE (HallSyncButton, hall_sync_button, ADW_TYPE_BIN)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static gboolean
on_pulse (gpointer user_data)
{
  gtk_progress_bar_pulse (HALL_SYNC_BUTTON (user_data)->bar);

  return G_SOURCE_CONTINUE;
}

static void
show_bar (HallSyncButton *self,
          gboolean        busy,
          double          fraction)
{
  gboolean pulsing = busy && fraction < 0;

  gtk_widget_set_visible (GTK_WIDGET (self->bar), busy);
  if (busy && fraction >= 0)
    gtk_progress_bar_set_fraction (self->bar, MIN (fraction, 1));

  if (pulsing && self->pulse == 0)
    self->pulse = g_timeout_add (PULSE_MILLISECONDS, on_pulse, self);
  else if (!pulsing)
    g_clear_handle_id (&self->pulse, g_source_remove);
}

static char *
say_what_waits (guint  waiting,
                guint  parked,
                gint64 synced_at)
{
  if (waiting == 0)
    return g_strdup (parked == 0 && synced_at > 0 ? _("Everything is on the service too.") : NULL);

  return g_strdup_printf (ngettext ("%u edit waits to be sent.", "%u edits wait to be sent.", waiting), waiting);
}

static char *
say_what_waits_for_host (guint parked,
                         guint conflicts)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (conflicts > 0)
    first = g_strdup_printf (ngettext ("%u entry was changed in both places. Both versions are kept.",
                                       "%u entries were changed in both places. Both versions are kept.", conflicts),
                             conflicts);
  if (parked > conflicts)
    second = g_strdup_printf (ngettext ("%u edit was refused by the service. It is kept here.",
                                        "%u edits were refused by the service. They are kept here.",
                                        parked - conflicts),
                              parked - conflicts);
  if (first != NULL && second != NULL)
    return g_strconcat (first, "\n", second, NULL);

  return g_strdup (first != NULL ? first : second);
}

static const char *
find_icon (guint state)
{
  switch ((HallCourierState) state) {
  case HALL_COURIER_TROUBLE:
    return "dialog-warning-symbolic";
  case HALL_COURIER_LOCAL:
  case HALL_COURIER_IDLE:
  case HALL_COURIER_BUSY:
  default:
    return "object-select-symbolic";
  }
}

static void
show_standing (HallSyncButton *self)
{
  g_autofree char *line = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *what_waits = NULL;
  g_autofree char *what_waits_for_host = NULL;
  g_autofree char *synced = NULL;
  guint            state, waiting, parked, conflicts;
  gint64           synced_at;
  double           fraction;
  gboolean         local;

  g_object_get (self->courier,
                "state", &state, "line", &line, "fraction", &fraction, "waiting", &waiting, "parked", &parked,
                "conflicts", &conflicts, "synced-at", &synced_at, "problem", &problem, NULL);
  local = state == HALL_COURIER_LOCAL;

  gtk_label_set_label (self->line, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, line, -1);
  gtk_image_set_from_icon_name (self->icon, find_icon (state));
  gtk_stack_set_visible_child_name (self->icons, state == HALL_COURIER_BUSY ? "busy" : "icon");

  set_text (self->heading, line);
  what_waits = local ? g_strdup (_("Add an account to have a sign-up page for your chats and to see who comes."))
                     : say_what_waits (waiting, parked, synced_at);
  set_text (self->waiting, what_waits);
  if (!local && synced_at > 0) {
    gint64           now = hall_keeper_get_now (self->keeper);
    g_autofree char *stamp = hall_moment_text_stamp (synced_at, hall_keeper_get_zone (self->keeper), now);
    g_autofree char *ago = hall_moment_text_relative (synced_at, 0, now);

    /* Translators: a time and how long ago that was: "Last synced 28 May, 09:12, 2 minutes ago" */
    synced = g_strdup_printf (_("Last synced %s, %s"), stamp, ago);
  }
  set_text (self->synced, synced);
  what_waits_for_host = say_what_waits_for_host (parked, conflicts);
  set_text (self->hosts, what_waits_for_host);
  set_text (self->problem, problem);
  show_bar (self, state == HALL_COURIER_BUSY, fraction);
  gtk_widget_set_visible (self->sync, !local);
  gtk_widget_set_visible (self->accounts, local);
}

static void
on_accounts_clicked (GtkButton      *button,
                     HallSyncButton *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.accounts", NULL);
}

static void
hall_sync_button_dispose (GObject *object)
{
  HallSyncButton *self = HALL_SYNC_BUTTON (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  g_clear_object (&self->courier);
  g_clear_object (&self->keeper);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_SYNC_BUTTON);

  G_OBJECT_CLASS (hall_sync_button_parent_class)->dispose (object);
}

static void
hall_sync_button_class_init (HallSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_sync_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, popover);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, icons);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, icon);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, line);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, heading);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, waiting);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, synced);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, hosts);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, problem);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, bar);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, sync);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, accounts);
  gtk_widget_class_bind_template_callback (widget_class, on_accounts_clicked);
}

static void
hall_sync_button_init (HallSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_sync_button_set_keeper:
 * @self: the line
 * @keeper: whose library's courier to show
 */
void
hall_sync_button_set_keeper (HallSyncButton *self,
                             HallKeeper     *keeper)
{
  g_return_if_fail (HALL_IS_SYNC_BUTTON (self));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (self->keeper == NULL);

  self->keeper = g_object_ref (keeper);
  self->courier = g_object_ref (hall_library_get_courier (hall_keeper_get_library (keeper)));
  g_signal_connect_object (self->courier, "notify", G_CALLBACK (show_standing), self, G_CONNECT_SWAPPED);
  /* "2 minutes ago" is true only when it is read. */
  g_signal_connect_object (self->popover, "show", G_CALLBACK (show_standing), self, G_CONNECT_SWAPPED);
  show_standing (self);
}
