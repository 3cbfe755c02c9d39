/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hides what is thrown away while a toast offers to bring it back, and removes it when the toast goes. */
#include "ui/hall-undo.h"

#include <glib/gi18n.h>

#define SECONDS 10

struct _HallUndo {
  GObject          parent_instance;
  HallKeeper      *keeper;
  AdwToastOverlay *toasts;
  GQueue           open; /* AdwToast, the newest first */
};

enum { BROUGHT_BACK, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallUndo, hall_undo, G_TYPE_OBJECT)

static void
on_undone (AdwToast *toast,
           HallUndo *self)
{
  const char     *id = g_object_get_data (G_OBJECT (toast), "id");
  const HallKind *kind = g_object_get_data (G_OBJECT (toast), "kind");

  hall_keeper_bring_back (self->keeper, id);
  g_signal_emit (self, signals[BROUGHT_BACK], 0, kind, id);
}

static void
on_dismissed (AdwToast *toast,
              HallUndo *self)
{
  g_queue_remove (&self->open, toast);
  /* Does nothing to what was brought back. */
  hall_keeper_remove_hidden (self->keeper, g_object_get_data (G_OBJECT (toast), "id"));
}

static void
hall_undo_dispose (GObject *object)
{
  HallUndo *self = HALL_UNDO (object);

  for (GList *l = self->open.head; l != NULL; l = l->next)
    g_signal_handlers_disconnect_by_data (l->data, self);
  g_queue_clear (&self->open);
  g_clear_object (&self->toasts);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_undo_parent_class)->dispose (object);
}

static void
hall_undo_class_init (HallUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hall_undo_dispose;

  signals[BROUGHT_BACK] = g_signal_new ("brought-back", HALL_TYPE_UNDO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
}

static void
hall_undo_init (HallUndo *self)
{
  g_queue_init (&self->open);
}

/**
 * hall_undo_new:
 * @keeper: who hides what is thrown away
 * @toasts: where the toasts are shown
 *
 * Returns: (transfer full): the undo of one window
 */
HallUndo *
hall_undo_new (HallKeeper      *keeper,
               AdwToastOverlay *toasts)
{
  HallUndo *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (toasts), NULL);

  self = g_object_new (HALL_TYPE_UNDO, NULL);
  self->keeper = g_object_ref (keeper);
  self->toasts = g_object_ref (toasts);

  return self;
}

/**
 * hall_undo_remove:
 * @self: an undo
 * @kind: what is thrown away
 * @id: its id
 * @sentence: what to say, such as "Chat removed"
 */
void
hall_undo_remove (HallUndo       *self,
                  const HallKind *kind,
                  const char     *id,
                  const char     *sentence)
{
  AdwToast *toast;

  g_return_if_fail (HALL_IS_UNDO (self));
  g_return_if_fail (kind != NULL && id != NULL && sentence != NULL);

  toast = adw_toast_new (sentence);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "id", g_strdup (id), g_free);
  g_object_set_data (G_OBJECT (toast), "kind", (gpointer) kind);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (on_undone), self);
  g_signal_connect (toast, "dismissed", G_CALLBACK (on_dismissed), self);

  g_queue_push_head (&self->open, toast);
  hall_keeper_hide (self->keeper, kind, id);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * hall_undo_last:
 * @self: an undo
 *
 * Brings back what was thrown away last.
 *
 * Returns: whether there was anything
 */
gboolean
hall_undo_last (HallUndo *self)
{
  g_autoptr (AdwToast) toast = NULL;

  g_return_val_if_fail (HALL_IS_UNDO (self), FALSE);

  if (self->open.head == NULL)
    return FALSE;

  toast = g_object_ref (self->open.head->data);
  on_undone (toast, self);
  adw_toast_dismiss (toast);

  return TRUE;
}
