/* SPDX-License-Identifier: GPL-3.0-or-later
 * The places of the first pane, and what their lists show: everything in which they differ. */
#pragma once

#include "ui/hall-keeper.h"
#include "ui/hall-list-row.h"
#include "ui/hall-value-item.h"

G_BEGIN_DECLS

/* The texts are for gettext(). */
typedef struct {
  const char     *name;         /* "chats": in actions and settings */
  const HallKind *kind;
  const char     *title;
  const char     *icon;
  const char     *add;          /* what the button with the plus does; absent where nothing is added by hand */
  const char     *empty;        /* title of the empty state */
  const char     *empty_advice; /* what to do next */
  const char     *sections[2];  /* absent for one section without a title */
  gboolean        tells_time;   /* rows say things that grow old */

  void     (*fill)    (HallListRow   *row,
                       HallValueItem *item,
                       HallKeeper    *keeper);
  guint    (*arrange) (GPtrArray     *items,
                       gint64         now); /* absent where the library's order is shown */
  char *   (*words)   (gconstpointer  value); /* what is searched in */
} HallPlace;

#define HALL_N_PLACES 3

const HallPlace *hall_place_get       (guint       n);
const HallPlace *hall_place_from_name (const char *name);

G_END_DECLS
