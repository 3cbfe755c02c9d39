/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shows how a library is filled with sample data. */
#pragma once

#include "app/hall-library.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_DEMO_PAGE (hall_demo_page_get_type ())
G_DECLARE_FINAL_TYPE (HallDemoPage, hall_demo_page, HALL, DEMO_PAGE, AdwBin)

/* Signals: "ended" (): there is nothing more to see here. */
void hall_demo_page_start (HallDemoPage *self,
                           HallLibrary  *library);
void hall_demo_page_stop  (HallDemoPage *self);

G_END_DECLS
