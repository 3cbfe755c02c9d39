/* SPDX-License-Identifier: GPL-3.0-or-later
 * One attendee as a list shows them: there at once, filled when its page has been read. */
#pragma once

#include "model/hall-attendee.h"

G_BEGIN_DECLS

#define HALL_TYPE_ATTENDEE_ROW (hall_attendee_row_get_type ())
G_DECLARE_FINAL_TYPE (HallAttendeeRow, hall_attendee_row, HALL, ATTENDEE_ROW, GObject)

/* Properties, read only, with notify: "value" (HallValue, absent until its page has come); for expressions and
 * bindings the texts "name", "address", "status" and "question" (absent likewise) and "signed-up-at" (gint64). */
HallAttendeeRow    *hall_attendee_row_new          (gint64              number);
gint64              hall_attendee_row_get_number   (HallAttendeeRow    *self);
const HallAttendee *hall_attendee_row_get_value    (HallAttendeeRow    *self);
const char         *hall_attendee_row_get_question (HallAttendeeRow    *self);
void                hall_attendee_row_fill         (HallAttendeeRow    *self,
                                                    const HallAttendee *value,
                                                    const char         *question);

G_END_DECLS
