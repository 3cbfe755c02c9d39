/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was taken out of a text and what was put in, word by word; line by line where there is too much of it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HALL_DIFFERENCE_SAME,
  HALL_DIFFERENCE_REMOVED,
  HALL_DIFFERENCE_ADDED,
} HallDifferenceKind;

typedef struct {
  HallDifferenceKind  kind;
  char               *text;
} HallDifference;

GPtrArray *hall_difference_find (const char *before,
                                 const char *after);
void       hall_difference_free (HallDifference *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallDifference, hall_difference_free)

G_END_DECLS
