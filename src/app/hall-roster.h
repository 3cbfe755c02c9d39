/* SPDX-License-Identifier: GPL-3.0-or-later
 * A chat's attendees read all at once, for a command or an export; a window uses HallAttendeeList. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-attendee.h"

G_BEGIN_DECLS

typedef struct {
  const HallAttendee *attendee;
  char               *question; /* or absent */
} HallRosterEntry;

void       hall_roster_read_async  (HallLibrary         *library,
                                    const char          *chat,
                                    const char          *search,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
GPtrArray *hall_roster_read_finish (HallLibrary         *library,
                                    GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
