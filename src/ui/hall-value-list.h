/* SPDX-License-Identifier: GPL-3.0-or-later
 * All values of one kind that belong to one parent, as a GListModel of HallValueItem that follows the library. */
#pragma once

#include "ui/hall-keeper.h"
#include "ui/hall-value-item.h"

G_BEGIN_DECLS

/* Puts @items (HallValueItem) into the order they are shown in, leaving out what is not to be shown.
 * Returns how many of them make up the first section. */
typedef guint (*HallValueListArrange) (GPtrArray *items, gpointer data);

#define HALL_TYPE_VALUE_LIST (hall_value_list_get_type ())
G_DECLARE_FINAL_TYPE (HallValueList, hall_value_list, HALL, VALUE_LIST, GObject)

/* Properties: "loaded" (gboolean): the first answer has come; "n-items" (guint); "problem" (nullable sentence). */
HallValueList *hall_value_list_new         (HallKeeper           *keeper,
                                            const HallKind       *kind,
                                            const char           *parent,
                                            HallValueListArrange  arrange,
                                            gpointer              data);
gboolean       hall_value_list_get_loaded  (HallValueList        *self);
guint          hall_value_list_get_split   (HallValueList        *self);
gboolean       hall_value_list_holds       (HallValueList        *self,
                                            const char           *id);
void           hall_value_list_arrange     (HallValueList        *self);
HallValueItem *hall_value_list_find        (HallValueList        *self,
                                            const char           *id,
                                            guint                *position);

G_END_DECLS
