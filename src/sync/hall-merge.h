/* SPDX-License-Identifier: GPL-3.0-or-later
 * Three versions of one value made into one, field by field. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

typedef struct {
  gpointer   value;     /* what both sides make together; in a field of @conflicts, what mine has */
  GPtrArray *conflicts; /* of const HallField: where both sides changed the same in different ways */
} HallMerge;

HallMerge *hall_merge_values (gconstpointer  base,
                              gconstpointer  mine,
                              gconstpointer  theirs);
void       hall_merge_free   (HallMerge     *merge);

gboolean   hall_merge_has_edits (gconstpointer base,
                                 gconstpointer mine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallMerge, hall_merge_free)

G_END_DECLS
