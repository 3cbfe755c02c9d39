/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads schema/NNN.sql from the program itself. */
#include "store/hall-library-schema.h"

#include "hall-store-resources.h"

/* "Hall" */
#define APPLICATION_ID 0x48616c6c
#define VERSIONS       2

/**
 * hall_library_schema:
 *
 * The schema of a library, for hall_migrator_open(). A script that has been shipped is never changed: a change
 * to the tables is a new script after it. Any thread.
 *
 * Returns: (transfer none): the schema
 */
const HallSchema *
hall_library_schema (void)
{
  static HallSchema *made = NULL;

  if (g_once_init_enter_pointer (&made)) {
    g_autoptr (GResource) resource = g_resource_ref (hall_store_get_resource ());
    HallSchema           *schema = g_new0 (HallSchema, 1);
    const char          **scripts = g_new0 (const char *, VERSIONS + 1);

    for (int i = 0; i < VERSIONS; i++) {
      g_autofree char   *name = g_strdup_printf ("/store/%03d.sql", i + 1);
      g_autoptr (GBytes) script = g_resource_lookup_data (resource, name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      g_assert (script != NULL);
      scripts[i] = g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));
    }

    schema->application_id = APPLICATION_ID;
    schema->scripts = scripts;
    g_once_init_leave_pointer (&made, schema);
  }

  return made;
}
