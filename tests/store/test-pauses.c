/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pauses: one for an account, gone with it, and ended by a clock that jumps. */
#include "store/hall-pauses.h"

#include "scratch-library.h"
#include "store/hall-accounts.h"

static HallPause
get (HallDatabase      *db,
     const HallAccount *account)
{
  g_autoptr (GError) error = NULL;
  HallPause          pause;

  hall_pauses_get (db, account->parent.id, &pause, &error);
  g_assert_no_error (error);

  return pause;
}

static void
test_kept (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallAccount)  one = scratch_account ("One");
  g_autoptr (HallAccount)  other = scratch_account ("Other");
  g_autoptr (GError)       error = NULL;
  HallPause                pause = { 3, SCRATCH_NOW, SCRATCH_NOW + 7, TRUE, FALSE };

  scratch_put (db, one);
  scratch_put (db, other);
  g_assert_cmpint (get (db, one).failures, ==, 0);

  g_assert_true (hall_pauses_put (db, one->parent.id, &pause, &error));
  g_assert_cmpint (get (db, one).failures, ==, 3);
  g_assert_cmpint (get (db, one).begun_at, ==, SCRATCH_NOW);
  g_assert_cmpint (get (db, one).ends_at, ==, SCRATCH_NOW + 7);
  g_assert_true (get (db, one).asked);
  g_assert_false (get (db, one).refused);
  g_assert_cmpint (get (db, other).failures, ==, 0);

  pause = (HallPause) { 4, SCRATCH_NOW + 9, SCRATCH_NOW + 9, FALSE, TRUE };
  g_assert_true (hall_pauses_put (db, one->parent.id, &pause, &error));
  g_assert_cmpint (get (db, one).failures, ==, 4);
  g_assert_cmpint (get (db, one).begun_at, ==, SCRATCH_NOW + 9);
  g_assert_cmpint (get (db, one).ends_at, ==, SCRATCH_NOW + 9);
  g_assert_false (get (db, one).asked);
  g_assert_true (get (db, one).refused);

  g_assert_true (hall_pauses_drop (db, one->parent.id, &error));
  g_assert_cmpint (get (db, one).failures, ==, 0);
  g_assert_true (hall_pauses_drop (db, one->parent.id, &error));

  g_assert_true (hall_pauses_put (db, one->parent.id, &pause, &error));
  scratch_begin (db);
  g_assert_true (hall_accounts_remove (db, one->parent.id, &error));
  scratch_commit (db);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM pauses"), ==, 0);

  g_assert_false (hall_pauses_put (db, one->parent.id, &pause, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
}

static void
test_holds (void)
{
  const HallPause none = { 0 };
  const HallPause pause = { 1, SCRATCH_NOW, SCRATCH_NOW + 10, FALSE, FALSE };

  g_assert_false (hall_pause_holds (&none, SCRATCH_NOW));
  g_assert_false (hall_pause_holds (&none, 0));
  g_assert_true (hall_pause_holds (&pause, SCRATCH_NOW));
  g_assert_true (hall_pause_holds (&pause, SCRATCH_NOW + 9));
  g_assert_false (hall_pause_holds (&pause, SCRATCH_NOW + 10));
  g_assert_false (hall_pause_holds (&pause, SCRATCH_NOW - 1));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/pauses/kept", test_kept);
  g_test_add_func ("/store/pauses/holds", test_holds);

  return g_test_run ();
}
