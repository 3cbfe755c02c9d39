/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a SimDisk and its VFS know of each other. */
#pragma once

#include "disk-faults.h"
#include "disk-folder.h"
#include "disk.h"

#include <sqlite3.h>

struct _SimDisk {
  sqlite3_vfs vfs;
  char       *name;
  SimDice     dice;
  SimFaults   faults;
  SimFolder   folder;
  gsize       sector;
  guint64     room;   /* bytes in all files; 0 for no end */
  gint64      now;    /* microseconds since 1970; goes on when SQLite sleeps */
  guint64     life;   /* how often it was revived: what was opened before is dead */
  guint       n_open; /* of this life */
  int         number; /* the errno of the last failure */
  int         barriers; /* what makes one: the compiler and the machine keep the order around it */
};

void sim_disk_set_up_vfs (SimDisk *disk);
