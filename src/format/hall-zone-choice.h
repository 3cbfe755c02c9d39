/* SPDX-License-Identifier: GPL-3.0-or-later
 * The zones a host can choose from, one name for each place. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GStrv hall_zone_choice_list (void);

G_END_DECLS
