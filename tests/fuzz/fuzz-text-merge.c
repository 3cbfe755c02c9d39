/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any three texts merged: what nobody disputes is kept, and both sides come to the same. */
#include "fuzz.h"

#include "sync/hall-text-merge.h"

#include <string.h>

static void
check_alone (const char *base,
             const char *mine)
{
  g_autofree char *with_nobody = hall_text_merge (base, mine, base);
  g_autofree char *with_oneself = hall_text_merge (base, mine, mine);

  g_assert_cmpstr (with_nobody, ==, mine);
  g_assert_cmpstr (with_oneself, ==, mine);
}

/* The texts end with a byte 0 each. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *bytes = g_malloc0 (size + 3);
  const char      *base = bytes;
  const char      *mine;
  const char      *theirs;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  memcpy (bytes, data, size);
  mine = base + strlen (base) + 1;
  theirs = mine < bytes + size ? mine + strlen (mine) + 1 : mine;
  if (theirs > bytes + size)
    theirs = mine;

  check_alone (base, mine);
  check_alone (base, theirs);
  one = hall_text_merge (base, mine, theirs);
  other = hall_text_merge (base, theirs, mine);
  g_assert_cmpstr (one, ==, other);

  return 0;
}
