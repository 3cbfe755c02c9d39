/* SPDX-License-Identifier: GPL-3.0-or-later
 * Posts in and out of the library through file dialogs. */
#pragma once

#include "ui/hall-keeper.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* done says what came of it, in a sentence for people, with the id of the last post that was imported or absent. */
typedef void (*HallPostFilesDone) (const char *sentence, const char *id, gpointer data);

void hall_post_files_import (GtkWindow         *window,
                             HallKeeper        *keeper,
                             HallPostFilesDone  done,
                             gpointer           data,
                             GDestroyNotify     free_data);
void hall_post_files_export (GtkWindow         *window,
                             HallKeeper        *keeper,
                             const char        *post,
                             HallPostFilesDone  done,
                             gpointer           data,
                             GDestroyNotify     free_data);

G_END_DECLS
