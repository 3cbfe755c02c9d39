/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who signed up for a chat. Searching and sorting are asked of the list, which asks the library. */
#include "ui/hall-attendee-table.h"

#include "app/hall-attendee-list.h"
#include "ui/hall-attendee-cell.h"

#include <glib/gi18n.h>
#include <string.h>

struct _HallAttendeeTable {
  AdwBreakpointBin     parent_instance;
  GtkEditable         *search;
  AdwToggleGroup      *filter;
  AdwToggle           *going;
  AdwToggle           *waitlist;
  GtkStack            *stack;
  GtkColumnView       *table;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *address_column;
  GtkColumnViewColumn *status_column;
  GtkColumnViewColumn *time_column;
  GtkColumnViewColumn *question_column;
  GtkListView         *list;
  HallKeeper          *keeper;
  HallValueItem       *chat;
  HallAttendeeList    *attendees;
  gboolean             narrow;
  gboolean             to_top; /* when what was asked for has come */
  gboolean             placed; /* the view has been at its top since it has a size */
  guint                ticking;
};

enum { ADDRESS_WANTED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallAttendeeTable, hall_attendee_table, ADW_TYPE_BREAKPOINT_BIN)

static gboolean
is_filtered (HallAttendeeTable *self)
{
  return *gtk_editable_get_text (self->search) != '\0' ||
         g_strcmp0 (adw_toggle_group_get_active_name (self->filter), "all") != 0;
}

static void
show_page (HallAttendeeTable *self)
{
  gboolean loading;

  if (self->attendees == NULL)
    return;

  g_object_get (self->attendees, "loading", &loading, NULL);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->attendees)) > 0)
    gtk_stack_set_visible_child_name (self->stack, self->narrow ? "list" : "table");
  else if (!loading)
    gtk_stack_set_visible_child_name (self->stack, is_filtered (self) ? "none" : "empty");
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *frames,
         gpointer       data)
{
  HallAttendeeTable *self = HALL_ATTENDEE_TABLE (widget);
  GtkWidget         *view = self->narrow ? GTK_WIDGET (self->list) : GTK_WIDGET (self->table);

  if (gtk_widget_get_mapped (view) && gtk_widget_get_height (view) == 0)
    return G_SOURCE_CONTINUE;

  self->ticking = 0;
  if (!gtk_widget_get_mapped (view) || g_list_model_get_n_items (G_LIST_MODEL (self->attendees)) == 0)
    return G_SOURCE_REMOVE;

  self->placed = TRUE;
  if (self->narrow)
    gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_NONE, NULL);
  else
    gtk_column_view_scroll_to (self->table, 0, NULL, GTK_LIST_SCROLL_NONE, NULL);

  return G_SOURCE_REMOVE;
}

/* Rows that come before the view has a size lead it astray: it keeps to one of them, and shows none. */
static void
place (HallAttendeeTable *self)
{
  if (!self->placed && self->ticking == 0 && self->attendees != NULL)
    self->ticking = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* News leave the list where it is; another order or search begins at its top. */
static void
on_loading_changed (HallAttendeeTable *self)
{
  gboolean loading;

  show_page (self);
  g_object_get (self->attendees, "loading", &loading, NULL);
  if (loading)
    return;

  if (self->to_top)
    self->to_top = self->placed = FALSE;
  place (self);
}

/* Only the view that is seen has the rows, so that only what is seen is read. */
static void
set_models (HallAttendeeTable *self)
{
  g_autoptr (GtkSelectionModel) rows = NULL;

  if (self->attendees != NULL)
    rows = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->attendees))));

  gtk_column_view_set_model (self->table, self->narrow ? NULL : rows);
  gtk_list_view_set_model (self->list, self->narrow ? rows : NULL);
  show_page (self);
  self->placed = FALSE;
  place (self);
}

static void
set_count (AdwToggle  *toggle,
           const char *label,
           guint       count)
{
  /* Translators: a status and how many have it: "Going 148" */
  g_autofree char *text = count > 0 ? g_strdup_printf (_("%s %u"), label, count) : g_strdup (label);

  adw_toggle_set_label (toggle, text);
}

static void
show_counts (HallAttendeeTable *self)
{
  HallChatSummary *summary = hall_value_item_get_summary (self->chat);

  set_count (self->going, _("Going"), hall_chat_summary_get_going (summary));
  set_count (self->waitlist, _("Waitlist"), hall_chat_summary_get_waitlist (summary));
}

static void
on_narrow (HallAttendeeTable *self)
{
  self->narrow = TRUE;
  set_models (self);
}

static void
on_wide (HallAttendeeTable *self)
{
  self->narrow = FALSE;
  set_models (self);
}

static void
on_search_changed (HallAttendeeTable *self)
{
  const char *text = gtk_editable_get_text (self->search);

  if (self->attendees == NULL)
    return;

  self->to_top = TRUE;
  hall_attendee_list_set_search (self->attendees, *text != '\0' ? text : NULL);
}

static void
on_filter_changed (HallAttendeeTable *self)
{
  const char *status = adw_toggle_group_get_active_name (self->filter);

  if (self->attendees == NULL)
    return;

  self->to_top = TRUE;
  hall_attendee_list_set_status (self->attendees, g_strcmp0 (status, "all") != 0 ? status : NULL);
}

static void
on_sort_changed (HallAttendeeTable *self)
{
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (self->table));
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);
  gboolean             descending = gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING;

  if (self->attendees == NULL)
    return;

  self->to_top = TRUE;
  hall_attendee_list_set_sort (self->attendees,
                               column == self->name_column      ? "name"
                               : column == self->address_column ? "address"
                               : column == self->status_column  ? "status"
                                                                : "signed-up-at",
                               column != NULL ? descending : TRUE);
}

static void
on_address_wanted (HallAttendeeTable *self)
{
  g_signal_emit (self, signals[ADDRESS_WANTED], 0);
}

static void
let_go (HallAttendeeTable *self)
{
  if (self->ticking != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->ticking);
  self->ticking = 0;

  if (self->attendees != NULL)
    g_signal_handlers_disconnect_by_data (self->attendees, self);
  if (self->chat != NULL)
    g_signal_handlers_disconnect_by_data (self->chat, self);
  g_clear_object (&self->attendees);
  g_clear_object (&self->chat);
}

static void
hall_attendee_table_dispose (GObject *object)
{
  HallAttendeeTable *self = HALL_ATTENDEE_TABLE (object);

  let_go (self);
  /* The table changes its order once more while it goes. */
  if (self->table != NULL)
    g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->table), on_sort_changed, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_ATTENDEE_TABLE);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_attendee_table_parent_class)->dispose (object);
}

static void
hall_attendee_table_class_init (HallAttendeeTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_attendee_table_dispose;

  signals[ADDRESS_WANTED] = g_signal_new ("address-wanted", HALL_TYPE_ATTENDEE_TABLE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-attendee-table.ui");
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, search);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, filter);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, going);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, waitlist);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, stack);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, table);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, name_column);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, address_column);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, status_column);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, time_column);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, question_column);
  gtk_widget_class_bind_template_child (widget_class, HallAttendeeTable, list);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow);
  gtk_widget_class_bind_template_callback (widget_class, on_wide);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_address_wanted);
}

static void
hall_attendee_table_init (HallAttendeeTable *self)
{
  g_autoptr (GtkSorter) clickable = GTK_SORTER (gtk_custom_sorter_new (NULL, NULL, NULL));

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_after (self, "map", G_CALLBACK (place), NULL);

  /* A header can be clicked only when its column has a sorter. This one leaves every order as it is. */
  gtk_column_view_column_set_sorter (self->name_column, clickable);
  gtk_column_view_column_set_sorter (self->address_column, clickable);
  gtk_column_view_column_set_sorter (self->status_column, clickable);
  gtk_column_view_column_set_sorter (self->time_column, clickable);
  gtk_column_view_sort_by_column (self->table, self->time_column, GTK_SORT_DESCENDING);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed", G_CALLBACK (on_sort_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
make_factories (HallAttendeeTable *self)
{
  GtkColumnViewColumn *columns[] = { self->name_column, self->address_column, self->status_column,
                                     self->time_column, self->question_column };
  const HallAttendeeCell cells[] = { HALL_ATTENDEE_CELL_NAME, HALL_ATTENDEE_CELL_ADDRESS, HALL_ATTENDEE_CELL_STATUS,
                                     HALL_ATTENDEE_CELL_TIME, HALL_ATTENDEE_CELL_QUESTION };
  g_autoptr (GtkListItemFactory) line = hall_attendee_cell_make_factory (HALL_ATTENDEE_CELL_ALL, self->keeper);

  gtk_list_view_set_factory (self->list, line);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    g_autoptr (GtkListItemFactory) factory = hall_attendee_cell_make_factory (cells[i], self->keeper);

    gtk_column_view_column_set_factory (columns[i], factory);
  }
}

/**
 * hall_attendee_table_show:
 * @self: the table
 * @keeper: whose library they are in
 * @chat: an item that holds the HallChat with its numbers
 */
void
hall_attendee_table_show (HallAttendeeTable *self,
                          HallKeeper        *keeper,
                          HallValueItem     *chat)
{
  g_return_if_fail (HALL_IS_ATTENDEE_TABLE (self));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (HALL_IS_VALUE_ITEM (chat));

  let_go (self);
  if (g_set_object (&self->keeper, keeper))
    make_factories (self);
  gtk_editable_set_text (self->search, "");
  adw_toggle_group_set_active_name (self->filter, "all");
  gtk_stack_set_visible_child_name (self->stack, "blank");

  self->chat = g_object_ref (chat);
  self->attendees = hall_attendee_list_new (hall_keeper_get_library (keeper), hall_value_item_get_id (chat));
  on_sort_changed (self);
  g_signal_connect_swapped (self->attendees, "items-changed", G_CALLBACK (show_page), self);
  g_signal_connect_swapped (self->attendees, "notify::loading", G_CALLBACK (on_loading_changed), self);
  g_signal_connect_swapped (chat, "notify::value", G_CALLBACK (show_counts), self);
  show_counts (self);
  set_models (self);
}

/**
 * hall_attendee_table_search:
 * @self: the table
 *
 * Moves the focus to the search.
 */
void
hall_attendee_table_search (HallAttendeeTable *self)
{
  g_return_if_fail (HALL_IS_ATTENDEE_TABLE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
