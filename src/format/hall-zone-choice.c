/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of the tz database as ICU knows them, those left out that GLib cannot read here. */
#include "format/hall-zone-choice.h"

#include "model/hall-wall-time.h"

#include <unicode/ucal.h>

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/**
 * hall_zone_choice_list:
 *
 * Looks each name up in the system's tz database, so it is best called on a worker thread.
 *
 * Returns: (transfer full): names such as "Europe/Berlin" in the order of the alphabet, "UTC" first
 */
GStrv
hall_zone_choice_list (void)
{
  UErrorCode     status = U_ZERO_ERROR;
  GPtrArray     *names = g_ptr_array_new ();
  UEnumeration  *zones;
  const char    *name;

  zones = ucal_openTimeZoneIDEnumeration (UCAL_ZONE_TYPE_CANONICAL_LOCATION, NULL, NULL, &status);
  if (U_SUCCESS (status)) {
    while ((name = uenum_next (zones, NULL, &status)) != NULL && U_SUCCESS (status))
      if (hall_wall_time_zone_exists (name))
        g_ptr_array_add (names, g_strdup (name));
    uenum_close (zones);
  }

  g_ptr_array_sort (names, compare_names);
  g_ptr_array_insert (names, 0, g_strdup ("UTC"));
  g_ptr_array_add (names, NULL);

  return (GStrv) g_ptr_array_free (names, FALSE);
}
