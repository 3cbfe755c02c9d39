/* SPDX-License-Identifier: GPL-3.0-or-later
 * The keys of a YAML mapping with their values, and where in the text each stands. */
#pragma once

#include "format/hall-format-error.h"

G_BEGIN_DECLS

typedef struct {
  char    *key;
  char    *text;    /* the value when it is a scalar, else NULL */
  char   **items;   /* the scalars of the value when it is a sequence, else NULL */
  char     quote;   /* '"' or '\'' when the value is quoted so, 0 when it is bare */
  gsize    key_end; /* bytes from the start of the text to the end of the key … */
  gsize    start;   /* … to the start of the value … */
  gsize    end;     /* … and to its end, blanks and comments left out */
} HallYamlEntry;

GPtrArray *hall_yaml_map_read  (const char *yaml,
                                gsize       length,
                                guint      *line,
                                GError    **error);
char      *hall_yaml_map_quote (const char *text);

G_END_DECLS
