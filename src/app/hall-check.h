/* SPDX-License-Identifier: GPL-3.0-or-later
 * What may be saved: every value passes here, whichever way it was made. */
#pragma once

#include "app/hall-problem.h"
#include "model/hall-value.h"

G_BEGIN_DECLS

gboolean hall_check_value (gconstpointer   value,
                           GError        **error);

G_END_DECLS
