/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making and checking UUIDs, and the randomness they are made of. */
#include "model/hall-id.h"

#include <errno.h>
#include <sys/random.h>

static void
system_fill (guint8   *bytes,
             gsize     length,
             gpointer  data)
{
  gsize done = 0;

  while (done < length) {
    gssize n = getrandom (bytes + done, length - done, 0);

    if (n > 0)
      done += n;
    else if (errno != EINTR)
      g_error ("getrandom: %s", g_strerror (errno));
  }
}

const HallRandom hall_random_system = { system_fill, NULL };

/**
 * hall_id_new:
 * @now: microseconds since 1970 in UTC
 * @random: where the random bits come from
 *
 * Makes a UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then 74 random bits.
 * Nothing may be concluded from it, neither order nor permission. Any thread.
 *
 * Returns: (transfer full): the id in its 36-letter form, lower case
 */
char *
hall_id_new (gint64            now,
             const HallRandom *random)
{
  guint64 milliseconds = now / 1000;
  guint8  b[16];

  g_return_val_if_fail (random != NULL, NULL);

  random->fill (b, sizeof b, random->data);
  for (int i = 0; i < 6; i++)
    b[i] = milliseconds >> (8 * (5 - i));
  b[6] = (b[6] & 0x0f) | 0x70;
  b[8] = (b[8] & 0x3f) | 0x80;

  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                          b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

/**
 * hall_id_is_valid:
 * @id: (nullable): a text
 *
 * Returns: whether it is a UUID in lower-case text form (RFC 9562, 4), of any version
 */
gboolean
hall_id_is_valid (const char *id)
{
  if (id == NULL)
    return FALSE;

  for (int i = 0; i < HALL_ID_LENGTH; i++) {
    gboolean is_dash = i == 8 || i == 13 || i == 18 || i == 23;

    if (is_dash ? id[i] != '-' : !g_ascii_isxdigit (id[i]) || g_ascii_isupper (id[i]))
      return FALSE;
  }

  return id[HALL_ID_LENGTH] == '\0';
}

/**
 * hall_random_mark:
 * @random: where the random bits come from
 *
 * Draws the mark of a write: 64 random bits, never 0. Any thread.
 *
 * Returns: the mark
 */
guint64
hall_random_mark (const HallRandom *random)
{
  guint64 mark = 0;

  g_return_val_if_fail (random != NULL, 0);

  while (mark == 0)
    random->fill ((guint8 *) &mark, sizeof mark, random->data);

  return mark;
}
