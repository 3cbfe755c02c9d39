/* SPDX-License-Identifier: GPL-3.0-or-later
 * A choice taken back: open again as it was, or undone by a new edit, or not at all. */
#include "chooser.h"

#include "scratch.h"

static void
test_deleted_there_undo (Town          *town,
                         gconstpointer  data)
{
  g_autoptr (HallChat) chat = chooser_delete_there (town);
  g_autofree char     *before = host_dump (town->ben);
  g_autofree char     *after = NULL;
  g_autofree char     *id = chooser_choose (town->ben, chat, HALL_CHOICE_THEIRS, NULL);
  g_autofree char     *second = NULL;

  chooser_undo (town->ben, id);
  after = host_dump (town->ben);
  g_assert_cmpstr (after, ==, before);
  second = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);
  g_assert_cmpstr (second, ==, id);
  chooser_assert_all_have (town, chat, "Ben's title");
  chooser_assert_children (town->ann, 2, 1, 1);

  /* By now the service has it again: taking the choice back is a removal. */
  chooser_undo (town->ben, id);
  chooser_assert_all_have (town, chat, NULL);
  chooser_refuse_undo (town->ben, id);
}

static void
test_deleted_here_undo (Town          *town,
                        gconstpointer  data)
{
  g_autoptr (HallChat)     chat = chooser_delete_here (town);
  g_autoptr (HallConflict) before = host_conflict (town->ben, chat);
  g_autoptr (HallConflict) after = NULL;
  g_autofree char         *id = chooser_choose (town->ben, chat, HALL_CHOICE_THEIRS, NULL);
  g_autofree char         *second = NULL;

  chooser_undo (town->ben, id);
  after = host_conflict (town->ben, chat);
  g_assert_cmpstr (after->id, ==, before->id);
  g_assert_null (after->mine);
  g_assert_cmpstr (after->theirs, ==, before->theirs);
  chooser_assert_title (town->ben, chat->parent.id, NULL);
  chooser_assert_children (town->ben, 0, 0, 0);

  /* The other choice goes out; then it is taken back, and the chat is made anew with those who were in it. */
  second = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);
  chooser_assert_all_have (town, chat, NULL);
  chooser_undo (town->ben, id);
  chooser_assert_all_have (town, chat, "Ann's title");
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM attendees"), ==, 2);
}

static void
test_undo (Town          *town,
           gconstpointer  data)
{
  HallChoice               choice = GPOINTER_TO_INT (data);
  g_autoptr (HallChat)     chat = chooser_rename_on_both (town);
  g_autoptr (HallChat)     third = scratch_changed (chat, "title", "A third title");
  g_autoptr (HallConflict) before = host_conflict (town->ben, chat);
  g_autoptr (HallConflict) after = NULL;
  g_autofree char         *id = NULL;

  id = chooser_choose (town->ben, chat, choice, choice == HALL_CHOICE_EDITED ? third : NULL);
  chooser_undo (town->ben, id);
  chooser_refuse_undo (town->ben, id);
  after = host_conflict (town->ben, chat);
  g_assert_cmpstr (after->id, ==, before->id);
  g_assert_cmpstr (after->base, ==, before->base);
  g_assert_cmpstr (after->mine, ==, before->mine);
  g_assert_cmpstr (after->theirs, ==, before->theirs);
  g_assert_cmpint (after->found_at, ==, before->found_at);
  chooser_assert_title (town->ben, chat->parent.id, "Ben's title");

  /* It stays undecided, and can be chosen again. */
  host_sync_well (town->ben);
  host_sync_well (town->ann);
  chooser_assert_title (town->ann, chat->parent.id, "Ann's title");
  chooser_choose_by_id (town->ben, id, HALL_CHOICE_MINE, NULL);
  chooser_assert_all_have (town, chat, "Ben's title");
}

/* Once the service has heard of it, a new edit takes it back. */
static void
test_undo_sent (Town          *town,
                gconstpointer  data)
{
  HallChoice           choice = GPOINTER_TO_INT (data);
  g_autoptr (HallChat) chat = chooser_rename_on_both (town);
  g_autoptr (HallChat) third = scratch_changed (chat, "title", "A third title");
  g_autofree char     *id = NULL;

  id = chooser_choose (town->ben, chat, choice, choice == HALL_CHOICE_EDITED ? third : NULL);
  chooser_assert_all_have (town, chat, choice == HALL_CHOICE_EDITED ? "A third title" : "Ben's title");
  chooser_undo (town->ben, id);
  chooser_assert_all_have (town, chat, choice == HALL_CHOICE_EDITED ? "Ben's title" : "Ann's title");
}

/* Nobody knows whether it got there. */
static void
test_undo_on_the_way (Town          *town,
                      gconstpointer  data)
{
  g_autoptr (HallChat) chat = chooser_rename_on_both (town);
  g_autofree char     *id = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);
  g_autoptr (GError)   trouble = NULL;

  town_let_happen (town, GPOINTER_TO_INT (data), "PATCH");
  trouble = host_sync (town->ben, NULL);
  g_assert_nonnull (trouble);
  chooser_undo (town->ben, id);
  chooser_assert_all_have (town, chat, "Ann's title");
}

static void
test_undo_too_late (Town          *town,
                    gconstpointer  data)
{
  gboolean             by_ann = GPOINTER_TO_INT (data);
  g_autoptr (HallChat) chat = chooser_rename_on_both (town);
  g_autofree char     *id = chooser_choose (town->ben, chat, HALL_CHOICE_THEIRS, NULL);

  host_save_text (by_ann ? town->ann : town->ben, chat, "summary", "Newer");
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  chooser_refuse_undo (town->ben, id);
  chooser_assert_all_have (town, chat, "Ann's title");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/choices-undo/deleted-there", test_deleted_there_undo, NULL);
  TOWN_TEST ("/sync/choices-undo/deleted-here", test_deleted_here_undo, NULL);
  TOWN_TEST ("/sync/choices-undo/unsent/mine", test_undo, GINT_TO_POINTER (HALL_CHOICE_MINE));
  TOWN_TEST ("/sync/choices-undo/unsent/theirs", test_undo, GINT_TO_POINTER (HALL_CHOICE_THEIRS));
  TOWN_TEST ("/sync/choices-undo/unsent/edited", test_undo, GINT_TO_POINTER (HALL_CHOICE_EDITED));
  TOWN_TEST ("/sync/choices-undo/sent/mine", test_undo_sent, GINT_TO_POINTER (HALL_CHOICE_MINE));
  TOWN_TEST ("/sync/choices-undo/sent/edited", test_undo_sent, GINT_TO_POINTER (HALL_CHOICE_EDITED));
  TOWN_TEST ("/sync/choices-undo/on-the-way/lost", test_undo_on_the_way, GINT_TO_POINTER (LOSE_REQUEST));
  TOWN_TEST ("/sync/choices-undo/on-the-way/taken", test_undo_on_the_way, GINT_TO_POINTER (LOSE_REPLY));
  TOWN_TEST ("/sync/choices-undo/too-late/by-ben", test_undo_too_late, GINT_TO_POINTER (FALSE));
  TOWN_TEST ("/sync/choices-undo/too-late/by-ann", test_undo_too_late, GINT_TO_POINTER (TRUE));

  return g_test_run ();
}
