/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any two texts compared: the parts, each of them text, make up the one and the other again. */
#include "fuzz.h"

#include "format/hall-difference.h"

#include <string.h>

/* A byte 0 ends the first text. What is no UTF-8 never comes so far. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char      *before = g_strndup ((const char *) data, size);
  gsize                 length = strlen (before);
  g_autofree char      *after = g_strndup ((const char *) data + MIN (length + 1, size), size - MIN (length + 1, size));
  g_autoptr (GString)   old = g_string_new (NULL);
  g_autoptr (GString)   new = g_string_new (NULL);
  g_autoptr (GPtrArray) parts = NULL;

  if (!g_utf8_validate (before, -1, NULL) || !g_utf8_validate (after, -1, NULL))
    return 0;

  parts = hall_difference_find (before, after);
  for (guint i = 0; i < parts->len; i++) {
    const HallDifference *part = g_ptr_array_index (parts, i);

    g_assert_cmpstr (part->text, !=, "");
    g_assert_true (g_utf8_validate (part->text, -1, NULL));
    if (part->kind != HALL_DIFFERENCE_ADDED)
      g_string_append (old, part->text);
    if (part->kind != HALL_DIFFERENCE_REMOVED)
      g_string_append (new, part->text);
  }
  g_assert_cmpstr (old->str, ==, before);
  g_assert_cmpstr (new->str, ==, after);

  return 0;
}
