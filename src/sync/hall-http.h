/* SPDX-License-Identifier: GPL-3.0-or-later
 * Requests to one service over HTTP, one after the other, on one worker thread. */
#pragma once

#include "format/hall-exchange.h"
#include "sync/hall-sync-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HALL_HTTP_DEADLINE 300               /* seconds for one exchange, slow lines and large pages included */
#define HALL_HTTP_LARGEST  (16 * 1024 * 1024) /* bytes of a reply's body, decoded */

typedef struct _HallHttp HallHttp;

gboolean   hall_http_stays_here (const char       *url);

HallHttp  *hall_http_new      (const char         *url,
                               const char         *token,
                               guint               deadline,
                               GError            **error);
void       hall_http_free     (HallHttp           *self);
HallReply *hall_http_exchange (HallHttp           *self,
                               const HallRequest  *request,
                               GCancellable       *cancellable,
                               GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallHttp, hall_http_free)

G_END_DECLS
