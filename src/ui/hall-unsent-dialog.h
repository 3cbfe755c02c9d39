/* SPDX-License-Identifier: GPL-3.0-or-later
 * The edits that wait to be sent, and those a service refused. */
#pragma once

#include "ui/hall-undo.h"

G_BEGIN_DECLS

#define HALL_TYPE_UNSENT_DIALOG (hall_unsent_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HallUnsentDialog, hall_unsent_dialog, HALL, UNSENT_DIALOG, AdwDialog)

HallUnsentDialog *hall_unsent_dialog_new (HallUndo *undo);

G_END_DECLS
