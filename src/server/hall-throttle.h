/* SPDX-License-Identifier: GPL-3.0-or-later
 * How often somebody may do something: a bucket for each that fills with time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HallThrottle HallThrottle;

HallThrottle *hall_throttle_new  (guint         burst,
                                  guint         per_minute);
void          hall_throttle_free (HallThrottle *throttle);
guint         hall_throttle_take (HallThrottle *throttle,
                                  const char   *who,
                                  gint64        now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallThrottle, hall_throttle_free)

G_END_DECLS
