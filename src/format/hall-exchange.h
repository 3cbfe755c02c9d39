/* SPDX-License-Identifier: GPL-3.0-or-later
 * One HTTP request and its reply as plain values: what the sync engine hands out and the desk answers. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _HallHeaders HallHeaders; /* names without regard to case, in order */

typedef struct {
  char        *method; /* "GET" */
  char        *path;   /* decoded nowhere: "/v1/chats/0190…", beginning with a slash */
  char        *query;  /* as sent, without "?"; or absent */
  HallHeaders *headers;
  GBytes      *body;   /* or absent */
  char        *peer;   /* numeric address of the caller; the server sets it, absent in a client */
} HallRequest;

typedef struct {
  guint        status; /* RFC 9110 */
  HallHeaders *headers;
  GBytes      *body; /* or absent */
} HallReply;

HallHeaders *hall_headers_new   (void);
void         hall_headers_free  (HallHeaders       *headers);
void         hall_headers_set   (HallHeaders       *headers,
                                 const char        *name,
                                 const char        *value);
const char  *hall_headers_get   (const HallHeaders *headers,
                                 const char        *name);
guint        hall_headers_count (const HallHeaders *headers);
void         hall_headers_nth   (const HallHeaders *headers,
                                 guint              n,
                                 const char       **name,
                                 const char       **value);

HallRequest *hall_request_new   (const char        *method,
                                 const char        *path);
void         hall_request_free  (HallRequest       *request);

HallReply   *hall_reply_new     (guint              status,
                                 const char        *content_type,
                                 GBytes            *body);
void         hall_reply_free    (HallReply         *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallHeaders, hall_headers_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallRequest, hall_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallReply, hall_reply_free)

G_END_DECLS
