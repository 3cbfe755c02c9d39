/* SPDX-License-Identifier: GPL-3.0-or-later
 * An open library in panes that fold. What is selected in a list is shown beside it, or instead of it. */
#include "ui/hall-browser.h"

#include "ui/hall-chat-page.h"
#include "ui/hall-pane.h"
#include "ui/hall-person-page.h"
#include "ui/hall-post-page.h"
#include "ui/hall-sync-button.h"
#include "ui/hall-welcome.h"

#include <glib/gi18n.h>

struct _HallBrowser {
  AdwBreakpointBin        parent_instance;
  AdwNavigationSplitView *split; /* the lists | the thing */
  AdwNavigationSplitView *lists; /* places | a list */
  GtkListBox             *places;
  HallSyncButton         *sync_button;
  HallKeeper             *keeper;
  HallPane               *panes[HALL_N_PLACES];
  AdwNavigationPage      *nothing[HALL_N_PLACES]; /* beside a list that has nothing to show */
  HallChatPage           *chat_page;
  HallPostPage           *post_page;
  HallPersonPage         *person_page;
  guint                   place;
  gboolean                shows_thing[HALL_N_PLACES];
};

G_DEFINE_FINAL_TYPE (HallBrowser, hall_browser, ADW_TYPE_BREAKPOINT_BIN)

static guint
find_place (const HallPlace *place)
{
  guint n = 0;

  while (hall_place_get (n) != place)
    n++;

  return n;
}

static AdwNavigationPage *
find_thing (HallBrowser *self,
            guint       place)
{
  if (!self->shows_thing[place])
    return self->nothing[place];

  switch (place) {
  case 0:
    return ADW_NAVIGATION_PAGE (self->chat_page);
  case 1:
    return ADW_NAVIGATION_PAGE (self->post_page);
  default:
    return ADW_NAVIGATION_PAGE (self->person_page);
  }
}

static void
show_thing (HallBrowser *self)
{
  AdwNavigationPage *thing = find_thing (self, self->place);

  if (adw_navigation_split_view_get_content (self->split) != thing)
    adw_navigation_split_view_set_content (self->split, thing);
}

static void
show_place (HallBrowser *self,
            guint       place,
            gboolean    forward)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->places, place);

  self->place = place;
  gtk_list_box_select_row (self->places, row);
  adw_navigation_split_view_set_content (self->lists, ADW_NAVIGATION_PAGE (self->panes[place]));
  show_thing (self);
  if (forward) {
    adw_navigation_split_view_set_show_content (self->lists, TRUE);
    adw_navigation_split_view_set_show_content (self->split, FALSE);
  }
}

static void
on_opened (HallPane      *pane,
           HallValueItem *item,
           gboolean       forward,
           HallBrowser    *self)
{
  guint place = find_place (hall_pane_get_place (pane));

  switch (place) {
  case 0:
    hall_chat_page_show (self->chat_page, item);
    break;
  case 1:
    hall_post_page_show (self->post_page, item);
    break;
  default:
    hall_person_page_show (self->person_page, item);
    break;
  }
  self->shows_thing[place] = TRUE;

  if (place == self->place) {
    show_thing (self);
    if (forward)
      adw_navigation_split_view_set_show_content (self->split, TRUE);
  }
}

static void
on_emptied (HallPane   *pane,
            HallBrowser *self)
{
  guint place = find_place (hall_pane_get_place (pane));

  self->shows_thing[place] = FALSE;
  if (place == self->place) {
    show_thing (self);
    adw_navigation_split_view_set_show_content (self->split, FALSE);
  }
}

static void
on_fold_changed (HallBrowser *self)
{
  for (guint i = 0; i < HALL_N_PLACES; i++)
    if (self->panes[i] != NULL)
      hall_pane_set_fold (self->panes[i], adw_navigation_split_view_get_collapsed (self->split));
}

static void
on_place_activated (HallBrowser    *self,
                    GtkListBoxRow *row)
{
  show_place (self, gtk_list_box_row_get_index (row), TRUE);
}

static void
hall_browser_dispose (GObject *object)
{
  HallBrowser *self = HALL_BROWSER (object);

  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_BROWSER);
  for (guint i = 0; i < HALL_N_PLACES; i++) {
    g_clear_object (&self->panes[i]);
    g_clear_object (&self->nothing[i]);
  }
  g_clear_object (&self->chat_page);
  g_clear_object (&self->post_page);
  g_clear_object (&self->person_page);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_browser_parent_class)->dispose (object);
}

static void
hall_browser_class_init (HallBrowserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_browser_dispose;

  g_type_ensure (HALL_TYPE_SYNC_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-browser.ui");
  gtk_widget_class_bind_template_child (widget_class, HallBrowser, split);
  gtk_widget_class_bind_template_child (widget_class, HallBrowser, lists);
  gtk_widget_class_bind_template_child (widget_class, HallBrowser, places);
  gtk_widget_class_bind_template_child (widget_class, HallBrowser, sync_button);
  gtk_widget_class_bind_template_callback (widget_class, on_fold_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated);
}

static GtkWidget *
make_place_row (const HallPlace *place)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (place->icon));
  gtk_box_append (GTK_BOX (box), gtk_label_new (gettext (place->title)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, gettext (place->title), -1);

  return row;
}

static void
hall_browser_init (HallBrowser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < HALL_N_PLACES; i++)
    gtk_list_box_append (self->places, make_place_row (hall_place_get (i)));
}

static AdwNavigationPage *
make_nothing (const HallPlace *place)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();

  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), hall_welcome_new (place, FALSE));

  return adw_navigation_page_new (view, gettext (place->title));
}

static void
make_panes (HallBrowser *self)
{
  self->chat_page = g_object_ref_sink (hall_chat_page_new (self->keeper));
  self->post_page = g_object_ref_sink (hall_post_page_new (self->keeper));
  self->person_page = g_object_ref_sink (hall_person_page_new (self->keeper));

  for (guint i = 0; i < HALL_N_PLACES; i++) {
    self->nothing[i] = g_object_ref_sink (make_nothing (hall_place_get (i)));
    self->panes[i] = g_object_ref_sink (hall_pane_new (hall_place_get (i), self->keeper));
    hall_pane_set_fold (self->panes[i], adw_navigation_split_view_get_collapsed (self->split));
    g_signal_connect_object (self->panes[i], "opened", G_CALLBACK (on_opened), self, 0);
    g_signal_connect_object (self->panes[i], "emptied", G_CALLBACK (on_emptied), self, 0);
  }
}

/**
 * hall_browser_open:
 * @self: the panes
 * @keeper: whose library to show
 * @place: the place to begin with
 */
void
hall_browser_open (HallBrowser *self,
                   HallKeeper  *keeper,
                   const char  *place)
{
  g_return_if_fail (HALL_IS_BROWSER (self));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (place != NULL);
  g_return_if_fail (self->keeper == NULL);

  self->keeper = g_object_ref (keeper);
  hall_sync_button_set_keeper (self->sync_button, keeper);
  make_panes (self);
  hall_browser_show_place (self, place);
}

/**
 * hall_browser_get_place:
 * @self: the panes
 *
 * Returns: (transfer none): the name of the place that is shown
 */
const char *
hall_browser_get_place (HallBrowser *self)
{
  g_return_val_if_fail (HALL_IS_BROWSER (self), NULL);

  return hall_place_get (self->place)->name;
}

/**
 * hall_browser_show_place:
 * @self: the panes
 * @place: its name
 *
 * Where the panes are folded, the list is gone to.
 */
void
hall_browser_show_place (HallBrowser *self,
                         const char  *place)
{
  g_return_if_fail (HALL_IS_BROWSER (self));
  g_return_if_fail (place != NULL);

  show_place (self, find_place (hall_place_from_name (place)), TRUE);
}

/**
 * hall_browser_show_thing:
 * @self: the panes
 * @place: the name of the place it belongs to
 * @id: its id; it may be so new that no list has it yet
 */
void
hall_browser_show_thing (HallBrowser *self,
                         const char  *place,
                         const char  *id)
{
  guint n;

  g_return_if_fail (HALL_IS_BROWSER (self));
  g_return_if_fail (place != NULL && id != NULL);

  n = find_place (hall_place_from_name (place));
  show_place (self, n, FALSE);
  hall_pane_select (self->panes[n], id, TRUE);
}

/**
 * hall_browser_bring_back:
 * @self: the panes
 * @kind: what was thrown away and is there again
 * @id: its id
 *
 * Selects it, unless it is something that has no place of its own.
 */
void
hall_browser_bring_back (HallBrowser    *self,
                         const HallKind *kind,
                         const char     *id)
{
  g_return_if_fail (HALL_IS_BROWSER (self));
  g_return_if_fail (kind != NULL && id != NULL);

  for (guint i = 0; i < HALL_N_PLACES; i++)
    if (hall_place_get (i)->kind == kind)
      hall_pane_select (self->panes[i], id, FALSE);
}

/**
 * hall_browser_search:
 * @self: the panes
 *
 * With the focus in a chat, its attendees are searched; anywhere else, the list.
 */
void
hall_browser_search (HallBrowser *self)
{
  GtkRoot   *root;
  GtkWidget *focus;

  g_return_if_fail (HALL_IS_BROWSER (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->chat_page)))
    hall_chat_page_search (self->chat_page);
  else
    hall_pane_search (self->panes[self->place]);
}

/**
 * hall_browser_write:
 * @self: the panes
 *
 * Moves the focus into the text of the post that is shown.
 */
void
hall_browser_write (HallBrowser *self)
{
  g_return_if_fail (HALL_IS_BROWSER (self));

  hall_post_page_write (self->post_page);
}
