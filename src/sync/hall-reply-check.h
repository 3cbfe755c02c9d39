/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a reply is a service's own word, and the JSON in it. */
#pragma once

#include "format/hall-exchange.h"
#include "format/hall-json.h"
#include "model/hall-kind.h"
#include "sync/hall-sync-error.h"

G_BEGIN_DECLS

gboolean    hall_reply_check_is_ill (const HallReply  *reply);
gboolean    hall_reply_check_origin (const HallReply  *reply,
                                     GError          **error);
yyjson_doc *hall_reply_check_json   (const HallReply  *reply,
                                     GError          **error);
void        hall_reply_check_refuse (GError          **error,
                                     const char       *fault);
gpointer    hall_reply_check_row    (const HallKind   *kind,
                                     yyjson_val       *node,
                                     GError          **error);
gboolean    hall_reply_check_is_word (const char      *text);

G_END_DECLS
