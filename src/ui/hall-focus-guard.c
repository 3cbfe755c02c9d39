/* SPDX-License-Identifier: GPL-3.0-or-later
 * What has the focus may go at any time, as when the library changes or a dialog closes over what is gone. */
#include "ui/hall-focus-guard.h"

/* The window holds what was called for it as data until it is gone. */
static const char IDLE[] = "hall-focus-guard";

static void
drop_idle (gpointer data)
{
  g_source_remove (GPOINTER_TO_UINT (data));
}

static gboolean
on_focus_missing (gpointer user_data)
{
  AdwApplicationWindow *window = user_data;
  AdwDialog            *dialog = adw_application_window_get_visible_dialog (window);

  g_object_steal_data (G_OBJECT (window), IDLE);
  if (gtk_root_get_focus (GTK_ROOT (window)) == NULL)
    gtk_widget_child_focus (dialog != NULL ? GTK_WIDGET (dialog) : GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);

  return G_SOURCE_REMOVE;
}

static void
on_focus_changed (AdwApplicationWindow *window)
{
  if (gtk_root_get_focus (GTK_ROOT (window)) != NULL || !gtk_widget_get_mapped (GTK_WIDGET (window)) ||
      g_object_get_data (G_OBJECT (window), IDLE) != NULL)
    return;

  g_object_set_data_full (G_OBJECT (window), IDLE, GUINT_TO_POINTER (g_idle_add (on_focus_missing, window)), drop_idle);
}

/**
 * hall_focus_guard_attach:
 * @window: a window
 *
 * From now on, when nothing has the focus any more and nobody gives it to anything, the first thing in the window
 * or in the dialog over it gets it.
 */
void
hall_focus_guard_attach (AdwApplicationWindow *window)
{
  g_return_if_fail (ADW_IS_APPLICATION_WINDOW (window));

  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus_changed), NULL);
}
