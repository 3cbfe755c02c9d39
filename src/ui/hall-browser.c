/* SPDX-License-Identifier: GPL-3.0-or-later
 * An open library in panes that fold. What is selected in a list is shown beside it, or instead of it. */
#include "ui/hall-browser.h"

#include "model/hall-chat.h"
#include "model/hall-post.h"
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
  AdwNavigationPage      *things[HALL_N_PLACES];
  AdwNavigationPage      *nothing[HALL_N_PLACES]; /* beside a list that has nothing to show */
  gboolean                shows_thing[HALL_N_PLACES];
  guint                   place;
  char                   *begun; /* id of a post that is to get the cursor when it comes */
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
make_nothing (const HallPlace *place)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();

  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), hall_welcome_new (place, FALSE));

  return adw_navigation_page_new (view, gettext (place->title));
}

static AdwNavigationPage *
find_thing (HallBrowser *self,
            guint        place)
{
  if (self->things[place] != NULL && self->shows_thing[place])
    return self->things[place];

  if (self->nothing[place] == NULL)
    self->nothing[place] = g_object_ref_sink (make_nothing (hall_place_get (place)));

  return self->nothing[place];
}

static void
show_thing (HallBrowser *self)
{
  AdwNavigationPage *thing = find_thing (self, self->place);

  if (adw_navigation_split_view_get_content (self->split) != thing)
    adw_navigation_split_view_set_content (self->split, thing);
}

/* The page of a place is made when it is first needed, and shows one thing after the other. */
static void
fill_thing (HallBrowser   *self,
            guint          place,
            HallValueItem *item)
{
  const HallKind     *kind = hall_place_get (place)->kind;
  AdwNavigationPage **page = &self->things[place];

  if (kind == &hall_chat_kind) {
    if (*page == NULL)
      *page = g_object_ref_sink (ADW_NAVIGATION_PAGE (hall_chat_page_new (self->keeper)));
    hall_chat_page_show (HALL_CHAT_PAGE (*page), item);
  } else if (kind == &hall_post_kind) {
    if (*page == NULL)
      *page = g_object_ref_sink (ADW_NAVIGATION_PAGE (hall_post_page_new (self->keeper)));
    hall_post_page_show (HALL_POST_PAGE (*page), item);
  } else {
    if (*page == NULL)
      *page = g_object_ref_sink (ADW_NAVIGATION_PAGE (hall_person_page_new (self->keeper)));
    hall_person_page_show (HALL_PERSON_PAGE (*page), item);
  }
  self->shows_thing[place] = TRUE;
}

static void
on_opened (HallPane      *pane,
           HallValueItem *item,
           gboolean       forward,
           HallBrowser   *self)
{
  guint place = find_place (hall_pane_get_place (pane));

  fill_thing (self, place, item);
  if (place == self->place) {
    show_thing (self);
    if (forward)
      adw_navigation_split_view_set_show_content (self->split, TRUE);
    if (g_strcmp0 (self->begun, hall_value_item_get_id (item)) == 0) {
      hall_post_page_write (HALL_POST_PAGE (self->things[place]));
      g_clear_pointer (&self->begun, g_free);
    }
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

static HallPane *
find_pane (HallBrowser *self,
           guint        place)
{
  HallPane *pane = self->panes[place];

  if (pane != NULL)
    return pane;

  pane = self->panes[place] = g_object_ref_sink (hall_pane_new (hall_place_get (place), self->keeper));
  hall_pane_set_fold (pane, adw_navigation_split_view_get_collapsed (self->split));
  g_signal_connect_object (pane, "opened", G_CALLBACK (on_opened), self, 0);
  g_signal_connect_object (pane, "emptied", G_CALLBACK (on_emptied), self, 0);

  return pane;
}

static void
show_place (HallBrowser *self,
            guint       place,
            gboolean    forward)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->places, place);

  self->place = place;
  gtk_list_box_select_row (self->places, row);
  adw_navigation_split_view_set_content (self->lists, ADW_NAVIGATION_PAGE (find_pane (self, place)));
  show_thing (self);
  if (forward) {
    adw_navigation_split_view_set_show_content (self->lists, TRUE);
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
    g_clear_object (&self->things[i]);
    g_clear_object (&self->nothing[i]);
  }
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->begun, g_free);

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
  hall_pane_select (find_pane (self, n), id, TRUE);
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
      hall_pane_select (find_pane (self, i), id, FALSE);
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
  GtkRoot           *root;
  GtkWidget         *focus;
  AdwNavigationPage *thing;

  g_return_if_fail (HALL_IS_BROWSER (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  thing = find_thing (self, self->place);
  if (focus != NULL && HALL_IS_CHAT_PAGE (thing) && gtk_widget_is_ancestor (focus, GTK_WIDGET (thing)))
    hall_chat_page_search (HALL_CHAT_PAGE (thing));
  else
    hall_pane_search (find_pane (self, self->place));
}

/**
 * hall_browser_write_post:
 * @self: the panes
 * @id: the id of a post that was just begun
 *
 * Shows it as soon as it is there, with the cursor in its text.
 */
void
hall_browser_write_post (HallBrowser *self,
                         const char  *id)
{
  g_return_if_fail (HALL_IS_BROWSER (self));
  g_return_if_fail (id != NULL);

  g_set_str (&self->begun, id);
  hall_browser_show_thing (self, "posts", id);
}
