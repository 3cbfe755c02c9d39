/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the kinds, fields and words of the model are called on screen, and their values as people read them. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

/* Whose version of a row a value belongs to. */
typedef enum {
  HALL_SIDE_BEFORE,
  HALL_SIDE_MINE,
  HALL_SIDE_THEIRS,
} HallSide;

/* How a field's value can be typed by hand. */
typedef enum {
  HALL_TYPED_NOT,
  HALL_TYPED_LINE,
  HALL_TYPED_TEXT,
  HALL_TYPED_NUMBER,
  HALL_TYPED_TIME,
} HallTyped;

const char *hall_field_text_icon  (const HallKind  *kind);
const char *hall_field_text_kind  (const HallKind  *kind);
const char *hall_field_text_name  (const HallKind  *kind,
                                   const HallField *field);
HallTyped   hall_field_text_typed (const HallKind  *kind,
                                   const HallField *field);
char       *hall_field_text_say   (gconstpointer    value,
                                   const HallField *field,
                                   HallSide         side,
                                   const char      *zone,
                                   gint64           now);

G_END_DECLS
