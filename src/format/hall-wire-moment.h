/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moments as the texts they are sent as. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *hall_wire_write_moment (gint64      moment);
gboolean hall_wire_read_moment  (const char *text,
                                 gint64     *moment);

G_END_DECLS
