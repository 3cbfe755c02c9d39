/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows to say when a chat is. What is typed is read again with every letter. */
#include "ui/hall-time-group.h"

#include "app/hall-planner.h"
#include "app/hall-problem.h"
#include "model/hall-wall-time.h"
#include "ui/hall-moment-text.h"
#include "ui/hall-zone-row.h"

#include <glib/gi18n.h>

struct _HallTimeGroup {
  AdwPreferencesGroup parent_instance;
  AdwEntryRow        *when;
  AdwActionRow       *reading;
  GtkImage           *reading_icon;
  AdwComboRow        *which;
  HallZoneRow        *zone;
  AdwSpinRow         *minutes;
  HallKeeper         *keeper;
  gboolean            valid;
};

enum { PROP_VALID = 1, N_PROPS };
enum { ACTIVATED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallTimeGroup, hall_time_group, ADW_TYPE_PREFERENCES_GROUP)

static void
set_valid (HallTimeGroup *self,
           gboolean       valid)
{
  if (self->valid == valid)
    return;

  self->valid = valid;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALID]);
}

static void
show_reading (HallTimeGroup *self,
              const char    *icon,
              const char    *title,
              const char    *subtitle)
{
  gtk_image_set_from_icon_name (self->reading_icon, icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reading), title);
  adw_action_row_set_subtitle (self->reading, subtitle != NULL ? subtitle : "");
}

static char *
say_details (HallTimeGroup *self,
             gint64         moment,
             gint64         minutes,
             const char    *zone)
{
  gint64           now = hall_keeper_get_now (self->keeper);
  g_autofree char *relative = hall_moment_text_relative (moment, minutes, now);
  g_autofree char *there = hall_moment_text_there (moment, zone, hall_keeper_get_zone (self->keeper));

  /* Translators: the same time elsewhere, and how far away it is: "20:00 in Berlin · in 3 days" */
  return there != NULL ? g_strdup_printf (_("%s · %s"), there, relative) : g_steal_pointer (&relative);
}

/* A time that comes twice is asked about only then. */
static gboolean
comes_twice (const char *text,
             const char *zone,
             gint64      now)
{
  g_autofree char *wall = NULL;
  g_autofree char *wall_zone = NULL;
  gint64           fold, moment;

  return hall_planner_read_time (text, zone, 0, now, &wall, &fold, &wall_zone, NULL) &&
         hall_wall_time_to_moment (wall, wall_zone, 0, &moment) == HALL_WALL_TIME_TWICE;
}

static void
read_again (HallTimeGroup *self)
{
  const char        *text = hall_time_group_get_text (self);
  const char        *zone = hall_time_group_get_zone (self);
  gint64             now = hall_keeper_get_now (self->keeper);
  gint64             minutes = hall_time_group_get_minutes (self);
  g_autofree char   *wall = NULL;
  g_autofree char   *wall_zone = NULL;
  g_autoptr (GError) error = NULL;
  gint64             fold;

  gtk_widget_set_visible (GTK_WIDGET (self->which), zone != NULL && *text != '\0' && comes_twice (text, zone, now));
  gtk_widget_remove_css_class (GTK_WIDGET (self->when), "error");

  if (zone == NULL || *text == '\0') {
    show_reading (self, "preferences-system-time-symbolic", _("Write it as you like"),
                  _("Such as “Thu 2 June 11am”, “tomorrow 18:00” or “2026-05-30 15:30”"));
    set_valid (self, FALSE);
  } else if (hall_planner_read_time (text, zone, hall_time_group_get_fold (self), now, &wall, &fold, &wall_zone, &error)) {
    g_autofree char *full = NULL;
    g_autofree char *details = NULL;
    gint64           moment;

    hall_wall_time_to_moment (wall, wall_zone, fold, &moment);
    full = hall_moment_text_full (moment, minutes, wall_zone);
    details = say_details (self, moment, minutes, wall_zone);
    show_reading (self, "object-select-symbolic", full, details);
    set_valid (self, TRUE);
  } else {
    g_autofree char *sentence = hall_problem_say (error);

    show_reading (self, "dialog-warning-symbolic", sentence, NULL);
    gtk_widget_add_css_class (GTK_WIDGET (self->when), "error");
    set_valid (self, FALSE);
  }
}

static void
on_changed (HallTimeGroup *self)
{
  if (self->keeper != NULL)
    read_again (self);
}

static void
on_activated (HallTimeGroup *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
hall_time_group_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HallTimeGroup *self = HALL_TIME_GROUP (object);

  switch (id) {
  case PROP_VALID:
    g_value_set_boolean (value, self->valid);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
hall_time_group_dispose (GObject *object)
{
  HallTimeGroup *self = HALL_TIME_GROUP (object);

  g_clear_object (&self->keeper);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_TIME_GROUP);

  G_OBJECT_CLASS (hall_time_group_parent_class)->dispose (object);
}

static void
hall_time_group_class_init (HallTimeGroupClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hall_time_group_get_property;
  object_class->dispose = hall_time_group_dispose;

  props[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[ACTIVATED] = g_signal_new ("activated", HALL_TYPE_TIME_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  g_type_ensure (HALL_TYPE_ZONE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-time-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HallTimeGroup, when);
  gtk_widget_class_bind_template_child (widget_class, HallTimeGroup, reading);
  gtk_widget_class_bind_template_child (widget_class, HallTimeGroup, reading_icon);
  gtk_widget_class_bind_template_child (widget_class, HallTimeGroup, which);
  gtk_widget_class_bind_template_child (widget_class, HallTimeGroup, zone);
  gtk_widget_class_bind_template_child (widget_class, HallTimeGroup, minutes);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
hall_time_group_init (HallTimeGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_time_group_begin:
 * @self: the rows
 * @keeper: whose clock and zone to read by
 * @text: the time to start from, as people write it; empty for none
 * @zone: the zone to start from
 * @minutes: the length to start from
 */
void
hall_time_group_begin (HallTimeGroup *self,
                       HallKeeper    *keeper,
                       const char    *text,
                       const char    *zone,
                       gint64         minutes)
{
  g_return_if_fail (HALL_IS_TIME_GROUP (self));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (text != NULL && zone != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->when), text);
  hall_zone_row_set_zone (self->zone, zone);
  adw_spin_row_set_value (self->minutes, minutes);
  g_set_object (&self->keeper, keeper);
  read_again (self);
}

/**
 * hall_time_group_is_valid:
 * @self: the rows
 *
 * Returns: whether what is typed is a time
 */
gboolean
hall_time_group_is_valid (HallTimeGroup *self)
{
  g_return_val_if_fail (HALL_IS_TIME_GROUP (self), FALSE);

  return self->valid;
}

/**
 * hall_time_group_get_text:
 * @self: the rows
 *
 * Returns: (transfer none): what is typed
 */
const char *
hall_time_group_get_text (HallTimeGroup *self)
{
  g_return_val_if_fail (HALL_IS_TIME_GROUP (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->when));
}

/**
 * hall_time_group_get_zone:
 * @self: the rows
 *
 * Returns: (transfer none) (nullable): the zone that is chosen; what is typed may name another
 */
const char *
hall_time_group_get_zone (HallTimeGroup *self)
{
  g_return_val_if_fail (HALL_IS_TIME_GROUP (self), NULL);

  return hall_zone_row_get_zone (self->zone);
}

/**
 * hall_time_group_get_fold:
 * @self: the rows
 *
 * Returns: 0 or 1 for a time that comes twice, as the host has chosen; -1 for any other
 */
int
hall_time_group_get_fold (HallTimeGroup *self)
{
  g_return_val_if_fail (HALL_IS_TIME_GROUP (self), -1);

  return gtk_widget_get_visible (GTK_WIDGET (self->which)) ? (int) adw_combo_row_get_selected (self->which) : -1;
}

/**
 * hall_time_group_get_minutes:
 * @self: the rows
 *
 * Returns: how long it takes
 */
gint64
hall_time_group_get_minutes (HallTimeGroup *self)
{
  g_return_val_if_fail (HALL_IS_TIME_GROUP (self), 0);

  return adw_spin_row_get_value (self->minutes);
}
