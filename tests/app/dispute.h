/* SPDX-License-Identifier: GPL-3.0-or-later
 * A library as an exchange leaves it when a chat was changed in both places, or an edit was refused. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-chat.h"

HallChat *dispute_title   (HallLibrary    *library);
HallChat *dispute_deleted (HallLibrary    *library);
void      dispute_move_on (HallLibrary    *library,
                           const HallChat *chat);
HallChat *dispute_refused (HallLibrary    *library);
