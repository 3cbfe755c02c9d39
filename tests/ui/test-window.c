/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window as a whole: empty, full, narrow, closed in the middle of a word, or without a library. */
#include "app/hall-problem.h"
#include "model/hall-guest.h"
#include "model/hall-post.h"
#include "store/hall-store-error.h"
#include "ui/hall-attendee-table.h"
#include "ui/hall-chat-overview.h"
#include "ui/hall-list-row.h"
#include "ui/hall-post-page.h"
#include "window-fixture.h"

#include <gtksourceview/gtksource.h>
#include <string.h>

static HallPost *
add_post (WindowFixture *fixture,
          const char    *title)
{
  HallPost *post = hall_library_new_value (fixture->library.library, &hall_post_kind);

  post->file_name = g_strdup ("2016-05-23-live.markdown");
  post->title = g_strdup (title);
  post->text = g_strdup_printf ("---\ntitle: %s\n---\n\nFirst line.\n", title);
  post->status = g_strdup ("draft");
  post->edited_at = LIBRARY_FIXTURE_NOW;
  library_fixture_save (fixture->library.library, post);

  return post;
}

static char *
read_post (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) posts = library_fixture_list (fixture->library.library, &hall_post_kind, NULL);

  return g_strdup (((HallPost *) posts->pdata[0])->text);
}

static GtkTextView *
await_editor (WindowFixture *fixture)
{
  GtkWidget *page, *view;

  window_fixture_do (fixture, "win.place", "s", "posts");
  page = window_fixture_await (fixture, HALL_TYPE_POST_PAGE, NULL);
  g_assert_nonnull (page);
  view = window_fixture_await (fixture, GTK_SOURCE_TYPE_VIEW, NULL);

  /* The first one is for the front matter, which is folded away. */
  while (strcmp (gtk_widget_get_css_name (view), "textview") != 0 ||
         gtk_text_view_get_top_margin (GTK_TEXT_VIEW (view)) != 12)
    view = gtk_widget_get_next_sibling (view);

  return GTK_TEXT_VIEW (view);
}

static void
type (GtkTextView *view,
      const char  *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter    end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, text, -1);
}

static void
test_empty (WindowFixture *fixture,
            gconstpointer  data)
{
  window_fixture_open (fixture);
  window_fixture_await (fixture, ADW_TYPE_STATUS_PAGE, NULL);
  window_fixture_await (fixture, GTK_TYPE_BUTTON, "New _chat");
  g_assert_nonnull (window_fixture_find (fixture, GTK_TYPE_BUTTON, "_Explore with sample data"));

  window_fixture_do (fixture, "win.place", "s", "posts");
  window_fixture_await (fixture, GTK_TYPE_BUTTON, "New _post");
  g_assert_nonnull (window_fixture_find (fixture, GTK_TYPE_BUTTON, "_Import a post…"));

  window_fixture_do (fixture, "win.place", "s", "people");
  window_fixture_await (fixture, GTK_TYPE_BUTTON, "Show _chats");
}

static void
test_chat (WindowFixture *fixture,
           gconstpointer  data)
{
  g_autoptr (HallChat)  past = library_fixture_add_chat (fixture->library.library, "Long ago", "2015-05-30T15:30");
  g_autoptr (HallChat)  chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2016-05-30T15:30");
  g_autoptr (HallGuest) guest = hall_library_new_value (fixture->library.library, &hall_guest_kind);

  guest->chat = g_strdup (chat->parent.id);
  guest->name = g_strdup ("Grace Brewster");
  guest->status = g_strdup ("confirmed");
  library_fixture_save (fixture->library.library, guest);

  window_fixture_open (fixture);
  /* The next chat is opened by itself. */
  window_fixture_await (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Upcoming");
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Past");
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Monday 30 May 2016, 15:30–16:30 PDT");
  window_fixture_await (fixture, ADW_TYPE_EXPANDER_ROW, "Grace Brewster");
}

/* The rows are there before their values; the cells are filled when those come, also far down. */
static void
test_attendees (WindowFixture *fixture,
                gconstpointer  data)
{
  g_autoptr (HallChat)            chat = NULL;
  g_autoptr (GtkColumnViewColumn) name = NULL;
  GtkWidget                      *table;

  chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2016-05-30T15:30");
  for (guint i = 0; i < 300; i++) {
    g_autofree char          *guest = g_strdup_printf ("Guest %03u", i);
    g_autofree char          *address = g_strdup_printf ("guest.%03u@example.org", i);
    g_autoptr (HallAttendee)  attendee = library_fixture_make_attendee (fixture->library.library, chat, guest, address);

    library_fixture_save (fixture->library.library, attendee);
  }

  window_fixture_open (fixture);
  window_fixture_await (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "300");
  g_signal_emit_by_name (window_fixture_find (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL), "go", "attendees");
  window_fixture_await (fixture, HALL_TYPE_ATTENDEE_TABLE, NULL);
  table = window_fixture_await (fixture, GTK_TYPE_COLUMN_VIEW, NULL);

  name = g_list_model_get_item (gtk_column_view_get_columns (GTK_COLUMN_VIEW (table)), 0);
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (table), name, GTK_SORT_ASCENDING);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Guest 000");
  gtk_column_view_scroll_to (GTK_COLUMN_VIEW (table), 299, NULL, GTK_LIST_SCROLL_NONE, NULL);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "guest.299@example.org");

  gtk_editable_set_text (GTK_EDITABLE (window_fixture_find (fixture, GTK_TYPE_SEARCH_ENTRY, NULL)), "guest 123");
  window_fixture_await (fixture, GTK_TYPE_LABEL, "guest.123@example.org");
}

static void
test_typing (WindowFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (HallPost)  post = add_post (fixture, "Live");
  g_autofree char      *text = NULL;

  window_fixture_open (fixture);
  type (await_editor (fixture), "Typed.");
  do {
    g_main_context_iteration (NULL, TRUE);
    g_free (text);
    text = read_post (fixture);
  } while (strcmp (text, "---\ntitle: Live\n---\n\nFirst line.\nTyped.") != 0);
}

/* Nothing is lost of what is typed while something comes from elsewhere, nor of what comes. */
static void
test_both (WindowFixture *fixture,
           gconstpointer  data)
{
  g_autoptr (HallPost)  post = add_post (fixture, "Live");
  g_autoptr (HallPost)  elsewhere = hall_value_copy (post);
  g_autofree char      *text = NULL;

  window_fixture_open (fixture);
  type (await_editor (fixture), "\nTyped here.\n");
  g_set_str (&elsewhere->title, "Live, and recorded");
  g_set_str (&elsewhere->text, "---\ntitle: Live, and recorded\n---\n\nFirst line.\n");
  library_fixture_save (fixture->library.library, elsewhere);
  do {
    g_main_context_iteration (NULL, TRUE);
    g_free (text);
    text = read_post (fixture);
  } while (strstr (text, "Typed here.") == NULL);

  g_assert_cmpstr (text, ==, "---\ntitle: Live, and recorded\n---\n\nFirst line.\n\nTyped here.\n");
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Live, and recorded");
}

static void
test_news (WindowFixture *fixture,
           gconstpointer  data)
{
  g_autoptr (HallPost) post = add_post (fixture, "Live");
  g_autoptr (HallPost) elsewhere = hall_value_copy (post);
  GtkTextView         *view;
  GtkTextBuffer       *buffer;
  g_autofree char     *shown = NULL;

  window_fixture_open (fixture);
  view = await_editor (fixture);
  buffer = gtk_text_view_get_buffer (view);
  g_set_str (&elsewhere->text, "---\ntitle: Live\n---\n\nFirst line, changed elsewhere.\n");
  library_fixture_save (fixture->library.library, elsewhere);
  do {
    GtkTextIter start, end;

    g_main_context_iteration (NULL, TRUE);
    g_free (shown);
    gtk_text_buffer_get_bounds (buffer, &start, &end);
    shown = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  } while (strstr (shown, "elsewhere") == NULL);
}

static void
test_closing (WindowFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (HallPost)  post = add_post (fixture, "Live");
  g_autofree char      *text = NULL;

  window_fixture_open (fixture);
  type (await_editor (fixture), "Typed in the last moment.");
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  while (fixture->window != NULL)
    g_main_context_iteration (NULL, TRUE);

  text = read_post (fixture);
  g_assert_nonnull (strstr (text, "Typed in the last moment."));
}

static void
test_undo (WindowFixture *fixture,
           gconstpointer  data)
{
  g_autoptr (HallChat)  chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2016-05-30T15:30");
  g_autoptr (GPtrArray) left = NULL;

  window_fixture_open (fixture);
  window_fixture_await (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL);
  window_fixture_do (fixture, "win.remove", "(sss)", "chats", chat->parent.id, "“Day 1” deleted");
  window_fixture_await (fixture, GTK_TYPE_BUTTON, "New _chat");
  window_fixture_do (fixture, "win.undo", NULL);
  window_fixture_await (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL);

  window_fixture_do (fixture, "win.remove", "(sss)", "chats", chat->parent.id, "“Day 1” deleted");
  gtk_window_close (GTK_WINDOW (fixture->window));
  while (fixture->window != NULL)
    g_main_context_iteration (NULL, TRUE);
  left = library_fixture_list (fixture->library.library, &hall_chat_kind, NULL);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_narrow (WindowFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (HallChat) chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2016-05-30T15:30");
  GtkWidget           *split, *list;

  window_fixture_open (fixture);
  split = window_fixture_await (fixture, ADW_TYPE_NAVIGATION_SPLIT_VIEW, NULL);
  while (!adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (split)))
    g_main_context_iteration (NULL, TRUE);
  list = window_fixture_await (fixture, GTK_TYPE_LIST_VIEW, NULL);
  window_fixture_await (fixture, HALL_TYPE_LIST_ROW, NULL);
  g_assert_null (window_fixture_find (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL));
  g_signal_emit_by_name (list, "activate", 0);
  window_fixture_await (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL);
  window_fixture_await (fixture, ADW_TYPE_VIEW_SWITCHER_BAR, NULL);
}

static void
test_problem (WindowFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new (HALL_STORE_ERROR, HALL_STORE_ERROR_TOO_NEW, "version 99");
  g_autofree char   *sentence = hall_problem_say (error);

  hall_window_show_problem (fixture->window, "/somewhere/library.hallway", error);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "The library could not be opened");
  window_fixture_await (fixture, GTK_TYPE_LABEL, sentence);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "/somewhere/library.hallway");
  window_fixture_await (fixture, GTK_TYPE_BUTTON, "_Try again");
}

static gboolean
has_words (GtkWidget *widget)
{
  const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  return (label != NULL && *label != '\0') || (tooltip != NULL && *tooltip != '\0') ||
         gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* A button shows words, or its tooltip or label names it for those who cannot see its icon. What GTK and
 * libadwaita put into their own widgets is theirs to name. */
static void
check_name (GtkWidget *widget,
            gpointer   data)
{
  guint     *n_named = data;
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if ((!GTK_IS_BUTTON (widget) && !GTK_IS_MENU_BUTTON (widget)) || GTK_IS_MENU_BUTTON (parent) ||
      GTK_IS_WINDOW_CONTROLS (parent) || gtk_widget_get_ancestor (widget, ADW_TYPE_VIEW_SWITCHER) != NULL ||
      gtk_widget_get_ancestor (widget, ADW_TYPE_TOGGLE_GROUP) != NULL ||
      gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL)
    return;

  if (!has_words (widget))
    g_error ("A %s in a %s in a %s has no name", G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (parent),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (parent)));
  ++*n_named;
}

static void
test_names (WindowFixture *fixture,
            gconstpointer  data)
{
  g_autoptr (HallChat) chat = library_fixture_add_chat (fixture->library.library, "Day 1", "2016-05-30T15:30");
  g_autoptr (HallPost) post = add_post (fixture, "Live");
  guint                n_named = 0;

  window_fixture_open (fixture);
  window_fixture_await (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL);
  window_fixture_each (GTK_WIDGET (fixture->window), check_name, &n_named);
  await_editor (fixture);
  window_fixture_each (GTK_WIDGET (fixture->window), check_name, &n_named);
  g_assert_cmpuint (n_named, >, 12);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();
  library_fixture_prepare ();

#define ADD_SIZED(name, width, function)                                                                               \
  g_test_add ("/ui/window/" name, WindowFixture, GINT_TO_POINTER (width), window_fixture_set_up, function,            \
              window_fixture_tear_down)
#define ADD(name, function) ADD_SIZED (name, 1100, function)
  ADD ("empty", test_empty);
  ADD ("chat", test_chat);
  ADD ("attendees", test_attendees);
  ADD ("typing", test_typing);
  ADD ("news", test_news);
  ADD ("both", test_both);
  ADD ("closing", test_closing);
  ADD ("undo", test_undo);
  ADD_SIZED ("narrow", 360, test_narrow);
  ADD ("problem", test_problem);
  ADD ("names", test_names);
#undef ADD
#undef ADD_SIZED

  return g_test_run ();
}
