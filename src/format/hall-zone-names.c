/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of what people call time zones. Where a name has several meanings, it is the most used one's. */
#include "format/hall-zone-names.h"

static const HallZoneName names[] = {
  { "UTC", "UTC", TRUE },
  { "Z", "UTC", FALSE },
  { "GMT", "Etc/GMT", TRUE },

  { "PT", "America/Los_Angeles", FALSE },
  { "PACIFIC", "America/Los_Angeles", FALSE },
  { "PST", "America/Los_Angeles", TRUE },
  { "PDT", "America/Los_Angeles", TRUE },
  { "MT", "America/Denver", FALSE },
  { "MOUNTAIN", "America/Denver", FALSE },
  { "MST", "America/Denver", TRUE },
  { "MDT", "America/Denver", TRUE },
  { "CT", "America/Chicago", FALSE },
  { "CENTRAL", "America/Chicago", FALSE },
  { "CST", "America/Chicago", TRUE },
  { "CDT", "America/Chicago", TRUE },
  { "ET", "America/New_York", FALSE },
  { "EASTERN", "America/New_York", FALSE },
  { "EST", "America/New_York", TRUE },
  { "EDT", "America/New_York", TRUE },
  { "AKST", "America/Anchorage", TRUE },
  { "AKDT", "America/Anchorage", TRUE },
  { "HST", "Pacific/Honolulu", TRUE },
  { "AST", "America/Halifax", TRUE },
  { "ADT", "America/Halifax", TRUE },
  { "NST", "America/St_Johns", TRUE },
  { "NDT", "America/St_Johns", TRUE },
  { "BRT", "America/Sao_Paulo", FALSE },
  { "ART", "America/Argentina/Buenos_Aires", FALSE },

  { "BST", "Europe/London", TRUE },
  { "WET", "Europe/Lisbon", TRUE },
  { "WEST", "Europe/Lisbon", TRUE },
  { "CET", "Europe/Berlin", TRUE },
  { "CEST", "Europe/Berlin", TRUE },
  { "EET", "Europe/Helsinki", TRUE },
  { "EEST", "Europe/Helsinki", TRUE },
  { "MSK", "Europe/Moscow", TRUE },

  { "SAST", "Africa/Johannesburg", TRUE },
  { "CAT", "Africa/Maputo", TRUE },
  { "EAT", "Africa/Nairobi", TRUE },
  { "WAT", "Africa/Lagos", TRUE },

  { "PKT", "Asia/Karachi", TRUE },
  { "IST", "Asia/Kolkata", TRUE },
  { "WIB", "Asia/Jakarta", TRUE },
  { "SGT", "Asia/Singapore", FALSE },
  { "HKT", "Asia/Hong_Kong", TRUE },
  { "JST", "Asia/Tokyo", TRUE },
  { "KST", "Asia/Seoul", TRUE },

  { "AWST", "Australia/Perth", TRUE },
  { "ACST", "Australia/Adelaide", TRUE },
  { "ACDT", "Australia/Adelaide", TRUE },
  { "AEST", "Australia/Sydney", TRUE },
  { "AEDT", "Australia/Sydney", TRUE },
  { "NZST", "Pacific/Auckland", TRUE },
  { "NZDT", "Pacific/Auckland", TRUE },
};

/**
 * hall_zone_names_list:
 * @n_names: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_names): every name
 */
const HallZoneName *
hall_zone_names_list (guint *n_names)
{
  g_return_val_if_fail (n_names != NULL, NULL);

  *n_names = G_N_ELEMENTS (names);
  return names;
}

/**
 * hall_zone_names_find:
 * @name: what somebody called a zone, in any case
 *
 * Returns: (transfer none) (nullable): what is known of it
 */
const HallZoneName *
hall_zone_names_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i].name, name) == 0)
      return &names[i];

  return NULL;
}
