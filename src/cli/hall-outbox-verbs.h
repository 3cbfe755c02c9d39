/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway outbox …`. */
#pragma once

#include "cli/hall-call.h"

G_BEGIN_DECLS

extern const HallVerb hall_outbox_verbs[]; /* ended by one without a noun */

G_END_DECLS
