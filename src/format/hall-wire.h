/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values as the JSON of the sync API, and back. */
#pragma once

#include "format/hall-format-error.h"
#include "model/hall-value.h"

G_BEGIN_DECLS

typedef enum {
  HALL_WIRE_ALL        = 0,      /* every field that is not local */
  HALL_WIRE_AS_CLIENT  = 1 << 0, /* leave out what only the service sets */
  HALL_WIRE_WITH_LOCAL = 1 << 1, /* local fields too: for what stays on this machine */
} HallWireFlags;

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

char    *hall_wire_write_moment (gint64           moment);
gboolean hall_wire_read_moment  (const char      *text,
                                 gint64          *moment);

G_END_DECLS
