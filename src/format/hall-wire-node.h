/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values as parts of a larger JSON document, such as a page of changes. */
#pragma once

#include "format/hall-json.h"
#include "model/hall-value.h"

G_BEGIN_DECLS

typedef enum {
  HALL_WIRE_ALL        = 0,      /* every field that is not local */
  HALL_WIRE_AS_CLIENT  = 1 << 0, /* leave out what only the service sets */
  HALL_WIRE_WITH_LOCAL = 1 << 1, /* local fields too: for what stays on this machine */
} HallWireFlags;

yyjson_mut_val *hall_wire_node_make   (yyjson_mut_doc  *doc,
                                       gconstpointer    value,
                                       HallWireFlags    flags);
gpointer        hall_wire_node_read   (const HallKind  *kind,
                                       yyjson_val      *node,
                                       HallWireFlags    flags,
                                       GError         **error);
yyjson_mut_val *hall_wire_node_change (yyjson_mut_doc  *doc,
                                       gconstpointer    before,
                                       gconstpointer    after);
gpointer        hall_wire_node_apply  (gconstpointer    before,
                                       yyjson_val      *node,
                                       GError         **error);

G_END_DECLS
