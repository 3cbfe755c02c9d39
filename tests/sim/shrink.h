/* SPDX-License-Identifier: GPL-3.0-or-later
 * Leaving out of a failing run whatever is not needed for it to fail. */
#pragma once

#include "script.h"

G_BEGIN_DECLS

GArray *sim_shrink        (guint64       seed,
                           int           invariant);
char   *sim_steps_write   (const GArray *steps);
GArray *sim_steps_read    (guint64       seed,
                           const char   *text,
                           GError      **error);

G_END_DECLS
