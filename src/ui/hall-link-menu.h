/* SPDX-License-Identifier: GPL-3.0-or-later
 * A menu of the sign-up addresses of the chats to come. */
#pragma once

#include "ui/hall-keeper.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hall_link_menu_attach (GtkMenuButton *button,
                            HallKeeper    *keeper,
                            const char    *action);

G_END_DECLS
