/* SPDX-License-Identifier: GPL-3.0-or-later
 * The error domain of the store, and what the system's error numbers are in it. */
#include "store/hall-store-error.h"

#include <errno.h>

G_DEFINE_QUARK (hall-store-error-quark, hall_store_error)

/**
 * hall_store_error_from_errno:
 * @number: an errno
 *
 * Any thread.
 *
 * Returns: what can be done about it
 */
HallStoreError
hall_store_error_from_errno (int number)
{
  switch (number) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return HALL_STORE_ERROR_FULL;
  case EACCES:
  case EPERM:
  case EROFS:
    return HALL_STORE_ERROR_READ_ONLY;
  case ENOENT:
  case ENOTDIR:
    return HALL_STORE_ERROR_NOT_FOUND;
  default:
    return HALL_STORE_ERROR_FAILED;
  }
}

/**
 * hall_store_error_set_from_errno:
 * @error: (out) (optional): where to put it
 * @number: an errno
 * @what: what failed, for the log
 *
 * Any thread.
 */
void
hall_store_error_set_from_errno (GError     **error,
                                 int          number,
                                 const char  *what)
{
  g_set_error (error, HALL_STORE_ERROR, (int) hall_store_error_from_errno (number), "%s: %s", what, g_strerror (number));
}
