/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desk's ear: sockets in, committed answers out. */
#pragma once

#include "server/hall-desk.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HallListener HallListener;

HallListener *hall_listener_new     (guint            deadline);
void          hall_listener_free    (HallListener    *listener);
char         *hall_listener_listen  (HallListener    *listener,
                                     GSocketAddress  *address,
                                     GError         **error);
void          hall_listener_serve   (HallListener    *listener,
                                     HallDesk        *desk,
                                     HallDatabase    *db);
gboolean      hall_listener_is_busy (HallListener    *listener);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallListener, hall_listener_free)

G_END_DECLS
