/* SPDX-License-Identifier: GPL-3.0-or-later
 * The folder a desk keeps its things in, and the lock that makes it one process's own. */
#pragma once

#include "store/hall-store-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HallDeskFolder HallDeskFolder;

HallDeskFolder *hall_desk_folder_open              (const char      *path,
                                                    GError         **error);
void            hall_desk_folder_free              (HallDeskFolder  *folder);
gboolean        hall_desk_folder_lock              (HallDeskFolder  *folder,
                                                    GError         **error);
const char     *hall_desk_folder_get_database_path (HallDeskFolder  *folder);
GSocketAddress *hall_desk_folder_make_control_address (HallDeskFolder *folder);
void            hall_desk_folder_remove_control    (HallDeskFolder  *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallDeskFolder, hall_desk_folder_free)

G_END_DECLS
