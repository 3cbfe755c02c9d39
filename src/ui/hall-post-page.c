/* SPDX-License-Identifier: GPL-3.0-or-later
 * The editor of a post. What comes from elsewhere is taken over unless something is typed that is not saved yet. */
#include "ui/hall-post-page.h"

#include "app/hall-problem.h"
#include "app/hall-publisher.h"
#include "format/hall-front-matter.h"
#include "ui/hall-autosave.h"
#include "ui/hall-case-text.h"
#include "ui/hall-link-menu.h"
#include "ui/hall-post-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* "Saved" comes quietly, after nothing was typed for a while (milliseconds). */
#define QUIET 1000

struct _HallPostPage {
  AdwNavigationPage   parent_instance;
  GtkLabel           *saved;
  AdwBanner          *choose;
  AdwBanner          *banner;
  GtkEditable        *title;
  GtkLabel           *facts;
  GtkToggleButton    *front_button;
  GtkTextView        *front;
  GtkTextView        *body;
  GtkScrolledWindow  *scroller;
  GtkMenuButton      *link_button;
  HallKeeper         *keeper;
  HallValueItem      *item;
  HallPostText       *text;
  HallAutosave       *autosave;
  GSimpleActionGroup *actions;
  gboolean            filling;
  gboolean            retitling;
  guint               quiet_timer;
};

G_DEFINE_FINAL_TYPE (HallPostPage, hall_post_page, ADW_TYPE_NAVIGATION_PAGE)

static const HallPost *
post_of (HallPostPage *self)
{
  return hall_value_item_get_value (self->item);
}

static gboolean
is_published (HallPostPage *self)
{
  return strcmp (post_of (self)->status, "published") == 0;
}

static const char *
text_of (HallPostPage *self)
{
  const char *text = post_of (self)->text;

  return text != NULL ? text : "";
}

static void
enable (HallPostPage *self,
        const char   *name,
        gboolean      enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

/* "Draft · 2016-05-23 09:00:00 -0700 · python": what the front matter says, in the words it says it. */
static void
show_facts (HallPostPage    *self,
            HallFrontMatter *front_matter)
{
  g_autoptr (GString) line = g_string_new (is_published (self) ? _("Published") : _("Draft"));

  if (front_matter->date != NULL)
    g_string_append_printf (line, " · %s", front_matter->date);
  for (guint i = 0; front_matter->categories[i] != NULL; i++)
    g_string_append_printf (line, "%s%s", i == 0 ? " · " : ", ", front_matter->categories[i]);
  for (guint i = 0; front_matter->tags[i] != NULL; i++)
    g_string_append_printf (line, "%s%s", i == 0 ? " · " : ", ", front_matter->tags[i]);

  gtk_label_set_label (self->facts, line->str);
}

/* All that is read from the text, on every change of it. */
static void
show_front_matter (HallPostPage *self)
{
  g_autofree char            *text = hall_post_text_get (self->text);
  g_autoptr (HallFrontMatter) front_matter = hall_front_matter_read (text, post_of (self)->file_name);
  const char                 *title = front_matter->title != NULL ? front_matter->title : "";

  show_facts (self, front_matter);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), *title != '\0' ? title : _("Post"));
  if (!self->retitling && strcmp (gtk_editable_get_text (self->title), title) != 0) {
    self->filling = TRUE;
    gtk_editable_set_text (self->title, title);
    self->filling = FALSE;
  }

  if (front_matter->fault != NULL) {
    /* Translators: a line of the front matter and what is wrong with it */
    g_autofree char *fault = g_strdup_printf (_("Front matter, line %u: %s"), front_matter->fault_line,
                                              front_matter->fault);

    adw_banner_set_title (self->banner, fault);
  }
  adw_banner_set_revealed (self->banner, front_matter->fault != NULL);
}

static void
show_case (HallPostPage *self)
{
  const HallSettlerCase *found = NULL;

  if (self->item != NULL)
    found = hall_open_cases_find (hall_keeper_get_open_cases (self->keeper), hall_value_item_get_id (self->item));
  if (found != NULL)
    adw_banner_set_title (self->choose, hall_case_text_banner (found));
  adw_banner_set_revealed (self->choose, found != NULL);
}

/* What was typed has to be in the library before one can choose it. */
static void
on_choose (HallPostPage *self)
{
  hall_autosave_flush (self->autosave);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.choose", "s", hall_value_item_get_id (self->item));
}

static gboolean
on_quiet (gpointer user_data)
{
  HallPostPage *self = user_data;

  self->quiet_timer = 0;
  gtk_label_set_label (self->saved, _("Saved"));

  return G_SOURCE_REMOVE;
}

static void
on_autosave_changed (HallPostPage *self)
{
  g_clear_handle_id (&self->quiet_timer, g_source_remove);

  switch (hall_autosave_get_state (self->autosave)) {
  case HALL_AUTOSAVE_SAVED:
    self->quiet_timer = g_timeout_add (QUIET, on_quiet, self);
    break;
  case HALL_AUTOSAVE_FAILED:
    gtk_label_set_label (self->saved, _("Not saved"));
    break;
  case HALL_AUTOSAVE_TOUCHED:
  default:
    gtk_label_set_label (self->saved, "");
    break;
  }
}

static void
on_value_changed (HallPostPage *self)
{
  gboolean published = is_published (self);

  enable (self, "publish", !published);
  enable (self, "unpublish", published);
  if (hall_autosave_get_state (self->autosave) == HALL_AUTOSAVE_SAVED) {
    g_autofree char *typed = hall_post_text_get (self->text);

    hall_autosave_set_base (self->autosave, post_of (self));
    if (strcmp (typed, text_of (self)) != 0)
      hall_post_text_follow (self->text, text_of (self));
  }
  show_front_matter (self);
}

static gpointer
make (gconstpointer base,
      gpointer      user_data)
{
  HallPostPage    *self = user_data;
  g_autofree char *text = hall_post_text_get (self->text);

  if (g_strcmp0 (text, ((const HallPost *) base)->text) == 0)
    return NULL;

  return hall_publisher_with_text (base, text, hall_keeper_get_now (self->keeper));
}

static void
on_typed (HallPostPage *self)
{
  hall_autosave_touch (self->autosave);
  show_front_matter (self);
}

static void
on_title_typed (HallPostPage *self)
{
  g_autoptr (GError) error = NULL;
  gboolean           fine;

  if (self->filling || self->item == NULL)
    return;

  self->retitling = TRUE;
  fine = hall_post_text_set_title (self->text, gtk_editable_get_text (self->title), &error);
  self->retitling = FALSE;

  if (fine) {
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "error");
  } else {
    g_autofree char *sentence = hall_problem_say (error);

    gtk_widget_add_css_class (GTK_WIDGET (self->title), "error");
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), sentence);
  }
}

static void
on_title_activated (HallPostPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->body));
}

static void
on_dark_changed (HallPostPage *self)
{
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  gboolean                     dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleScheme        *scheme;

  scheme = gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark" : "Adwaita");
  gtk_source_buffer_set_style_scheme (hall_post_text_get_front (self->text), scheme);
  gtk_source_buffer_set_style_scheme (hall_post_text_get_body (self->text), scheme);
}

static void
set_status (HallPostPage *self,
            const char   *status)
{
  g_autoptr (HallPost) post = hall_value_copy (post_of (self));

  g_set_str (&post->status, status);
  post->edited_at = hall_keeper_get_now (self->keeper);
  hall_keeper_save (self->keeper, post_of (self), post);
}

static void
on_publish (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  set_status (user_data, "published");
}

static void
on_unpublish (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  set_status (user_data, "draft");
}

static void
on_export (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  HallPostPage *self = user_data;

  hall_autosave_flush (self->autosave);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.export", "s", hall_value_item_get_id (self->item));
}

static void
on_delete (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  HallPostPage    *self = user_data;
  const HallPost  *post = post_of (self);
  g_autofree char *sentence = g_strdup_printf (_("“%s” deleted"), post->title != NULL ? post->title : post->file_name);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.remove", "(sss)", hall_post_kind.plural, post->parent.id, sentence);
}

static void
on_link (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  HallPostPage    *self = user_data;
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (self->body);
  const char      *title, *url;
  g_autofree char *words = NULL;
  g_autofree char *link = NULL;
  GtkTextIter      start, end;

  g_variant_get (parameter, "(&s&s)", &title, &url);
  if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    words = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  link = g_strdup_printf ("[%s](%s)", words != NULL ? words : title, url);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, link, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->body));
}

static const GActionEntry entries[] = {
  { "publish",   on_publish },
  { "unpublish", on_unpublish },
  { "export",    on_export },
  { "delete",    on_delete },
  { "link",      on_link, "(ss)" },
};

static void
on_focus_left (HallPostPage *self)
{
  if (self->autosave != NULL)
    hall_autosave_flush (self->autosave);
}

static void
let_go (HallPostPage *self)
{
  g_clear_handle_id (&self->quiet_timer, g_source_remove);
  if (self->autosave != NULL) {
    g_signal_handlers_disconnect_by_data (self->autosave, self);
    hall_autosave_stop (self->autosave);
  }
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->autosave);
  g_clear_object (&self->item);
}

static void
hall_post_page_dispose (GObject *object)
{
  HallPostPage *self = HALL_POST_PAGE (object);

  let_go (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_POST_PAGE);
  g_clear_object (&self->text);
  g_clear_object (&self->actions);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_post_page_parent_class)->dispose (object);
}

static void
hall_post_page_class_init (HallPostPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_post_page_dispose;

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-post-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, saved);
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, choose);
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, banner);
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, title);
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, facts);
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, front_button);
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, front);
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, body);
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HallPostPage, link_button);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_title_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_title_activated);
}

static void
hall_post_page_init (HallPostPage *self)
{
  GtkEventController *focus;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->text = hall_post_text_new ();
  gtk_text_view_set_buffer (self->front, GTK_TEXT_BUFFER (hall_post_text_get_front (self->text)));
  gtk_text_view_set_buffer (self->body, GTK_TEXT_BUFFER (hall_post_text_get_body (self->text)));
  g_signal_connect_object (self->text, "typed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (on_dark_changed), self,
                           G_CONNECT_SWAPPED);
  on_dark_changed (self);

  focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "post", G_ACTION_GROUP (self->actions));
}

/**
 * hall_post_page_new:
 * @keeper: who waits until what is typed is saved
 *
 * Returns: (transfer floating): an editor without a post
 */
HallPostPage *
hall_post_page_new (HallKeeper *keeper)
{
  HallPostPage *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);

  self = g_object_new (HALL_TYPE_POST_PAGE, "title", _("Post"), NULL);
  self->keeper = g_object_ref (keeper);
  hall_link_menu_attach (self->link_button, keeper, "post.link");
  g_signal_connect_object (hall_keeper_get_open_cases (keeper), "changed", G_CALLBACK (show_case), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * hall_post_page_show:
 * @self: the editor
 * @item: an item that holds a HallPost
 *
 * What was typed into the post before is saved first.
 */
void
hall_post_page_show (HallPostPage  *self,
                     HallValueItem *item)
{
  g_return_if_fail (HALL_IS_POST_PAGE (self));
  g_return_if_fail (HALL_IS_VALUE_ITEM (item));

  if (self->item == item)
    return;

  let_go (self);
  self->item = g_object_ref (item);
  self->autosave = hall_autosave_new (self->keeper, post_of (self), make, self);
  g_signal_connect_swapped (self->autosave, "notify", G_CALLBACK (on_autosave_changed), self);
  g_signal_connect_swapped (item, "notify::value", G_CALLBACK (on_value_changed), self);
  gtk_label_set_label (self->saved, "");
  gtk_toggle_button_set_active (self->front_button, FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->title), "error");
  hall_post_text_begin (self->text, text_of (self));
  on_value_changed (self);
  show_case (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/**
 * hall_post_page_write:
 * @self: the editor
 *
 * Moves the focus into the text, as after making a new post.
 */
void
hall_post_page_write (HallPostPage *self)
{
  g_return_if_fail (HALL_IS_POST_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->body));
}
