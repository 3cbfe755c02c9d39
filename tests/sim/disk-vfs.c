/* SPDX-License-Identifier: GPL-3.0-or-later
 * What SQLite calls: its VFS and the methods of an open file. Powersafe overwrite, atomic writes and all else that a
 * disk may promise, this one does not. */
#include "disk-private.h"

#include <errno.h>
#include <string.h>

/* Microseconds from the Julian day 0, with which SQLite counts, to 1970. */
#define JULIAN_MILLISECONDS G_GINT64_CONSTANT (210866760000000)

typedef struct {
  sqlite3_file  base;
  SimDisk      *disk;
  SimFile      *file;
  char         *name;         /* NULL for one that nobody else can open */
  guint64       life;
  gboolean      syncs_folder; /* with its next sync, as the unix VFS does for a new journal or log */
  gboolean      is_temporary;
  int           level;
  SimShare      share;
} Handle;

static gboolean
is_dead (Handle *handle)
{
  return handle->disk->faults.dead || handle->life != handle->disk->life;
}

static guint64
detail (Handle  *handle,
        guint64  number)
{
  return (handle->name != NULL ? g_str_hash (handle->name) : 0) ^ (number << 20);
}

/* What SQLite hears of a fault, with the errno it may ask for. */
static int
fail (SimDisk  *disk,
      SimFault  fault,
      int       code)
{
  disk->number = fault == SIM_FAULT_FULL ? ENOSPC : EIO;

  return code;
}

static SimFault
meet (Handle  *handle,
      SimAct   act,
      guint64  number)
{
  return is_dead (handle) ? SIM_FAULT_KILL_BEFORE : sim_faults_meet (&handle->disk->faults, act, detail (handle, number));
}

/* How much of @length is done although it fails. */
static gsize
find_part (Handle   *handle,
           SimFault  fault,
           gsize     length)
{
  switch (fault) {
  case SIM_FAULT_NONE:
  case SIM_FAULT_KILL_AFTER:
    return length;
  case SIM_FAULT_KILL_BEFORE:
    return 0;
  case SIM_FAULT_IO_ERROR:
  case SIM_FAULT_FULL:
  case SIM_FAULT_KILL_TORN:
  default:
    return sim_dice_roll (&handle->disk->dice, length + 1);
  }
}

static int
close_file (sqlite3_file *base)
{
  Handle *handle = (Handle *) base;

  if (handle->share.sharing != NULL)
    sim_share_end (&handle->share, &handle->file->sharing);
  if (handle->life == handle->disk->life) {
    sim_locks_give (&handle->file->locks, handle, &handle->level, SQLITE_LOCK_NONE);
    if (handle->is_temporary && handle->name != NULL && !handle->disk->faults.dead)
      sim_folder_set (&handle->disk->folder, handle->name, NULL);
  }
  handle->disk->n_open--;
  sim_file_unref (handle->file);
  g_free (handle->name);
  base->pMethods = NULL;

  return SQLITE_OK;
}

static int
read_file (sqlite3_file  *base,
           void          *bytes,
           int            length,
           sqlite3_int64  offset)
{
  Handle  *handle = (Handle *) base;
  SimFault fault = meet (handle, SIM_ACT_READ, offset);
  gsize    there;

  if (fault != SIM_FAULT_NONE)
    return fail (handle->disk, fault, SQLITE_IOERR_READ);

  there = sim_file_read (handle->file, bytes, length, offset);
  if (there == (gsize) length)
    return SQLITE_OK;
  memset ((char *) bytes + there, 0, length - there);

  return SQLITE_IOERR_SHORT_READ;
}

static gboolean
has_room (Handle *handle,
          gsize   end)
{
  SimDisk *disk = handle->disk;

  return disk->room == 0 || end <= handle->file->now->len ||
         sim_folder_size (&disk->folder) + end - handle->file->now->len <= disk->room;
}

static int
write_file (sqlite3_file  *base,
            const void    *bytes,
            int            length,
            sqlite3_int64  offset)
{
  Handle  *handle = (Handle *) base;
  SimFault fault = meet (handle, SIM_ACT_WRITE, offset);

  if (fault == SIM_FAULT_NONE && !has_room (handle, offset + length))
    fault = SIM_FAULT_FULL;
  sim_file_write (handle->file, bytes, find_part (handle, fault, length), offset);

  if (fault == SIM_FAULT_NONE)
    return SQLITE_OK;

  return fail (handle->disk, fault, fault == SIM_FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE);
}

static int
truncate_file (sqlite3_file  *base,
               sqlite3_int64  size)
{
  Handle  *handle = (Handle *) base;
  SimFault fault = meet (handle, SIM_ACT_TRUNCATE, size);

  /* A size is one number, and every file system sets it whole or not at all. */
  if (fault == SIM_FAULT_NONE || fault == SIM_FAULT_KILL_AFTER ||
      (fault == SIM_FAULT_KILL_TORN && sim_dice_coin (&handle->disk->dice)))
    sim_file_truncate (handle->file, size);

  return fault == SIM_FAULT_NONE ? SQLITE_OK : fail (handle->disk, fault, SQLITE_IOERR_TRUNCATE);
}

static int
sync_file (sqlite3_file *base,
           int           flags)
{
  Handle  *handle = (Handle *) base;
  SimDisk *disk = handle->disk;
  SimFault fault = meet (handle, SIM_ACT_SYNC, 0);

  if (fault == SIM_FAULT_KILL_BEFORE)
    return fail (disk, fault, SQLITE_IOERR_FSYNC);
  if (fault != SIM_FAULT_NONE && fault != SIM_FAULT_KILL_AFTER) {
    sim_file_sync_partly (handle->file, &disk->dice, disk->sector);
    return fail (disk, fault, SQLITE_IOERR_FSYNC);
  }

  sim_file_sync (handle->file);
  if (handle->syncs_folder) {
    sim_folder_sync (&disk->folder);
    handle->syncs_folder = FALSE;
  }

  return fault == SIM_FAULT_NONE ? SQLITE_OK : fail (disk, fault, SQLITE_IOERR_FSYNC);
}

static int
get_size (sqlite3_file  *base,
          sqlite3_int64 *size)
{
  Handle *handle = (Handle *) base;

  if (is_dead (handle))
    return fail (handle->disk, SIM_FAULT_KILL_BEFORE, SQLITE_IOERR_FSTAT);
  *size = handle->file->now->len;

  return SQLITE_OK;
}

static int
lock_file (sqlite3_file *base,
           int           level)
{
  Handle  *handle = (Handle *) base;
  SimFault fault = meet (handle, SIM_ACT_LOCK, level);

  if (fault != SIM_FAULT_NONE)
    return fail (handle->disk, fault, SQLITE_IOERR_LOCK);

  return sim_locks_take (&handle->file->locks, handle, &handle->level, level);
}

static int
unlock_file (sqlite3_file *base,
             int           level)
{
  Handle *handle = (Handle *) base;

  if (handle->life == handle->disk->life)
    sim_locks_give (&handle->file->locks, handle, &handle->level, level);

  return SQLITE_OK;
}

static int
check_reserved_lock (sqlite3_file *base,
                     int          *taken)
{
  Handle *handle = (Handle *) base;

  if (is_dead (handle))
    return fail (handle->disk, SIM_FAULT_KILL_BEFORE, SQLITE_IOERR_CHECKRESERVEDLOCK);
  *taken = handle->file->locks.reserved != NULL || handle->file->locks.pending != NULL;

  return SQLITE_OK;
}

static int
control_file (sqlite3_file *base,
              int           operation,
              void         *argument)
{
  return SQLITE_NOTFOUND;
}

static int
get_sector_size (sqlite3_file *base)
{
  return ((Handle *) base)->disk->sector;
}

static int
get_device_characteristics (sqlite3_file *base)
{
  return 0;
}

static int
map_shared_memory (sqlite3_file   *base,
                   int             region,
                   int             size,
                   int             extend,
                   void volatile **memory)
{
  Handle  *handle = (Handle *) base;
  SimFault fault = meet (handle, SIM_ACT_MAP, region);

  *memory = NULL;
  if (fault != SIM_FAULT_NONE)
    return fail (handle->disk, fault, fault == SIM_FAULT_FULL ? SQLITE_IOERR_SHMSIZE : SQLITE_IOERR_SHMMAP);

  if (handle->share.sharing == NULL) {
    if (handle->file->sharing == NULL)
      handle->file->sharing = sim_sharing_new ();
    sim_share_begin (&handle->share, handle->file->sharing);
  }
  *memory = sim_share_map (&handle->share, region, size, extend);

  return SQLITE_OK;
}

static int
lock_shared_memory (sqlite3_file *base,
                    int           first,
                    int           n,
                    int           flags)
{
  Handle  *handle = (Handle *) base;
  gboolean exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  SimFault fault;

  if (flags & SQLITE_SHM_UNLOCK) {
    sim_share_unlock (&handle->share, first, n, exclusive);
    return SQLITE_OK;
  }

  fault = meet (handle, SIM_ACT_LOCK, first);
  if (fault != SIM_FAULT_NONE)
    return fail (handle->disk, fault, SQLITE_IOERR_SHMLOCK);

  return sim_share_lock (&handle->share, first, n, exclusive);
}

static void
pass_barrier (sqlite3_file *base)
{
  g_atomic_int_add (&((Handle *) base)->disk->barriers, 1);
}

static int
unmap_shared_memory (sqlite3_file *base,
                     int           deletes)
{
  Handle *handle = (Handle *) base;

  if (handle->share.sharing != NULL)
    sim_share_end (&handle->share, &handle->file->sharing);

  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_size,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_reserved_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_device_characteristics,
  .xShmMap = map_shared_memory,
  .xShmLock = lock_shared_memory,
  .xShmBarrier = pass_barrier,
  .xShmUnmap = unmap_shared_memory,
};

static int
open_file (sqlite3_vfs  *vfs,
           const char   *name,
           sqlite3_file *base,
           int           flags,
           int          *flags_out)
{
  SimDisk *disk = vfs->pAppData;
  Handle  *handle = (Handle *) base;
  SimFile *file = name != NULL ? sim_folder_find (&disk->folder, name) : NULL;
  SimFault fault;

  *handle = (Handle) { 0 };
  if (file == NULL && !(flags & SQLITE_OPEN_CREATE)) {
    disk->number = ENOENT;
    return SQLITE_CANTOPEN;
  }
  if (file != NULL && (flags & SQLITE_OPEN_EXCLUSIVE) && (flags & SQLITE_OPEN_CREATE)) {
    disk->number = EEXIST;
    return SQLITE_CANTOPEN;
  }
  fault = sim_faults_meet (&disk->faults, SIM_ACT_OPEN, name != NULL ? g_str_hash (name) : 0);
  if (fault != SIM_FAULT_NONE)
    return fail (disk, fault, SQLITE_CANTOPEN);

  if (file != NULL) {
    sim_file_ref (file);
  } else {
    file = sim_file_new ();
    if (name != NULL)
      sim_folder_set (&disk->folder, name, file);
  }

  handle->base.pMethods = &methods;
  handle->disk = disk;
  handle->file = file;
  handle->name = g_strdup (name);
  handle->life = disk->life;
  handle->syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 &&
                         (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL)) != 0;
  handle->is_temporary = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  disk->n_open++;
  if (flags_out != NULL)
    *flags_out = flags;

  return SQLITE_OK;
}

static int
delete_file (sqlite3_vfs *vfs,
             const char  *name,
             int          syncs_folder)
{
  SimDisk *disk = vfs->pAppData;
  SimFault fault;
  gboolean done;

  if (!disk->faults.dead && sim_folder_find (&disk->folder, name) == NULL) {
    disk->number = ENOENT;
    return SQLITE_IOERR_DELETE_NOENT;
  }

  fault = sim_faults_meet (&disk->faults, SIM_ACT_DELETE, g_str_hash (name));
  done = fault == SIM_FAULT_NONE || fault == SIM_FAULT_KILL_AFTER;
  if (done || (fault == SIM_FAULT_KILL_TORN && sim_dice_coin (&disk->dice)))
    sim_folder_set (&disk->folder, name, NULL);
  if (done && syncs_folder)
    sim_folder_sync (&disk->folder);

  return fault == SIM_FAULT_NONE ? SQLITE_OK : fail (disk, fault, SQLITE_IOERR_DELETE);
}

/* An empty file is none, as for the unix VFS. */
static int
is_accessible (sqlite3_vfs *vfs,
               const char  *name,
               int          flags,
               int         *answer)
{
  SimDisk *disk = vfs->pAppData;
  SimFile *file = sim_folder_find (&disk->folder, name);

  if (disk->faults.dead)
    return fail (disk, SIM_FAULT_KILL_BEFORE, SQLITE_IOERR_ACCESS);
  *answer = file != NULL && (flags != SQLITE_ACCESS_EXISTS || file->now->len > 0);

  return SQLITE_OK;
}

static int
make_full_name (sqlite3_vfs *vfs,
                const char  *name,
                int          size,
                char        *full)
{
  return g_strlcpy (full, name, size) < (gsize) size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int
roll_dice (sqlite3_vfs *vfs,
           int          length,
           char        *bytes)
{
  SimDisk *disk = vfs->pAppData;

  sim_dice_fill (&disk->dice, bytes, length);

  return length;
}

static int
pretend_to_sleep (sqlite3_vfs *vfs,
                  int          microseconds)
{
  SimDisk *disk = vfs->pAppData;

  disk->now += microseconds;

  return microseconds;
}

static int
get_time (sqlite3_vfs   *vfs,
          sqlite3_int64 *now)
{
  SimDisk *disk = vfs->pAppData;

  *now = JULIAN_MILLISECONDS + disk->now / 1000;

  return SQLITE_OK;
}

static int
get_last_error (sqlite3_vfs *vfs,
                int          size,
                char        *text)
{
  return ((SimDisk *) vfs->pAppData)->number;
}

void
sim_disk_set_up_vfs (SimDisk *disk)
{
  disk->vfs = (sqlite3_vfs) {
    .iVersion = 2,
    .szOsFile = sizeof (Handle),
    .mxPathname = 512,
    .zName = disk->name,
    .pAppData = disk,
    .xOpen = open_file,
    .xDelete = delete_file,
    .xAccess = is_accessible,
    .xFullPathname = make_full_name,
    .xRandomness = roll_dice,
    .xSleep = pretend_to_sleep,
    .xGetLastError = get_last_error,
    .xCurrentTimeInt64 = get_time,
  };
}
