/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values as the JSON of the sync API, and back. */
#pragma once

#include "format/hall-format-error.h"
#include "format/hall-wire-moment.h"
#include "format/hall-wire-node.h"
#include "model/hall-value.h"

G_BEGIN_DECLS

char    *hall_wire_write        (gconstpointer    value,
                                 HallWireFlags    flags);
gpointer hall_wire_read         (const HallKind  *kind,
                                 const char      *json,
                                 gssize           length,
                                 HallWireFlags    flags,
                                 GError         **error);

char    *hall_wire_write_change (gconstpointer    before,
                                 gconstpointer    after);
gpointer hall_wire_apply_change (gconstpointer    before,
                                 const char      *json,
                                 gssize           length,
                                 GError         **error);

G_END_DECLS
