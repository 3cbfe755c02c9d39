/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as a row: refused with a reason, or read, and then what is written reads as the same value. */
#include "fuzz.h"

#include "format/hall-wire.h"
#include "model/hall-kinds.h"

static void
check_reason (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == HALL_FORMAT_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_change (const HallValue *base,
              const char      *json,
              gsize            length)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (HallValue) after = hall_wire_apply_change (base, json, length, &error);
  g_autoptr (HallValue) again = NULL;
  g_autofree char      *change = NULL;

  if (after == NULL) {
    check_reason (error);
    return;
  }

  change = hall_wire_write_change (base, after);
  again = hall_wire_apply_change (base, change, -1, &error);
  g_assert_no_error (error);
  g_assert_true (hall_value_equal (after, again));
}

static void
check_required (const HallValue *value)
{
  for (guint i = 0; i < value->kind->n_fields; i++) {
    const HallField *field = &value->kind->fields[i];

    if ((field->flags & HALL_FIELD_REQUIRED) != 0) {
      g_assert_nonnull (hall_value_get_text (value, field));
      g_assert_cmpstr (hall_value_get_text (value, field), !=, "");
    }
  }
}

/* The first byte chooses the kind. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (HallValue)  value = NULL;
  g_autoptr (HallValue)  again = NULL;
  g_autoptr (HallValue)  blank = NULL;
  g_autofree char       *json = NULL;
  const HallKind *const *kinds;
  const HallKind        *kind;
  guint                  n;

  if (size == 0)
    return 0;

  kinds = hall_kinds_list (&n);
  kind = kinds[data[0] % n];
  blank = hall_value_new (kind, "01900000-0000-7000-8000-000000000001");
  check_change (blank, (const char *) data + 1, size - 1);

  value = hall_wire_read (kind, (const char *) data + 1, size - 1, HALL_WIRE_WITH_LOCAL, &error);
  if (value == NULL) {
    check_reason (error);
    return 0;
  }

  check_required (value);
  json = hall_wire_write (value, HALL_WIRE_WITH_LOCAL);
  again = hall_wire_read (kind, json, -1, HALL_WIRE_WITH_LOCAL, &error);
  g_assert_no_error (error);
  g_assert_true (hall_value_equal (value, again));

  return 0;
}
