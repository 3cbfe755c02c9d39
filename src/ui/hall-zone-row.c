/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row to choose a time zone in. The names are read on a worker thread; until then it offers one. */
#include "ui/hall-zone-row.h"

#include "format/hall-zone-choice.h"
#include "ui/hall-moment-text.h"

#include <string.h>

struct _HallZoneRow {
  AdwComboRow    parent_instance;
  GtkStringList *names;
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (HallZoneRow, hall_zone_row, ADW_TYPE_COMBO_ROW)

static guint
find_zone (HallZoneRow *self,
           const char  *zone)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->names));

  for (guint i = 0; i < n; i++)
    if (strcmp (gtk_string_list_get_string (self->names, i), zone) == 0)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static void
read_names (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  g_task_return_pointer (task, hall_zone_choice_list (), (GDestroyNotify) g_strfreev);
}

static void
on_names_read (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  HallZoneRow     *self = HALL_ZONE_ROW (object);
  g_auto (GStrv)   names = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *zone = g_strdup (hall_zone_row_get_zone (self));

  if (names == NULL)
    return;

  /* What was chosen meanwhile stays chosen; it may be an older name of a place, which the list does not have. */
  g_object_freeze_notify (object);
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)),
                          (const char *const *) names);
  if (zone != NULL)
    hall_zone_row_set_zone (self, zone);
  g_object_thaw_notify (object);
}

static char *
name_place (GtkStringObject *item,
            gpointer         data)
{
  const char      *zone = gtk_string_object_get_string (item);
  const char      *slash = strchr (zone, '/');
  g_autofree char *place = hall_moment_text_place (zone);
  gboolean         nowhere = g_str_has_prefix (zone, "Etc/");
  g_autofree char *region = slash != NULL && !nowhere ? g_strndup (zone, slash - zone) : NULL;

  /* "Berlin (Europe)" is found by either word. */
  return region != NULL ? g_strdup_printf ("%s (%s)", place, region) : g_steal_pointer (&place);
}

static void
hall_zone_row_dispose (GObject *object)
{
  HallZoneRow *self = HALL_ZONE_ROW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->names);

  G_OBJECT_CLASS (hall_zone_row_parent_class)->dispose (object);
}

static void
hall_zone_row_class_init (HallZoneRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hall_zone_row_dispose;
}

static void
hall_zone_row_init (HallZoneRow *self)
{
  g_autoptr (GTask)         task = NULL;
  g_autoptr (GtkExpression) name = NULL;

  self->names = gtk_string_list_new (NULL);
  self->cancellable = g_cancellable_new ();
  name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (name_place), NULL, NULL);
  adw_combo_row_set_expression (ADW_COMBO_ROW (self), name);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (self), TRUE);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (self), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->names));

  task = g_task_new (self, self->cancellable, on_names_read, NULL);
  g_task_run_in_thread (task, read_names);
}

/**
 * hall_zone_row_get_zone:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the name of the zone that is chosen
 */
const char *
hall_zone_row_get_zone (HallZoneRow *self)
{
  GtkStringObject *item;

  g_return_val_if_fail (HALL_IS_ZONE_ROW (self), NULL);

  item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));

  return item != NULL ? gtk_string_object_get_string (item) : NULL;
}

/**
 * hall_zone_row_set_zone:
 * @self: a row
 * @zone: a name of the tz database
 */
void
hall_zone_row_set_zone (HallZoneRow *self,
                        const char  *zone)
{
  guint position;

  g_return_if_fail (HALL_IS_ZONE_ROW (self));
  g_return_if_fail (zone != NULL);

  position = find_zone (self, zone);
  if (position == GTK_INVALID_LIST_POSITION) {
    gtk_string_list_append (self->names, zone);
    position = find_zone (self, zone);
  }
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), position);
}
