/* SPDX-License-Identifier: GPL-3.0-or-later
 * Brings a database file to the newest schema, or refuses it untouched. */
#pragma once

#include "store/hall-database.h"

G_BEGIN_DECLS

typedef struct {
  guint32            application_id; /* PRAGMA application_id, so that a file can be told from another program's */
  const char *const *scripts;        /* NULL-terminated; script n brings version n to version n + 1 */
} HallSchema;

gboolean      hall_migrator_check   (const char        *path,
                                     const HallSchema  *schema,
                                     GError           **error);
HallDatabase *hall_migrator_open    (const char        *path,
                                     const HallSchema  *schema,
                                     GError           **error);
HallDatabase *hall_migrator_open_on (const char        *vfs,
                                     const char        *path,
                                     const HallSchema  *schema,
                                     GError           **error);

G_END_DECLS
