/* SPDX-License-Identifier: GPL-3.0-or-later
 * How long to leave a service alone after it failed. */
#pragma once

#include "format/hall-exchange.h"

G_BEGIN_DECLS

#define HALL_BACKOFF_CAP     (5 * 60 * G_USEC_PER_SEC)
#define HALL_BACKOFF_LONGEST (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)

gint64 hall_backoff_read_wish (const HallHeaders *headers,
                               gint64             now);
gint64 hall_backoff_draw      (guint              failures,
                               gint64             wish,
                               guint64            random);

G_END_DECLS
