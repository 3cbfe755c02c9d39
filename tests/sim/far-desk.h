/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registration desk at the other end of a scenario, on a disk of its own where nothing goes wrong. */
#pragma once

#include "dice.h"
#include "disk.h"
#include "server/hall-desk.h"

typedef struct {
  SimDisk      *disk;
  SimDiskImage *image; /* as every run finds it */
  SimDice       dice;
  HallRandom    random;
  HallDesk     *desk;
  HallDatabase *db;
  char         *token;
} FarDesk;

FarDesk   *far_desk_new    (void);
void       far_desk_free   (FarDesk     *far);
void       far_desk_keep   (FarDesk     *far);
void       far_desk_open   (FarDesk     *far);
void       far_desk_close  (FarDesk     *far);
void       far_desk_prune  (FarDesk     *far);
HallReply *far_desk_answer (FarDesk     *far,
                            HallRequest *request);
