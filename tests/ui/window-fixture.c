/* SPDX-License-Identifier: GPL-3.0-or-later
 * The real window on a real library. */
#include "config.h"

#include "window-fixture.h"

#include <string.h>

/* Each test begins as on the first day, and leaves no trace on the desk of whoever runs it. */
static void
forget_settings (int width)
{
  g_autoptr (GSettings) settings = NULL;
  const char *const     keys[] = { "place", "window-height", "window-maximized" };

  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  settings = g_settings_new (HALL_APP_ID);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
  g_settings_set_int (settings, "window-width", width);
}

void
window_fixture_set_up (WindowFixture *fixture,
                       gconstpointer  data)
{
  static guint       n_windows = 0;
  g_autofree char   *id = g_strdup_printf ("org.example.Hallway.Test%u", ++n_windows);
  g_autoptr (GError) error = NULL;

  forget_settings (GPOINTER_TO_INT (data));
  library_fixture_set_up (&fixture->library, data);
  fixture->application = g_object_new (ADW_TYPE_APPLICATION,
                                       "application-id", id,
                                       "flags", G_APPLICATION_NON_UNIQUE,
                                       "resource-base-path", "/hallway",
                                       NULL);
  g_application_register (G_APPLICATION (fixture->application), NULL, &error);
  g_assert_no_error (error);
  fixture->window = hall_window_new (fixture->application);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  hall_window_show_opening (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

void
window_fixture_open (WindowFixture *fixture)
{
  hall_window_show_library (fixture->window, fixture->library.library, FALSE);
}

void
window_fixture_tear_down (WindowFixture *fixture,
                          gconstpointer  data)
{
  if (fixture->window != NULL)
    gtk_window_close (GTK_WINDOW (fixture->window));
  while (fixture->window != NULL)
    g_main_context_iteration (NULL, TRUE);

  /* What was asked of the library for the window is answered before it is closed. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  library_fixture_tear_down (&fixture->library, data);
  g_clear_object (&fixture->application);
}

void
window_fixture_each (GtkWidget *root,
                     void     (*look) (GtkWidget *widget, gpointer data),
                     gpointer   data)
{
  look (root, data);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child))
      window_fixture_each (child, look, data);
}

static const char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));

  return NULL;
}

typedef struct {
  GType       type;
  const char *text;
  GtkWidget  *found;
} Search;

static void
compare (GtkWidget *widget,
         gpointer   data)
{
  Search *search = data;

  if (search->found == NULL && G_TYPE_CHECK_INSTANCE_TYPE (widget, search->type) &&
      (search->text == NULL || g_strcmp0 (text_of (widget), search->text) == 0))
    search->found = widget;
}

GtkWidget *
window_fixture_find (WindowFixture *fixture,
                     GType          type,
                     const char    *text)
{
  Search search = { type, text, NULL };

  window_fixture_each (GTK_WIDGET (fixture->window), compare, &search);

  return search.found;
}

GtkWidget *
window_fixture_await (WindowFixture *fixture,
                      GType          type,
                      const char    *text)
{
  GtkWidget *found;

  while ((found = window_fixture_find (fixture, type, text)) == NULL)
    g_main_context_iteration (NULL, TRUE);

  return found;
}

void
window_fixture_do (WindowFixture *fixture,
                   const char    *action,
                   const char    *format,
                   ...)
{
  g_autoptr (GVariant) parameter = NULL;
  va_list              arguments;

  if (format != NULL) {
    va_start (arguments, format);
    parameter = g_variant_ref_sink (g_variant_new_va (format, NULL, &arguments));
    va_end (arguments);
  }

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), action, parameter));
}
