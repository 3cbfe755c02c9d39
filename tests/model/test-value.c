/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values are made empty, copied whole, compared field by field and shared between threads. */
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-kinds.h"

#define ID "01900000-0000-7000-8000-000000000001"

static void
test_new (void)
{
  g_autoptr (HallAttendee) attendee = hall_value_new (&hall_attendee_kind, ID);

  g_assert_cmpstr (attendee->parent.id, ==, ID);
  g_assert_true (attendee->parent.kind == &hall_attendee_kind);
  for (guint i = 0; i < hall_attendee_kind.n_fields; i++) {
    const HallField *field = &hall_attendee_kind.fields[i];

    if (field->type == HALL_FIELD_TEXT)
      g_assert_null (hall_value_get_text (attendee, field));
    else
      g_assert_cmpint (hall_value_get_int (attendee, field), ==, 0);
  }
}

static void
change (gpointer         value,
        const HallField *field)
{
  if (field->type == HALL_FIELD_TEXT)
    hall_value_set_text (value, field, field->name);
  else
    hall_value_set_int (value, field, 1);
}

/* One field at a time: written, read back, told apart, copied and taken over. */
static void
test_every_field (void)
{
  guint                  n;
  const HallKind *const *kinds = hall_kinds_list (&n);

  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < kinds[k]->n_fields; i++) {
      const HallField      *field = &kinds[k]->fields[i];
      g_autoptr (HallValue) empty = hall_value_new (kinds[k], ID);
      g_autoptr (HallValue) changed = hall_value_new (kinds[k], ID);
      g_autoptr (HallValue) copy = NULL;

      change (changed, field);
      if (field->type == HALL_FIELD_TEXT)
        g_assert_cmpstr (hall_value_get_text (changed, field), ==, field->name);
      else
        g_assert_cmpint (hall_value_get_int (changed, field), ==, 1);

      for (guint j = 0; j < kinds[k]->n_fields; j++)
        g_assert_cmpint (hall_value_same_field (empty, changed, &kinds[k]->fields[j]), ==, j != i);
      g_assert_false (hall_value_equal (empty, changed));

      copy = hall_value_copy (changed);
      g_assert_true (hall_value_equal (copy, changed));
      g_assert_true (copy != changed);

      hall_value_take_field (copy, empty, field);
      g_assert_true (hall_value_equal (copy, empty));
    }
}

static void
test_equal (void)
{
  g_autoptr (HallChat)     chat = hall_value_new (&hall_chat_kind, ID);
  g_autoptr (HallChat)     other = hall_value_new (&hall_chat_kind, "01900000-0000-7000-8000-000000000002");
  g_autoptr (HallAttendee) attendee = hall_value_new (&hall_attendee_kind, ID);
  g_autoptr (HallChat)     blank = hall_value_new (&hall_chat_kind, ID);

  g_assert_true (hall_value_equal (chat, chat));
  g_assert_false (hall_value_equal (chat, other));
  g_assert_false (hall_value_equal (chat, attendee));

  blank->summary = g_strdup ("");
  g_assert_false (hall_value_equal (chat, blank));
}

static void
test_bool (void)
{
  g_autoptr (HallAttendee) attendee = hall_value_new (&hall_attendee_kind, ID);
  const HallField         *attended = hall_kind_find_field (&hall_attendee_kind, "attended");

  hall_value_set_int (attendee, attended, 256);
  g_assert_cmpint (hall_value_get_int (attendee, attended), ==, 1);
  g_assert_true (attendee->attended == TRUE);
}

static gpointer
share (gpointer value)
{
  for (int i = 0; i < 10000; i++)
    hall_value_unref (hall_value_ref (value));
  hall_value_unref (value);

  return NULL;
}

static void
test_shared (void)
{
  g_autoptr (HallChat) chat = hall_value_new (&hall_chat_kind, ID);
  GThread             *threads[4];
  GValue               boxed = G_VALUE_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("share", share, hall_value_ref (chat));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpstr (chat->parent.id, ==, ID);

  g_value_init (&boxed, HALL_TYPE_VALUE);
  g_value_set_boxed (&boxed, chat);
  g_assert_true (g_value_get_boxed (&boxed) == chat);
  g_value_unset (&boxed);
  hall_value_unref (NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/value/new", test_new);
  g_test_add_func ("/model/value/every-field", test_every_field);
  g_test_add_func ("/model/value/equal", test_equal);
  g_test_add_func ("/model/value/bool", test_bool);
  g_test_add_func ("/model/value/shared", test_shared);

  return g_test_run ();
}
