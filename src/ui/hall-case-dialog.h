/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything that was changed in both places, and choosing what stays. */
#pragma once

#include "ui/hall-undo.h"

G_BEGIN_DECLS

#define HALL_TYPE_CASE_DIALOG (hall_case_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HallCaseDialog, hall_case_dialog, HALL, CASE_DIALOG, AdwDialog)

HallCaseDialog *hall_case_dialog_new (HallUndo   *undo,
                                      const char *id);

G_END_DECLS
