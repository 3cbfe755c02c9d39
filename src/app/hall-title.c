/* SPDX-License-Identifier: GPL-3.0-or-later
 * Its title, its name, or its first words: whatever there is. */
#include "app/hall-title.h"

#include "format/hall-wire.h"
#include "store/hall-bases.h"
#include "store/hall-history.h"
#include "store/hall-rows.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a text that stands for a title. */
#define LONGEST 60

static char *
shorten (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
  g_autofree char *start = NULL;

  g_strstrip (line);
  if (g_utf8_strlen (line, -1) <= LONGEST)
    return g_steal_pointer (&line);

  start = g_utf8_substring (line, 0, LONGEST - 1);
  return g_strconcat (g_strchomp (start), "…", NULL);
}

/**
 * hall_title_of:
 * @value: a value of any kind
 *
 * Returns: (transfer full): what it is called, on one short line
 */
char *
hall_title_of (gconstpointer value)
{
  static const char *const names[] = { "title", "file_name", "text", "name", "address" };
  const HallValue         *self = value;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const HallField *field = hall_kind_find_field (self->kind, names[i]);
    const char      *text = field != NULL ? hall_value_get_text (value, field) : NULL;
    g_autofree char *title = text != NULL ? shorten (text) : NULL;

    if (title != NULL && *title != '\0')
      return g_steal_pointer (&title);
  }

  return g_strdup (_("Untitled"));
}

/**
 * hall_title_find:
 * @db: a library
 * @kind: a kind
 * @id: id of a row, which need not be there any more
 * @error: what the store says
 *
 * Returns: (transfer full) (nullable): what it is called here, was called before it was removed, or is called on
 *   the service; NULL with @error set
 */
char *
hall_title_find (HallDatabase    *db,
                 const HallKind  *kind,
                 const char      *id,
                 GError         **error)
{
  g_autoptr (HallValue) value = NULL;
  g_autoptr (GError)    fault = NULL;
  g_autofree char      *json = NULL;

  g_return_val_if_fail (db != NULL && kind != NULL && id != NULL, NULL);

  value = hall_rows_get (db, kind, id, &fault);
  if (value == NULL && fault == NULL)
    value = hall_history_find_removed (db, kind, id, &fault);
  if (value == NULL && fault == NULL && hall_bases_get (db, kind, id, NULL, &json, &fault) && json != NULL)
    value = hall_wire_read (kind, json, -1, HALL_WIRE_ALL, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return NULL;
  }

  return value != NULL ? hall_title_of (value) : g_strdup (_("Untitled"));
}
