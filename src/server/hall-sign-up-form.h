/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sign-up form as HTML. */
#pragma once

#include "server/hall-sign-up.h"
#include "server/hall-visit.h"

#include "model/hall-chat.h"

G_BEGIN_DECLS

void hall_sign_up_form_add_faults (GString          *page,
                                   const HallSignUp *sign_up);
void hall_sign_up_form_add        (GString          *page,
                                   const HallVisit  *visit,
                                   const HallChat   *chat,
                                   gboolean          has_seat,
                                   const HallSignUp *sign_up);

G_END_DECLS
