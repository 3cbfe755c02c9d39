/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where people sign up for a chat: copy, QR code, open; or how to get such a page. */
#pragma once

#include "model/hall-chat.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_SIGN_UP_ROW (hall_sign_up_row_get_type ())
G_DECLARE_FINAL_TYPE (HallSignUpRow, hall_sign_up_row, HALL, SIGN_UP_ROW, AdwActionRow)

void hall_sign_up_row_show (HallSignUpRow  *self,
                            const HallChat *chat);

G_END_DECLS
