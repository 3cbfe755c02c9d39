/* SPDX-License-Identifier: GPL-3.0-or-later
 * Planning what goes wrong. A fault that may also meet a read is armed for one transaction only: else it would meet
 * the onlooker, who reads the tables afterwards. */
#include "machine.h"

#include "memory.h"

void
sim_machine_init (SimMachine *machine,
                  const char *name,
                  guint64     seed)
{
  *machine = (SimMachine) { .disk = sim_disk_new (name, seed) };
}

void
sim_machine_clear (SimMachine *machine)
{
  g_clear_pointer (&machine->disk, sim_disk_free);
}

void
sim_machine_plan_fault (SimMachine *machine,
                        SimDice    *dice,
                        guint       extent)
{
  sim_disk_clear_plan (machine->disk);
  machine->nth = machine->memory = 0;

  switch (sim_dice_roll (dice, 5)) {
  case 0:
    sim_disk_plan (machine->disk, SIM_ACTS_CHANGE, 1 + sim_dice_roll (dice, 2 * extent), SIM_FAULT_IO_ERROR, FALSE);
    break;
  case 1:
    sim_disk_plan (machine->disk, SIM_ACT_WRITE, 1 + sim_dice_roll (dice, 2 * extent), SIM_FAULT_FULL, FALSE);
    break;
  case 2:
    sim_disk_plan (machine->disk, SIM_ACT_WRITE, 1 + sim_dice_roll (dice, 2 * extent), SIM_FAULT_FULL, TRUE);
    break;
  case 3:
    machine->acts = SIM_ACTS_ALL & ~SIM_ACT_OPEN;
    machine->nth = 1 + sim_dice_roll (dice, 2 * extent);
    break;
  default:
    machine->memory = 1 + sim_dice_roll (dice, 20 * extent);
    break;
  }
}

void
sim_machine_plan_kill (SimMachine *machine,
                       SimDice    *dice,
                       guint       extent)
{
  machine->nth = machine->memory = 0;
  sim_disk_plan (machine->disk, SIM_ACTS_CHANGE, 1 + sim_dice_roll (dice, 2 * extent),
                 SIM_FAULT_KILL_BEFORE + sim_dice_roll (dice, 3), FALSE);
}

/* Nothing goes wrong any more. */
void
sim_machine_heal (SimMachine *machine)
{
  sim_disk_clear_plan (machine->disk);
  machine->nth = machine->memory = 0;
}

/* Around each transaction. */
void
sim_machine_begin (SimMachine *machine)
{
  if (machine->nth > 0)
    sim_disk_plan (machine->disk, machine->acts, machine->nth, SIM_FAULT_IO_ERROR, FALSE);
  if (machine->memory > 0)
    sim_memory_fail (machine->memory, FALSE);
  machine->n_failed = sim_memory_count_failed ();
  machine->is_faulty = FALSE;
}

void
sim_machine_end (SimMachine *machine)
{
  guint64 n_faults = sim_disk_count_faults (machine->disk);

  if (machine->nth > 0)
    sim_disk_clear_plan (machine->disk);
  if (n_faults != machine->n_faults || sim_memory_count_failed () != machine->n_failed)
    machine->is_faulty = TRUE;
  sim_memory_fail (0, FALSE);
  machine->n_faults = n_faults;
  machine->nth = machine->memory = 0;
}

/* Whether a failure that was just seen has its reason here. */
gboolean
sim_machine_had_fault (SimMachine *machine)
{
  gboolean had = machine->is_faulty;

  machine->is_faulty = FALSE;

  return had;
}

void
sim_machine_revive (SimMachine *machine,
                    SimDice    *dice)
{
  sim_disk_revive (machine->disk, sim_dice_roll (dice, 3));
  machine->nth = machine->memory = 0;
  machine->is_faulty = FALSE;
}
