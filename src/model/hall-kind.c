/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looking things up in a kind. */
#include "model/hall-kind.h"

#include <string.h>

/**
 * hall_kind_find_field:
 * @kind: a kind
 * @name: a field's name
 *
 * Returns: (transfer none) (nullable): the field of that name
 */
const HallField *
hall_kind_find_field (const HallKind *kind,
                      const char     *name)
{
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < kind->n_fields; i++)
    if (strcmp (kind->fields[i].name, name) == 0)
      return &kind->fields[i];

  return NULL;
}
