/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was changed in both places and waits for the host's choice, as it is now. */
#pragma once

#include "app/hall-settler.h"

G_BEGIN_DECLS

#define HALL_TYPE_OPEN_CASES (hall_open_cases_get_type ())
G_DECLARE_FINAL_TYPE (HallOpenCases, hall_open_cases, HALL, OPEN_CASES, GObject)

/* Signals: "changed" (): the list is another one than before. */
HallOpenCases         *hall_open_cases_new      (HallLibrary   *library);
GPtrArray             *hall_open_cases_get_list (HallOpenCases *self);
const HallSettlerCase *hall_open_cases_find     (HallOpenCases *self,
                                                 const char    *id);
const HallSettlerCase *hall_open_cases_find_in  (HallOpenCases *self,
                                                 const char    *id);
void                   hall_open_cases_look     (HallOpenCases *self);

G_END_DECLS
