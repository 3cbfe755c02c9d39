/* SPDX-License-Identifier: GPL-3.0-or-later
 * DIR/desk.sqlite, DIR/desk.lock and DIR/control. */
#define _GNU_SOURCE /* F_OFD_SETLK */

#include "server/hall-desk-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <unistd.h>

#define LOCK "desk.lock"
#define CONTROL "control"

struct _HallDeskFolder {
  char *path;
  char *database_path;
  int   fd;
  int   lock; /* -1 while somebody else may hold it */
};

static gboolean
fail (GError     **error,
      const char  *what)
{
  int number = errno;
  int code = number == EACCES || number == EPERM || number == EROFS ? HALL_STORE_ERROR_READ_ONLY
             : number == ENOSPC || number == EDQUOT                 ? HALL_STORE_ERROR_FULL
                                                                    : HALL_STORE_ERROR_FAILED;

  g_set_error (error, HALL_STORE_ERROR, code, "%s: %s", what, g_strerror (number));
  return FALSE;
}

/**
 * hall_desk_folder_open:
 * @path: a folder; made with mode 0700 when it is not there
 * @error: HALL_STORE_ERROR: READ_ONLY, FULL, FAILED
 *
 * Returns: (transfer full): the folder, not locked yet; NULL with @error set
 */
HallDeskFolder *
hall_desk_folder_open (const char  *path,
                       GError     **error)
{
  g_autoptr (HallDeskFolder) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (HallDeskFolder, 1);
  self->lock = -1;
  self->path = g_canonicalize_filename (path, NULL);
  self->database_path = g_build_filename (self->path, "desk.sqlite", NULL);

  if (g_mkdir_with_parents (self->path, 0700) != 0) {
    self->fd = -1;
    fail (error, "Making the folder");
    return NULL;
  }

  self->fd = open (self->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (self->fd < 0) {
    fail (error, "Opening the folder");
    return NULL;
  }

  return g_steal_pointer (&self);
}

/**
 * hall_desk_folder_free:
 * @folder: (transfer full) (nullable): a folder; its lock goes with it
 */
void
hall_desk_folder_free (HallDeskFolder *folder)
{
  if (folder == NULL)
    return;

  if (folder->lock >= 0)
    close (folder->lock);
  if (folder->fd >= 0)
    close (folder->fd);
  g_free (folder->path);
  g_free (folder->database_path);
  g_free (folder);
}

/**
 * hall_desk_folder_lock:
 * @folder: a folder that is not locked yet
 * @error: HALL_STORE_ERROR: BUSY when another process holds it; READ_ONLY, FULL, FAILED
 *
 * Makes it this process's own until it is freed, or until the process ends in whatever way: the lock is the
 * kernel's, and the file it lies on means nothing by itself.
 *
 * Returns: whether it is ours
 */
gboolean
hall_desk_folder_lock (HallDeskFolder  *folder,
                       GError         **error)
{
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int          fd;

  g_return_val_if_fail (folder != NULL && folder->lock < 0, FALSE);

  fd = openat (folder->fd, LOCK, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail (error, "Opening the lock");

  if (fcntl (fd, F_OFD_SETLK, &whole) != 0) {
    int number = errno;

    close (fd);
    errno = number;
    if (number != EAGAIN && number != EACCES)
      return fail (error, "Taking the lock");
    g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_BUSY, "Another process holds the lock");
    return FALSE;
  }

  folder->lock = fd;
  return TRUE;
}

/**
 * hall_desk_folder_get_database_path:
 * @folder: a folder
 *
 * Returns: (transfer none): where the database is, or will be
 */
const char *
hall_desk_folder_get_database_path (HallDeskFolder *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  return folder->database_path;
}

/**
 * hall_desk_folder_make_control_address:
 * @folder: a folder
 *
 * An address of a socket has room for 107 bytes only, so it goes by way of the open folder, however long that
 * one's path is.
 *
 * Returns: (transfer full): the address of the socket over which a running desk takes commands; good while
 *   @folder lives
 */
GSocketAddress *
hall_desk_folder_make_control_address (HallDeskFolder *folder)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  path = g_strdup_printf ("/proc/self/fd/%d/" CONTROL, folder->fd);
  return g_unix_socket_address_new (path);
}

/**
 * hall_desk_folder_remove_control:
 * @folder: a folder that is locked
 *
 * Removes the socket, which a desk that was killed has left behind.
 */
void
hall_desk_folder_remove_control (HallDeskFolder *folder)
{
  g_return_if_fail (folder != NULL && folder->lock >= 0);

  unlinkat (folder->fd, CONTROL, 0);
}
