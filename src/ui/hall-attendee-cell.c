/* SPDX-License-Identifier: GPL-3.0-or-later
 * Factories for the cells of the attendee table: filled when bound, and again when the row's value comes. */
#include "ui/hall-attendee-cell.h"

#include "app/hall-attendee-row.h"
#include "ui/hall-list-row.h"
#include "ui/hall-moment-text.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  HallAttendeeCell  cell;
  HallKeeper       *keeper;
} Column;

static void
free_column (gpointer  data,
             GClosure *closure)
{
  Column *column = data;

  g_object_unref (column->keeper);
  g_free (column);
}

static const char *
say_status (const char *status)
{
  if (strcmp (status, "waitlist") == 0)
    return _("Waitlist");
  if (strcmp (status, "cancelled") == 0)
    return _("Cancelled");

  return _("Going");
}

static char *
say_time (Column             *column,
          const HallAttendee *attendee)
{
  return hall_moment_text_stamp (attendee->signed_up_at, hall_keeper_get_zone (column->keeper),
                                 hall_keeper_get_now (column->keeper));
}

static char *
make_text (Column          *column,
           HallAttendeeRow *row)
{
  const HallAttendee *attendee = hall_attendee_row_get_value (row);

  if (attendee == NULL)
    return g_strdup ("");

  switch (column->cell) {
  case HALL_ATTENDEE_CELL_ADDRESS:
    return g_strdup (attendee->address);
  case HALL_ATTENDEE_CELL_STATUS:
    return g_strdup (say_status (attendee->status));
  case HALL_ATTENDEE_CELL_TIME:
    return say_time (column, attendee);
  case HALL_ATTENDEE_CELL_QUESTION: {
    const char *question = hall_attendee_row_get_question (row);
    char       *line = g_strdup (question != NULL ? question : "");

    /* One line of the table is one line. */
    return g_strdelimit (line, "\r\n\t", ' ');
  }
  case HALL_ATTENDEE_CELL_NAME:
  case HALL_ATTENDEE_CELL_ALL:
  default:
    return g_strdup (attendee->name);
  }
}

static void
fill_list_row (Column          *column,
               HallAttendeeRow *row,
               GtkListItem     *list_item)
{
  const HallAttendee *attendee = hall_attendee_row_get_value (row);
  HallListRow        *child = HALL_LIST_ROW (gtk_list_item_get_child (list_item));
  g_autofree char    *trailing = NULL;
  g_autofree char    *line = NULL;

  if (attendee != NULL && strcmp (attendee->status, "going") == 0)
    trailing = say_time (column, attendee);
  else if (attendee != NULL)
    trailing = g_strdup (say_status (attendee->status));

  hall_list_row_set_text (child, attendee != NULL ? attendee->name : "", attendee != NULL ? attendee->address : NULL,
                          trailing);
  line = hall_list_row_say (child);
  gtk_list_item_set_accessible_label (list_item, line);
}

static void
fill (Column          *column,
      HallAttendeeRow *row,
      GtkListItem     *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (column->cell == HALL_ATTENDEE_CELL_ALL) {
    fill_list_row (column, row, list_item);
  } else {
    g_autofree char *text = make_text (column, row);

    gtk_label_set_label (GTK_LABEL (child), text);
    gtk_widget_set_tooltip_text (child, column->cell == HALL_ATTENDEE_CELL_QUESTION && *text != '\0' ? text : NULL);
  }
}

static void
on_value_changed (HallAttendeeRow *row,
                  GParamSpec      *pspec,
                  GtkListItem     *list_item)
{
  fill (g_object_get_data (G_OBJECT (list_item), "column"), row, list_item);
}

static void
on_setup (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          Column             *column)
{
  GtkWidget *child;

  g_object_set_data (G_OBJECT (list_item), "column", column);
  if (column->cell == HALL_ATTENDEE_CELL_ALL) {
    gtk_list_item_set_child (list_item, g_object_new (HALL_TYPE_LIST_ROW, NULL));
    return;
  }

  child = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (child), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (child), column->cell == HALL_ATTENDEE_CELL_TIME ? 1 : 0);
  if (column->cell == HALL_ATTENDEE_CELL_TIME)
    gtk_widget_add_css_class (child, "numeric");
  if (column->cell != HALL_ATTENDEE_CELL_NAME)
    gtk_widget_add_css_class (child, "dimmed");
  /* Columns with one kind of short text ask for as much as it takes. */
  if (column->cell == HALL_ATTENDEE_CELL_STATUS || column->cell == HALL_ATTENDEE_CELL_TIME)
    gtk_label_set_width_chars (GTK_LABEL (child), column->cell == HALL_ATTENDEE_CELL_STATUS ? 9 : 14);
  gtk_list_item_set_child (list_item, child);
}

static void
on_bind (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         Column             *column)
{
  HallAttendeeRow *row = gtk_list_item_get_item (list_item);

  g_signal_connect_object (row, "notify::value", G_CALLBACK (on_value_changed), list_item, 0);
  fill (column, row, list_item);
}

static void
on_unbind (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           Column             *column)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), on_value_changed, list_item);
}

/**
 * hall_attendee_cell_make_factory:
 * @cell: what the cells show
 * @keeper: by whose clock and zone
 *
 * Returns: (transfer full): a factory for items that are HallAttendeeRow
 */
GtkListItemFactory *
hall_attendee_cell_make_factory (HallAttendeeCell  cell,
                                 HallKeeper       *keeper)
{
  GtkListItemFactory *factory;
  Column             *column;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);

  column = g_new0 (Column, 1);
  column->cell = cell;
  column->keeper = g_object_ref (keeper);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), column);
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), column, free_column, 0);

  return factory;
}
