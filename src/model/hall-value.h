/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every value of the model begins with. Filled once by whoever makes it, then shared and never changed. */
#pragma once

#include "model/hall-kind.h"

G_BEGIN_DECLS

typedef struct {
  const HallKind *kind;
  char           *id;
} HallValue;

#define HALL_TYPE_VALUE (hall_value_get_type ())

GType       hall_value_get_type (void);

gpointer    hall_value_new      (const HallKind  *kind,
                                 const char      *id);
gpointer    hall_value_copy     (gconstpointer    value);
gpointer    hall_value_ref      (gconstpointer    value);
void        hall_value_unref    (gconstpointer    value);

const char *hall_value_get_text (gconstpointer    value,
                                 const HallField *field);
gint64      hall_value_get_int  (gconstpointer    value,
                                 const HallField *field);
void        hall_value_set_text (gpointer         value,
                                 const HallField *field,
                                 const char      *text);
void        hall_value_set_int  (gpointer         value,
                                 const HallField *field,
                                 gint64           number);

gboolean    hall_value_same_field (gconstpointer    a,
                                   gconstpointer    b,
                                   const HallField *field);
void        hall_value_take_field (gpointer         to,
                                   gconstpointer    from,
                                   const HallField *field);
gboolean    hall_value_equal      (gconstpointer    a,
                                   gconstpointer    b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallValue, hall_value_unref)

G_END_DECLS
