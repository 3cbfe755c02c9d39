/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one name under which the process that owns a library is found on the session bus. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hall_instance_name (const char *library_path);

G_END_DECLS
