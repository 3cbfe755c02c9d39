/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can go wrong with a library file, named by what can be done about it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HALL_STORE_ERROR (hall_store_error_quark ())

typedef enum {
  HALL_STORE_ERROR_BUSY,        /* another process holds the library */
  HALL_STORE_ERROR_NOT_LIBRARY, /* a file, but none of ours */
  HALL_STORE_ERROR_CORRUPT,     /* ours, but damaged */
  HALL_STORE_ERROR_TOO_NEW,     /* written by a newer Hallway */
  HALL_STORE_ERROR_READ_ONLY,   /* may not be written */
  HALL_STORE_ERROR_FULL,        /* no room on the disk */
  HALL_STORE_ERROR_EXISTS,      /* a row like it is there already */
  HALL_STORE_ERROR_NOT_FOUND,   /* no such row or file, or the row it hangs on is missing */
  HALL_STORE_ERROR_FAILED,      /* anything else SQLite or the disk says */
} HallStoreError;

GQuark         hall_store_error_quark          (void);
HallStoreError hall_store_error_from_errno     (int          number);
void           hall_store_error_set_from_errno (GError     **error,
                                                int          number,
                                                const char  *what);

G_END_DECLS
