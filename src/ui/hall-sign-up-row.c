/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where people sign up for a chat. */
#include "ui/hall-sign-up-row.h"

#include "ui/hall-qr-code.h"

#include <glib/gi18n.h>

struct _HallSignUpRow {
  AdwActionRow parent_instance;
  GtkWidget   *copy;
  GtkWidget   *code_button;
  HallQrCode  *code;
  GtkWidget   *open;
  GtkWidget   *sync;
  GtkWidget   *account;
  char        *url;
};

G_DEFINE_FINAL_TYPE (HallSignUpRow, hall_sign_up_row, ADW_TYPE_ACTION_ROW)

static void
on_copy (HallSignUpRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->url);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", _("Sign-up address copied"));
}

static void
on_launched (GObject      *launcher,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HallSignUpRow) self = user_data;
  g_autoptr (GError)        error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (launcher), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s",
                                _("No browser could be opened. Copy the address instead."));
}

static void
on_open (HallSignUpRow *self)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (self->url);
  GtkRoot                   *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (root), NULL, on_launched, g_object_ref (self));
}

static void
hall_sign_up_row_dispose (GObject *object)
{
  HallSignUpRow *self = HALL_SIGN_UP_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_SIGN_UP_ROW);
  g_clear_pointer (&self->url, g_free);

  G_OBJECT_CLASS (hall_sign_up_row_parent_class)->dispose (object);
}

static void
hall_sign_up_row_class_init (HallSignUpRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_sign_up_row_dispose;

  g_type_ensure (HALL_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-sign-up-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HallSignUpRow, copy);
  gtk_widget_class_bind_template_child (widget_class, HallSignUpRow, code_button);
  gtk_widget_class_bind_template_child (widget_class, HallSignUpRow, code);
  gtk_widget_class_bind_template_child (widget_class, HallSignUpRow, open);
  gtk_widget_class_bind_template_child (widget_class, HallSignUpRow, sync);
  gtk_widget_class_bind_template_child (widget_class, HallSignUpRow, account);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
}

static void
hall_sign_up_row_init (HallSignUpRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_sign_up_row_show:
 * @self: the row
 * @chat: the chat
 */
void
hall_sign_up_row_show (HallSignUpRow  *self,
                       const HallChat *chat)
{
  gboolean there, local, drawn;

  g_return_if_fail (HALL_IS_SIGN_UP_ROW (self));
  g_return_if_fail (chat != NULL);

  there = chat->sign_up_url != NULL && *chat->sign_up_url != '\0';
  local = chat->account == NULL;
  drawn = there && hall_qr_code_set_text (self->code, chat->sign_up_url);
  g_set_str (&self->url, chat->sign_up_url);

  gtk_widget_set_visible (self->copy, there);
  gtk_widget_set_visible (self->code_button, drawn);
  gtk_widget_set_visible (self->open, there);
  gtk_widget_set_visible (self->sync, !there && !local);
  gtk_widget_set_visible (self->account, !there && local);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               there   ? chat->sign_up_url
                               : local ? _("A chat gets one when you add an account.")
                                       : _("It comes with the next sync."));
}
