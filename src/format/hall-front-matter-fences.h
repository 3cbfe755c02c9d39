/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where the front matter of a post begins and ends. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gboolean    opened; /* the post begins with a fence */
  gboolean    closed; /* and a second one follows */
  gsize       start;  /* bytes before the first line between the fences … */
  gsize       end;    /* … before the closing fence … */
  gsize       body;   /* … and before the text that follows it; 0 when there is no front matter */
  const char *newline;/* how its lines end */
} HallFrontMatterFences;

HallFrontMatterFences hall_front_matter_fences_find (const char *text);

G_END_DECLS
