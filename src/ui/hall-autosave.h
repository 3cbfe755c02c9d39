/* SPDX-License-Identifier: GPL-3.0-or-later
 * Saves by itself what is being typed, so that it is on disk within two seconds. */
#pragma once

#include "ui/hall-keeper.h"

G_BEGIN_DECLS

typedef enum {
  HALL_AUTOSAVE_SAVED,
  HALL_AUTOSAVE_TOUCHED, /* something was typed, or is on its way */
  HALL_AUTOSAVE_FAILED,  /* tried, to be tried again; see "problem" */
} HallAutosaveState;

/* Makes an edited copy of @base from what is on screen; NULL (transfer full) when there is nothing to be saved. */
typedef gpointer (*HallAutosaveMake) (gconstpointer base, gpointer data);

#define HALL_TYPE_AUTOSAVE (hall_autosave_get_type ())
G_DECLARE_FINAL_TYPE (HallAutosave, hall_autosave, HALL, AUTOSAVE, GObject)

/* Properties: "state" (guint: HallAutosaveState), "problem" (nullable sentence). */
HallAutosave     *hall_autosave_new         (HallKeeper       *keeper,
                                             gconstpointer     base,
                                             HallAutosaveMake  make,
                                             gpointer          data);
void              hall_autosave_set_base    (HallAutosave     *self,
                                             gconstpointer     base);
void              hall_autosave_touch       (HallAutosave     *self);
void              hall_autosave_flush       (HallAutosave     *self);
void              hall_autosave_stop        (HallAutosave     *self);
HallAutosaveState hall_autosave_get_state   (HallAutosave     *self);
const char       *hall_autosave_get_problem (HallAutosave     *self);

G_END_DECLS
