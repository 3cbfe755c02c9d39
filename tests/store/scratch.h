/* SPDX-License-Identifier: GPL-3.0-or-later
 * A folder for one test; needs G_TEST_OPTION_ISOLATE_DIRS, which makes it and takes it away. */
#pragma once

#include <glib.h>

char *scratch_path            (const char *name);
char *scratch_checksum        (const char *path);
char *scratch_list            (void);
void  scratch_write           (const char *path,
                               const char *text);
void  scratch_drop_privileges (void);
int   scratch_wait            (int         child);
