/* SPDX-License-Identifier: GPL-3.0-or-later
 * That a file is used by one process only. */
#pragma once

#include "store/hall-store-error.h"

G_BEGIN_DECLS

typedef struct _HallFileLock HallFileLock;

HallFileLock *hall_file_lock_take    (const char    *path,
                                      guint          wait_seconds,
                                      GError       **error);
void          hall_file_lock_release (HallFileLock  *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallFileLock, hall_file_lock_release)

G_END_DECLS
