/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registration services the host uses. Address and token are tried before anything is saved. */
#include "ui/hall-accounts-dialog.h"

#include "app/hall-connections.h"
#include "app/hall-problem.h"
#include "ui/hall-moment-text.h"
#include "ui/hall-value-list.h"

#include <glib/gi18n.h>

struct _HallAccountsDialog {
  AdwDialog          parent_instance;
  AdwNavigationView *view;
  GtkStack          *stack;
  GtkListBox        *rows;
  AdwBanner         *banner;
  AdwBanner         *add_banner;
  GtkEditable       *url;
  GtkEditable       *token;
  GtkEditable       *name;
  GtkWidget         *connect;
  GtkStack          *connect_stack;
  HallKeeper        *keeper;
  HallValueList     *list;
  GCancellable      *cancellable; /* while an account is tried */
};

G_DEFINE_FINAL_TYPE (HallAccountsDialog, hall_accounts_dialog, ADW_TYPE_DIALOG)

static void
show_problem (AdwBanner    *banner,
              const GError *error)
{
  g_autofree char *sentence = error != NULL ? hall_problem_say (error) : g_strdup ("");

  adw_banner_set_title (banner, sentence);
  adw_banner_set_revealed (banner, error != NULL);
}

/* What had the focus is gone with its page, and without any the keys would lead nowhere. */
static void
focus_page (HallAccountsDialog *self)
{
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
show_page (HallAccountsDialog *self)
{
  const char *name;

  if (!hall_value_list_get_loaded (self->list))
    return;

  name = g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0 ? "list" : "empty";
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;

  gtk_stack_set_visible_child_name (self->stack, name);
  focus_page (self);
}

static char *
get_text (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
update_connect (HallAccountsDialog *self)
{
  g_autofree char *url = get_text (self->url);
  g_autofree char *token = get_text (self->token);
  gboolean         busy = self->cancellable != NULL;

  gtk_stack_set_visible_child_name (self->connect_stack, busy ? "busy" : "idle");
  gtk_widget_set_sensitive (self->connect, !busy && *url != '\0' && *token != '\0');
  gtk_widget_set_sensitive (GTK_WIDGET (self->url), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->token), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->name), !busy);
}

static void
on_added (GObject      *library,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HallAccountsDialog) self = user_data;
  g_autoptr (GError)             error = NULL;
  g_autoptr (HallAccount)        account = hall_connections_add_finish (HALL_LIBRARY (library), result, &error);

  g_clear_object (&self->cancellable);
  if (self->view == NULL)
    return;

  update_connect (self);
  if (account != NULL) {
    gtk_editable_set_text (self->url, "");
    gtk_editable_set_text (self->token, "");
    gtk_editable_set_text (self->name, "");
    adw_navigation_view_pop_to_tag (self->view, "list");
    focus_page (self);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    show_problem (self->add_banner, error);
    gtk_widget_grab_focus (GTK_WIDGET (self->url));
  }
}

static void
on_connect (HallAccountsDialog *self)
{
  g_autofree char *url = get_text (self->url);
  g_autofree char *token = get_text (self->token);
  g_autofree char *name = get_text (self->name);

  if (!gtk_widget_get_sensitive (self->connect))
    return;

  show_problem (self->add_banner, NULL);
  self->cancellable = g_cancellable_new ();
  update_connect (self);
  hall_connections_add_async (hall_keeper_get_library (self->keeper), *name != '\0' ? name : url, url, token,
                              self->cancellable, on_added, g_object_ref (self));
}

static void
on_typed (HallAccountsDialog *self)
{
  update_connect (self);
}

static void
on_add (HallAccountsDialog *self)
{
  show_problem (self->add_banner, NULL);
  adw_navigation_view_push_by_tag (self->view, "add");
  gtk_widget_grab_focus (GTK_WIDGET (self->url));
}

/* Going back is giving up. */
static void
on_add_hidden (HallAccountsDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_editable_set_text (self->token, "");
}

static void
on_removed (GObject      *library,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HallAccountsDialog) self = user_data;
  g_autoptr (GError)             error = NULL;

  hall_connections_remove_finish (HALL_LIBRARY (library), result, &error);
  if (self->view != NULL)
    show_problem (self->banner, error);
}

static void
on_remove_answered (AdwAlertDialog     *dialog,
                    const char         *response,
                    HallAccountsDialog *self)
{
  if (g_str_equal (response, "remove"))
    hall_connections_remove_async (hall_keeper_get_library (self->keeper), g_object_get_data (G_OBJECT (dialog), "id"),
                                   on_removed, g_object_ref (self));
}

static void
on_remove (GtkButton          *button,
           HallAccountsDialog *self)
{
  HallValueItem     *item = g_object_get_data (G_OBJECT (button), "item");
  const HallAccount *account = hall_value_item_get_value (item);
  g_autofree char   *heading = g_strdup_printf (_("Remove “%s”?"), account->name);
  AdwDialog         *dialog;

  dialog = adw_alert_dialog_new (heading,
                                 _("Your chats, posts and attendees stay on this computer, and what is on the "
                                   "service stays there. Edits that wait to be sent there will not be sent."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "keep", _("_Keep"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "keep");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (account->parent.id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_answered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  HallAccountsDialog *self = user_data;
  const HallAccount  *account = hall_value_item_get_value (item);
  GtkWidget          *row = adw_action_row_new ();
  GtkWidget          *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char    *tooltip = g_strdup_printf (_("Remove %s"), account->name);

  gtk_widget_set_tooltip_text (remove, tooltip);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  g_object_set_data_full (G_OBJECT (remove), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove), self, 0);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), account->name);
  if (g_strcmp0 (account->name, account->url) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), account->url);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);

  return row;
}

static void
hall_accounts_dialog_dispose (GObject *object)
{
  HallAccountsDialog *self = HALL_ACCOUNTS_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_ACCOUNTS_DIALOG);
  g_clear_object (&self->list);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_accounts_dialog_parent_class)->dispose (object);
}

static void
hall_accounts_dialog_class_init (HallAccountsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_accounts_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-accounts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, view);
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, add_banner);
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, url);
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, token);
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, name);
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, connect);
  gtk_widget_class_bind_template_child (widget_class, HallAccountsDialog, connect_stack);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_add_hidden);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_connect);
}

static void
hall_accounts_dialog_init (HallAccountsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_accounts_dialog_new:
 * @keeper: whose library the accounts are in
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
HallAccountsDialog *
hall_accounts_dialog_new (HallKeeper *keeper)
{
  HallAccountsDialog *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);

  self = g_object_new (HALL_TYPE_ACCOUNTS_DIALOG, NULL);
  self->keeper = g_object_ref (keeper);
  self->list = hall_value_list_new (keeper, &hall_account_kind, NULL, NULL, NULL);
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->list), make_row, self, NULL);
  g_signal_connect_swapped (self->list, "notify::loaded", G_CALLBACK (show_page), self);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (show_page), self);

  return self;
}
