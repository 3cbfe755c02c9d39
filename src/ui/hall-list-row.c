/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row in the middle pane. */
#include "ui/hall-list-row.h"

struct _HallListRow {
  GtkBox     parent_instance;
  GtkLabel  *title;
  GtkLabel  *detail;
  GtkLabel  *trailing;
  GtkWidget *mark;
};

G_DEFINE_FINAL_TYPE (HallListRow, hall_list_row, GTK_TYPE_BOX)

static void
hall_list_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_LIST_ROW);

  G_OBJECT_CLASS (hall_list_row_parent_class)->dispose (object);
}

static void
hall_list_row_class_init (HallListRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_list_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HallListRow, title);
  gtk_widget_class_bind_template_child (widget_class, HallListRow, detail);
  gtk_widget_class_bind_template_child (widget_class, HallListRow, trailing);
  gtk_widget_class_bind_template_child (widget_class, HallListRow, mark);
}

static void
hall_list_row_init (HallListRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_list_row_set_text:
 * @self: a row
 * @title: what it is about
 * @detail: (nullable): under the title, at the start
 * @trailing: (nullable): under the title, at the end
 */
void
hall_list_row_set_text (HallListRow *self,
                        const char  *title,
                        const char  *detail,
                        const char  *trailing)
{
  g_return_if_fail (HALL_IS_LIST_ROW (self));
  g_return_if_fail (title != NULL);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  gtk_label_set_label (self->trailing, trailing != NULL ? trailing : "");
}

/**
 * hall_list_row_set_mark:
 * @self: a row
 * @words: (nullable): what waits for the host there; NULL for no mark
 */
void
hall_list_row_set_mark (HallListRow *self,
                        const char  *words)
{
  g_return_if_fail (HALL_IS_LIST_ROW (self));

  gtk_widget_set_tooltip_text (self->mark, words);
  gtk_widget_set_visible (self->mark, words != NULL);
}

/**
 * hall_list_row_say:
 * @self: a row
 *
 * Returns: (transfer full): all it shows in one line, for those who cannot see it
 */
char *
hall_list_row_say (HallListRow *self)
{
  GtkLabel   *labels[3];
  GString    *line = g_string_new (NULL);
  const char *mark;

  g_return_val_if_fail (HALL_IS_LIST_ROW (self), NULL);

  labels[0] = self->title;
  labels[1] = self->detail;
  labels[2] = self->trailing;
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    const char *text = gtk_label_get_label (labels[i]);

    if (*text != '\0')
      g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", text);
  }
  mark = gtk_widget_get_tooltip_text (self->mark);
  if (mark != NULL)
    g_string_append_printf (line, ", %s", mark);

  return g_string_free (line, FALSE);
}
