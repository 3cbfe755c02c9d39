/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registration desk's core: a request in, a reply out; no socket, no thread. */
#pragma once

#include "format/hall-exchange.h"
#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

typedef struct _HallDesk HallDesk;

HallDesk     *hall_desk_new     (const char        *public_url,
                                 const HallClock   *clock,
                                 const HallRandom  *random);
void          hall_desk_free    (HallDesk          *desk);
HallDatabase *hall_desk_open    (const char        *path,
                                 GError           **error);
HallDatabase *hall_desk_open_on (const char        *vfs,
                                 const char        *path,
                                 GError           **error);
HallReply    *hall_desk_answer  (HallDesk          *desk,
                                 HallDatabase      *db,
                                 const HallRequest *request,
                                 GError           **error);
HallReply    *hall_desk_refuse  (HallDesk          *desk,
                                 const HallRequest *request,
                                 guint              status);
HallReply    *hall_desk_fail   (HallDesk          *desk,
                                const HallRequest *request,
                                const GError      *error);
char         *hall_desk_add_token (HallDesk        *desk,
                                   HallDatabase    *db,
                                   const char      *name,
                                   GError         **error);
char         *hall_desk_add_token_for (HallDesk    *desk,
                                   HallDatabase    *db,
                                   const char      *name,
                                   const char      *scope,
                                   GError         **error);
gboolean      hall_desk_revoke_token (HallDesk     *desk,
                                   HallDatabase    *db,
                                   const char      *name,
                                   GError         **error);
gboolean      hall_desk_prune  (HallDesk          *desk,
                                HallDatabase      *db,
                                GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallDesk, hall_desk_free)

G_END_DECLS
