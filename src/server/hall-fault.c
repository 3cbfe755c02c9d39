/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists of faults. */
#include "server/hall-fault.h"

static void
fault_free (gpointer data)
{
  HallFault *fault = data;

  g_free (fault->pointer);
  g_free (fault->detail);
  g_free (fault);
}

/**
 * hall_faults_new:
 *
 * Returns: (transfer full) (element-type HallFault): a list with nothing in it
 */
GPtrArray *
hall_faults_new (void)
{
  return g_ptr_array_new_with_free_func (fault_free);
}

/**
 * hall_faults_add:
 * @faults: (element-type HallFault): a list
 * @pointer: where, as a JSON pointer
 * @detail: what is wrong there
 */
void
hall_faults_add (GPtrArray  *faults,
                 const char *pointer,
                 const char *detail)
{
  HallFault *fault;

  g_return_if_fail (faults != NULL && pointer != NULL && detail != NULL);

  fault = g_new0 (HallFault, 1);
  fault->pointer = g_strdup (pointer);
  fault->detail = g_strdup (detail);
  g_ptr_array_add (faults, fault);
}
