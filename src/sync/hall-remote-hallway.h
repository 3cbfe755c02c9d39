/* SPDX-License-Identifier: GPL-3.0-or-later
 * How to speak with hallwayd: its API /v1. */
#pragma once

#include "sync/hall-remote.h"

G_BEGIN_DECLS

extern const HallRemote hall_remote_hallway;

G_END_DECLS
