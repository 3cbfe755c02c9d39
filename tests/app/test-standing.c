/* SPDX-License-Identifier: GPL-3.0-or-later
 * The line at the foot of the sidebar, for every way things can stand. */
#include "app/hall-problem.h"
#include "app/hall-standing.h"

#define NOW G_GINT64_CONSTANT (1464000000000000)

static void
assert_says (HallStanding standing,
             const char  *line)
{
  g_autofree char *said = hall_standing_say (&standing, NOW);

  g_assert_cmpstr (said, ==, line);
}

static void
test_at_rest (void)
{
  assert_says ((HallStanding) { .accounts = 0 }, "Saved. No account yet");
  assert_says ((HallStanding) { .accounts = 1 }, "Saved. Not yet exchanged with the service");
  assert_says ((HallStanding) { .accounts = 1, .waiting = 1, .synced_at = NOW }, "Saved. 1 edit waiting");
  assert_says ((HallStanding) { .accounts = 1, .waiting = 3 }, "Saved. 3 edits waiting");
  assert_says ((HallStanding) { .accounts = 1, .parked = 2, .synced_at = NOW }, "Saved. 2 edits were refused");
  assert_says ((HallStanding) { .accounts = 1, .parked = 1, .conflicts = 1, .waiting = 4, .synced_at = NOW },
               "Saved. Changed in both places: 1");
}

static void
test_when (void)
{
  static const struct { gint64 ago; const char *line; } times[] = {
    { 0, "Saved. All sent just now" },
    { 59 * G_TIME_SPAN_SECOND, "Saved. All sent just now" },
    { 2 * G_TIME_SPAN_MINUTE, "Saved. All sent 2 min ago" },
    { 59 * G_TIME_SPAN_MINUTE, "Saved. All sent 59 min ago" },
    { 60 * G_TIME_SPAN_MINUTE, "Saved. All sent 1 h ago" },
    { 5 * G_TIME_SPAN_DAY, "Saved. All sent on 18 May" },
    { -G_TIME_SPAN_DAY, "Saved. All sent just now" }, /* the clock was put back */
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    assert_says ((HallStanding) { .accounts = 1, .synced_at = NOW - times[i].ago }, times[i].line);
}

static void
test_under_way (void)
{
  HallStanding standing = { .accounts = 1, .waiting = 30, .exchanging = TRUE };

  standing.phase = HALL_SYNC_CONNECTING;
  assert_says (standing, "Connecting to the service");
  standing.phase = HALL_SYNC_RECEIVING;
  assert_says (standing, "Receiving");
  standing.done = 40;
  assert_says (standing, "Receiving 40");
  standing.total = 300;
  assert_says (standing, "Receiving 40 of 300");
  standing.phase = HALL_SYNC_SENDING;
  standing.done = 4;
  standing.total = 30;
  assert_says (standing, "Sending 4 of 30");
}

static void
test_trouble (void)
{
  for (int code = HALL_SYNC_ERROR_OFFLINE; code <= HALL_SYNC_ERROR_NONSENSE; code++) {
    g_autoptr (GError) error = g_error_new_literal (HALL_SYNC_ERROR, code, "x");
    HallStanding       standing = { .accounts = 1, .trouble = error };
    g_autofree char   *alone = hall_standing_say (&standing, NOW);
    g_autofree char   *with = NULL;

    g_assert_true (g_str_has_prefix (alone, "Saved. "));
    standing.waiting = 3;
    with = hall_standing_say (&standing, NOW);
    g_assert_true (g_str_has_prefix (with, alone));
    g_assert_true (g_str_has_suffix (with, "; 3 edits waiting"));
    if (code == HALL_SYNC_ERROR_OFFLINE)
      g_assert_cmpstr (with, ==, "Saved. Cannot reach the service; 3 edits waiting");
  }
}

/* What holds it up, what waits and when it goes on, in that order. */
static void
test_held_up (void)
{
  const gint64       later = NOW + 52 * G_TIME_SPAN_MINUTE;
  g_autoptr (GError) error = g_error_new_literal (HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE, "x");

  assert_says ((HallStanding) { .accounts = 1, .trouble = error, .next_try_at = later },
               "Saved. Cannot reach the service. Trying again at 11:32");
  assert_says ((HallStanding) { .accounts = 1, .trouble = error, .waiting = 3, .next_try_at = later },
               "Saved. Cannot reach the service; 3 edits waiting. Trying again at 11:32");
  assert_says ((HallStanding) { .accounts = 2, .trouble = error, .troubled = "Fridays", .waiting = 1 },
               "Saved. Cannot reach the service (Fridays); 1 edit waiting");
  assert_says ((HallStanding) { .accounts = 1, .waiting = 3, .next_try_at = later },
               "Saved. 3 edits waiting. Trying again at 11:32");
  assert_says ((HallStanding) { .accounts = 1, .offline = TRUE, .trouble = error, .waiting = 3 },
               "Saved. No network; 3 edits waiting");
  assert_says ((HallStanding) { .accounts = 1, .asks = TRUE, .conflicts = 1, .waiting = 3 },
               "Saved. Metered network, so only synced when you ask; 3 edits waiting");
  assert_says ((HallStanding) { .accounts = 1, .offline = TRUE, .exchanging = TRUE }, "Connecting to the service");
}

/* Whatever else is the matter, the line never says "Saved" of what is not. */
static void
test_not_saved (void)
{
  g_autoptr (GError) full = g_error_new_literal (HALL_STORE_ERROR, HALL_STORE_ERROR_FULL, "x");
  g_autoptr (GError) broken = g_error_new_literal (HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED, "x");

  assert_says ((HallStanding) { .accounts = 1, .unsaved = full, .synced_at = NOW }, "Not saved: the disk is full");
  assert_says ((HallStanding) { .accounts = 1, .unsaved = broken, .exchanging = TRUE }, "The last edit is not saved");
  assert_says ((HallStanding) { .accounts = 1, .saving = 1, .synced_at = NOW }, "Saving");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/standing/at-rest", test_at_rest);
  g_test_add_func ("/app/standing/when", test_when);
  g_test_add_func ("/app/standing/under-way", test_under_way);
  g_test_add_func ("/app/standing/trouble", test_trouble);
  g_test_add_func ("/app/standing/held-up", test_held_up);
  g_test_add_func ("/app/standing/not-saved", test_not_saved);

  return g_test_run ();
}
