/* SPDX-License-Identifier: GPL-3.0-or-later
 * The middle pane. What is selected is open beside it; when the panes are folded, a click opens it. */
#include "ui/hall-pane.h"

#include "format/hall-fold.h"
#include "ui/hall-id-selection.h"
#include "ui/hall-welcome.h"

#include <glib/gi18n.h>
#include <string.h>

/* A spinner that is seen for a blink disturbs more than it tells (milliseconds). */
#define SPINNER_DELAY 150
/* How often times in words and the line between upcoming and past are looked at again (seconds). */
#define REFRESH 30

struct _HallPane {
  AdwNavigationPage parent_instance;

  GtkWidget        *add;
  GtkWidget        *import_button;
  GtkSearchBar     *search_bar;
  GtkEditable      *search;
  AdwBanner        *banner;
  GtkStack         *stack;
  GtkListView      *view;
  AdwBin           *empty;
  GtkLabel         *quiet;

  const HallPlace  *place;
  HallKeeper       *keeper;
  HallValueList    *list;
  HallIdSelection  *selection;
  char             *needle;   /* folded; NULL for no search */
  HallValueItem    *opened;   /* what "opened" was last emitted with */
  guint             position; /* where that was */
  gboolean          forward;  /* go to what is selected as soon as it is there */
  gboolean          folded;
  guint             spinner_timer;
  guint             refresh_timer;
};

enum { OPENED, EMPTIED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallPane, hall_pane, ADW_TYPE_NAVIGATION_PAGE)

static void
show_page (HallPane *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (!hall_value_list_get_loaded (self->list))
    return;

  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack,
                                    n_items > 0            ? "list"
                                    : self->needle != NULL ? "none"
                                    : self->folded         ? "empty"
                                                           : "quiet");
}

static void
open_item (HallPane      *self,
           HallValueItem *item,
           guint          position,
           gboolean       forward)
{
  gboolean wanted = self->forward;

  self->position = position;
  self->forward = FALSE;
  /* What was just made gets the focus, which its dialog has left behind. */
  if (wanted)
    gtk_list_view_scroll_to (self->view, position, GTK_LIST_SCROLL_FOCUS, NULL);
  if (!g_set_object (&self->opened, item) && !forward)
    return;

  g_signal_emit (self, signals[OPENED], 0, item, forward);
}

/* Follows the selection and the list: opens what is selected, and when that has gone, what lies in its place. */
static void
open_selected (HallPane *self)
{
  guint          n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  const char    *id = hall_id_selection_get_id (self->selection);
  HallValueItem *item;
  guint          position;

  if (!hall_value_list_get_loaded (self->list))
    return;

  item = id != NULL ? hall_value_list_find (self->list, id, &position) : NULL;
  if (item != NULL) {
    open_item (self, item, position, self->forward);
    return;
  }

  /* Something that was just made comes with the next change; something that a search left out stays open. */
  if (self->forward || (self->opened != NULL && hall_value_list_holds (self->list, hall_value_item_get_id (self->opened))))
    return;

  if (n_items > 0 && !self->folded) {
    g_autoptr (HallValueItem) next = NULL;

    position = MIN (self->position, n_items - 1);
    next = g_list_model_get_item (G_LIST_MODEL (self->list), position);
    hall_id_selection_set_id (self->selection, hall_value_item_get_id (next));
  } else if (self->opened != NULL || n_items == 0) {
    g_clear_object (&self->opened);
    self->position = 0;
    hall_id_selection_set_id (self->selection, NULL);
    g_signal_emit (self, signals[EMPTIED], 0);
  }
}

static guint
arrange (GPtrArray *items,
         gpointer   user_data)
{
  HallPane *self = user_data;

  if (self->needle != NULL)
    for (guint i = items->len; i > 0; i--)
      if (strstr (hall_value_item_get_folded (items->pdata[i - 1], self->place->words), self->needle) == NULL)
        g_ptr_array_remove_index (items, i - 1);

  return self->place->arrange != NULL ? self->place->arrange (items, hall_keeper_get_now (self->keeper)) : items->len;
}

static gboolean
on_spinner_due (gpointer user_data)
{
  HallPane *self = user_data;

  self->spinner_timer = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");

  return G_SOURCE_REMOVE;
}

static void
fill_row (HallPane    *self,
          GtkListItem *list_item)
{
  HallListRow     *row = HALL_LIST_ROW (gtk_list_item_get_child (list_item));
  HallValueItem   *item = gtk_list_item_get_item (list_item);
  const char      *mark = NULL;
  g_autofree char *line = NULL;

  self->place->fill (row, item, self->keeper);
  if (hall_open_cases_find_in (hall_keeper_get_open_cases (self->keeper), hall_value_item_get_id (item)) != NULL)
    mark = _("Changed in both places");
  hall_list_row_set_mark (row, mark);
  line = hall_list_row_say (row);
  gtk_list_item_set_accessible_label (list_item, line);
}

/* Times in words grow old, and chats pass: the rows are the same objects, so nothing moves that need not. */
static void
refill_rows (HallPane *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++) {
    g_autoptr (HallValueItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

    g_object_notify (G_OBJECT (item), "value");
  }
}

static gboolean
on_refresh_due (gpointer user_data)
{
  HallPane *self = user_data;

  refill_rows (self);
  hall_value_list_arrange (self->list);

  return G_SOURCE_CONTINUE;
}

static void
on_list_changed (HallPane *self)
{
  open_selected (self);
  show_page (self);
}

static void
on_selected (HallPane *self)
{
  /* Folded, a selection is only where the keyboard or the pointer is; opening takes a click or Return. */
  if (!self->folded || self->forward)
    open_selected (self);
}

static void
on_problem (HallPane *self)
{
  g_autofree char *problem = NULL;

  g_object_get (self->list, "problem", &problem, NULL);
  adw_banner_set_title (self->banner, problem != NULL ? problem : "");
  adw_banner_set_revealed (self->banner, problem != NULL);
}

static void
on_activated (GtkListView *view,
              guint        position,
              HallPane    *self)
{
  g_autoptr (HallValueItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (item == NULL)
    return;

  hall_id_selection_set_id (self->selection, hall_value_item_get_id (item));
  open_item (self, item, position, TRUE);
}

static void
on_search_changed (GtkSearchEntry *entry,
                   HallPane       *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  g_free (self->needle);
  self->needle = *text != '\0' ? hall_fold (text) : NULL;
  hall_value_list_arrange (self->list);
  show_page (self);
}

static void
on_search_stopped (GtkSearchEntry *entry,
                   HallPane       *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_row_setup (GtkListItemFactory *factory,
              GtkListItem        *list_item,
              HallPane           *self)
{
  gtk_list_item_set_child (list_item, g_object_new (HALL_TYPE_LIST_ROW, NULL));
}

static void
on_value_changed (HallValueItem *item,
                  GParamSpec    *pspec,
                  GtkListItem   *list_item)
{
  GtkWidget *pane = gtk_widget_get_ancestor (gtk_list_item_get_child (list_item), HALL_TYPE_PANE);

  if (pane != NULL)
    fill_row (HALL_PANE (pane), list_item);
}

static void
on_row_bound (GtkListItemFactory *factory,
              GtkListItem        *list_item,
              HallPane           *self)
{
  g_signal_connect_object (gtk_list_item_get_item (list_item), "notify::value", G_CALLBACK (on_value_changed), list_item, 0);
  fill_row (self, list_item);
}

static void
on_row_unbound (GtkListItemFactory *factory,
                GtkListItem        *list_item,
                HallPane           *self)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), on_value_changed, list_item);
}

static void
on_header_setup (GtkListItemFactory *factory,
                 GtkListHeader      *header,
                 HallPane           *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "hall-section");
  gtk_list_header_set_child (header, label);
}

static void
on_header_bound (GtkListItemFactory *factory,
                 GtkListHeader      *header,
                 HallPane           *self)
{
  gboolean second = gtk_list_header_get_start (header) >= hall_value_list_get_split (self->list);

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), gettext (self->place->sections[second ? 1 : 0]));
}

static void
hall_pane_dispose (GObject *object)
{
  HallPane *self = HALL_PANE (object);

  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  g_clear_handle_id (&self->refresh_timer, g_source_remove);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_PANE);
  g_clear_object (&self->opened);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->needle, g_free);

  G_OBJECT_CLASS (hall_pane_parent_class)->dispose (object);
}

static void
hall_pane_class_init (HallPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_pane_dispose;

  signals[OPENED] = g_signal_new ("opened", HALL_TYPE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, HALL_TYPE_VALUE_ITEM, G_TYPE_BOOLEAN);
  signals[EMPTIED] = g_signal_new ("emptied", HALL_TYPE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, HallPane, add);
  gtk_widget_class_bind_template_child (widget_class, HallPane, import_button);
  gtk_widget_class_bind_template_child (widget_class, HallPane, search_bar);
  gtk_widget_class_bind_template_child (widget_class, HallPane, search);
  gtk_widget_class_bind_template_child (widget_class, HallPane, banner);
  gtk_widget_class_bind_template_child (widget_class, HallPane, stack);
  gtk_widget_class_bind_template_child (widget_class, HallPane, view);
  gtk_widget_class_bind_template_child (widget_class, HallPane, empty);
  gtk_widget_class_bind_template_child (widget_class, HallPane, quiet);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_row_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_row_bound);
  gtk_widget_class_bind_template_callback (widget_class, on_row_unbound);
}

static void
hall_pane_init (HallPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_bar_connect_entry (self->search_bar, self->search);
  self->spinner_timer = g_timeout_add (SPINNER_DELAY, on_spinner_due, self);
}

static void
set_header_factory (HallPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_header_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_header_bound), self);
  gtk_list_view_set_header_factory (self->view, factory);
}

/**
 * hall_pane_new:
 * @place: what it lists
 * @keeper: where from
 *
 * Returns: (transfer floating): a pane that begins to load
 */
HallPane *
hall_pane_new (const HallPlace *place,
               HallKeeper      *keeper)
{
  HallPane *self;

  g_return_val_if_fail (place != NULL, NULL);
  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);

  self = g_object_new (HALL_TYPE_PANE, "title", gettext (place->title), NULL);
  self->place = place;
  self->keeper = g_object_ref (keeper);
  self->list = hall_value_list_new (keeper, place->kind, NULL, arrange, self);
  self->selection = hall_id_selection_new (self->list);

  if (place->tells_time)
    self->refresh_timer = g_timeout_add_seconds (REFRESH, on_refresh_due, self);

  gtk_widget_set_visible (self->add, place->add != NULL);
  if (place->add != NULL)
    gtk_widget_set_tooltip_text (self->add, gettext (place->add));
  gtk_widget_set_visible (self->import_button, strcmp (place->name, "posts") == 0);
  gtk_label_set_label (self->quiet, gettext (place->empty));
  adw_bin_set_child (self->empty, hall_welcome_new (place, TRUE));
  if (place->sections[0] != NULL)
    set_header_factory (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, gettext (place->title), -1);

  g_signal_connect_swapped (self->list, "notify::loaded", G_CALLBACK (on_list_changed), self);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (on_list_changed), self);
  g_signal_connect_swapped (self->list, "notify::problem", G_CALLBACK (on_problem), self);
  g_signal_connect_swapped (self->selection, "notify::selected-id", G_CALLBACK (on_selected), self);
  g_signal_connect_object (hall_keeper_get_open_cases (keeper), "changed", G_CALLBACK (refill_rows), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  return self;
}

/**
 * hall_pane_get_place:
 * @self: a pane
 *
 * Returns: (transfer none): what it lists
 */
const HallPlace *
hall_pane_get_place (HallPane *self)
{
  g_return_val_if_fail (HALL_IS_PANE (self), NULL);

  return self->place;
}

/**
 * hall_pane_get_list:
 * @self: a pane
 *
 * Returns: (transfer none): its list, as it is shown
 */
HallValueList *
hall_pane_get_list (HallPane *self)
{
  g_return_val_if_fail (HALL_IS_PANE (self), NULL);

  return self->list;
}

/**
 * hall_pane_set_fold:
 * @self: a pane
 * @folded: whether what is opened takes the place of the list, instead of being beside it
 */
void
hall_pane_set_fold (HallPane *self,
                    gboolean  folded)
{
  g_return_if_fail (HALL_IS_PANE (self));

  self->folded = folded;
  gtk_list_view_set_single_click_activate (self->view, folded);
  if (!folded)
    open_selected (self);
  show_page (self);
}

/**
 * hall_pane_select:
 * @self: a pane
 * @id: what to select; it may come into the list later, when it was just made
 * @forward: whether to go there when the panes are folded
 */
void
hall_pane_select (HallPane   *self,
                  const char *id,
                  gboolean    forward)
{
  guint position;

  g_return_if_fail (HALL_IS_PANE (self));
  g_return_if_fail (id != NULL);

  self->forward = forward;
  hall_id_selection_set_id (self->selection, id);
  open_selected (self);
  if (hall_value_list_find (self->list, id, &position) != NULL)
    gtk_list_view_scroll_to (self->view, position, GTK_LIST_SCROLL_NONE, NULL);
}

/**
 * hall_pane_search:
 * @self: a pane
 *
 * Shows the search and moves the focus there.
 */
void
hall_pane_search (HallPane *self)
{
  g_return_if_fail (HALL_IS_PANE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
