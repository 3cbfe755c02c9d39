/* SPDX-License-Identifier: GPL-3.0-or-later
 * The questions for a chat. */
#include "ui/hall-question-list.h"

#include "model/hall-question.h"
#include "ui/hall-question-row.h"
#include "ui/hall-value-list.h"

#include <string.h>

struct _HallQuestionList {
  AdwBin             parent_instance;
  GtkStack          *stack;
  GtkScrolledWindow *scroller;
  GtkListView       *view;
  HallKeeper        *keeper;
  HallValueList     *list;
};

G_DEFINE_FINAL_TYPE (HallQuestionList, hall_question_list, ADW_TYPE_BIN)

static gboolean
is_open (HallValueItem *item)
{
  return strcmp (((const HallQuestion *) hall_value_item_get_value (item))->status, "open") == 0;
}

/* Open ones first, each part as the library has them: by when they were asked. */
static guint
arrange (GPtrArray *items,
         gpointer   data)
{
  g_autoptr (GPtrArray) done = g_ptr_array_new ();
  guint                 n_open = 0;

  for (guint i = 0; i < items->len; i++)
    if (is_open (items->pdata[i]))
      items->pdata[n_open++] = items->pdata[i];
    else
      g_ptr_array_add (done, items->pdata[i]);
  for (guint i = 0; i < done->len; i++)
    items->pdata[n_open + i] = done->pdata[i];

  return n_open;
}

static void
show_page (HallQuestionList *self)
{
  if (!hall_value_list_get_loaded (self->list))
    return;

  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0 ? "list" : "empty");
}

static void
on_setup (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          HallQuestionList   *self)
{
  gtk_list_item_set_child (list_item, g_object_new (HALL_TYPE_QUESTION_ROW, NULL));
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_focusable (list_item, FALSE);
}

static void
on_bind (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         HallQuestionList   *self)
{
  HallValueItem *item = gtk_list_item_get_item (list_item);

  hall_question_row_show (HALL_QUESTION_ROW (gtk_list_item_get_child (list_item)), self->keeper, item);
  gtk_list_item_set_accessible_label (list_item, ((const HallQuestion *) hall_value_item_get_value (item))->text);
}

static void
on_unbind (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           HallQuestionList   *self)
{
  hall_question_row_show (HALL_QUESTION_ROW (gtk_list_item_get_child (list_item)), self->keeper, NULL);
}

static void
let_go (HallQuestionList *self)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->list);
}

static void
hall_question_list_dispose (GObject *object)
{
  HallQuestionList *self = HALL_QUESTION_LIST (object);

  let_go (self);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_QUESTION_LIST);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_question_list_parent_class)->dispose (object);
}

static void
hall_question_list_class_init (HallQuestionListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_question_list_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-question-list.ui");
  gtk_widget_class_bind_template_child (widget_class, HallQuestionList, stack);
  gtk_widget_class_bind_template_child (widget_class, HallQuestionList, scroller);
  gtk_widget_class_bind_template_child (widget_class, HallQuestionList, view);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
}

static void
hall_question_list_init (HallQuestionList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_question_list_show:
 * @self: the list
 * @keeper: whose library they are in
 * @chat: id of the chat
 */
void
hall_question_list_show (HallQuestionList *self,
                         HallKeeper       *keeper,
                         const char       *chat)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  g_return_if_fail (HALL_IS_QUESTION_LIST (self));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (chat != NULL);

  let_go (self);
  gtk_stack_set_visible_child_name (self->stack, "blank");
  g_set_object (&self->keeper, keeper);
  self->list = hall_value_list_new (keeper, &hall_question_kind, chat, arrange, NULL);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->list))));
  gtk_list_view_set_model (self->view, selection);
  g_signal_connect_swapped (self->list, "notify::loaded", G_CALLBACK (show_page), self);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (show_page), self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}
