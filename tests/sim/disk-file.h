/* SPDX-License-Identifier: GPL-3.0-or-later
 * One file of a SimDisk: what programs read, what a power cut leaves for sure, and what it may leave of the rest. */
#pragma once

#include "dice.h"
#include "disk.h"
#include "disk-locks.h"

typedef struct {
  guint       refs;
  GByteArray *now;     /* as every program reads it */
  GByteArray *durable; /* as of the last sync */
  GArray     *pending; /* of what was done since then, in order */
  GByteArray *written; /* the bytes of the pending writes, one after the other */
  SimLocks    locks;
  SimSharing *sharing; /* the log's index, while anybody has it mapped */
} SimFile;

SimFile *sim_file_new         (void);
SimFile *sim_file_ref         (SimFile       *file);
void     sim_file_unref       (SimFile       *file);

gsize    sim_file_read        (SimFile       *file,
                               gpointer       bytes,
                               gsize          length,
                               gsize          offset);
void     sim_file_write       (SimFile       *file,
                               gconstpointer  bytes,
                               gsize          length,
                               gsize          offset);
void     sim_file_truncate    (SimFile       *file,
                               gsize          size);
void     sim_file_sync        (SimFile       *file);
void     sim_file_sync_partly (SimFile       *file,
                               SimDice       *dice,
                               gsize          sector);
void     sim_file_crash       (SimFile       *file,
                               SimSurvival    survival,
                               SimDice       *dice,
                               gsize          sector);
