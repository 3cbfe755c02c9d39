/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hosts and a desk exchange what each has edited: both ways, at once, and against each other. */
#include "town.h"

static void
test_both_ways (Town       *town,
                gconstpointer  data)
{
  g_autoptr (HallSeries)   series = scratch_series (town->ann->account->parent.id);
  g_autoptr (HallChat)     chat = scratch_chat (town->ann->account->parent.id, "pycon");
  g_autoptr (HallPost)     post = scratch_post (town->ann->account->parent.id, "---\ntitle: Live from PyCon\n---\nText\n");
  g_autoptr (HallGuest)    guest = NULL;
  g_autoptr (HallAttendee) attendee = NULL;
  g_autoptr (HallQuestion) question = NULL;
  g_autoptr (HallChat)     at_ann = NULL;
  g_autoptr (HallChat)     at_ben = NULL;
  g_autoptr (HallPost)     post_at_ben = NULL;
  g_autoptr (HallAttendee) attendee_at_ben = NULL;
  g_autoptr (HallSeries)   removed = NULL;
  HallSyncResult           result;
  g_autoptr (GError)       trouble = NULL;

  g_set_str (&chat->series, series->parent.id);
  guest = scratch_guest (chat, "Grace");
  attendee = scratch_attendee (chat, "Ada", "Ada@example.org");
  question = scratch_question (chat, attendee, "Привет, what is next? 👋");
  host_save (town->ann, series);
  host_save (town->ann, chat);
  host_save (town->ann, post);
  host_save (town->ann, guest);
  host_save (town->ann, attendee);
  host_save (town->ann, question);

  trouble = host_sync (town->ann, &result);
  g_assert_no_error (trouble);
  g_assert_cmpuint (result.sent, ==, 6);
  g_assert_cmpuint (result.parked, ==, 0);
  at_ann = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (at_ann->sign_up_url, ==, "https://desk.example.org/e/pycon");

  trouble = host_sync (town->ben, &result);
  g_assert_no_error (trouble);
  g_assert_cmpuint (result.received, ==, 6);
  at_ben = host_get (town->ben, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (at_ben->account, ==, town->ben->account->parent.id);
  post_at_ben = host_get (town->ben, &hall_post_kind, post->parent.id);
  g_assert_cmpstr (post_at_ben->title, ==, "Live from PyCon");
  g_assert_cmpstr (post_at_ben->text, ==, post->text);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM revisions"), ==, 1);
  attendee_at_ben = host_get (town->ben, &hall_attendee_kind, attendee->parent.id);
  g_assert_nonnull (attendee_at_ben->person);
  town_assert_converged (town);

  host_save_text (town->ben, chat, "title", "Live, renamed");
  host_save_text (town->ben, post, "text", "---\ntitle: Another\n---\nText\n");
  host_remove (town->ben, guest);
  host_remove (town->ann, series);
  town_assert_converged (town);

  g_clear_pointer (&at_ann, hall_value_unref);
  at_ann = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (at_ann->title, ==, "Live, renamed");
  g_assert_null (at_ann->series);
  removed = host_get (town->ben, &hall_series_kind, series->parent.id);
  g_assert_null (removed);

  host_remove (town->ann, chat);
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM attendees"), ==, 0);
}

static void
test_different_fields_merge (Town       *town,
                             gconstpointer  data)
{
  g_autoptr (HallChat) chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat) merged = NULL;

  host_save_text (town->ann, chat, "title", "Ann's title");
  host_save_text (town->ben, chat, "recording", "https://example.org/watch");
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  town_assert_converged (town);

  merged = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (merged->title, ==, "Ann's title");
  g_assert_cmpstr (merged->recording, ==, "https://example.org/watch");
}

static void
test_conflict_keeps_both (Town       *town,
                          gconstpointer  data)
{
  g_autoptr (HallChat)      chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat)      mine = NULL;
  g_autoptr (HallConflict)  conflict = NULL;
  g_autoptr (HallOperation) operation = NULL;
  g_autofree char          *at_desk = NULL;
  g_autofree char          *later = NULL;
  HallSyncResult            result;
  g_autoptr (GError)        trouble = NULL;

  host_save_text (town->ann, chat, "title", "Ann's title");
  host_save_text (town->ben, chat, "title", "Ben's title");
  host_sync_well (town->ann);
  trouble = host_sync (town->ben, &result);
  g_assert_no_error (trouble);
  g_assert_cmpuint (result.conflicts, ==, 1);

  conflict = host_conflict (town->ben, chat);
  g_assert_nonnull (strstr (conflict->base, "Live from Day 1"));
  g_assert_nonnull (strstr (conflict->mine, "Ben's title"));
  g_assert_nonnull (strstr (conflict->theirs, "Ann's title"));
  mine = host_get (town->ben, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (mine->title, ==, "Ben's title");
  operation = host_operation (town->ben, chat);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_PARKED);
  g_assert_cmpstr (operation->reason, ==, "conflict");

  /* Nothing goes over Ann's title, not even after Ben edits on, and other rows are not kept waiting. */
  host_save_text (town->ben, chat, "recording", "https://example.org/watch");
  {
    g_autoptr (HallChat) other = scratch_chat (town->ben->account->parent.id, "other");

    host_save (town->ben, other);
  }
  trouble = host_sync (town->ben, &result);
  g_assert_no_error (trouble);
  g_assert_cmpuint (result.conflicts, ==, 0);
  g_assert_cmpuint (result.sent, ==, 1);
  at_desk = town_dump_desk (town);
  g_assert_nonnull (strstr (at_desk, "Ann's title"));
  g_assert_null (strstr (at_desk, "Ben's title"));
  g_assert_nonnull (strstr (at_desk, "\"other\""));

  /* What Ann changes besides comes to Ben; the title is still his to choose, and what it was at first is kept. */
  host_save_text (town->ann, chat, "summary", "Ann's summary");
  host_save_text (town->ann, chat, "title", "Ann's second title");
  host_sync_well (town->ann);
  g_clear_error (&trouble);
  trouble = host_sync (town->ben, &result);
  g_assert_no_error (trouble);
  g_assert_cmpuint (result.conflicts, ==, 0);
  g_clear_pointer (&mine, hall_value_unref);
  mine = host_get (town->ben, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (mine->summary, ==, "Ann's summary");
  g_clear_pointer (&conflict, hall_conflict_free);
  conflict = host_conflict (town->ben, chat);
  g_assert_nonnull (strstr (conflict->base, "Live from Day 1"));
  g_assert_nonnull (strstr (conflict->mine, "Ben's title"));
  g_assert_nonnull (strstr (conflict->theirs, "Ann's second title"));

  host_save_text (town->ann, chat, "summary", NULL);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  g_clear_pointer (&conflict, hall_conflict_free);
  conflict = host_conflict (town->ben, chat);
  g_assert_nonnull (conflict);

  /* Ann comes to say the same: nothing is left to choose, and the rest of Ben's edits may go. */
  host_save_text (town->ben, chat, "recording", NULL);
  host_save_text (town->ann, chat, "title", "Ben's title");
  host_sync_well (town->ann);
  town_assert_converged (town);
  later = town_dump_desk (town);
  g_assert_nonnull (strstr (later, "Ben's title"));
}

/* Somebody is faster between the news and the sending: 412 brings their version. */
static void
rename_meanwhile (gpointer data)
{
  Town *town = data;

  host_sync_well (town->ben);
}

static void
test_stale_merges (Town       *town,
                   gconstpointer  data)
{
  g_autoptr (HallChat) first = town_share_chat (town, "first");
  g_autoptr (HallChat) second = town_share_chat (town, "second");
  g_autoptr (HallChat) merged = NULL;

  /* Ann sends her edit of the first chat; right after that Ben's edit of the second one arrives. */
  host_save_text (town->ann, first, "title", "Ann's first");
  host_save_text (town->ann, second, "title", "Ann's second");
  host_save_text (town->ben, second, "recording", "https://example.org/watch");
  town->meanwhile = rename_meanwhile;
  town->meanwhile_data = town;
  host_sync_well (town->ann);
  town_assert_converged (town);

  merged = host_get (town->ben, &hall_chat_kind, second->parent.id);
  g_assert_cmpstr (merged->title, ==, "Ann's second");
  g_assert_cmpstr (merged->recording, ==, "https://example.org/watch");
  /* Refused once, and sent again under another key. */
  g_assert_cmpuint (town->keys->len, >=, 5);
  for (guint i = 0; i < town->keys->len; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (g_ptr_array_index (town->keys, i), !=, g_ptr_array_index (town->keys, j));
}

static void
test_stale_conflicts (Town       *town,
                      gconstpointer  data)
{
  g_autoptr (HallChat)     first = town_share_chat (town, "first");
  g_autoptr (HallChat)     second = town_share_chat (town, "second");
  g_autoptr (HallConflict) conflict = NULL;

  host_save_text (town->ann, first, "title", "Ann's first");
  host_save_text (town->ann, second, "title", "Ann's second");
  host_save_text (town->ben, second, "title", "Ben's second");
  town->meanwhile = rename_meanwhile;
  town->meanwhile_data = town;
  host_sync_well (town->ann);

  conflict = host_conflict (town->ann, second);
  g_assert_nonnull (strstr (conflict->mine, "Ann's second"));
  g_assert_nonnull (strstr (conflict->theirs, "Ben's second"));
}

static void
test_delete_against_edit (Town       *town,
                          gconstpointer  data)
{
  g_autoptr (HallChat)     kept = town_share_chat (town, "kept");
  g_autoptr (HallChat)     gone = town_share_chat (town, "gone");
  g_autoptr (HallChat)     still = NULL;
  g_autoptr (HallConflict) deleted_there = NULL;
  g_autoptr (HallConflict) deleted_here = NULL;
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (HallOperation) removal = NULL;
  g_autofree char         *at_desk = NULL;

  /* Ann deletes what Ben edits, and edits what Ben deletes. */
  host_remove (town->ann, kept);
  host_save_text (town->ann, gone, "title", "Ann's edit");
  host_save_text (town->ben, kept, "title", "Ben's edit");
  host_remove (town->ben, gone);
  host_sync_well (town->ann);
  host_sync_well (town->ben);

  deleted_there = host_conflict (town->ben, kept);
  g_assert_nonnull (strstr (deleted_there->mine, "Ben's edit"));
  g_assert_null (deleted_there->theirs);
  still = host_get (town->ben, &hall_chat_kind, kept->parent.id);
  g_assert_cmpstr (still->title, ==, "Ben's edit");

  operation = host_operation (town->ben, kept);
  g_assert_cmpint (operation->verb, ==, HALL_OPERATION_CREATE);

  deleted_here = host_conflict (town->ben, gone);
  g_assert_null (deleted_here->mine);
  g_assert_nonnull (strstr (deleted_here->theirs, "Ann's edit"));
  removal = host_operation (town->ben, gone);
  g_assert_cmpint (removal->verb, ==, HALL_OPERATION_REMOVE);

  /* Neither is decided silently, however often they exchange. */
  host_sync_well (town->ben);
  host_sync_well (town->ben);
  at_desk = town_dump_desk (town);
  g_assert_nonnull (strstr (at_desk, "Ann's edit"));
  g_assert_null (strstr (at_desk, "Ben's edit"));
}

/* Ann deletes a chat for which Ben has a guest that nobody else knows yet. */
static void
test_delete_against_new_child (Town       *town,
                               gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallGuest)    guest = scratch_guest (chat, "Grace");
  g_autoptr (HallGuest)    still = NULL;
  g_autoptr (HallConflict) conflict = NULL;

  host_save (town->ben, guest);
  host_remove (town->ann, chat);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  host_sync_well (town->ben);

  still = host_get (town->ben, &hall_guest_kind, guest->parent.id);
  g_assert_nonnull (still);
  conflict = host_conflict (town->ben, chat);
  g_assert_nonnull (conflict->mine);
  g_assert_null (conflict->theirs);
}

static void
test_refused (Town       *town,
              gconstpointer  data)
{
  g_autoptr (HallChat)      taken = town_share_chat (town, "pycon");
  g_autoptr (HallChat)      chat = scratch_chat (town->ann->account->parent.id, "pycon");
  g_autoptr (HallGuest)     guest = scratch_guest (chat, "Grace");
  g_autoptr (HallChat)      free_one = scratch_chat (town->ann->account->parent.id, "free");
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (HallOperation) waiting = NULL;
  HallSyncResult            result;
  g_autoptr (GError)        trouble = NULL;

  host_save (town->ann, chat);
  host_save (town->ann, guest);
  host_save (town->ann, free_one);
  trouble = host_sync (town->ann, &result);
  g_assert_no_error (trouble);
  g_assert_cmpuint (result.parked, ==, 1);
  g_assert_cmpuint (result.sent, ==, 1);
  operation = host_operation (town->ann, chat);
  g_assert_cmpint (operation->state, ==, HALL_OPERATION_PARKED);
  g_assert_true (g_str_has_suffix (operation->reason, "."));
  waiting = host_operation (town->ann, guest);
  g_assert_cmpint (waiting->state, ==, HALL_OPERATION_QUEUED);

  /* The host gives it another address, and all that waited goes. */
  host_save_text (town->ann, chat, "slug", "pycon-2");
  town_assert_converged (town);
}

/* A chat edited after people have signed up comes after them in the record; a new library reads page by page. */
static void
test_children_before_parents (Town       *town,
                              gconstpointer  data)
{
  g_autoptr (HallChat)   chat = town_share_chat (town, "pycon");
  g_autoptr (HallSeries) series = scratch_series (town->ann->account->parent.id);
  g_autoptr (Host)       cleo = host_new ("cleo", town_answer, town);
  g_autofree char       *rows = NULL;
  g_autofree char       *at_desk = NULL;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *form = g_strdup_printf ("name=Guest+%u&address=guest%u%%40example.org&question=Question+%u", i, i, i);

    town_sign_up (town, "pycon", form);
  }
  host_sync_well (town->ann);
  host_save_text (town->ann, chat, "title", "Edited after they came");
  host_save (town->ann, series);
  host_save_text (town->ann, chat, "series", series->parent.id);
  host_sync_well (town->ann);

  /* Nothing stands in the same page as what it hangs on. */
  town->in_small_pages = TRUE;
  for (guint round = 0; round < 2; round++) {
    host_sync_well (cleo);
    rows = host_dump (cleo);
    at_desk = town_dump_desk (town);
    g_assert_cmpstr (rows, ==, at_desk);
    g_clear_pointer (&rows, g_free);
    g_clear_pointer (&at_desk, g_free);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/engine-desk/both-ways", test_both_ways, NULL);
  TOWN_TEST ("/sync/engine-desk/different-fields-merge", test_different_fields_merge, NULL);
  TOWN_TEST ("/sync/engine-desk/conflict-keeps-both", test_conflict_keeps_both, NULL);
  TOWN_TEST ("/sync/engine-desk/stale-merges", test_stale_merges, NULL);
  TOWN_TEST ("/sync/engine-desk/stale-conflicts", test_stale_conflicts, NULL);
  TOWN_TEST ("/sync/engine-desk/delete-against-edit", test_delete_against_edit, NULL);
  TOWN_TEST ("/sync/engine-desk/delete-against-new-child", test_delete_against_new_child, NULL);
  TOWN_TEST ("/sync/engine-desk/refused", test_refused, NULL);
  TOWN_TEST ("/sync/engine-desk/children-before-parents", test_children_before_parents, NULL);

  return g_test_run ();
}
