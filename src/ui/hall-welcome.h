/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an empty place says: what will be here, and what to do next. */
#pragma once

#include "ui/hall-place.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_WELCOME (hall_welcome_get_type ())
G_DECLARE_FINAL_TYPE (HallWelcome, hall_welcome, HALL, WELCOME, AdwBin)

GtkWidget *hall_welcome_new (const HallPlace *place,
                             gboolean         compact);

G_END_DECLS
