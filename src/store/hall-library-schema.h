/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of a host's library. */
#pragma once

#include "store/hall-migrator.h"

G_BEGIN_DECLS

const HallSchema *hall_library_schema (void);

G_END_DECLS
