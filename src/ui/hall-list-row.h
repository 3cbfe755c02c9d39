/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row in the middle pane: a title, and under it one thing to know on either side. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HALL_TYPE_LIST_ROW (hall_list_row_get_type ())
G_DECLARE_FINAL_TYPE (HallListRow, hall_list_row, HALL, LIST_ROW, GtkBox)

void  hall_list_row_set_text (HallListRow *self,
                              const char  *title,
                              const char  *detail,
                              const char  *trailing);
void  hall_list_row_set_mark (HallListRow *self,
                              const char  *words);
char *hall_list_row_say      (HallListRow *self);

G_END_DECLS
