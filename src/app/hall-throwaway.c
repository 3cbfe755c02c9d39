/* SPDX-License-Identifier: GPL-3.0-or-later
 * A folder of mode 0700 among the system's temporary ones, with a library and the desk beside it. */
#include "app/hall-throwaway.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_all (child);
  }

  g_remove (path);
}

/**
 * hall_throwaway_new:
 * @error: %HALL_APP_ERROR_FILE when there is no room for it
 *
 * Blocks for a moment: before the main loop runs.
 *
 * Returns: (transfer full) (nullable): path of a library that is not there yet, in a folder of its own
 */
char *
hall_throwaway_new (GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("hallway-demo-XXXXXX", NULL);

  if (folder == NULL) {
    g_set_error (error, HALL_APP_ERROR, HALL_APP_ERROR_FILE,
                 _("No folder could be made in “%s”. Nothing was changed. Make room there, then try again."),
                 g_get_tmp_dir ());
    return NULL;
  }

  return g_build_filename (folder, "library.hallway", NULL);
}

/**
 * hall_throwaway_remove:
 * @library_path: what hall_throwaway_new() gave
 *
 * Removes the library, its desk and the folder of both. Nobody may have it open any more.
 */
void
hall_throwaway_remove (const char *library_path)
{
  g_autofree char *folder = NULL;

  g_return_if_fail (library_path != NULL);

  folder = g_path_get_dirname (library_path);
  remove_all (folder);
}
