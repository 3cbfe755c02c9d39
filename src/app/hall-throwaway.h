/* SPDX-License-Identifier: GPL-3.0-or-later
 * A library for one session, in a folder that goes with it. */
#pragma once

#include "app/hall-problem.h"

G_BEGIN_DECLS

char *hall_throwaway_new    (GError     **error);
void  hall_throwaway_remove (const char  *library_path);

G_END_DECLS
