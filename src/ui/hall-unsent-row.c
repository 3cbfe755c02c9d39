/* SPDX-License-Identifier: GPL-3.0-or-later
 * What it is, what was done to it and since when; a refused one says why. */
#include "ui/hall-unsent-row.h"

#include "ui/hall-field-text.h"
#include "ui/hall-moment-text.h"

#include <glib/gi18n.h>

struct _HallUnsentRow {
  GtkListBoxRow         parent_instance;
  GtkImage             *icon;
  GtkLabel             *title;
  GtkLabel             *what;
  GtkLabel             *reason;
  GtkWidget            *buttons;
  GtkWidget            *retry;
  GtkWidget            *discard;
  GtkWidget            *choose;
  GPtrArray            *edits; /* what the edit lies in */
  const HallUnsentEdit *edit;
};

enum { RETRY, DISCARD, CHOOSE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallUnsentRow, hall_unsent_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_retry (HallUnsentRow *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
on_discard (HallUnsentRow *self)
{
  g_signal_emit (self, signals[DISCARD], 0);
}

static void
on_choose (HallUnsentRow *self)
{
  g_signal_emit (self, signals[CHOOSE], 0);
}

static const char *
say_what (HallUnsentWhat what)
{
  switch (what) {
  case HALL_UNSENT_MADE:
    /* Translators: something new, not sent yet */
    return _("New");
  case HALL_UNSENT_REMOVED:
    return _("Removed");
  case HALL_UNSENT_CHANGED:
  default:
    return _("Changed");
  }
}

static const char *
say_state (HallUnsentState state)
{
  switch (state) {
  case HALL_UNSENT_SENT:
    return _("sent, no answer yet");
  case HALL_UNSENT_REFUSED:
    return _("refused");
  case HALL_UNSENT_CONFLICT:
    return _("changed in both places");
  case HALL_UNSENT_WAITING:
  default:
    return _("waiting");
  }
}

static void
fill (HallUnsentRow *self,
      gint64         now)
{
  const HallUnsentEdit *edit = self->edit;
  g_autofree char      *ago = hall_moment_text_relative (MIN (edit->made_at, now), 0, now);
  /* Translators: what was done, since when, its state, and the account it goes to: "Changed · 2 hours ago · waiting ·
   * to Weekly Python Chat" */
  g_autofree char      *what = g_strdup_printf (_("%s · %s · %s · to %s"), say_what (edit->what), ago,
                                                say_state (edit->state), edit->account);
  g_autofree char      *name = NULL;
  gboolean              refused = edit->state == HALL_UNSENT_REFUSED;
  gboolean              conflict = edit->state == HALL_UNSENT_CONFLICT;

  gtk_image_set_from_icon_name (self->icon, hall_field_text_icon (edit->kind));
  gtk_label_set_label (self->title, edit->title);
  gtk_label_set_label (self->what, what);
  gtk_label_set_label (self->reason, edit->reason != NULL ? edit->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), edit->reason != NULL);
  gtk_widget_set_visible (self->retry, refused);
  gtk_widget_set_visible (self->discard, refused);
  gtk_widget_set_visible (self->choose, conflict);
  gtk_widget_set_visible (self->buttons, refused || conflict);

  name = g_strjoin (", ", hall_field_text_kind (edit->kind), edit->title, what, edit->reason, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
hall_unsent_row_dispose (GObject *object)
{
  HallUnsentRow *self = HALL_UNSENT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_UNSENT_ROW);
  g_clear_pointer (&self->edits, g_ptr_array_unref);

  G_OBJECT_CLASS (hall_unsent_row_parent_class)->dispose (object);
}

static void
hall_unsent_row_class_init (HallUnsentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_unsent_row_dispose;

  signals[RETRY] = g_signal_new ("retry", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISCARD] = g_signal_new ("discard", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOOSE] = g_signal_new ("choose", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-unsent-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HallUnsentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentRow, title);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentRow, what);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentRow, reason);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentRow, retry);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentRow, discard);
  gtk_widget_class_bind_template_child (widget_class, HallUnsentRow, choose);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_discard);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
}

static void
hall_unsent_row_init (HallUnsentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_unsent_row_new:
 * @edits: the list that holds the edit, which is kept with it
 * @edit: the edit
 * @now: microseconds since 1970 in UTC
 *
 * Returns: (transfer floating): the row
 */
HallUnsentRow *
hall_unsent_row_new (GPtrArray            *edits,
                     const HallUnsentEdit *edit,
                     gint64                now)
{
  HallUnsentRow *self;

  g_return_val_if_fail (edits != NULL && edit != NULL, NULL);

  self = g_object_new (HALL_TYPE_UNSENT_ROW, NULL);
  self->edits = g_ptr_array_ref (edits);
  self->edit = edit;
  fill (self, now);

  return self;
}

/**
 * hall_unsent_row_get_edit:
 * @self: the row
 *
 * Returns: (transfer none): what it shows
 */
const HallUnsentEdit *
hall_unsent_row_get_edit (HallUnsentRow *self)
{
  g_return_val_if_fail (HALL_IS_UNSENT_ROW (self), NULL);

  return self->edit;
}
