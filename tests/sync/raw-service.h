/* SPDX-License-Identifier: GPL-3.0-or-later
 * A server on loopback that says any bytes at all, once a request has come. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RawService RawService;

RawService *raw_service_new            (GTlsCertificate *certificate);
void        raw_service_free           (RawService      *self);
const char *raw_service_get_url        (RawService      *self);
void        raw_service_say            (RawService      *self,
                                        const char      *bytes,
                                        gssize           length);
void        raw_service_go_on          (RawService      *self,
                                        const char      *more,
                                        guint            pause);
guint       raw_service_count_requests (RawService      *self);
char       *raw_service_take_heard     (RawService      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawService, raw_service_free)

G_END_DECLS
