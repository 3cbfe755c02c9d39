/* SPDX-License-Identifier: GPL-3.0-or-later
 * Attendees read from the library: which ones there are, and a page of them with what they ask. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-attendee.h"
#include "store/hall-attendees.h"

G_BEGIN_DECLS

typedef struct {
  gint64              number; /* the row's number in the library */
  const HallAttendee *value;  /* absent when the row is gone */
  char               *question;
} HallAttendeeEntry;

/* The texts of the query are copied. */
void    hall_attendee_page_find_async  (HallLibrary             *library,
                                        const HallAttendeeQuery *query,
                                        GAsyncReadyCallback      callback,
                                        gpointer                 user_data);
GArray *hall_attendee_page_find_finish (HallLibrary             *library,
                                        GAsyncResult            *result,
                                        GError                 **error);
void    hall_attendee_page_load_async  (HallLibrary             *library,
                                        GArray                  *numbers,
                                        GAsyncReadyCallback      callback,
                                        gpointer                 user_data);
GArray *hall_attendee_page_load_finish (HallLibrary             *library,
                                        GAsyncResult            *result,
                                        GError                 **error);

G_END_DECLS
