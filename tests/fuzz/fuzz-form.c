/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any bytes as a form: every field that is found is text, and a sign-up made of it is right or says what is wrong. */
#include "fuzz.h"

#include "server/hall-form.h"
#include "server/hall-sign-up.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char *const names[] = { "name", "address", "question", "since", "limit", "" };
  g_autoptr (HallForm)     form = hall_form_read ((const char *) data, size);
  g_autoptr (HallSignUp)   sign_up = NULL;

  if (form == NULL)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *text = hall_form_get (form, names[i]);

    g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  }

  sign_up = hall_sign_up_read (form);
  g_assert_true (g_utf8_validate (sign_up->name, -1, NULL));
  g_assert_true (g_utf8_validate (sign_up->address, -1, NULL));
  g_assert_true (g_utf8_validate (sign_up->question, -1, NULL));
  if (hall_sign_up_is_good (sign_up)) {
    g_assert_cmpstr (sign_up->name, !=, "");
    g_assert_nonnull (strchr (sign_up->address, '@'));
  }

  return 0;
}
