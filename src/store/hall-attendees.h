/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists of attendees and people: ids in order first, then pages of values. */
#pragma once

#include "store/hall-database.h"

G_BEGIN_DECLS

typedef enum {
  HALL_ATTENDEE_SORT_SIGNED_UP,
  HALL_ATTENDEE_SORT_NAME,
  HALL_ATTENDEE_SORT_ADDRESS,
  HALL_ATTENDEE_SORT_STATUS,
} HallAttendeeSort;

typedef struct {
  const char      *chat;       /* id, or absent for every chat */
  const char      *search;     /* what the host typed, or absent */
  const char      *status;     /* or absent for every status */
  HallAttendeeSort sort;
  gboolean         descending;
} HallAttendeeQuery;

GArray    *hall_attendees_find           (HallDatabase            *db,
                                          const HallAttendeeQuery *query,
                                          GError                 **error);
GPtrArray *hall_attendees_load           (HallDatabase            *db,
                                          const gint64            *rows,
                                          guint                    n_rows,
                                          GError                 **error);
gint64     hall_attendees_count          (HallDatabase            *db,
                                          const char              *chat,
                                          const char              *status,
                                          GError                 **error);
char      *hall_attendees_find_person    (HallDatabase            *db,
                                          const char              *address_key,
                                          GError                 **error);
char      *hall_attendees_find_signed_up (HallDatabase            *db,
                                          const char              *chat,
                                          const char              *address_key,
                                          GError                 **error);

G_END_DECLS
