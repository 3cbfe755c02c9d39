/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which version of a row that was changed in both places the host wants. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HALL_CHOICE_MINE,
  HALL_CHOICE_THEIRS,
  HALL_CHOICE_EDITED, /* a third version, made from both */
} HallChoice;

G_END_DECLS
