/* SPDX-License-Identifier: GPL-3.0-or-later
 * From the path of a library to a bus name: the same for every way of writing that path. */
#include "config.h"

#include "app/hall-instance.h"

#include <stdlib.h>

/* Enough that two libraries of one person never meet, short enough for a bus name (255 in all). */
#define HASH_LENGTH 32

static char *
find_real_path (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autofree char *name = g_path_get_basename (absolute);
  char            *real;
  char            *found;

  real = realpath (absolute, NULL);
  if (real != NULL) {
    found = g_strdup (real);
    free (real);
    return found;
  }

  /* The file is not there yet, but its folder may be reached through a link. */
  real = realpath (folder, NULL);
  if (real == NULL)
    return g_steal_pointer (&absolute);

  found = g_build_filename (real, name, NULL);
  free (real);
  return found;
}

/**
 * hall_instance_name:
 * @library_path: path of a library, which need not be there yet
 *
 * The name is owned on the session bus by the process that has the library open with a window. It reads the
 * disk to follow links, but nothing else.
 *
 * Returns: (transfer full): a valid bus name and application id, one for each library
 */
char *
hall_instance_name (const char *library_path)
{
  g_autofree char *real = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (library_path != NULL, NULL);

  real = find_real_path (library_path);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, real, -1);

  return g_strdup_printf ("%s.L%.*s", HALL_APP_ID, HASH_LENGTH, hash);
}
