/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a Jekyll or Octopress post says about itself before its text, and changing one line of that. */
#pragma once

#include "format/hall-format-error.h"

G_BEGIN_DECLS

typedef struct {
  char    *title;      /* from the front matter, else the first heading, else the file name */
  char    *date;       /* as written, "2016-05-23 09:00:00 -0700" */
  char   **categories; /* never NULL */
  char   **tags;       /* never NULL */
  gboolean published;
  gsize    body;       /* bytes before the text itself */
  guint    fault_line; /* 0 when there is no fault */
  char    *fault;      /* a sentence for people, or NULL */
} HallFrontMatter;

HallFrontMatter *hall_front_matter_read (const char      *text,
                                         const char      *file_name);
void             hall_front_matter_free (HallFrontMatter *front_matter);
char            *hall_front_matter_set  (const char      *text,
                                         const char      *key,
                                         const char      *value,
                                         GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallFrontMatter, hall_front_matter_free)

G_END_DECLS
