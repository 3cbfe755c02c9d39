/* SPDX-License-Identifier: GPL-3.0-or-later
 * All that a person has signed up for, with what they asked. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"

G_BEGIN_DECLS

typedef struct {
  const HallAttendee *attendee;
  const HallChat     *chat;
  GPtrArray          *questions; /* HallQuestion, as they were asked */
} HallPersonEntry;

/* The newest sign-up first. The array owns its HallPersonEntry. */
void       hall_person_record_read_async  (HallLibrary         *library,
                                           const char          *person,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
GPtrArray *hall_person_record_read_finish (HallLibrary         *library,
                                           GAsyncResult        *result,
                                           GError             **error);

G_END_DECLS
