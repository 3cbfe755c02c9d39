/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every code of every floor has words for people, and none of a machine's. */
#include "app/hall-problem.h"
#include "format/hall-format-error.h"
#include "store/hall-store-error.h"
#include "sync/hall-sync-error.h"

#include <gio/gio.h>
#include <string.h>

/* What an error may carry from below, and nobody should have to read. */
#define MACHINE_TALK "SQLITE_IOERR errno 5: Input/output error (sqlite, /tmp/x)"

static void
assert_plain (GQuark      domain,
              int         code,
              const char *message)
{
  static const char *const jargon[] = {
    "sqlite", "errno", "http ", "json", "null", "0x", "exception", "domain", "failed:", "(", "!", "\n", NULL,
  };
  g_autoptr (GError) error = g_error_new_literal (domain, code, message);
  g_autofree char   *said = hall_problem_say (error);
  g_autofree char   *lower = g_utf8_strdown (said, -1);

  g_test_message ("%s %d: %s", g_quark_to_string (domain), code, said);
  g_assert_cmpuint (strlen (said), >, 30);
  g_assert_true (g_unichar_isupper (g_utf8_get_char (said)));
  g_assert_true (g_str_has_suffix (said, "."));
  for (guint i = 0; jargon[i] != NULL; i++) {
    g_autofree char *word = g_utf8_strdown (jargon[i], -1);

    if (strstr (lower, word) != NULL)
      g_error ("“%s” in: %s", word, said);
  }
}

static void
test_store (void)
{
  for (int code = HALL_STORE_ERROR_BUSY; code <= HALL_STORE_ERROR_FAILED; code++)
    assert_plain (HALL_STORE_ERROR, code, MACHINE_TALK);
}

static void
test_sync (void)
{
  for (int code = HALL_SYNC_ERROR_OFFLINE; code <= HALL_SYNC_ERROR_NONSENSE; code++)
    assert_plain (HALL_SYNC_ERROR, code, MACHINE_TALK);
}

/* These two floors write for people themselves. */
static void
test_format (void)
{
  for (int code = HALL_FORMAT_ERROR_NOT_TEXT; code <= HALL_FORMAT_ERROR_INVALID; code++) {
    assert_plain (HALL_FORMAT_ERROR, code, "Line 3 of the file is not UTF-8 text. Save the file as UTF-8.");
    assert_plain (HALL_FORMAT_ERROR, code, "line 3 has no colon");
  }
}

static void
test_app (void)
{
  g_autoptr (GError) error = g_error_new_literal (HALL_APP_ERROR, HALL_APP_ERROR_WRONG_USE, "A title is missing.");
  g_autofree char   *said = hall_problem_say (error);

  g_assert_cmpstr (said, ==, "A title is missing.");
}

static void
test_file (void)
{
  for (int code = G_IO_ERROR_FAILED; code <= G_IO_ERROR_NO_SUCH_DEVICE; code++)
    assert_plain (G_IO_ERROR, code, MACHINE_TALK);
}

static void
test_unknown (void)
{
  assert_plain (g_quark_from_static_string ("some-other-quark"), 7, MACHINE_TALK);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/problem/store", test_store);
  g_test_add_func ("/app/problem/sync", test_sync);
  g_test_add_func ("/app/problem/format", test_format);
  g_test_add_func ("/app/problem/app", test_app);
  g_test_add_func ("/app/problem/file", test_file);
  g_test_add_func ("/app/problem/unknown", test_unknown);

  return g_test_run ();
}
