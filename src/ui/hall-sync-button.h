/* SPDX-License-Identifier: GPL-3.0-or-later
 * The line at the foot of the sidebar: what is saved here, what waits, when it was last exchanged. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_SYNC_BUTTON (hall_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (HallSyncButton, hall_sync_button, HALL, SYNC_BUTTON, AdwBin)

void hall_sync_button_set_keeper (HallSyncButton *self,
                                  HallKeeper     *keeper);

G_END_DECLS
