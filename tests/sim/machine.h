/* SPDX-License-Identifier: GPL-3.0-or-later
 * The computer of one party: its disk, and what is about to go wrong with it. */
#pragma once

#include "dice.h"
#include "disk.h"

G_BEGIN_DECLS

typedef struct {
  SimDisk *disk;
  guint    acts;     /* of the disk, in the next transaction alone */
  guint64  nth;
  guint64  memory;   /* which allocation of SQLite fails in the next transaction; 0 for none */
  gboolean is_faulty; /* something has gone wrong since this was last asked */
  guint64  n_faults; /* of the disk, and of memory, when this was last looked at */
  guint64  n_failed;
} SimMachine;

void     sim_machine_init       (SimMachine *machine,
                                 const char *name,
                                 guint64     seed);
void     sim_machine_clear      (SimMachine *machine);
void     sim_machine_plan_fault (SimMachine *machine,
                                 SimDice    *dice,
                                 guint       extent);
void     sim_machine_plan_kill  (SimMachine *machine,
                                 SimDice    *dice,
                                 guint       extent);
void     sim_machine_heal       (SimMachine *machine);
void     sim_machine_begin      (SimMachine *machine);
void     sim_machine_end        (SimMachine *machine);
gboolean sim_machine_had_fault  (SimMachine *machine);
void     sim_machine_revive     (SimMachine *machine,
                                 SimDice    *dice);

G_END_DECLS
