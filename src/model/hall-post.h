/* SPDX-License-Identifier: GPL-3.0-or-later
 * A blog post, exactly as its file: front matter and text, byte for byte. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

typedef struct {
  HallValue  parent;
  char      *account;   /* id of the account it is kept with; absent when it stays on this machine */
  char      *file_name; /* "2016-05-23-live.markdown" */
  char      *title;     /* read from the front matter, for lists */
  char      *text;      /* the whole file as UTF-8, with whatever line ends and byte order mark it has */
  char      *status;    /* "draft" or "published" */
  gint64     edited_at; /* when the host last changed it here */
} HallPost;

extern const HallKind hall_post_kind;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallPost, hall_value_unref)

G_END_DECLS
