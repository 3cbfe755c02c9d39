/* SPDX-License-Identifier: GPL-3.0-or-later
 * Throwing things away with a toast to bring them back, instead of asking first. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_UNDO (hall_undo_get_type ())
G_DECLARE_FINAL_TYPE (HallUndo, hall_undo, HALL, UNDO, GObject)

/* Signals: "brought-back" (const HallKind *kind, const char *id). */
HallUndo *hall_undo_new    (HallKeeper      *keeper,
                            AdwToastOverlay *toasts);
void      hall_undo_remove (HallUndo        *self,
                            const HallKind  *kind,
                            const char      *id,
                            const char      *sentence);
gboolean  hall_undo_last   (HallUndo        *self);

G_END_DECLS
