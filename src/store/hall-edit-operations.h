/* SPDX-License-Identifier: GPL-3.0-or-later
 * What has to go to the service because of an edit. */
#pragma once

#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "model/hall-value.h"
#include "store/hall-database.h"

G_BEGIN_DECLS

gboolean hall_edit_operations_save   (HallDatabase     *db,
                                      const char       *account,
                                      gconstpointer     before,
                                      gconstpointer     value,
                                      const HallClock  *clock,
                                      const HallRandom *random,
                                      GError          **error);
gboolean hall_edit_operations_remove (HallDatabase     *db,
                                      const char       *account,
                                      gconstpointer     value,
                                      const HallClock  *clock,
                                      const HallRandom *random,
                                      GError          **error);

G_END_DECLS
