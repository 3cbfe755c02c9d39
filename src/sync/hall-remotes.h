/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every kind of service there is. */
#pragma once

#include "sync/hall-remote.h"

G_BEGIN_DECLS

const HallRemote *hall_remotes_find (const char *service);

G_END_DECLS
