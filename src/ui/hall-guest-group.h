/* SPDX-License-Identifier: GPL-3.0-or-later
 * The guests of a chat, and a row to add one. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_GUEST_GROUP (hall_guest_group_get_type ())
G_DECLARE_FINAL_TYPE (HallGuestGroup, hall_guest_group, HALL, GUEST_GROUP, AdwPreferencesGroup)

void hall_guest_group_show (HallGuestGroup *self,
                            HallKeeper     *keeper,
                            const char     *chat);

G_END_DECLS
