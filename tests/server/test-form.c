/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading what browsers send of a form. */
#include "server/hall-form.h"

#include <string.h>

static void
test_fields (void)
{
  g_autoptr (HallForm) form = hall_form_read ("name=Ada+Lovelace&address=ada%2Btag%40example.org&question=%D0%A7%D1%82%D0%BE%3F%0D%0A&empty=&bare&name=second", -1);

  g_assert_nonnull (form);
  g_assert_cmpstr (hall_form_get (form, "name"), ==, "Ada Lovelace");
  g_assert_cmpstr (hall_form_get (form, "address"), ==, "ada+tag@example.org");
  g_assert_cmpstr (hall_form_get (form, "question"), ==, "Что?\r\n");
  g_assert_cmpstr (hall_form_get (form, "empty"), ==, "");
  g_assert_cmpstr (hall_form_get (form, "bare"), ==, "");
  g_assert_null (hall_form_get (form, "missing"));
}

static void
test_nothing (void)
{
  g_autoptr (HallForm) none = hall_form_read (NULL, 0);
  g_autoptr (HallForm) empty = hall_form_read ("", -1);
  g_autoptr (HallForm) blanks = hall_form_read ("&&=&", -1);

  g_assert_nonnull (none);
  g_assert_nonnull (empty);
  g_assert_nonnull (blanks);
  g_assert_null (hall_form_get (blanks, "a"));
}

static void
test_unreadable (void)
{
  static const char *const bad[] = { "a=%", "a=%4", "a=%zz", "%g0=a", "a=%ff", "a=%00", "a=%ed%a0%80" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (hall_form_read (bad[i], -1));

  g_assert_null (hall_form_read ("a=\0b", 4));
}

/* Only as many bytes as are given are looked at. */
static void
test_bounds (void)
{
  g_autoptr (HallForm) form = hall_form_read ("a=1&b=2%41", 7);

  g_assert_cmpstr (hall_form_get (form, "b"), ==, "2");
  g_assert_null (hall_form_read ("a=%41", 4));
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 51; i++)
    g_string_append_printf (text, "f%u=x&", i);

  g_assert_null (hall_form_read (text->str, -1));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/form/fields", test_fields);
  g_test_add_func ("/server/form/nothing", test_nothing);
  g_test_add_func ("/server/form/unreadable", test_unreadable);
  g_test_add_func ("/server/form/bounds", test_bounds);
  g_test_add_func ("/server/form/too-many", test_too_many);

  return g_test_run ();
}
