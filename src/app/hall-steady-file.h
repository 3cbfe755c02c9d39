/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file that is written whole or not at all, and never over another. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean hall_steady_file_write (GFile       *file,
                                 const char  *text,
                                 GError     **error);

G_END_DECLS
