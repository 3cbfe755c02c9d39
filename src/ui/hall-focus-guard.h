/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sees to it that the keys always lead somewhere. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void hall_focus_guard_attach (AdwApplicationWindow *window);

G_END_DECLS
