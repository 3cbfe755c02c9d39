/* SPDX-License-Identifier: GPL-3.0-or-later
 * A menu of the sign-up addresses of the chats to come, made anew whenever it is opened. */
#include "ui/hall-link-menu.h"

#include "model/hall-chat.h"
#include "ui/hall-moment-text.h"
#include "ui/hall-value-list.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTE (60 * G_TIME_SPAN_SECOND)

typedef struct {
  HallKeeper    *keeper;
  HallValueList *chats;
  char          *action;
} LinkMenu;

static void
free_menu (gpointer data)
{
  LinkMenu *self = data;

  g_object_unref (self->chats);
  g_object_unref (self->keeper);
  g_free (self->action);
  g_free (self);
}

static gboolean
is_to_come (HallValueItem *item,
            gint64         now)
{
  const HallChat *chat = hall_value_item_get_value (item);
  gint64          starts_at = hall_chat_summary_get_starts_at (hall_value_item_get_summary (item));

  return chat->sign_up_url != NULL && strcmp (chat->status, "scheduled") == 0 &&
         starts_at + chat->duration * MINUTE > now;
}

static void
fill (GtkMenuButton *button,
      gpointer       data)
{
  LinkMenu         *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  gint64            now = hall_keeper_get_now (self->keeper);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->chats)); i++) {
    g_autoptr (HallValueItem) item = g_list_model_get_item (G_LIST_MODEL (self->chats), i);
    const HallChat           *chat = hall_value_item_get_value (item);
    g_autoptr (GMenuItem)     entry = NULL;
    g_autofree char          *label = NULL;
    g_auto (GStrv)            underscores = NULL;

    if (!is_to_come (item, now))
      continue;

    /* One underscore would be a mnemonic. */
    underscores = g_strsplit (chat->title, "_", -1);
    label = g_strjoinv ("__", underscores);
    entry = g_menu_item_new (label, NULL);
    g_menu_item_set_action_and_target (entry, self->action, "(ss)", chat->title, chat->sign_up_url);
    g_menu_append_item (menu, entry);
  }

  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    g_menu_append (menu, _("No chat to come has a sign-up address"), "post.nothing");

  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/**
 * hall_link_menu_attach:
 * @button: the button to open the menu with
 * @keeper: whose library's chats to offer
 * @action: name of an action that takes a title and an address, "(ss)"
 */
void
hall_link_menu_attach (GtkMenuButton *button,
                       HallKeeper    *keeper,
                       const char    *action)
{
  LinkMenu *self;

  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (action != NULL);

  self = g_new0 (LinkMenu, 1);
  self->keeper = g_object_ref (keeper);
  self->action = g_strdup (action);
  self->chats = hall_value_list_new (keeper, &hall_chat_kind, NULL, NULL, NULL);
  gtk_menu_button_set_create_popup_func (button, fill, self, free_menu);
}
