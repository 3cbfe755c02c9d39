/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scheduling a chat, or moving one that is scheduled. Closes when it is in the library, not before. */
#include "ui/hall-chat-dialog.h"

#include "app/hall-planner.h"
#include "app/hall-problem.h"
#include "app/hall-revision.h"
#include "format/hall-slug.h"
#include "ui/hall-time-group.h"

#include <glib/gi18n.h>

#define USUAL_MINUTES 60

struct _HallChatDialog {
  AdwDialog      parent_instance;
  GtkButton     *done;
  AdwBanner     *banner;
  GtkWidget     *title_group;
  AdwEntryRow   *title_row;
  HallTimeGroup *time;
  GtkWidget     *slug_group;
  AdwEntryRow   *slug;
  HallKeeper    *keeper;
  HallChat      *chat; /* the one to be moved; NULL for a new one */
  gboolean       busy;
};

enum { DONE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallChatDialog, hall_chat_dialog, ADW_TYPE_DIALOG)

static const char *
text_of (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
slug_is_fine (HallChatDialog *self)
{
  return *text_of (self->slug) == '\0' || hall_slug_is_valid (text_of (self->slug));
}

static void
update (HallChatDialog *self)
{
  g_autofree char *title = g_strstrip (g_strdup (text_of (self->title_row)));

  gtk_widget_set_sensitive (GTK_WIDGET (self->done),
                            !self->busy && *title != '\0' && slug_is_fine (self) &&
                            hall_time_group_is_valid (self->time));
}

static void
end (HallChatDialog *self,
     const char     *id,
     const GError   *error)
{
  self->busy = FALSE;
  hall_keeper_end (self->keeper, NULL);

  if (error == NULL) {
    g_signal_emit (self, signals[DONE], 0, id);
    adw_dialog_force_close (ADW_DIALOG (self));
  } else {
    g_autofree char *sentence = hall_problem_say (error);

    adw_banner_set_title (self->banner, sentence);
    adw_banner_set_revealed (self->banner, TRUE);
    update (self);
  }
}

static void
on_added (GObject      *library,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HallChatDialog) self = user_data;
  g_autoptr (GError)         error = NULL;
  g_autoptr (HallChat)       chat = hall_planner_add_chat_finish (HALL_LIBRARY (library), result, &error);

  end (self, chat != NULL ? chat->parent.id : NULL, error);
}

static void
on_moved (GObject      *library,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HallChatDialog) self = user_data;
  g_autoptr (GError)         error = NULL;

  hall_revision_save_finish (HALL_LIBRARY (library), result, &error);
  end (self, self->chat->parent.id, error);
}

static void
add (HallChatDialog *self)
{
  const char  *slug = text_of (self->slug);
  HallChatWish wish = {
    .title = text_of (self->title_row),
    .at = hall_time_group_get_text (self->time),
    .zone = hall_time_group_get_zone (self->time),
    .fold = hall_time_group_get_fold (self->time),
    .duration = hall_time_group_get_minutes (self->time),
    .slug = *slug != '\0' ? slug : NULL,
  };

  hall_planner_add_chat_async (hall_keeper_get_library (self->keeper), &wish, on_added, g_object_ref (self));
}

static void
move (HallChatDialog *self)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallChat) moved = NULL;
  HallChat            *longer;

  moved = hall_planner_retime (self->chat, hall_time_group_get_text (self->time), hall_time_group_get_zone (self->time),
                               hall_time_group_get_fold (self->time), hall_keeper_get_now (self->keeper), &error);
  if (moved == NULL) {
    end (self, NULL, error);
    return;
  }

  longer = hall_value_copy (moved);
  longer->duration = hall_time_group_get_minutes (self->time);
  hall_revision_save_async (hall_keeper_get_library (self->keeper), self->chat, longer, on_moved, g_object_ref (self));
  hall_value_unref (longer);
}

static void
on_done (HallChatDialog *self)
{
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->done)))
    return;

  self->busy = TRUE;
  hall_keeper_begin (self->keeper);
  update (self);
  if (self->chat != NULL)
    move (self);
  else
    add (self);
}

static void
on_title_changed (HallChatDialog *self)
{
  update (self);
}

static void
on_valid_changed (HallChatDialog *self)
{
  update (self);
}

static void
on_slug_changed (HallChatDialog *self)
{
  if (slug_is_fine (self)) {
    gtk_widget_remove_css_class (GTK_WIDGET (self->slug), "error");
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->slug_group),
                                           _("Left empty, it is made from the title."));
  } else {
    gtk_widget_add_css_class (GTK_WIDGET (self->slug), "error");
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->slug_group),
                                           _("Only small letters, digits and hyphens can stand here."));
  }
  update (self);
}

static void
hall_chat_dialog_dispose (GObject *object)
{
  HallChatDialog *self = HALL_CHAT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_CHAT_DIALOG);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->chat, hall_value_unref);

  G_OBJECT_CLASS (hall_chat_dialog_parent_class)->dispose (object);
}

static void
hall_chat_dialog_class_init (HallChatDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_chat_dialog_dispose;

  signals[DONE] = g_signal_new ("done", HALL_TYPE_CHAT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (HALL_TYPE_TIME_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-chat-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HallChatDialog, done);
  gtk_widget_class_bind_template_child (widget_class, HallChatDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, HallChatDialog, title_group);
  gtk_widget_class_bind_template_child (widget_class, HallChatDialog, title_row);
  gtk_widget_class_bind_template_child (widget_class, HallChatDialog, time);
  gtk_widget_class_bind_template_child (widget_class, HallChatDialog, slug_group);
  gtk_widget_class_bind_template_child (widget_class, HallChatDialog, slug);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
  gtk_widget_class_bind_template_callback (widget_class, on_title_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_valid_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_slug_changed);
}

static void
hall_chat_dialog_init (HallChatDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A stored wall time as somebody would type it. */
static char *
write_wall (const char *wall)
{
  char *text = g_strdup (wall);

  g_strdelimit (text, "T", ' ');

  return text;
}

/**
 * hall_chat_dialog_new:
 * @keeper: whose library it goes to
 * @chat: (nullable): the chat to be moved; NULL to schedule a new one
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
HallChatDialog *
hall_chat_dialog_new (HallKeeper     *keeper,
                      const HallChat *chat)
{
  HallChatDialog *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);

  self = g_object_new (HALL_TYPE_CHAT_DIALOG, NULL);
  self->keeper = g_object_ref (keeper);
  if (chat != NULL) {
    g_autofree char *wall = write_wall (chat->wall);

    self->chat = hall_value_ref (chat);
    adw_dialog_set_title (ADW_DIALOG (self), _("Change the time"));
    gtk_button_set_label (self->done, _("C_hange"));
    gtk_editable_set_text (GTK_EDITABLE (self->title_row), chat->title);
    gtk_widget_set_visible (self->title_group, FALSE);
    gtk_widget_set_visible (self->slug_group, FALSE);
    hall_time_group_begin (self->time, keeper, wall, chat->zone, chat->duration > 0 ? chat->duration : USUAL_MINUTES);
    adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->time));
  } else {
    adw_dialog_set_title (ADW_DIALOG (self), _("New chat"));
    gtk_button_set_label (self->done, _("_Add chat"));
    hall_time_group_begin (self->time, keeper, "", hall_keeper_get_zone (keeper), USUAL_MINUTES);
    adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->title_row));
  }
  update (self);

  return self;
}
