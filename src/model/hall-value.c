/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making, sharing, comparing and reading values by their kind's table of fields. */
#include "model/hall-value.h"

#include <string.h>

static HallValue *
ref_boxed (HallValue *value)
{
  return hall_value_ref (value);
}

static void
unref_boxed (HallValue *value)
{
  hall_value_unref (value);
}

G_DEFINE_BOXED_TYPE (HallValue, hall_value, ref_boxed, unref_boxed)

static char **
text_at (gconstpointer    value,
         const HallField *field)
{
  g_assert (field->type == HALL_FIELD_TEXT);

  return (char **) G_STRUCT_MEMBER_P (value, field->offset);
}

static gint64 *
int_at (gconstpointer    value,
        const HallField *field)
{
  g_assert (field->type == HALL_FIELD_INT || field->type == HALL_FIELD_MOMENT);

  return (gint64 *) G_STRUCT_MEMBER_P (value, field->offset);
}

static gboolean *
bool_at (gconstpointer    value,
         const HallField *field)
{
  g_assert (field->type == HALL_FIELD_BOOL);

  return (gboolean *) G_STRUCT_MEMBER_P (value, field->offset);
}

static void
clear (gpointer value)
{
  HallValue *self = value;

  for (guint i = 0; i < self->kind->n_fields; i++)
    if (self->kind->fields[i].type == HALL_FIELD_TEXT)
      g_free (*text_at (self, &self->kind->fields[i]));

  g_free (self->id);
}

/**
 * hall_value_new:
 * @kind: which kind of value
 * @id: its id, a UUID in text form
 *
 * Makes a value with every text absent and every number zero. Whoever makes it fills it before
 * anybody else sees it; from then on it is never changed.
 *
 * Returns: (transfer full): the value, to be cast to its struct
 */
gpointer
hall_value_new (const HallKind *kind,
                const char     *id)
{
  HallValue *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_atomic_rc_box_alloc0 (kind->size);
  self->kind = kind;
  self->id = g_strdup (id);

  return self;
}

/**
 * hall_value_copy:
 * @value: a value
 *
 * Makes a second value of the same kind, id and content, which the caller may still change.
 *
 * Returns: (transfer full): the copy
 */
gpointer
hall_value_copy (gconstpointer value)
{
  const HallValue *from = value;
  HallValue       *to;

  g_return_val_if_fail (from != NULL, NULL);

  to = hall_value_new (from->kind, from->id);
  for (guint i = 0; i < from->kind->n_fields; i++)
    hall_value_take_field (to, from, &from->kind->fields[i]);

  return to;
}

/**
 * hall_value_ref:
 * @value: a value
 *
 * Safe on any thread.
 *
 * Returns: (transfer full): @value
 */
gpointer
hall_value_ref (gconstpointer value)
{
  g_return_val_if_fail (value != NULL, NULL);

  return g_atomic_rc_box_acquire ((gpointer) value);
}

/**
 * hall_value_unref:
 * @value: (transfer full) (nullable): a value
 *
 * Safe on any thread.
 */
void
hall_value_unref (gconstpointer value)
{
  if (value != NULL)
    g_atomic_rc_box_release_full ((gpointer) value, clear);
}

/**
 * hall_value_get_text:
 * @value: a value
 * @field: one of its text fields
 *
 * Returns: (nullable): the text; NULL when it is absent
 */
const char *
hall_value_get_text (gconstpointer    value,
                     const HallField *field)
{
  g_return_val_if_fail (value != NULL && field != NULL, NULL);

  return *text_at (value, field);
}

/**
 * hall_value_get_int:
 * @value: a value
 * @field: one of its fields that is not text
 *
 * Returns: the number; 0 or 1 for truth; microseconds since 1970 in UTC for a moment, 0 when absent
 */
gint64
hall_value_get_int (gconstpointer    value,
                    const HallField *field)
{
  g_return_val_if_fail (value != NULL && field != NULL, 0);

  if (field->type == HALL_FIELD_BOOL)
    return *bool_at (value, field) ? 1 : 0;

  return *int_at (value, field);
}

/**
 * hall_value_set_text:
 * @value: a value nobody else has seen yet
 * @field: one of its text fields
 * @text: (nullable): the text
 */
void
hall_value_set_text (gpointer         value,
                     const HallField *field,
                     const char      *text)
{
  g_return_if_fail (value != NULL && field != NULL);

  g_set_str (text_at (value, field), text);
}

/**
 * hall_value_set_int:
 * @value: a value nobody else has seen yet
 * @field: one of its fields that is not text
 * @number: the number, as hall_value_get_int() gives it
 */
void
hall_value_set_int (gpointer         value,
                    const HallField *field,
                    gint64           number)
{
  g_return_if_fail (value != NULL && field != NULL);

  if (field->type == HALL_FIELD_BOOL)
    *bool_at (value, field) = number != 0;
  else
    *int_at (value, field) = number;
}

/**
 * hall_value_same_field:
 * @a: a value
 * @b: another of the same kind
 * @field: one of their fields
 *
 * Returns: whether both hold the same in @field; an absent text differs from an empty one
 */
gboolean
hall_value_same_field (gconstpointer    a,
                       gconstpointer    b,
                       const HallField *field)
{
  g_return_val_if_fail (a != NULL && b != NULL && field != NULL, FALSE);

  if (field->type == HALL_FIELD_TEXT)
    return g_strcmp0 (*text_at (a, field), *text_at (b, field)) == 0;

  return hall_value_get_int (a, field) == hall_value_get_int (b, field);
}

/**
 * hall_value_take_field:
 * @to: a value nobody else has seen yet
 * @from: another of the same kind
 * @field: the field to copy
 */
void
hall_value_take_field (gpointer         to,
                       gconstpointer    from,
                       const HallField *field)
{
  g_return_if_fail (to != NULL && from != NULL && field != NULL);

  if (field->type == HALL_FIELD_TEXT)
    hall_value_set_text (to, field, *text_at (from, field));
  else
    hall_value_set_int (to, field, hall_value_get_int (from, field));
}

/**
 * hall_value_equal:
 * @a: a value
 * @b: another
 *
 * Returns: whether both are of one kind and id and hold the same in every field
 */
gboolean
hall_value_equal (gconstpointer a,
                  gconstpointer b)
{
  const HallValue *one = a;
  const HallValue *two = b;

  g_return_val_if_fail (one != NULL && two != NULL, FALSE);

  if (one->kind != two->kind || strcmp (one->id, two->id) != 0)
    return FALSE;

  for (guint i = 0; i < one->kind->n_fields; i++)
    if (!hall_value_same_field (one, two, &one->kind->fields[i]))
      return FALSE;

  return TRUE;
}
