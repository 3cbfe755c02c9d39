/* SPDX-License-Identifier: GPL-3.0-or-later
 * Beginning a post. */
#include "ui/hall-post-dialog.h"

#include "app/hall-chat-summary.h"
#include "app/hall-publisher.h"
#include "ui/hall-moment-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTE (60 * G_TIME_SPAN_SECOND)

/* A dialog does not grow by itself when its content does. */
#define HEIGHT_WITH_CHATS 440

struct _HallPostDialog {
  AdwDialog            parent_instance;
  GtkWidget           *done;
  GtkEditable         *title_row;
  AdwPreferencesGroup *chats;
  HallKeeper          *keeper;
  char                *chat;   /* id of the one that is chosen from the start, or NULL */
  GPtrArray           *offers; /* HallChat, one for each switch */
  GPtrArray           *switches;
  GCancellable        *cancellable;
};

enum { DONE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallPostDialog, hall_post_dialog, ADW_TYPE_DIALOG)

static void
add_offer (HallPostDialog *self,
           const HallChat *chat,
           gint64          starts_at)
{
  GtkWidget       *row = adw_switch_row_new ();
  g_autofree char *when = hall_moment_text_brief (starts_at, hall_keeper_get_zone (self->keeper),
                                                  hall_keeper_get_now (self->keeper));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), chat->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), g_strcmp0 (self->chat, chat->parent.id) == 0);
  adw_preferences_group_add (self->chats, row);
  g_ptr_array_add (self->offers, hall_value_ref (chat));
  g_ptr_array_add (self->switches, row);
}

static void
on_listed (GObject      *library,
           GAsyncResult *result,
           gpointer      user_data)
{
  HallPostDialog       *self = user_data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) summaries = hall_chat_summary_list_finish (HALL_LIBRARY (library), result, &error);

  /* Cancelled, the dialog is gone. Without the chats, a post can be written all the same. */
  if (summaries == NULL)
    return;

  for (guint i = 0; i < summaries->len; i++) {
    const HallChat *chat = hall_chat_summary_get_chat (summaries->pdata[i]);
    gint64          starts_at = hall_chat_summary_get_starts_at (summaries->pdata[i]);

    if (strcmp (chat->status, "scheduled") == 0 &&
        starts_at + chat->duration * MINUTE > hall_keeper_get_now (self->keeper))
      add_offer (self, chat, starts_at);
  }
  if (self->offers->len > 0) {
    gtk_widget_set_visible (GTK_WIDGET (self->chats), TRUE);
    adw_dialog_set_content_height (ADW_DIALOG (self), HEIGHT_WITH_CHATS);
  }
}

static void
on_title_changed (HallPostDialog *self)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (self->title_row)));

  gtk_widget_set_sensitive (self->done, *title != '\0');
}

static void
on_done (HallPostDialog *self)
{
  g_autofree char      *title = g_strstrip (g_strdup (gtk_editable_get_text (self->title_row)));
  g_autoptr (GPtrArray) announced = g_ptr_array_new ();
  g_autoptr (HallPost)  post = NULL;

  if (*title == '\0')
    return;

  for (guint i = 0; i < self->offers->len; i++)
    if (adw_switch_row_get_active (self->switches->pdata[i]))
      g_ptr_array_add (announced, self->offers->pdata[i]);

  post = hall_publisher_new_post (hall_keeper_get_library (self->keeper), title, hall_keeper_get_zone (self->keeper),
                                  announced);
  g_signal_emit (self, signals[DONE], 0, post);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
hall_post_dialog_dispose (GObject *object)
{
  HallPostDialog *self = HALL_POST_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_POST_DIALOG);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_post_dialog_parent_class)->dispose (object);
}

static void
hall_post_dialog_finalize (GObject *object)
{
  HallPostDialog *self = HALL_POST_DIALOG (object);

  g_free (self->chat);
  g_ptr_array_unref (self->offers);
  g_ptr_array_unref (self->switches);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (hall_post_dialog_parent_class)->finalize (object);
}

static void
hall_post_dialog_class_init (HallPostDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hall_post_dialog_dispose;
  object_class->finalize = hall_post_dialog_finalize;

  signals[DONE] = g_signal_new ("done", HALL_TYPE_POST_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, HALL_TYPE_VALUE);

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-post-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HallPostDialog, done);
  gtk_widget_class_bind_template_child (widget_class, HallPostDialog, title_row);
  gtk_widget_class_bind_template_child (widget_class, HallPostDialog, chats);
  gtk_widget_class_bind_template_callback (widget_class, on_title_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
}

static void
hall_post_dialog_init (HallPostDialog *self)
{
  self->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_value_unref);
  self->switches = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->title_row));
}

/**
 * hall_post_dialog_new:
 * @keeper: whose chats to offer
 * @chat: (nullable): id of a chat to announce from the start
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
HallPostDialog *
hall_post_dialog_new (HallKeeper *keeper,
                      const char *chat)
{
  HallPostDialog *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);

  self = g_object_new (HALL_TYPE_POST_DIALOG, NULL);
  self->keeper = g_object_ref (keeper);
  self->chat = g_strdup (chat);
  hall_chat_summary_list_async (hall_keeper_get_library (keeper), NULL, self->cancellable, on_listed, self);

  return self;
}
