/* SPDX-License-Identifier: GPL-3.0-or-later
 * Beginning a post: its title, and the chats it announces. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_POST_DIALOG (hall_post_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HallPostDialog, hall_post_dialog, HALL, POST_DIALOG, AdwDialog)

/* Signals: "done" (HallPost *post): to be saved. */
HallPostDialog *hall_post_dialog_new (HallKeeper *keeper,
                                      const char *chat);

G_END_DECLS
