/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any text as a time: refused in a sentence, or a moment that its wall time and zone give again. */
#include "fuzz.h"

#include "format/hall-when.h"

/* Wednesday 25 May 2016, 10:00:30 in Los Angeles */
#define NOW G_GINT64_CONSTANT (1464195630000000)

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError)   error = NULL;
  g_autofree char     *text = g_strndup ((const char *) data, size);
  g_autoptr (HallWhen) when = hall_when_read (text, NOW, "America/Los_Angeles", &error);
  g_autofree char     *said = NULL;
  gint64               moment;

  if (when == NULL) {
    g_assert_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_true (g_str_has_suffix (error->message, "."));
    return 0;
  }

  g_assert_cmpint (hall_wall_time_to_moment (when->wall, when->zone, when->fold, &moment), !=, HALL_WALL_TIME_INVALID);
  g_assert_cmpint (when->moment, ==, moment);
  said = hall_when_say (when->wall, when->zone, when->fold);
  g_assert_nonnull (said);

  return 0;
}
