/* SPDX-License-Identifier: GPL-3.0-or-later
 * Toasts that offer to take back what the host has just done. What is thrown away is only hidden until its
 * toast goes. */
#include "ui/hall-undo.h"

#include <glib/gi18n.h>

#define SECONDS 10

/* What can be taken back. */
typedef struct {
  HallUndo        *undo;   /* not owned */
  AdwToastOverlay *toasts; /* where it is offered; not owned */
  AdwToast        *toast;
  char            *sentence;
  HallUndoFunc     take_back;
  HallUndoFunc     let_be; /* nullable: the offer was passed over */
  gpointer         data;
  GDestroyNotify   free_data;
} Offer;

typedef struct {
  HallUndo       *undo; /* not owned */
  const HallKind *kind;
  char           *id;
} Removal;

struct _HallUndo {
  GObject          parent_instance;
  HallKeeper      *keeper;
  AdwToastOverlay *window_toasts;
  AdwToastOverlay *dialog_toasts; /* of a dialog that lies over the window; not owned */
  GQueue           offers;        /* Offer, the newest first */
};

enum { BROUGHT_BACK, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallUndo, hall_undo, G_TYPE_OBJECT)

static void
free_offer (Offer *offer)
{
  g_signal_handlers_disconnect_by_data (offer->toast, offer);
  g_object_unref (offer->toast);
  if (offer->free_data != NULL)
    offer->free_data (offer->data);
  g_free (offer->sentence);
  g_free (offer);
}

static void
take_back (Offer *offer)
{
  g_autoptr (HallUndo) self = g_object_ref (offer->undo);

  g_queue_remove (&self->offers, offer);
  offer->take_back (offer->data);
  free_offer (offer);
}

/* The toast itself goes by its button. */
static void
on_undone (AdwToast *toast,
           Offer    *offer)
{
  take_back (offer);
}

static void
on_dismissed (AdwToast *toast,
              Offer    *offer)
{
  g_queue_remove (&offer->undo->offers, offer);
  if (offer->let_be != NULL)
    offer->let_be (offer->data);
  free_offer (offer);
}

static void
show_offer (Offer *offer)
{
  HallUndo *self = offer->undo;

  offer->toasts = self->dialog_toasts != NULL ? self->dialog_toasts : self->window_toasts;
  offer->toast = g_object_ref_sink (adw_toast_new (offer->sentence));
  adw_toast_set_use_markup (offer->toast, FALSE);
  adw_toast_set_button_label (offer->toast, _("_Undo"));
  adw_toast_set_timeout (offer->toast, SECONDS);
  g_signal_connect (offer->toast, "button-clicked", G_CALLBACK (on_undone), offer);
  g_signal_connect (offer->toast, "dismissed", G_CALLBACK (on_dismissed), offer);
  adw_toast_overlay_add_toast (offer->toasts, g_object_ref (offer->toast));
}

static void
free_removal (gpointer data)
{
  Removal *removal = data;

  g_free (removal->id);
  g_free (removal);
}

static void
bring_back (gpointer data)
{
  Removal *removal = data;

  hall_keeper_bring_back (removal->undo->keeper, removal->id);
  g_signal_emit (removal->undo, signals[BROUGHT_BACK], 0, removal->kind, removal->id);
}

static void
remove_hidden (gpointer data)
{
  Removal *removal = data;

  hall_keeper_remove_hidden (removal->undo->keeper, removal->id);
}

static void
hall_undo_dispose (GObject *object)
{
  HallUndo *self = HALL_UNDO (object);

  g_queue_clear_full (&self->offers, (GDestroyNotify) free_offer);
  g_clear_object (&self->window_toasts);
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
  g_queue_init (&self->offers);
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
  self->window_toasts = g_object_ref (toasts);

  return self;
}

/**
 * hall_undo_get_keeper:
 * @self: an undo
 *
 * Returns: (transfer none): who hides what is thrown away
 */
HallKeeper *
hall_undo_get_keeper (HallUndo *self)
{
  g_return_val_if_fail (HALL_IS_UNDO (self), NULL);

  return self->keeper;
}

/**
 * hall_undo_show_in:
 * @self: an undo
 * @toasts: (nullable): the toasts of a dialog that was opened, until it closes; NULL for those of the window
 *
 * A dialog hides the window's toasts. When it closes, what it still offers is offered in the window.
 */
void
hall_undo_show_in (HallUndo        *self,
                   AdwToastOverlay *toasts)
{
  g_return_if_fail (HALL_IS_UNDO (self));
  g_return_if_fail (toasts == NULL || ADW_IS_TOAST_OVERLAY (toasts));

  self->dialog_toasts = toasts;
  if (toasts != NULL)
    return;

  for (GList *l = self->offers.tail; l != NULL; l = l->prev) {
    Offer *offer = l->data;

    if (offer->toasts == self->window_toasts)
      continue;
    g_signal_handlers_disconnect_by_data (offer->toast, offer);
    g_clear_object (&offer->toast);
    show_offer (offer);
  }
}

/**
 * hall_undo_offer:
 * @self: an undo
 * @sentence: what was done, such as "Kept yours"
 * @undo: takes it back
 * @let_be: (nullable): called when the offer has passed
 * @data: for both
 * @free_data: (nullable): frees @data afterwards
 *
 * Offers for 10 s to take back what was done.
 */
void
hall_undo_offer (HallUndo       *self,
                 const char     *sentence,
                 HallUndoFunc    undo,
                 HallUndoFunc    let_be,
                 gpointer        data,
                 GDestroyNotify  free_data)
{
  Offer *offer;

  g_return_if_fail (HALL_IS_UNDO (self));
  g_return_if_fail (sentence != NULL && undo != NULL);

  offer = g_new0 (Offer, 1);
  offer->undo = self;
  offer->sentence = g_strdup (sentence);
  offer->take_back = undo;
  offer->let_be = let_be;
  offer->data = data;
  offer->free_data = free_data;
  g_queue_push_head (&self->offers, offer);
  show_offer (offer);
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
  Removal *removal;

  g_return_if_fail (HALL_IS_UNDO (self));
  g_return_if_fail (kind != NULL && id != NULL && sentence != NULL);

  removal = g_new0 (Removal, 1);
  removal->undo = self;
  removal->kind = kind;
  removal->id = g_strdup (id);
  hall_keeper_hide (self->keeper, kind, id);
  hall_undo_offer (self, sentence, bring_back, remove_hidden, removal, free_removal);
}

/**
 * hall_undo_last:
 * @self: an undo
 *
 * Takes back what was done last.
 *
 * Returns: whether there was anything
 */
gboolean
hall_undo_last (HallUndo *self)
{
  g_autoptr (AdwToast) toast = NULL;
  Offer               *offer;

  g_return_val_if_fail (HALL_IS_UNDO (self), FALSE);

  offer = g_queue_peek_head (&self->offers);
  if (offer == NULL)
    return FALSE;

  toast = g_object_ref (offer->toast);
  take_back (offer);
  adw_toast_dismiss (toast);

  return TRUE;
}
