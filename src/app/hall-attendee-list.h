/* SPDX-License-Identifier: GPL-3.0-or-later
 * Attendees as a GListModel: ids in order, pages of values on demand, SQLite sorts and searches. */
#pragma once

#include "app/hall-attendee-row.h"
#include "app/hall-library.h"

G_BEGIN_DECLS

#define HALL_TYPE_ATTENDEE_LIST (hall_attendee_list_get_type ())
G_DECLARE_FINAL_TYPE (HallAttendeeList, hall_attendee_list, HALL, ATTENDEE_LIST, GObject)

/* GListModel of HallAttendeeRow. Follows the library's changes by itself, keeping rows that stay.
 * Properties: "loading" (gboolean: what it shows is not yet what was asked for); "n-items" (guint). */
HallAttendeeList *hall_attendee_list_new        (HallLibrary      *library,
                                                 const char       *chat);
void              hall_attendee_list_set_search (HallAttendeeList *self,
                                                 const char       *search);
void              hall_attendee_list_set_status (HallAttendeeList *self,
                                                 const char       *status);
/* column: "signed-up-at", "name", "address" or "status" */
void              hall_attendee_list_set_sort   (HallAttendeeList *self,
                                                 const char       *column,
                                                 gboolean          descending);

G_END_DECLS
