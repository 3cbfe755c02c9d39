/* SPDX-License-Identifier: GPL-3.0-or-later
 * Written beside its place under another name, then moved there, unless somebody else was there first. */
#define _GNU_SOURCE /* renameat2() */
#include "app/hall-steady-file.h"

#include "app/hall-problem.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gboolean
fail (GError **error,
      int      number)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (number), g_strerror (number));
  return FALSE;
}

static gboolean
write_all (int         fd,
           const char *text)
{
  gsize left = strlen (text);

  while (left > 0) {
    gssize n = write (fd, text, left);

    if (n < 0 && errno != EINTR)
      return FALSE;
    if (n > 0) {
      text += n;
      left -= n;
    }
  }

  return fsync (fd) == 0;
}

/* Some file systems cannot refuse by themselves to replace a file; there we look first. */
static int
move_unless_there (const char *from,
                   const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return errno;
  if (g_file_test (to, G_FILE_TEST_EXISTS) || g_file_test (to, G_FILE_TEST_IS_SYMLINK))
    return EEXIST;

  return g_rename (from, to) == 0 ? 0 : errno;
}

static gboolean
has_text (const char *path,
          const char *text)
{
  g_autofree char *there = NULL;
  gsize            length;

  return g_file_get_contents (path, &there, &length, NULL) && length == strlen (text) &&
         memcmp (there, text, length) == 0;
}

/**
 * hall_steady_file_write:
 * @file: where to write, in a folder that is there
 * @text: what to write, as it is
 * @error: %HALL_APP_ERROR_FILE when another file is there, %G_IO_ERROR for what the disk says
 *
 * Blocks: worker threads only.
 *
 * Returns: whether @file now has these bytes; also when it had them before, and then it is not touched
 */
gboolean
hall_steady_file_write (GFile       *file,
                        const char  *text,
                        GError     **error)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *beside = NULL;
  int              fd;
  int              fault;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  path = g_file_get_path (file);
  if (path == NULL)
    return fail (error, ENOTSUP);

  folder = g_path_get_dirname (path);
  beside = g_build_filename (folder, ".hallway-XXXXXX", NULL);
  fd = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0644);
  if (fd < 0)
    return fail (error, errno);

  fault = write_all (fd, text) ? 0 : errno;
  if (close (fd) != 0 && fault == 0)
    fault = errno;
  if (fault == 0)
    fault = move_unless_there (beside, path);
  if (fault == 0)
    return TRUE;

  g_unlink (beside);
  if (fault != EEXIST)
    return fail (error, fault);
  if (has_text (path, text))
    return TRUE;

  g_set_error (error, HALL_APP_ERROR, HALL_APP_ERROR_FILE,
               _("There is another file “%s” already. It was left as it is. Choose another folder, or move it away."),
               path);
  return FALSE;
}
