/* SPDX-License-Identifier: GPL-3.0-or-later
 * A disk in memory: an SQLite VFS whose writes can fail, tear and be lost, all by seed. One disk is one machine.
 * How each part is used stands above its function in disk.c. One thread; no system call is ever made. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SimDisk      SimDisk;
typedef struct _SimDiskImage SimDiskImage;

/* What SQLite does to a disk. Each is counted, and each can meet a fault. */
typedef enum {
  SIM_ACT_READ     = 1 << 0,
  SIM_ACT_WRITE    = 1 << 1,
  SIM_ACT_SYNC     = 1 << 2,
  SIM_ACT_TRUNCATE = 1 << 3,
  SIM_ACT_DELETE   = 1 << 4,
  SIM_ACT_OPEN     = 1 << 5, /* only of files that are there or may be made */
  SIM_ACT_MAP      = 1 << 6, /* of the memory shared between connections */
  SIM_ACT_LOCK     = 1 << 7, /* of the file, or in that memory; giving a lock back never fails */
} SimAct;

#define SIM_N_ACTS      8
#define SIM_ACTS_ALL    ((1 << SIM_N_ACTS) - 1)
#define SIM_ACTS_CHANGE (SIM_ACT_WRITE | SIM_ACT_SYNC | SIM_ACT_TRUNCATE | SIM_ACT_DELETE)

typedef enum {
  SIM_FAULT_NONE,
  SIM_FAULT_IO_ERROR,    /* nothing of it, or a part, is done */
  SIM_FAULT_FULL,        /* the same, for want of room */
  SIM_FAULT_KILL_BEFORE, /* nothing of it is done, nor anything after it */
  SIM_FAULT_KILL_TORN,   /* a part of it is done, and nothing after it */
  SIM_FAULT_KILL_AFTER,  /* all of it is done, nobody hears of it, and nothing is done after it */
} SimFault;

/* What is left of writes that were not synced, and of names made or taken away in a folder that was not synced. */
typedef enum {
  SIM_SURVIVAL_BY_SEED, /* a power cut: each sector is kept, dropped or torn, in any order */
  SIM_SURVIVAL_NONE,    /* a power cut: nothing of it */
  SIM_SURVIVAL_ALL,     /* only the program was killed: the system still writes all of it */
} SimSurvival;

SimDisk      *sim_disk_new          (const char    *name,
                                     guint64        seed);
void          sim_disk_free         (SimDisk       *disk);
void          sim_disk_reseed       (SimDisk       *disk,
                                     guint64        seed);
const char   *sim_disk_get_vfs      (SimDisk       *disk);

void          sim_disk_plan         (SimDisk       *disk,
                                     guint          acts,
                                     guint64        nth,
                                     SimFault       fault,
                                     gboolean       lasting);
void          sim_disk_clear_plan   (SimDisk       *disk);
void          sim_disk_set_room     (SimDisk       *disk,
                                     guint64        bytes);
void          sim_disk_kill         (SimDisk       *disk);
gboolean      sim_disk_is_dead      (SimDisk       *disk);
void          sim_disk_revive       (SimDisk       *disk,
                                     SimSurvival    survival);

guint64       sim_disk_count        (SimDisk       *disk,
                                     guint          acts);
guint64       sim_disk_count_faults (SimDisk       *disk);
guint64       sim_disk_get_trace    (SimDisk       *disk);
void          sim_disk_set_now      (SimDisk       *disk,
                                     gint64         now);

SimDiskImage *sim_disk_take_image   (SimDisk       *disk);
void          sim_disk_put_image    (SimDisk       *disk,
                                     SimDiskImage  *image);
void          sim_disk_image_free   (SimDiskImage  *image);
GBytes       *sim_disk_get_content  (SimDisk       *disk,
                                     const char    *name);
void          sim_disk_set_content  (SimDisk       *disk,
                                     const char    *name,
                                     GBytes        *content);

void          sim_disk_seed_sqlite  (guint32        seed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimDisk, sim_disk_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimDiskImage, sim_disk_image_free)

G_END_DECLS
