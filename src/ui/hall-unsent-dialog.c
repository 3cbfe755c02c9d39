/* SPDX-License-Identifier: GPL-3.0-or-later
 * Follows the outbox. A refused edit can be tried again or discarded, and a discarded one taken back. */
#include "ui/hall-unsent-dialog.h"

#include "app/hall-problem.h"
#include "ui/hall-unsent-row.h"

#include <glib/gi18n.h>

/* So many rows are shown of what waits; the rest is counted. */
#define AT_MOST 40

struct _HallUnsentDialog {
  AdwDialog        parent_instance;
  AdwToastOverlay *toasts;
  AdwBanner       *banner;
  GtkStack        *stack;
  GtkWidget       *refused_group;
  GtkListBox      *refused;
  GtkWidget       *waiting_group;
  GtkListBox      *waiting;
  GtkWidget       *more_group;
  GtkLabel        *more;
  HallUndo        *undo;
  GCancellable    *cancellable;
  gboolean         loading;
  gboolean         stale; /* something changed while loading */
  gboolean         closed;
};

G_DEFINE_FINAL_TYPE (HallUnsentDialog, hall_unsent_dialog, ADW_TYPE_DIALOG)

static HallKeeper *
keeper_of (HallUnsentDialog *self)
{
  return hall_undo_get_keeper (self->undo);
}

static HallLibrary *
library_of (HallUnsentDialog *self)
{
  return hall_keeper_get_library (keeper_of (self));
}

static void
show_problem (HallUnsentDialog *self,
              const GError     *error)
{
  g_autofree char *sentence = error != NULL ? hall_problem_say (error) : g_strdup ("");

  adw_banner_set_title (self->banner, sentence);
  adw_banner_set_revealed (self->banner, error != NULL);
}

/* Where the dialog has been closed meanwhile, the window tells what went wrong. */
static void
end_job (HallUnsentDialog *self,
         const GError     *error)
{
  gboolean is_open = !self->closed && gtk_widget_get_root (GTK_WIDGET (self)) != NULL;

  hall_keeper_end (keeper_of (self), is_open ? NULL : error);
  show_problem (self, error);
}

/* What it takes to undo a discard. */
typedef struct {
  HallKeeper *keeper;
  char       *id;
} Discarded;

static void
free_discarded (gpointer data)
{
  Discarded *discarded = data;

  g_object_unref (discarded->keeper);
  g_free (discarded->id);
  g_free (discarded);
}

static void
on_taken_back (GObject      *library,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (HallKeeper) keeper = user_data;
  g_autoptr (GError)     error = NULL;

  hall_unsent_undo_finish (HALL_LIBRARY (library), result, &error);
  hall_keeper_end (keeper, error);
}

static void
take_back (gpointer data)
{
  Discarded *discarded = data;

  hall_keeper_begin (discarded->keeper);
  hall_unsent_undo_async (hall_keeper_get_library (discarded->keeper), discarded->id, on_taken_back,
                          g_object_ref (discarded->keeper));
}

/* An edit that is being discarded. */
typedef struct {
  HallUnsentDialog *dialog;
  char             *id;
} Discarding;

static void load (HallUnsentDialog *self);

static void
on_discarded (GObject      *library,
              GAsyncResult *result,
              gpointer      user_data)
{
  Discarding        *discarding = user_data;
  HallUnsentDialog  *self = discarding->dialog;
  g_autoptr (GError) error = NULL;

  hall_unsent_discard_finish (HALL_LIBRARY (library), result, &error);
  end_job (self, error);
  if (error == NULL) {
    Discarded *discarded = g_new0 (Discarded, 1);

    discarded->keeper = g_object_ref (keeper_of (self));
    discarded->id = g_strdup (discarding->id);
    hall_undo_offer (self->undo, _("The edit is discarded"), take_back, NULL, discarded, free_discarded);
  } else {
    load (self);
  }

  g_free (discarding->id);
  g_object_unref (discarding->dialog);
  g_free (discarding);
}

static void
on_discard (HallUnsentRow    *row,
            HallUnsentDialog *self)
{
  Discarding *discarding = g_new0 (Discarding, 1);

  discarding->dialog = g_object_ref (self);
  discarding->id = g_strdup (hall_unsent_row_get_edit (row)->id);
  show_problem (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (row), FALSE);
  hall_keeper_begin (keeper_of (self));
  hall_unsent_discard_async (library_of (self), discarding->id, on_discarded, discarding);
}

static void
on_retried (GObject      *library,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HallUnsentDialog) self = user_data;
  g_autoptr (GError)           error = NULL;

  hall_unsent_retry_finish (HALL_LIBRARY (library), result, &error);
  end_job (self, error);
  if (error == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sync", NULL);
  else
    load (self);
}

static void
on_retry (HallUnsentRow    *row,
          HallUnsentDialog *self)
{
  show_problem (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (row), FALSE);
  hall_keeper_begin (keeper_of (self));
  hall_unsent_retry_async (library_of (self), hall_unsent_row_get_edit (row)->id, on_retried, g_object_ref (self));
}

static void
on_choose (HallUnsentRow    *row,
           HallUnsentDialog *self)
{
  g_autofree char *id = g_strdup (hall_unsent_row_get_edit (row)->row);
  GtkWidget       *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action (window, "win.choose", "s", id);
}

static void
add_row (HallUnsentDialog     *self,
         GPtrArray            *edits,
         const HallUnsentEdit *edit)
{
  HallUnsentRow *row = hall_unsent_row_new (edits, edit, hall_keeper_get_now (keeper_of (self)));

  g_signal_connect_object (row, "retry", G_CALLBACK (on_retry), self, 0);
  g_signal_connect_object (row, "discard", G_CALLBACK (on_discard), self, 0);
  g_signal_connect_object (row, "choose", G_CALLBACK (on_choose), self, 0);
  gtk_list_box_append (edit->state == HALL_UNSENT_REFUSED ? self->refused : self->waiting, GTK_WIDGET (row));
}

static void
show_edits (HallUnsentDialog *self,
            GPtrArray        *edits)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean   had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));
  guint      refused = 0, waiting = 0;

  gtk_list_box_remove_all (self->refused);
  gtk_list_box_remove_all (self->waiting);
  for (guint i = 0; i < edits->len; i++) {
    const HallUnsentEdit *edit = edits->pdata[i];
    guint                *count = edit->state == HALL_UNSENT_REFUSED ? &refused : &waiting;

    if (++*count <= AT_MOST)
      add_row (self, edits, edit);
  }

  gtk_widget_set_visible (self->refused_group, refused > 0);
  gtk_widget_set_visible (self->waiting_group, waiting > 0);
  gtk_widget_set_visible (self->more_group, refused > AT_MOST || waiting > AT_MOST);
  if (refused > AT_MOST || waiting > AT_MOST) {
    guint            more = edits->len - MIN (refused, AT_MOST) - MIN (waiting, AT_MOST);
    g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

    gtk_label_set_label (self->more, text);
  }
  gtk_stack_set_visible_child_name (self->stack, edits->len > 0 ? "list" : "empty");
  if (had_focus)
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
on_listed (GObject      *library,
           GAsyncResult *result,
           gpointer      user_data)
{
  HallUnsentDialog     *self;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) edits = hall_unsent_list_finish (HALL_LIBRARY (library), result, &error);

  /* The dialog is gone, and is not to be touched. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  self->loading = FALSE;
  if (edits != NULL)
    show_edits (self, edits);
  else
    show_problem (self, error);
  if (self->stale)
    load (self);
}

static void
load (HallUnsentDialog *self)
{
  self->stale = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  hall_unsent_list_async (library_of (self), self->cancellable, on_listed, self);
}

static void
on_library_changed (HallLibrary       *library,
                    const char *const *tables,
                    HallUnsentDialog  *self)
{
  if (g_strv_contains (tables, "outbox"))
    load (self);
}

static void
on_close (HallUnsentDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
hall_unsent_dialog_closed (AdwDialog *dialog)
{
  HallUnsentDialog *self = HALL_UNSENT_DIALOG (dialog);

  self->closed = TRUE;
  hall_undo_show_in (self->undo, NULL);
}

static void
hall_unsent_dialog_dispose (GObject *object)
{
  HallUnsentDialog *self = HALL_UNSENT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (library_of (self), self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_UNSENT_DIALOG);

  G_OBJECT_CLASS (hall_unsent_dialog_parent_class)->dispose (object);
}

static void
hall_unsent_dialog_finalize (GObject *object)
{
  HallUnsentDialog *self = HALL_UNSENT_DIALOG (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->undo);

  G_OBJECT_CLASS (hall_unsent_dialog_parent_class)->finalize (object);
}

static void
hall_unsent_dialog_class_init (HallUnsentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_unsent_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = hall_unsent_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = hall_unsent_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-unsent-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HallUnsentDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentDialog, refused_group);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentDialog, refused);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentDialog, waiting_group);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentDialog, waiting);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentDialog, more_group);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentDialog, more);
  gtk_widget_class_bind_template_callback (widget_class, on_close);

  /* A dialog lets no key through to the window. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
}

static void
hall_unsent_dialog_init (HallUnsentDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_unsent_dialog_new:
 * @undo: where a discarded edit is taken back
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
HallUnsentDialog *
hall_unsent_dialog_new (HallUndo *undo)
{
  HallUnsentDialog *self;

  g_return_val_if_fail (HALL_IS_UNDO (undo), NULL);

  self = g_object_new (HALL_TYPE_UNSENT_DIALOG, NULL);
  self->undo = g_object_ref (undo);
  g_signal_connect (library_of (self), "changed", G_CALLBACK (on_library_changed), self);
  hall_undo_show_in (undo, self->toasts);
  load (self);

  return self;
}
