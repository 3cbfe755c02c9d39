/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every kind there is. */
#pragma once

#include "model/hall-kind.h"

G_BEGIN_DECLS

const HallKind *const *hall_kinds_list        (guint      *n_kinds);
const HallKind        *hall_kinds_from_name   (const char *name);
const HallKind        *hall_kinds_from_plural (const char *plural);

G_END_DECLS
