/* SPDX-License-Identifier: GPL-3.0-or-later
 * The keyboard shortcuts, as a dialog. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_SHORTCUTS_DIALOG (hall_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HallShortcutsDialog, hall_shortcuts_dialog, HALL, SHORTCUTS_DIALOG, AdwDialog)

HallShortcutsDialog *hall_shortcuts_dialog_new (GtkApplication *application);

G_END_DECLS
