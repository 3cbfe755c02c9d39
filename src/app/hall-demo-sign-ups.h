/* SPDX-License-Identifier: GPL-3.0-or-later
 * Three hundred people who sign up at a desk, one request after the other. Blocking; worker threads only. */
#pragma once

#include "model/hall-clock.h"
#include "model/hall-id.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HALL_DEMO_SIGN_UPS 300

typedef void (*HallDemoSignedUp) (guint done, gpointer data);

gboolean hall_demo_sign_ups_send (const char        *desk_url,
                                  const char        *token,
                                  GPtrArray         *chats,
                                  const HallClock   *clock,
                                  const HallRandom  *random,
                                  HallDemoSignedUp   signed_up,
                                  gpointer           data,
                                  GCancellable      *cancellable,
                                  GError           **error);

G_END_DECLS
