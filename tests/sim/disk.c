/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making a disk, planning its faults, killing and reviving it, and copying what is on it. */
#include "disk-private.h"

/* 2016-05-30T22:30:00Z */
#define BEGINNING G_GINT64_CONSTANT (1464647400000000)

struct _SimDiskImage {
  GHashTable *contents; /* name → GBytes */
};

/* A disk with nothing on it, registered as the VFS @name, which no other disk may have at the same time. By its seed
 * its sectors have 512 bytes or 4096. Open it with hall_database_open_on (sim_disk_get_vfs (disk), …); file names are
 * kept as they are, so "library.hallway" will do. */
SimDisk *
sim_disk_new (const char *name,
              guint64     seed)
{
  SimDisk *disk = g_new0 (SimDisk, 1);

  g_assert (sqlite3_vfs_find (name) == NULL);

  disk->name = g_strdup (name);
  disk->dice.state = seed;
  disk->sector = sim_dice_roll (&disk->dice, 4) == 0 ? 4096 : 512;
  disk->now = BEGINNING;
  sim_folder_init (&disk->folder);
  sim_disk_set_up_vfs (disk);
  g_assert (sqlite3_vfs_register (&disk->vfs, FALSE) == SQLITE_OK);

  return disk;
}

/* Every connection has been closed, those that died in a kill as well. */
void
sim_disk_free (SimDisk *disk)
{
  if (disk == NULL)
    return;

  g_assert (disk->n_open == 0);
  sqlite3_vfs_unregister (&disk->vfs);
  sim_folder_clear (&disk->folder);
  g_free (disk->name);
  g_free (disk);
}

/* What comes from here on is by @seed; its sectors stay as they are. So one of many runs can be had again alone. */
void
sim_disk_reseed (SimDisk *disk,
                 guint64  seed)
{
  disk->dice.state = seed;
}

const char *
sim_disk_get_vfs (SimDisk *disk)
{
  return disk->name;
}

/* The @nth of the @acts from now on, from 1, meets @fault; with @lasting all after it as well. There is one plan at a
 * time; a later one takes the place of an earlier. To go over every point of a piece of work: count the acts once
 * without a plan, then do the same work from the same image with @nth from 1 to that count. */
void
sim_disk_plan (SimDisk  *disk,
               guint     acts,
               guint64   nth,
               SimFault  fault,
               gboolean  lasting)
{
  sim_faults_plan (&disk->faults, acts, nth, fault, lasting);
}

void
sim_disk_clear_plan (SimDisk *disk)
{
  sim_faults_plan (&disk->faults, 0, 0, SIM_FAULT_NONE, FALSE);
}

/* From now on there is room for @bytes in all files together; 0 for no end. */
void
sim_disk_set_room (SimDisk *disk,
                   guint64  bytes)
{
  disk->room = bytes;
}

/* Ends the program at this moment, between two acts. */
void
sim_disk_kill (SimDisk *disk)
{
  disk->faults.dead = TRUE;
}

/* Whether a planned kill has come, or sim_disk_kill(): everything fails until it is revived. */
gboolean
sim_disk_is_dead (SimDisk *disk)
{
  return disk->faults.dead;
}

/* The machine is there again, with what @survival leaves. Connections from before stay dead and are still to be closed,
 * which may be done before this or after it and changes nothing on the disk. A disk that was not killed is so now. The
 * plan is gone. */
void
sim_disk_revive (SimDisk     *disk,
                 SimSurvival  survival)
{
  sim_folder_crash (&disk->folder, survival, &disk->dice, disk->sector);
  sim_disk_clear_plan (disk);
  disk->faults.dead = FALSE;
  disk->life++;
}

/* How many of the @acts were done in all, failed ones among them. */
guint64
sim_disk_count (SimDisk *disk,
                guint    acts)
{
  return sim_faults_count (&disk->faults, acts);
}

/* How many acts have met a planned fault. */
guint64
sim_disk_count_faults (SimDisk *disk)
{
  return disk->faults.n_met;
}

/* A number that is the same only when the same was done on the disk, in the same order. */
guint64
sim_disk_get_trace (SimDisk *disk)
{
  return disk->faults.trace;
}

/* What time the machine believes it is, in microseconds since 1970. */
void
sim_disk_set_now (SimDisk *disk,
                  gint64   now)
{
  disk->now = now;
}

/* What would be left if the power went now and nothing survived that was not synced: a backup of the whole disk, and
 * as many times as one likes. With every connection closed it is all there is on the disk, but for SQLite's last
 * deletion of a log, which is not synced and harmless. */
SimDiskImage *
sim_disk_take_image (SimDisk *disk)
{
  SimDiskImage  *image = g_new0 (SimDiskImage, 1);
  GHashTableIter iter;
  gpointer       name;
  gpointer       data;

  image->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_hash_table_iter_init (&iter, disk->folder.durable);
  while (g_hash_table_iter_next (&iter, &name, &data)) {
    SimFile *file = data;

    g_hash_table_insert (image->contents, g_strdup (name), g_bytes_new (file->durable->data, file->durable->len));
  }

  return image;
}

static SimFile *
make_file (GBytes *content)
{
  SimFile      *file = sim_file_new ();
  gsize         size;
  gconstpointer data = g_bytes_get_data (content, &size);

  sim_file_write (file, data, size, 0);
  sim_file_sync (file);

  return file;
}

/* Makes the disk what it was when the image was taken, synced; nobody may have a file of it open. It works on another
 * disk as well. */
void
sim_disk_put_image (SimDisk      *disk,
                    SimDiskImage *image)
{
  GHashTableIter iter;
  gpointer       name;
  gpointer       content;

  g_assert (disk->n_open == 0);
  g_hash_table_remove_all (disk->folder.now);
  g_hash_table_remove_all (disk->folder.durable);
  g_array_set_size (disk->folder.pending, 0);

  g_hash_table_iter_init (&iter, image->contents);
  while (g_hash_table_iter_next (&iter, &name, &content))
    sim_disk_set_content (disk, name, content);
}

void
sim_disk_image_free (SimDiskImage *image)
{
  if (image == NULL)
    return;

  g_hash_table_unref (image->contents);
  g_free (image);
}

/* The file as programs see it: new bytes, or NULL when it is not there. */
GBytes *
sim_disk_get_content (SimDisk    *disk,
                      const char *name)
{
  SimFile *file = sim_folder_find (&disk->folder, name);

  return file != NULL ? g_bytes_new (file->now->data, file->now->len) : NULL;
}

/* Puts a file on the disk, synced, in place of one of that name; with NULL it only takes that away. */
void
sim_disk_set_content (SimDisk    *disk,
                      const char *name,
                      GBytes     *content)
{
  SimFile *file = content != NULL ? make_file (content) : NULL;

  sim_folder_set (&disk->folder, name, file);
  sim_folder_sync (&disk->folder);
  g_clear_pointer (&file, sim_file_unref);
}

/* SQLite has one source of chance for the whole process, from which its logs get their salts; the disk that is the
 * default VFS would fill it. With a seed, which is not 0, runs are the same to the byte. */
void
sim_disk_seed_sqlite (guint32 seed)
{
  g_assert (seed != 0);

  sqlite3_test_control (SQLITE_TESTCTRL_PRNG_SEED, (int) seed, NULL);
}
