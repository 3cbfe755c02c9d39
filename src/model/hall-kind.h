/* SPDX-License-Identifier: GPL-3.0-or-later
 * A kind says which fields a value has. Storing, sending, merging and comparing all read this one table. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  HALL_FIELD_TEXT,
  HALL_FIELD_INT,
  HALL_FIELD_BOOL,
  HALL_FIELD_MOMENT,
} HallFieldType;

typedef enum {
  HALL_FIELD_DEFAULT  = 0,
  HALL_FIELD_LOCAL    = 1 << 0, /* never leaves this machine */
  HALL_FIELD_SERVICE  = 1 << 1, /* only the service sets it */
  HALL_FIELD_REQUIRED = 1 << 2, /* a text that may not be absent or empty */
  HALL_FIELD_LONG     = 1 << 3, /* merged line by line rather than as a whole */
} HallFieldFlags;

typedef struct {
  const char    *name; /* the column and the JSON member */
  HallFieldType  type;
  HallFieldFlags flags;
  gsize          offset;
} HallField;

typedef struct {
  const char      *name;   /* "chat" */
  const char      *plural; /* "chats": the table and the resource */
  gsize            size;
  const HallField *fields;
  guint            n_fields;
  gboolean         sent; /* FALSE for what never leaves this machine */
} HallKind;

#define HALL_FIELD(Type, member, type, flags) { #member, type, flags, G_STRUCT_OFFSET (Type, member) }

const HallField *hall_kind_find_field (const HallKind *kind,
                                       const char     *name);

G_END_DECLS
