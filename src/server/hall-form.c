/* SPDX-License-Identifier: GPL-3.0-or-later
 * A reader of application/x-www-form-urlencoded. */
#include "server/hall-form.h"

#include <string.h>

/* Our forms have three fields; who sends more than this wants something else. */
#define MOST_FIELDS 50

struct _HallForm {
  GHashTable *fields; /* name → value */
};

/* One name or value. NULL when it is not ours to understand: a broken escape, a NUL, no UTF-8. */
static char *
decode (const char *text,
        gsize       length)
{
  g_autoptr (GString) plain = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++) {
    if (text[i] == '+') {
      g_string_append_c (plain, ' ');
    } else if (text[i] == '%') {
      int high = i + 1 < length ? g_ascii_xdigit_value (text[i + 1]) : -1;
      int low = i + 2 < length ? g_ascii_xdigit_value (text[i + 2]) : -1;

      if (high < 0 || low < 0)
        return NULL;
      g_string_append_c (plain, (char) (high << 4 | low));
      i += 2;
    } else {
      g_string_append_c (plain, text[i]);
    }
  }

  if (!g_utf8_validate_len (plain->str, plain->len, NULL))
    return NULL;

  return g_string_free_and_steal (g_steal_pointer (&plain));
}

static gboolean
read_field (HallForm   *self,
            const char *field,
            gsize       length)
{
  const char       *equals = memchr (field, '=', length);
  gsize             name_length = equals != NULL ? (gsize) (equals - field) : length;
  g_autofree char  *name = decode (field, name_length);
  g_autofree char  *value = equals != NULL ? decode (equals + 1, length - name_length - 1) : g_strdup ("");

  if (name == NULL || value == NULL)
    return FALSE;
  if (!g_hash_table_contains (self->fields, name))
    g_hash_table_insert (self->fields, g_steal_pointer (&name), g_steal_pointer (&value));

  return g_hash_table_size (self->fields) <= MOST_FIELDS;
}

/**
 * hall_form_read:
 * @text: (nullable) (array length=length): a body or query of application/x-www-form-urlencoded
 * @length: its length in bytes, or -1 when a NUL ends it
 *
 * Reads names and values as browsers write them (URL Standard, 5.1), but strictly: a broken escape, a NUL,
 * bytes that are no UTF-8 or more than 50 fields make the whole of it unreadable. Of a name that stands
 * several times the first counts.
 *
 * Returns: (transfer full) (nullable): the form; NULL when it cannot be read
 */
HallForm *
hall_form_read (const char *text,
                gssize      length)
{
  g_autoptr (HallForm) self = g_new0 (HallForm, 1);
  gsize                size = text == NULL ? 0 : length < 0 ? strlen (text) : (gsize) length;
  gsize                at = 0;

  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (at < size) {
    const char *end = memchr (text + at, '&', size - at);
    gsize       n = end != NULL ? (gsize) (end - text) - at : size - at;

    if (n > 0 && !read_field (self, text + at, n))
      return NULL;
    at += n + 1;
  }

  return g_steal_pointer (&self);
}

/**
 * hall_form_free:
 * @form: (transfer full) (nullable): a form
 */
void
hall_form_free (HallForm *form)
{
  if (form == NULL)
    return;

  g_hash_table_unref (form->fields);
  g_free (form);
}

/**
 * hall_form_get:
 * @form: a form
 * @name: a field's name
 *
 * Returns: (transfer none) (nullable): its value, valid UTF-8; NULL when it was not sent
 */
const char *
hall_form_get (const HallForm *form,
               const char     *name)
{
  g_return_val_if_fail (form != NULL && name != NULL, NULL);

  return g_hash_table_lookup (form->fields, name);
}
