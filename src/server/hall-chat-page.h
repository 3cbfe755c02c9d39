/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of one chat: what it is, signing up for it, and the confirmation. */
#pragma once

#include "server/hall-visit.h"

G_BEGIN_DECLS

HallReply *hall_chat_page_show  (const HallVisit  *visit,
                                 const char       *slug,
                                 GError          **error);
HallReply *hall_chat_page_take  (const HallVisit  *visit,
                                 const char       *slug,
                                 GError          **error);
HallReply *hall_chat_page_thank (const HallVisit  *visit,
                                 const char       *slug,
                                 GError          **error);

G_END_DECLS
