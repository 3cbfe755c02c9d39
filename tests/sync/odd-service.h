/* SPDX-License-Identifier: GPL-3.0-or-later
 * A web server on loopback that answers as no service should, on a thread of its own. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _OddService OddService;

OddService *odd_service_new       (GTlsCertificate *certificate);
void        odd_service_free      (OddService      *self);
const char *odd_service_get_url   (OddService      *self);
guint       odd_service_count     (OddService      *self);

/* When it was asked last, in microseconds since 1970 in UTC. */
gint64      odd_service_last_asked (OddService     *self);

/* Cancelled as soon as something is asked that gets no answer, as "/hang". */
void        odd_service_on_hang   (OddService      *self,
                                   GCancellable    *cancellable);
/* "/redirect" sends whoever asks there. */
void        odd_service_lead_to   (OddService      *self,
                                   const char      *url);
/* What every path with no answer of its own gets; 0 for none, ever. */
void        odd_service_answer    (OddService      *self,
                                   guint            status,
                                   const char      *type,
                                   const char      *body);
void        odd_service_answer_at (OddService      *self,
                                   const char      *path,
                                   guint            status,
                                   const char      *type,
                                   const char      *body);
/* Goes out with every answer of that kind from now on, as Retry-After; 0 for none. */
void        odd_service_ask_for_pause (OddService  *self,
                                       guint        seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OddService, odd_service_free)

G_END_DECLS
