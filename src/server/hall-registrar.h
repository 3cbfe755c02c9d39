/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rules of signing up, the same for public pages and for hosts' programs. */
#pragma once

#include "server/hall-visit.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"

G_BEGIN_DECLS

gboolean hall_registrar_find     (const HallVisit  *visit,
                                  const char       *chat,
                                  const char       *address_key,
                                  HallAttendee    **attendee,
                                  GError          **error);
gboolean hall_registrar_has_seat (const HallVisit  *visit,
                                  const HallChat   *chat,
                                  gboolean         *has_seat,
                                  GError          **error);
gboolean hall_registrar_sign_up  (const HallVisit  *visit,
                                  const HallChat   *chat,
                                  const char       *name,
                                  const char       *address,
                                  const char       *question,
                                  gboolean         *had_seat,
                                  GError          **error);

G_END_DECLS
