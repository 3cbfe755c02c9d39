/* SPDX-License-Identifier: GPL-3.0-or-later
 * What attendees ask, as a list of attendees shows it. */
#pragma once

#include "store/hall-database.h"

G_BEGIN_DECLS

gboolean hall_questions_of_attendee (HallDatabase  *db,
                                     const char    *attendee,
                                     char         **text,
                                     GError       **error);

G_END_DECLS
