/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shows how a library is filled with sample data, with a way out at any time. */
#include "ui/hall-demo-page.h"

#include "app/hall-demo.h"
#include "app/hall-problem.h"

#include <glib/gi18n.h>

struct _HallDemoPage {
  AdwBin          parent_instance;
  AdwStatusPage  *status;
  GtkProgressBar *bar;
  GtkWidget      *cancel;
  GtkWidget      *back;
  GCancellable   *cancellable; /* while it runs */
};

enum { ENDED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallDemoPage, hall_demo_page, ADW_TYPE_BIN)

static void
on_progress (double      fraction,
             const char *what,
             gpointer    user_data)
{
  HallDemoPage *self = user_data;

  if (self->bar == NULL)
    return;

  gtk_progress_bar_set_fraction (self->bar, fraction);
  adw_status_page_set_description (self->status, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, what, -1);
}

static void
on_filled (GObject      *library,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HallDemoPage) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *sentence = NULL;

  hall_demo_fill_finish (HALL_LIBRARY (library), result, &error);
  g_clear_object (&self->cancellable);
  if (self->bar == NULL)
    return;

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_signal_emit (self, signals[ENDED], 0);
    return;
  }

  sentence = hall_problem_say (error);
  adw_status_page_set_title (self->status, _("The sample data is not complete"));
  adw_status_page_set_description (self->status, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_set_visible (self->back, TRUE);
  gtk_widget_grab_focus (self->back);
}

static void
on_cancel_clicked (GtkButton    *button,
                   HallDemoPage *self)
{
  gtk_widget_set_sensitive (self->cancel, FALSE);
  hall_demo_page_stop (self);
}

static void
on_back_clicked (GtkButton    *button,
                 HallDemoPage *self)
{
  g_signal_emit (self, signals[ENDED], 0);
}

static void
hall_demo_page_dispose (GObject *object)
{
  hall_demo_page_stop (HALL_DEMO_PAGE (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_DEMO_PAGE);

  G_OBJECT_CLASS (hall_demo_page_parent_class)->dispose (object);
}

static void
hall_demo_page_class_init (HallDemoPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_demo_page_dispose;

  signals[ENDED] = g_signal_new ("ended", HALL_TYPE_DEMO_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-demo-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HallDemoPage, status);
  gtk_widget_class_bind_template_child (widget_class, HallDemoPage, bar);
  gtk_widget_class_bind_template_child (widget_class, HallDemoPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, HallDemoPage, back);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
hall_demo_page_init (HallDemoPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_demo_page_start:
 * @self: the page
 * @library: an open library to be filled
 */
void
hall_demo_page_start (HallDemoPage *self,
                      HallLibrary  *library)
{
  g_return_if_fail (HALL_IS_DEMO_PAGE (self));
  g_return_if_fail (HALL_IS_LIBRARY (library));
  g_return_if_fail (self->cancellable == NULL);

  adw_status_page_set_title (self->status, _("Preparing sample data"));
  adw_status_page_set_description (self->status, NULL);
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  gtk_widget_set_visible (self->back, FALSE);
  gtk_widget_set_visible (self->cancel, TRUE);
  gtk_widget_set_sensitive (self->cancel, TRUE);
  gtk_widget_grab_focus (self->cancel);

  self->cancellable = g_cancellable_new ();
  hall_demo_fill_async (library, on_progress, self, self->cancellable, on_filled, g_object_ref (self));
}

/**
 * hall_demo_page_stop:
 * @self: the page
 *
 * Stops what hall_demo_page_start() began. What is in the library by then stays.
 */
void
hall_demo_page_stop (HallDemoPage *self)
{
  g_return_if_fail (HALL_IS_DEMO_PAGE (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}
