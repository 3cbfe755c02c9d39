/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which texts are mail addresses, and which of them are one and the same. */
#include "model/hall-address.h"

#include <locale.h>

static void
test_valid (void)
{
  const char *const good[] = {
    "ada@example.org", " Ada.Lovelace+chat@mail.example.org ", "o'brien@example.org", "ада@пример.example",
    "a@b.co", "a_b!#$%&*=?^`{|}~/@example.org", "x@xn--e1afmkfd.example",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    if (!hall_address_is_valid (good[i]))
      g_error ("“%s” was refused", good[i]);
}

static void
test_not_valid (void)
{
  const char *const bad[] = {
    "", " ", "ada", "@example.org", "ada@", "ada@example", "ada@.org", "ada@example.", "ada@example..org",
    "ada@@example.org", "a@b@example.org", "ada lovelace@example.org", "ada@exam ple.org", "<ada@example.org>",
    "ada@example.org,eve@example.org", "\"ada\"@example.org", "ada@example.org\nBcc: eve@example.org",
    "ada@exam$ple.org", "ada@example.org(eve)", "ada@-example.org", "ada@example-.org", "ada@example.org>",
    "ada\xe2\x80\x8b@example.org", "ada\xe2\x80\xae@example.org", "ada@host\xc2\xa0.example.org", "ada\xff@example.org",
  };
  g_autofree char *label = g_strnfill (64, 'a');
  g_autofree char *long_label = g_strconcat ("ada@", label, ".org", NULL);
  g_autofree char *local = g_strnfill (250, 'a');
  g_autofree char *long_local = g_strconcat (local, "@example.org", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (hall_address_is_valid (bad[i]))
      g_error ("“%s” was taken", bad[i]);

  g_assert_false (hall_address_is_valid (NULL));
  g_assert_false (hall_address_is_valid (long_label));
  g_assert_false (hall_address_is_valid (long_local));
}

static const char *const pairs[][2] = {
  { "ada@example.org", "ada@example.org" },
  { "  ADA@Example.ORG\t", "ada@example.org" },
  { "a.d.a+x@example.org", "a.d.a+x@example.org" },
  { "IDA@EXAMPLE.ORG", "ida@example.org" },
  { "Straße@example.org", "straße@example.org" },
  { "Ада@Пример.example", "ада@xn--e1afmkfd.example" },
  { "e\xcc\x81@example.org", "\xc3\xa9@example.org" },
  { "no address", "no address" },
  { "a@b@c.org", "a@b@c.org" },
  { "", "" },
  { "a\xff@example.org", "a\xef\xbf\xbd@example.org" },
};

static void
test_normalise (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *once = hall_address_normalise (pairs[i][0]);
    g_autofree char *twice = hall_address_normalise (once);

    g_assert_cmpstr (once, ==, pairs[i][1]);
    g_assert_cmpstr (twice, ==, once);
  }
}

/* Hundreds of thousands of letters beyond ASCII take many seconds, and are no address anyway. */
static void
test_normalise_too_long (void)
{
  g_autoptr (GString) address = g_string_new ("A@");
  g_autofree char    *key = NULL;

  for (guint i = 0; i < 30; i++)
    g_string_append (address, "ääääääää.");
  g_string_append (address, "example");
  key = hall_address_normalise (address->str);
  g_assert_cmpstr (key, ==, address->str);
}

static void
test_turkish (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_ALL, NULL));
  g_autofree char *key = NULL;

  if (setlocale (LC_ALL, "tr_TR.UTF-8") == NULL) {
    g_test_skip ("no Turkish locale here");
    return;
  }

  key = hall_address_normalise ("IDA@EXAMPLE.ORG");
  setlocale (LC_ALL, before);
  g_assert_cmpstr (key, ==, "ida@example.org");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/address/valid", test_valid);
  g_test_add_func ("/model/address/not-valid", test_not_valid);
  g_test_add_func ("/model/address/normalise", test_normalise);
  g_test_add_func ("/model/address/normalise-too-long", test_normalise_too_long);
  g_test_add_func ("/model/address/turkish", test_turkish);

  return g_test_run ();
}
