/* SPDX-License-Identifier: GPL-3.0-or-later
 * The names of a SimDisk's files, which a power cut may take back for as long as the folder is not synced. */
#pragma once

#include "disk-file.h"

typedef struct {
  GHashTable *now;     /* name → SimFile */
  GHashTable *durable; /* the same, as of the last sync */
  GArray     *pending; /* names that were given or taken since then, in order */
} SimFolder;

void     sim_folder_init   (SimFolder   *folder);
void     sim_folder_clear  (SimFolder   *folder);
SimFile *sim_folder_find   (SimFolder   *folder,
                            const char  *name);
void     sim_folder_set    (SimFolder   *folder,
                            const char  *name,
                            SimFile     *file);
void     sim_folder_sync   (SimFolder   *folder);
guint64  sim_folder_size   (SimFolder   *folder);
void     sim_folder_crash  (SimFolder   *folder,
                            SimSurvival  survival,
                            SimDice     *dice,
                            gsize        sector);
