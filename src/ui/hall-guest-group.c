/* SPDX-License-Identifier: GPL-3.0-or-later
 * The guests of a chat: rows come and go one by one, so that an open one stays open. */
#include "ui/hall-guest-group.h"

#include "model/hall-guest.h"
#include "ui/hall-guest-row.h"
#include "ui/hall-value-list.h"

#include <string.h>

struct _HallGuestGroup {
  AdwPreferencesGroup parent_instance;
  GtkListBox         *rows; /* the guests in the order of the list, then the row to add one with */
  GtkEditable        *name;
  HallKeeper         *keeper;
  char               *chat;
  HallValueList      *list;
};

G_DEFINE_FINAL_TYPE (HallGuestGroup, hall_guest_group, ADW_TYPE_PREFERENCES_GROUP)

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (hall_value_item_get_id (*(HallValueItem **) a), hall_value_item_get_id (*(HallValueItem **) b));
}

/* As they were added: an order that no edit changes, so that no row moves under the host's hands. */
static guint
arrange (GPtrArray *items,
         gpointer   data)
{
  g_ptr_array_sort (items, compare_ids);

  return items->len;
}

static void
on_items_changed (GListModel     *list,
                  guint           position,
                  guint           removed,
                  guint           added,
                  HallGuestGroup *self)
{
  for (guint i = 0; i < removed; i++)
    gtk_list_box_remove (self->rows, GTK_WIDGET (gtk_list_box_get_row_at_index (self->rows, position)));

  for (guint i = position; i < position + added; i++) {
    g_autoptr (HallValueItem) item = g_list_model_get_item (list, i);

    gtk_list_box_insert (self->rows, hall_guest_row_new (self->keeper, item), i);
  }
}

static void
on_apply (HallGuestGroup *self)
{
  g_autofree char      *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autoptr (HallGuest) guest = NULL;

  if (*name == '\0')
    return;

  guest = hall_library_new_value (hall_keeper_get_library (self->keeper), &hall_guest_kind);
  guest->chat = g_strdup (self->chat);
  guest->name = g_steal_pointer (&name);
  guest->status = g_strdup ("invited");
  gtk_editable_set_text (self->name, "");

  hall_keeper_save (self->keeper, NULL, guest);
}

static void
clear (HallGuestGroup *self)
{
  if (self->list == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->list, self);
  on_items_changed (G_LIST_MODEL (self->list), 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)), 0, self);
  g_clear_object (&self->list);
  g_clear_pointer (&self->chat, g_free);
}

static void
hall_guest_group_dispose (GObject *object)
{
  HallGuestGroup *self = HALL_GUEST_GROUP (object);

  clear (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_GUEST_GROUP);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_guest_group_parent_class)->dispose (object);
}

static void
hall_guest_group_class_init (HallGuestGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_guest_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-guest-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HallGuestGroup, rows);
  gtk_widget_class_bind_template_child (widget_class, HallGuestGroup, name);
  gtk_widget_class_bind_template_callback (widget_class, on_apply);
}

static void
hall_guest_group_init (HallGuestGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_guest_group_show:
 * @self: the group
 * @keeper: whose library the guests are in
 * @chat: id of their chat
 */
void
hall_guest_group_show (HallGuestGroup *self,
                       HallKeeper     *keeper,
                       const char     *chat)
{
  g_return_if_fail (HALL_IS_GUEST_GROUP (self));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (chat != NULL);

  clear (self);
  g_set_object (&self->keeper, keeper);
  self->chat = g_strdup (chat);
  self->list = hall_value_list_new (keeper, &hall_guest_kind, chat, arrange, NULL);
  gtk_editable_set_text (self->name, "");
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed), self);
}
