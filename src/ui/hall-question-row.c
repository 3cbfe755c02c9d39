/* SPDX-License-Identifier: GPL-3.0-or-later
 * A question as a card. */
#include "ui/hall-question-row.h"

#include "model/hall-question.h"
#include "ui/hall-moment-text.h"

#include <glib/gi18n.h>
#include <string.h>

struct _HallQuestionRow {
  AdwBin         parent_instance;
  GtkLabel      *text;
  GtkLabel      *asker;
  GtkWidget     *skip;
  GtkWidget     *answered;
  GtkWidget     *reopen;
  HallKeeper    *keeper;
  HallValueItem *item;
};

G_DEFINE_FINAL_TYPE (HallQuestionRow, hall_question_row, ADW_TYPE_BIN)

static char *
say_asker (HallQuestionRow    *self,
           const HallQuestion *question)
{
  g_autofree char *stamp = hall_moment_text_stamp (question->asked_at, hall_keeper_get_zone (self->keeper),
                                                   hall_keeper_get_now (self->keeper));
  const char      *name = question->name != NULL ? question->name : _("Somebody");

  if (strcmp (question->status, "answered") == 0)
    /* Translators: who asked a question, when, and that it was answered */
    return g_strdup_printf (_("%s · %s · answered"), name, stamp);
  if (strcmp (question->status, "skipped") == 0)
    /* Translators: who asked a question, when, and that it was skipped */
    return g_strdup_printf (_("%s · %s · skipped"), name, stamp);

  /* Translators: who asked a question, and when */
  return g_strdup_printf (_("%s · %s"), name, stamp);
}

static void
fill (HallQuestionRow *self)
{
  const HallQuestion *question = hall_value_item_get_value (self->item);
  g_autofree char    *asker = say_asker (self, question);
  gboolean            open = strcmp (question->status, "open") == 0;
  gboolean            focused = gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN;

  gtk_label_set_label (self->text, question->text);
  gtk_label_set_label (self->asker, asker);
  gtk_widget_set_visible (self->skip, open);
  gtk_widget_set_visible (self->answered, open);
  gtk_widget_set_visible (self->reopen, !open);
  if (open)
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "dimmed");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "dimmed");
  /* The button that was pressed has gone. */
  if (focused)
    gtk_widget_grab_focus (open ? self->answered : self->reopen);
}

static void
set_status (HallQuestionRow *self,
            const char      *status)
{
  g_autoptr (HallQuestion) question = hall_value_copy (hall_value_item_get_value (self->item));

  g_set_str (&question->status, status);
  hall_keeper_save (self->keeper, hall_value_item_get_value (self->item), question);
}

static void
on_skip (HallQuestionRow *self)
{
  set_status (self, "skipped");
}

static void
on_answered (HallQuestionRow *self)
{
  set_status (self, "answered");
}

static void
on_reopen (HallQuestionRow *self)
{
  set_status (self, "open");
}

static void
hall_question_row_dispose (GObject *object)
{
  HallQuestionRow *self = HALL_QUESTION_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_QUESTION_ROW);
  g_clear_object (&self->item);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_question_row_parent_class)->dispose (object);
}

static void
hall_question_row_class_init (HallQuestionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_question_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-question-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HallQuestionRow, text);
  gtk_widget_class_bind_template_child (widget_class, HallQuestionRow, asker);
  gtk_widget_class_bind_template_child (widget_class, HallQuestionRow, skip);
  gtk_widget_class_bind_template_child (widget_class, HallQuestionRow, answered);
  gtk_widget_class_bind_template_child (widget_class, HallQuestionRow, reopen);
  gtk_widget_class_bind_template_callback (widget_class, on_skip);
  gtk_widget_class_bind_template_callback (widget_class, on_answered);
  gtk_widget_class_bind_template_callback (widget_class, on_reopen);
}

static void
hall_question_row_init (HallQuestionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_question_row_show:
 * @self: a card
 * @keeper: whose library it is in
 * @item: (nullable): an item that holds a HallQuestion; NULL to let go of the one before
 */
void
hall_question_row_show (HallQuestionRow *self,
                        HallKeeper      *keeper,
                        HallValueItem   *item)
{
  g_return_if_fail (HALL_IS_QUESTION_ROW (self));
  g_return_if_fail (HALL_IS_KEEPER (keeper));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->keeper, keeper);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_object (item, "notify::value", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}
