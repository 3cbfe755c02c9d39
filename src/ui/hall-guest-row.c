/* SPDX-License-Identifier: GPL-3.0-or-later
 * A guest of a chat. What comes from elsewhere is shown unless something is being typed here. */
#include "ui/hall-guest-row.h"

#include "model/hall-guest.h"
#include "ui/hall-autosave.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const statuses[] = { "invited", "confirmed", "declined" };

struct _HallGuestRow {
  AdwExpanderRow parent_instance;
  GtkEditable   *name;
  AdwComboRow   *status;
  GtkEditable   *pronouns;
  GtkEditable   *address;
  GtkEditable   *bio;
  HallValueItem *item;
  HallAutosave  *autosave;
  gboolean       filling;
};

G_DEFINE_FINAL_TYPE (HallGuestRow, hall_guest_row, ADW_TYPE_EXPANDER_ROW)

static const HallGuest *
guest_of (HallGuestRow *self)
{
  return hall_value_item_get_value (self->item);
}

static void
set_text (GtkEditable *entry,
          const char  *text)
{
  const char *wanted = text != NULL ? text : "";

  /* Left alone when it is right already, so that the cursor stays. */
  if (strcmp (gtk_editable_get_text (entry), wanted) != 0)
    gtk_editable_set_text (entry, wanted);
}

static void
take_text (char        **field,
           GtkEditable  *entry)
{
  const char *text = gtk_editable_get_text (entry);

  g_set_str (field, *text != '\0' ? text : NULL);
}

static void
show_heading (HallGuestRow *self)
{
  const HallGuest *guest = guest_of (self);
  guint            status = 0;
  const char      *words[] = { _("Invited"), _("Confirmed"), _("Declined") };
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (strcmp (guest->status, statuses[i]) == 0)
      status = i;

  subtitle = guest->pronouns != NULL ? g_strdup_printf ("%s · %s", words[status], guest->pronouns)
                                     : g_strdup (words[status]);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), guest->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, guest->name, -1);
}

static void
fill (HallGuestRow *self)
{
  const HallGuest *guest = guest_of (self);

  show_heading (self);
  if (hall_autosave_get_state (self->autosave) != HALL_AUTOSAVE_SAVED)
    return;

  hall_autosave_set_base (self->autosave, guest);
  self->filling = TRUE;
  set_text (self->name, guest->name);
  set_text (self->pronouns, guest->pronouns);
  set_text (self->address, guest->address);
  set_text (self->bio, guest->bio);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (strcmp (guest->status, statuses[i]) == 0)
      adw_combo_row_set_selected (self->status, i);
  self->filling = FALSE;
}

static gpointer
make (gconstpointer base,
      gpointer      user_data)
{
  HallGuestRow *self = user_data;
  HallGuest    *guest = hall_value_copy (base);

  /* A guest without a name would be no guest: the name they had stays until there is another. */
  if (*gtk_editable_get_text (self->name) != '\0')
    take_text (&guest->name, self->name);
  take_text (&guest->pronouns, self->pronouns);
  take_text (&guest->address, self->address);
  take_text (&guest->bio, self->bio);
  g_set_str (&guest->status, statuses[adw_combo_row_get_selected (self->status)]);

  return guest;
}

static void
on_changed (HallGuestRow *self)
{
  if (self->autosave != NULL && !self->filling)
    hall_autosave_touch (self->autosave);
}

static void
on_remove (HallGuestRow *self)
{
  const HallGuest *guest = guest_of (self);
  g_autofree char *sentence = g_strdup_printf (_("%s removed"), guest->name);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.remove", "(sss)", hall_guest_kind.plural, guest->parent.id, sentence);
}

static void
hall_guest_row_dispose (GObject *object)
{
  HallGuestRow *self = HALL_GUEST_ROW (object);

  if (self->autosave != NULL)
    hall_autosave_stop (self->autosave);
  g_clear_object (&self->autosave);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_GUEST_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (hall_guest_row_parent_class)->dispose (object);
}

static void
hall_guest_row_class_init (HallGuestRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_guest_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-guest-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HallGuestRow, name);
  gtk_widget_class_bind_template_child (widget_class, HallGuestRow, status);
  gtk_widget_class_bind_template_child (widget_class, HallGuestRow, pronouns);
  gtk_widget_class_bind_template_child (widget_class, HallGuestRow, address);
  gtk_widget_class_bind_template_child (widget_class, HallGuestRow, bio);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
}

static void
hall_guest_row_init (HallGuestRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * hall_guest_row_new:
 * @keeper: who waits until what is typed is saved
 * @item: an item that holds a HallGuest
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
hall_guest_row_new (HallKeeper    *keeper,
                    HallValueItem *item)
{
  HallGuestRow *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (HALL_IS_VALUE_ITEM (item), NULL);

  self = g_object_new (HALL_TYPE_GUEST_ROW, NULL);
  self->item = g_object_ref (item);
  self->autosave = hall_autosave_new (keeper, guest_of (self), make, self);
  g_signal_connect_object (item, "notify::value", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);

  return GTK_WIDGET (self);
}
