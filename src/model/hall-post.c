/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of a post. */
#include "model/hall-post.h"

static const HallField fields[] = {
  HALL_FIELD (HallPost, account,   HALL_FIELD_TEXT,   HALL_FIELD_LOCAL),
  HALL_FIELD (HallPost, file_name, HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallPost, title,     HALL_FIELD_TEXT,   HALL_FIELD_LOCAL),
  HALL_FIELD (HallPost, text,      HALL_FIELD_TEXT,   HALL_FIELD_LONG),
  HALL_FIELD (HallPost, status,    HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallPost, edited_at, HALL_FIELD_MOMENT, HALL_FIELD_LOCAL),
};

const HallKind hall_post_kind = { "post", "posts", sizeof (HallPost), fields, G_N_ELEMENTS (fields), TRUE };
