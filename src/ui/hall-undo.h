/* SPDX-License-Identifier: GPL-3.0-or-later
 * Taking back what was just done, by a toast or a key, instead of asking first. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_UNDO (hall_undo_get_type ())
G_DECLARE_FINAL_TYPE (HallUndo, hall_undo, HALL, UNDO, GObject)

typedef void (*HallUndoFunc) (gpointer data);

/* Signals: "brought-back" (const HallKind *kind, const char *id). */
HallUndo   *hall_undo_new        (HallKeeper      *keeper,
                                  AdwToastOverlay *toasts);
HallKeeper *hall_undo_get_keeper (HallUndo        *self);
void        hall_undo_show_in    (HallUndo        *self,
                                  AdwToastOverlay *toasts);
void        hall_undo_offer      (HallUndo        *self,
                                  const char      *sentence,
                                  HallUndoFunc     undo,
                                  HallUndoFunc     let_be,
                                  gpointer         data,
                                  GDestroyNotify   free_data);
void        hall_undo_remove     (HallUndo        *self,
                                  const HallKind  *kind,
                                  const char      *id,
                                  const char      *sentence);
gboolean    hall_undo_last       (HallUndo        *self);

G_END_DECLS
