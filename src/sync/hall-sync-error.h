/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can go wrong between the library and a service, named by what can be done about it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HALL_SYNC_ERROR (hall_sync_error_quark ())

typedef enum {
  HALL_SYNC_ERROR_OFFLINE,     /* the service cannot be reached, or something else answered in its place */
  HALL_SYNC_ERROR_AUTH,        /* it does not take the token */
  HALL_SYNC_ERROR_RETRY_LATER, /* it asks to come back later, or is ill (408, 429, 5xx) */
  HALL_SYNC_ERROR_REJECTED,    /* it will not do this, now or later */
  HALL_SYNC_ERROR_INSECURE,    /* no safe connection: a bad certificate, or plain http to another machine */
  HALL_SYNC_ERROR_NONSENSE,    /* it answered, but not as such a service does */
} HallSyncError;

GQuark hall_sync_error_quark (void);

G_END_DECLS
