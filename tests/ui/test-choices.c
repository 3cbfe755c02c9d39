/* SPDX-License-Identifier: GPL-3.0-or-later
 * What waits for the host, in the real window: choosing, editing, coming too late, letting go, taking back. */
#include "../app/dispute.h"
#include "ui/hall-case-page.h"
#include "ui/hall-chat-overview.h"
#include "ui/hall-third-page.h"
#include "ui/hall-unsent-row.h"
#include "window-fixture.h"

#include <gtksourceview/gtksource.h>

static void
click (WindowFixture *fixture,
       const char    *label)
{
  g_signal_emit_by_name (window_fixture_await (fixture, GTK_TYPE_BUTTON, label), "clicked");
}

static void
await_gone (WindowFixture *fixture,
            GType          type,
            const char    *text)
{
  while (window_fixture_find (fixture, type, text) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static AdwDialog *
dialog_of (WindowFixture *fixture)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
}

static void
await_no_dialog (WindowFixture *fixture)
{
  while (dialog_of (fixture) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static char *
read_title (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) chats = library_fixture_list (fixture->library.library, &hall_chat_kind, NULL);

  return g_strdup (chats->len > 0 ? ((HallChat *) chats->pdata[0])->title : NULL);
}

static void
await_title (WindowFixture *fixture,
             const char    *title)
{
  g_autofree char *now = NULL;

  while (g_strcmp0 (now, title) != 0) {
    g_main_context_iteration (NULL, TRUE);
    g_free (now);
    now = read_title (fixture);
  }
}

static void
open_case (WindowFixture *fixture)
{
  window_fixture_open (fixture);
  window_fixture_await (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Changed here and on the service");
  window_fixture_do (fixture, "win.choose", "s", "");
  window_fixture_await (fixture, HALL_TYPE_CASE_PAGE, NULL);
}

static void
test_theirs (WindowFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (HallChat) chat = dispute_title (fixture->library.library);

  open_case (fixture);
  for (const char *const *word = (const char *const[]) { "Before", "Mine", "Theirs", NULL }; *word != NULL; word++)
    window_fixture_await (fixture, GTK_TYPE_LABEL, *word);
  click (fixture, "Keep _theirs");
  await_no_dialog (fixture);
  await_title (fixture, "Theirs");
  await_gone (fixture, GTK_TYPE_LABEL, "Changed here and on the service");

  window_fixture_await (fixture, GTK_TYPE_LABEL, "Theirs is kept");
  window_fixture_do (fixture, "win.undo", NULL);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Changed here and on the service");
  await_title (fixture, "Mine");
}

typedef struct {
  GType      type;
  GtkWidget *found;
} Search;

static void
compare (GtkWidget *widget,
         gpointer   data)
{
  Search *search = data;

  if (search->found == NULL && G_TYPE_CHECK_INSTANCE_TYPE (widget, search->type))
    search->found = widget;
}

static GtkWidget *
find_in (GtkWidget *page,
         GType      type)
{
  Search search = { type, NULL };

  window_fixture_each (page, compare, &search);
  g_assert_nonnull (search.found);

  return search.found;
}

static void
test_third (WindowFixture *fixture,
            gconstpointer  data)
{
  g_autoptr (HallChat) chat = dispute_title (fixture->library.library);
  GtkWidget           *page, *keep, *title;

  open_case (fixture);
  click (fixture, "_Edit…");
  page = window_fixture_await (fixture, HALL_TYPE_THIRD_PAGE, NULL);
  keep = window_fixture_await (fixture, GTK_TYPE_BUTTON, "_Keep this version");
  g_assert_true (gtk_widget_get_sensitive (keep));
  title = find_in (page, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (title), "");
  g_assert_false (gtk_widget_get_sensitive (keep));
  gtk_editable_set_text (GTK_EDITABLE (title), "A third one");
  g_assert_true (gtk_widget_get_sensitive (keep));
  click (fixture, "_Keep this version");
  await_no_dialog (fixture);
  await_title (fixture, "A third one");
}

/* The host is shown what it is by now, and nothing is decided over their head. */
static void
test_too_late (WindowFixture *fixture,
               gconstpointer  data)
{
  g_autoptr (HallChat) chat = dispute_title (fixture->library.library);
  g_autofree char     *title = NULL;

  open_case (fixture);
  dispute_move_on (fixture->library.library, chat);
  click (fixture, "Keep _theirs");
  window_fixture_await (fixture, GTK_TYPE_LABEL,
                        "This has changed again, or was settled already. Nothing was changed. Look at it once more.");
  g_assert_nonnull (dialog_of (fixture));
  title = read_title (fixture);
  g_assert_cmpstr (title, ==, "Mine");

  await_gone (fixture, HALL_TYPE_CASE_PAGE, NULL);
  window_fixture_await (fixture, ADW_TYPE_ACTION_ROW, "Mine");

  /* Until the list is read anew, its row leads to what it was, and the choice comes too late again. */
  while (dialog_of (fixture) != NULL) {
    GtkWidget *row = window_fixture_find (fixture, ADW_TYPE_ACTION_ROW, "Mine");
    GtkWidget *keep = window_fixture_find (fixture, GTK_TYPE_BUTTON, "Keep _theirs");

    if (keep != NULL && gtk_widget_is_sensitive (keep))
      g_signal_emit_by_name (keep, "clicked");
    else if (keep == NULL && row != NULL)
      g_signal_emit_by_name (row, "activated");
    g_main_context_iteration (NULL, TRUE);
  }
  await_title (fixture, "Theirs again");
}

/* Whoever closes the dialog before the library has answered hears of it in the window. */
static void
test_closed_meanwhile (WindowFixture *fixture,
                       gconstpointer  data)
{
  g_autoptr (HallChat) chat = dispute_title (fixture->library.library);

  open_case (fixture);
  dispute_move_on (fixture->library.library, chat);
  click (fixture, "Keep _theirs");
  adw_dialog_close (dialog_of (fixture));
  window_fixture_await (fixture, GTK_TYPE_LABEL,
                        "This has changed again, or was settled already. Nothing was changed. Look at it once more.");
  g_assert_null (dialog_of (fixture));
  await_gone (fixture, HALL_TYPE_CASE_PAGE, NULL);

  window_fixture_do (fixture, "win.choose", "s", "");
  window_fixture_await (fixture, HALL_TYPE_CASE_PAGE, NULL);
  click (fixture, "Keep _theirs");
  adw_dialog_close (dialog_of (fixture));
  await_title (fixture, "Theirs again");
  await_gone (fixture, HALL_TYPE_CASE_PAGE, NULL);
}

static void
test_gone_there (WindowFixture *fixture,
                 gconstpointer  data)
{
  g_autoptr (HallChat) chat = dispute_deleted (fixture->library.library);
  g_autofree char     *title = NULL;

  window_fixture_open (fixture);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Changed here, removed on the service");
  window_fixture_do (fixture, "win.choose", "s", chat->parent.id);
  window_fixture_await (fixture, GTK_TYPE_LABEL,
                        "You changed this chat. Meanwhile it was removed on the service.");
  g_assert_null (window_fixture_find (fixture, GTK_TYPE_BUTTON, "_Edit…"));
  click (fixture, "_Remove it here too");
  await_no_dialog (fixture);
  window_fixture_await (fixture, GTK_TYPE_BUTTON, "New _chat");

  /* Whatever had the focus has gone with the chat. */
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  while (gtk_root_get_focus (GTK_ROOT (fixture->window)) == NULL)
    g_main_context_iteration (NULL, TRUE);

  window_fixture_do (fixture, "win.undo", NULL);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Changed here, removed on the service");
  title = read_title (fixture);
  g_assert_cmpstr (title, ==, "Mine");
}

/* The offer to take it back outlives the dialog. */
static void
test_refused (WindowFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (HallChat) chat = dispute_refused (fixture->library.library);

  window_fixture_open (fixture);
  window_fixture_await (fixture, HALL_TYPE_CHAT_OVERVIEW, NULL);
  window_fixture_do (fixture, "win.unsent", NULL);
  window_fixture_await (fixture, HALL_TYPE_UNSENT_ROW, NULL);
  window_fixture_await (fixture, GTK_TYPE_LABEL, "There is another chat at this address.");
  window_fixture_await (fixture, GTK_TYPE_BUTTON, "_Try again");
  click (fixture, "_Discard");
  window_fixture_await (fixture, GTK_TYPE_LABEL, "Everything is sent");
  window_fixture_await (fixture, GTK_TYPE_LABEL, "The edit is discarded");
  click (fixture, "_Close");
  await_no_dialog (fixture);
  await_title (fixture, NULL);

  window_fixture_await (fixture, GTK_TYPE_LABEL, "The edit is discarded");
  window_fixture_do (fixture, "win.undo", NULL);
  await_title (fixture, "Refused");
  window_fixture_do (fixture, "win.unsent", NULL);
  window_fixture_await (fixture, HALL_TYPE_UNSENT_ROW, NULL);
  adw_dialog_close (dialog_of (fixture));
  await_no_dialog (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();
  library_fixture_prepare ();

#define ADD(name, function) \
  g_test_add ("/ui/choices/" name, WindowFixture, GINT_TO_POINTER (1180), \
              window_fixture_set_up, function, window_fixture_tear_down)

  ADD ("theirs", test_theirs);
  ADD ("third", test_third);
  ADD ("too-late", test_too_late);
  ADD ("closed-meanwhile", test_closed_meanwhile);
  ADD ("gone-there", test_gone_there);
  ADD ("refused", test_refused);
#undef ADD

  return g_test_run ();
}
