/* SPDX-License-Identifier: GPL-3.0-or-later
 * The error domain of the format floor. */
#include "format/hall-format-error.h"

#include <string.h>

G_DEFINE_QUARK (hall-format-error-quark, hall_format_error)

/**
 * hall_format_error_dup_pointer:
 * @error: an error of any domain
 *
 * A fault in one member of a JSON text is told as "/member: what is wrong". This takes the first part,
 * a JSON pointer (RFC 6901), which a problem detail names the place by. Any thread.
 *
 * Returns: (transfer full) (nullable): the pointer; NULL when the fault has no such place
 */
char *
hall_format_error_dup_pointer (const GError *error)
{
  const char *end;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != HALL_FORMAT_ERROR || error->code != HALL_FORMAT_ERROR_INVALID || error->message[0] != '/')
    return NULL;

  end = strstr (error->message, ": ");
  return end == NULL ? NULL : g_strndup (error->message, end - error->message);
}
