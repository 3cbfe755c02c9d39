/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shows the courier: one line, and in a popover what there is to know and to do. */
#include "ui/hall-sync-button.h"

#include "app/hall-courier.h"
#include "ui/hall-case-text.h"
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
  GtkLabel       *problem;
  GtkWidget      *choose;
  GtkLabel       *choose_label;
  GtkWidget      *unsent;
  GtkLabel       *unsent_label;
  GtkWidget      *progress;
  GtkProgressBar *bar;
  GtkButton      *sync;
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

  gtk_widget_set_visible (self->progress, busy);
  if (busy && fraction >= 0)
    gtk_progress_bar_set_fraction (self->bar, MIN (fraction, 1));

  if (pulsing && self->pulse == 0)
    self->pulse = g_timeout_add (PULSE_MILLISECONDS, on_pulse, self);
  else if (!pulsing)
    g_clear_handle_id (&self->pulse, g_source_remove);
}

static char *
say_unsent (guint  waiting,
            guint  refused,
            gint64 oldest_at,
            gint64 now)
{
  g_autofree char *waits = NULL;
  g_autofree char *refusal = NULL;
  g_autofree char *age = oldest_at > 0 ? hall_moment_text_age (oldest_at, now) : NULL;

  if (waiting > 0)
    waits = g_strdup_printf (ngettext ("%u edit waiting", "%u edits waiting", waiting), waiting);
  if (refused > 0)
    refusal = g_strdup_printf (ngettext ("%u edit refused", "%u edits refused", refused), refused);
  if (waits != NULL && age != NULL) {
    /* Translators: "3 edits waiting, oldest 2 h" */
    char *both = g_strdup_printf (_("%s, oldest %s"), waits, age);

    g_free (waits);
    waits = both;
  }
  if (waits != NULL && refusal != NULL)
    return g_strconcat (waits, "\n", refusal, NULL);

  return waits != NULL ? g_steal_pointer (&waits) : g_steal_pointer (&refusal);
}

static const char *
find_icon (HallCourierState state,
           gboolean         host_wanted)
{
  return state == HALL_COURIER_TROUBLE || host_wanted ? "dialog-warning-symbolic" : "object-select-symbolic";
}

static void
show_way_on (GtkWidget  *button,
             GtkLabel   *label,
             const char *text)
{
  gtk_widget_set_visible (button, text != NULL);
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
}

static void
show_what_waits (HallSyncButton *self,
                 guint           waiting,
                 guint           parked,
                 gint64          oldest_at)
{
  GPtrArray       *cases = hall_open_cases_get_list (hall_keeper_get_open_cases (self->keeper));
  guint            conflicts;
  g_autofree char *choose = cases->len > 0 ? hall_case_text_count (cases) : NULL;
  g_autofree char *unsent = NULL;

  /* What waits for a choice between versions is told there, and not again among what waits. */
  g_object_get (self->courier, "conflicts", &conflicts, NULL);
  unsent = say_unsent (waiting, parked > conflicts ? parked - conflicts : 0, oldest_at, hall_keeper_get_now (self->keeper));
  show_way_on (self->choose, self->choose_label, choose);
  show_way_on (self->unsent, self->unsent_label, unsent);
}

static const char *
say_how_it_is (HallCourierState state,
               guint            waiting,
               gint64           synced_at,
               gboolean         asks)
{
  if (state == HALL_COURIER_LOCAL)
    return _("Add an account to have a sign-up page for your chats and to see who comes.");
  if (asks)
    return _("This network may cost money by the byte, so nothing is sent or fetched until you ask for it.");
  if (waiting == 0 && synced_at > 0)
    return _("Everything is on the service too.");

  return NULL;
}

static void
show_standing (HallSyncButton *self)
{
  g_autofree char *line = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *synced = NULL;
  guint            state, waiting, parked, conflicts;
  gint64           synced_at, oldest_at;
  double           fraction;
  gboolean         local, asks;

  g_object_get (self->courier,
                "state", &state, "line", &line, "fraction", &fraction, "waiting", &waiting, "parked", &parked,
                "conflicts", &conflicts, "oldest-at", &oldest_at, "synced-at", &synced_at, "problem", &problem,
                "asks", &asks, NULL);
  local = state == HALL_COURIER_LOCAL;

  gtk_label_set_label (self->line, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, line, -1);
  gtk_image_set_from_icon_name (self->icon, find_icon (state, parked + conflicts > 0));
  gtk_stack_set_visible_child_name (self->icons, state == HALL_COURIER_BUSY ? "busy" : "icon");

  set_text (self->heading, line);
  set_text (self->waiting, say_how_it_is (state, waiting + parked, synced_at, asks));
  if (!local && synced_at > 0) {
    gint64           now = hall_keeper_get_now (self->keeper);
    g_autofree char *stamp = hall_moment_text_stamp (synced_at, hall_keeper_get_zone (self->keeper), now);
    g_autofree char *ago = hall_moment_text_relative (synced_at, 0, now);

    /* Translators: a time and how long ago that was: "Last synced 28 May, 09:12, 2 minutes ago" */
    synced = g_strdup_printf (_("Last synced %s, %s"), stamp, ago);
  }
  set_text (self->synced, synced);
  set_text (self->problem, problem);
  show_what_waits (self, waiting, parked, oldest_at);
  show_bar (self, state == HALL_COURIER_BUSY, fraction);
  gtk_button_set_label (self->sync, asks ? _("_Sync anyway") : _("_Sync now"));
  gtk_widget_set_visible (GTK_WIDGET (self->sync), !local && state != HALL_COURIER_BUSY);
  gtk_widget_set_visible (self->accounts, local);
}

static void
on_choose_clicked (HallSyncButton *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.choose", "s", "");
}

static void
on_unsent_clicked (HallSyncButton *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.unsent", NULL);
}

static void
on_cancel_clicked (HallSyncButton *self)
{
  hall_courier_cancel (self->courier);
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
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, problem);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, choose);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, choose_label);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, unsent);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, unsent_label);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, progress);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, bar);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, sync);
  gtk_widget_class_bind_template_child (widget_class, HallSyncButton, accounts);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_unsent_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
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
  g_signal_connect_object (hall_keeper_get_open_cases (keeper), "changed", G_CALLBACK (show_standing), self,
                           G_CONNECT_SWAPPED);
  /* "2 minutes ago" is true only when it is read. */
  g_signal_connect_object (self->popover, "show", G_CALLBACK (show_standing), self, G_CONNECT_SWAPPED);
  show_standing (self);
}
