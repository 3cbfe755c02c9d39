/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of every kind of service there is. */
#include "sync/hall-remotes.h"

#include "sync/hall-remote-hallway.h"

#include <string.h>

static const HallRemote *const remotes[] = {
  &hall_remote_hallway,
};

/**
 * hall_remotes_find:
 * @service: the name of a kind of service, as an account has it
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): how to speak with it
 */
const HallRemote *
hall_remotes_find (const char *service)
{
  g_return_val_if_fail (service != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (remotes); i++)
    if (strcmp (remotes[i]->service, service) == 0)
      return remotes[i];

  return NULL;
}
