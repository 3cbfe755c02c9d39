/* SPDX-License-Identifier: GPL-3.0-or-later
 * A value in a list on screen: the object stays while the value it holds is renewed. */
#pragma once

#include "app/hall-chat-summary.h"
#include "model/hall-value.h"

G_BEGIN_DECLS

#define HALL_TYPE_VALUE_ITEM (hall_value_item_get_type ())
G_DECLARE_FINAL_TYPE (HallValueItem, hall_value_item, HALL, VALUE_ITEM, GObject)

/* Properties: "value" (HallValue): notified when the value or its summary says something new. */
HallValueItem   *hall_value_item_new         (gconstpointer    value,
                                              HallChatSummary *summary);
gconstpointer    hall_value_item_get_value   (HallValueItem   *self);
HallChatSummary *hall_value_item_get_summary (HallValueItem   *self);
const char      *hall_value_item_get_id      (HallValueItem   *self);
const char      *hall_value_item_get_folded  (HallValueItem   *self,
                                              char *         (*make_words) (gconstpointer value));
void             hall_value_item_set_value   (HallValueItem   *self,
                                              gconstpointer    value,
                                              HallChatSummary *summary);

G_END_DECLS
