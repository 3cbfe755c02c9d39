/* SPDX-License-Identifier: GPL-3.0-or-later
 * Posts as files: which bytes can be one, and what its file is called. */
#pragma once

#include "format/hall-format-error.h"

G_BEGIN_DECLS

#define HALL_POST_FILE_LARGEST (5 * 1024 * 1024) /* bytes */

char    *hall_post_file_read          (const char  *bytes,
                                       gsize        length,
                                       GError     **error);
char    *hall_post_file_name          (const char  *date,
                                       const char  *title);
gboolean hall_post_file_name_is_valid (const char  *file_name);

G_END_DECLS
