/* SPDX-License-Identifier: GPL-3.0-or-later
 * The zones a host can choose from. */
#include "format/hall-zone-choice.h"

#include "model/hall-wall-time.h"

#include <string.h>

static void
test_list (void)
{
  g_auto (GStrv) names = hall_zone_choice_list ();

  g_assert_cmpuint (g_strv_length (names), >, 300);
  g_assert_cmpstr (names[0], ==, "UTC");
  g_assert_true (g_strv_contains ((const char *const *) names, "America/Los_Angeles"));
  g_assert_true (g_strv_contains ((const char *const *) names, "Europe/Berlin"));
  for (guint i = 0; names[i] != NULL; i++) {
    g_assert_true (hall_wall_time_zone_exists (names[i]));
    g_assert_false (g_str_has_prefix (names[i], "Etc/"));
    if (i > 1)
      g_assert_cmpint (strcmp (names[i - 1], names[i]), <, 0);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/zone-choice/list", test_list);

  return g_test_run ();
}
