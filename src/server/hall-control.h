/* SPDX-License-Identifier: GPL-3.0-or-later
 * Commands to a desk that is running, over a socket in its folder. */
#pragma once

#include "server/hall-desk-folder.h"
#include "server/hall-desk.h"

G_BEGIN_DECLS

typedef struct _HallControl HallControl;

HallControl *hall_control_new  (HallDeskFolder  *folder,
                                HallDesk        *desk,
                                HallDatabase    *db,
                                GError         **error);
void         hall_control_free (HallControl     *control);

char        *hall_control_ask  (HallDeskFolder  *folder,
                                const char      *command,
                                GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallControl, hall_control_free)

G_END_DECLS
