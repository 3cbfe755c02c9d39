/* SPDX-License-Identifier: GPL-3.0-or-later
 * An OFD lock on a sibling: on the file itself it would meet the locks that SQLite takes there. */
#define _GNU_SOURCE /* F_OFD_SETLK */

#include "store/hall-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* There is no waiting for such a lock with a limit, so it is asked for again and again. */
#define PAUSE_MICROSECONDS (50 * 1000)

struct _HallFileLock {
  int fd;
};

static gboolean
try_lock (int fd)
{
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int          result;

  do
    result = fcntl (fd, F_OFD_SETLK, &whole);
  while (result < 0 && errno == EINTR);

  return result == 0;
}

/**
 * hall_file_lock_take:
 * @path: the file to be used; it need not be there
 * @wait_seconds: how long to wait while another process has it
 * @error: HALL_STORE_ERROR: BUSY when another has it, READ_ONLY or NOT_FOUND when its folder does not let us
 *
 * Takes the lock for @path by a file PATH-lock beside it, made with mode 0600, which is left there afterwards:
 * taking it away would let two processes in. The lock ends with the process. Waits on the caller's thread.
 *
 * Returns: (transfer full) (nullable): the lock
 */
HallFileLock *
hall_file_lock_take (const char  *path,
                     guint        wait_seconds,
                     GError     **error)
{
  g_autofree char *sibling = NULL;
  gint64           deadline = g_get_monotonic_time () + wait_seconds * (gint64) G_USEC_PER_SEC;
  HallFileLock    *lock;
  int              fd;

  g_return_val_if_fail (path != NULL, NULL);

  sibling = g_strconcat (path, "-lock", NULL);
  fd = open (sibling, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    hall_store_error_set_from_errno (error, errno, "Opening the lock file");
    return NULL;
  }

  while (!try_lock (fd)) {
    int number = errno;

    if (number != EAGAIN && number != EACCES) {
      hall_store_error_set_from_errno (error, number, "Locking");
      close (fd);
      return NULL;
    }
    if (g_get_monotonic_time () >= deadline) {
      g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_BUSY, "Another process holds the lock");
      close (fd);
      return NULL;
    }
    g_usleep (PAUSE_MICROSECONDS);
  }

  lock = g_new0 (HallFileLock, 1);
  lock->fd = fd;

  return lock;
}

/**
 * hall_file_lock_release:
 * @lock: (transfer full) (nullable): a lock
 */
void
hall_file_lock_release (HallFileLock *lock)
{
  if (lock == NULL)
    return;

  close (lock->fd);
  g_free (lock);
}
