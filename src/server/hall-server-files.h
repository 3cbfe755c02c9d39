/* SPDX-License-Identifier: GPL-3.0-or-later
 * The files that are built into the desk, as glib-compile-resources packs them. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GResource *hall_server_get_resource (void);

G_END_DECLS
