/* SPDX-License-Identifier: GPL-3.0-or-later
 * What people call time zones, such as "PDT" or "Eastern". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *name;  /* upper case */
  const char *zone;  /* in the tz database */
  gboolean    exact; /* only right while the zone's clocks bear that very name: "PST", but not "PT" */
} HallZoneName;

const HallZoneName *hall_zone_names_list (guint      *n_names);
const HallZoneName *hall_zone_names_find (const char *name);

G_END_DECLS
