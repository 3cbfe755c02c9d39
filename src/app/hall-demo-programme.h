/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a library for trying things out holds before anybody signs up. */
#pragma once

#include "app/hall-library.h"

G_BEGIN_DECLS

GPtrArray *hall_demo_programme_make (HallLibrary *library,
                                     const char  *zone,
                                     const char  *desk_url);

G_END_DECLS
