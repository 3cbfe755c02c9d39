/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whatever a host chooses, in the end both hosts and the desk have the same, and it is what was chosen. */
#include "chooser.h"

#include "scratch.h"

static void
test_mine (Town          *town,
           gconstpointer  data)
{
  g_autoptr (HallChat) chat = chooser_rename_on_both (town);
  g_autofree char     *id = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);

  chooser_assert_all_have (town, chat, "Ben's title");
}

static void
test_theirs (Town          *town,
             gconstpointer  data)
{
  g_autoptr (HallChat)      chat = chooser_rename_on_both (town);
  g_autoptr (HallOperation) operation = NULL;
  g_autofree char          *id = chooser_choose (town->ben, chat, HALL_CHOICE_THEIRS, NULL);

  chooser_assert_title (town->ben, chat->parent.id, "Ann's title");
  operation = host_operation (town->ben, chat);
  g_assert_null (operation);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM history WHERE before LIKE '%Ben''s title%'"), >=, 1);
  chooser_assert_all_have (town, chat, "Ann's title");
}

static void
test_edited (Town          *town,
             gconstpointer  data)
{
  g_autoptr (HallChat) chat = chooser_rename_on_both (town);
  g_autoptr (HallChat) third = scratch_changed (chat, "title", "A third title");
  g_autofree char     *id = NULL;

  g_set_str (&third->account, NULL); /* local fields of the third version are not looked at */
  id = chooser_choose (town->ben, chat, HALL_CHOICE_EDITED, third);
  chooser_assert_all_have (town, chat, "A third title");
}

/* The third version may be the service's own after all. */
static void
test_edited_into_theirs (Town          *town,
                         gconstpointer  data)
{
  g_autoptr (HallChat)      chat = chooser_rename_on_both (town);
  g_autoptr (HallChat)      third = scratch_changed (chat, "title", "Ann's title");
  g_autofree char          *id = chooser_choose (town->ben, chat, HALL_CHOICE_EDITED, third);
  g_autoptr (HallOperation) operation = host_operation (town->ben, chat);

  g_assert_null (operation);
  chooser_assert_all_have (town, chat, "Ann's title");
}

/* Ann goes on while Ben looks at what she had before. */
static void
test_changed_again (Town          *town,
                    gconstpointer  data)
{
  g_autoptr (HallChat)     chat = chooser_rename_on_both (town);
  g_autoptr (HallConflict) seen = host_conflict (town->ben, chat);
  g_autoptr (HallConflict) edited_on = NULL;
  g_autoptr (HallConflict) now = NULL;
  g_autofree char         *id = NULL;
  HallChoice               choices[] = { HALL_CHOICE_MINE, HALL_CHOICE_THEIRS, HALL_CHOICE_EDITED };

  /* What Ben himself edits he has seen. */
  host_save_text (town->ben, chat, "title", "Ben's second title");
  edited_on = host_conflict (town->ben, chat);
  g_assert_cmpstr (edited_on->id, ==, seen->id);

  host_save_text (town->ann, chat, "title", "Ann's second title");
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    g_autoptr (GError) error = NULL;

    scratch_begin (town->ben->db);
    g_assert_false (hall_choices_make (town->ben->db, seen->id, choices[i],
                                       choices[i] == HALL_CHOICE_EDITED ? chat : NULL,
                                       &scratch_clock, &scratch_random, &error));
    g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
    scratch_commit (town->ben->db);
  }

  now = host_conflict (town->ben, chat);
  g_assert_nonnull (now);
  g_assert_cmpstr (now->id, !=, seen->id);
  id = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);
  chooser_assert_all_have (town, chat, "Ben's second title");
}

/* Between the choice and its sending Ann changes the title once more: that is another conflict. */
static void
test_changed_after (Town          *town,
                    gconstpointer  data)
{
  g_autoptr (HallChat)     chat = chooser_rename_on_both (town);
  g_autofree char         *id = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);
  g_autofree char         *second = NULL;
  g_autoptr (HallConflict) again = NULL;

  host_save_text (town->ann, chat, "title", "Ann's second title");
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  again = host_conflict (town->ben, chat);
  g_assert_nonnull (strstr (again->theirs, "Ann's second title"));
  g_assert_nonnull (strstr (again->mine, "Ben's title"));
  chooser_refuse_undo (town->ben, id);

  second = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);
  chooser_assert_all_have (town, chat, "Ben's title");
}

static void
test_deleted_there_mine (Town          *town,
                         gconstpointer  data)
{
  g_autoptr (HallChat) chat = chooser_delete_there (town);
  g_autofree char     *id = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);

  chooser_assert_all_have (town, chat, "Ben's title");
  chooser_assert_children (town->ann, 2, 1, 1);
}

static void
test_deleted_there_theirs (Town          *town,
                           gconstpointer  data)
{
  g_autoptr (HallChat) chat = chooser_delete_there (town);
  g_autofree char     *id = chooser_choose (town->ben, chat, HALL_CHOICE_THEIRS, NULL);

  chooser_assert_all_have (town, chat, NULL);
  chooser_assert_children (town->ben, 0, 0, 0);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM bases"), ==, 0);
}

static void
test_deleted_here_mine (Town          *town,
                        gconstpointer  data)
{
  g_autoptr (HallChat) chat = chooser_delete_here (town);
  g_autofree char     *id = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);

  chooser_assert_all_have (town, chat, NULL);
  chooser_assert_children (town->ann, 0, 0, 0);
}

static void
assert_all_back (Town *town)
{
  Host *hosts[] = { town->ann, town->ben };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    chooser_assert_children (hosts[i], 2, 2, 2);
    g_assert_cmpint (scratch_ask (hosts[i]->db, "SELECT count(*) FROM guests WHERE bio = 'Ben''s words on Grace'"), ==, 1);
    g_assert_cmpint (scratch_ask (hosts[i]->db, "SELECT count(*) FROM guests WHERE name = 'Dropped'"), ==, 0);
  }
}

static void
test_deleted_here_theirs (Town          *town,
                          gconstpointer  data)
{
  g_autoptr (HallChat) chat = chooser_delete_here (town);
  g_autofree char     *person = NULL;
  g_autofree char     *now = NULL;
  g_autofree char     *id = NULL;

  person = hall_database_get_text (town->ben->db, NULL,
                                   "SELECT json_extract (before, '$.person') FROM history WHERE kind = 'attendee'", "");
  g_assert_nonnull (person);
  id = chooser_choose (town->ben, chat, HALL_CHOICE_THEIRS, NULL);
  now = hall_database_get_text (town->ben->db, NULL, "SELECT person FROM attendees WHERE name = 'Ada'", "");
  g_assert_cmpstr (now, ==, person);
  chooser_assert_all_have (town, chat, "Ann's title");
  assert_all_back (town);
}

static void
test_deleted_here_edited (Town          *town,
                          gconstpointer  data)
{
  g_autoptr (HallChat) chat = chooser_delete_here (town);
  g_autoptr (HallChat) third = scratch_changed (chat, "title", "A third title");
  g_autofree char     *id = chooser_choose (town->ben, chat, HALL_CHOICE_EDITED, third);

  chooser_assert_all_have (town, chat, "A third title");
  assert_all_back (town);
}

/* A guest renamed there and removed here, in a chat that is removed here as well. */
static void
test_child_of_removed (Town          *town,
                       gconstpointer  data)
{
  g_autoptr (HallChat)  chat = town_share_chat (town, "pycon");
  g_autoptr (HallGuest) guest = scratch_guest (chat, "Grace");
  g_autoptr (HallGuest) back = NULL;
  g_autofree char      *id = NULL;
  g_autofree char      *of_chat = NULL;

  host_save (town->ann, guest);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  host_remove (town->ben, guest);
  host_save_text (town->ann, guest, "name", "Ann's Grace");
  host_save_text (town->ann, chat, "title", "Ann's title");
  host_sync_well (town->ann);
  host_remove (town->ben, chat);
  host_sync_well (town->ben);

  id = chooser_choose (town->ben, guest, HALL_CHOICE_THEIRS, NULL);
  back = host_get (town->ben, &hall_guest_kind, guest->parent.id);
  g_assert_null (back);
  of_chat = chooser_choose (town->ben, chat, HALL_CHOICE_THEIRS, NULL);
  back = host_get (town->ben, &hall_guest_kind, guest->parent.id);
  g_assert_cmpstr (back->name, ==, "Ann's Grace");
  chooser_assert_all_have (town, chat, "Ann's title");
}

/* Ann brings the chat back herself, but not all that was in it. */
static void
test_brought_back_there (Town          *town,
                         gconstpointer  data)
{
  g_autoptr (HallChat)     chat = chooser_delete_there (town);
  g_autoptr (HallChat)     back = NULL;
  g_autoptr (HallConflict) conflict = NULL;
  g_autofree char         *id = NULL;

  back = hall_value_copy (chat);
  g_set_str (&back->account, town->ann->account->parent.id);
  host_save (town->ann, back);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  conflict = host_conflict (town->ben, chat);
  g_assert_nonnull (conflict->theirs);
  chooser_assert_children (town->ben, 1, 0, 0);
  id = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);
  chooser_assert_all_have (town, chat, "Ben's title");
  chooser_assert_children (town->ann, 1, 0, 0);
}

/* And Ben has edited what stayed with him only because of the chat: that is his to decide as well. */
static void
test_brought_back_and_edited (Town          *town,
                              gconstpointer  data)
{
  g_autoptr (HallChat)     chat = chooser_delete_there (town);
  g_autoptr (HallChat)     back = hall_value_copy (chat);
  g_autoptr (HallAttendee) ada = NULL;
  g_autoptr (HallConflict) conflict = NULL;
  g_autofree char         *ada_id = NULL;
  g_autofree char         *id = NULL;
  g_autofree char         *of_ada = NULL;

  ada_id = hall_database_get_text (town->ben->db, NULL, "SELECT id FROM attendees", "");
  ada = host_get (town->ben, &hall_attendee_kind, ada_id);
  host_save_text (town->ben, ada, "name", "Ada, renamed");
  g_set_str (&back->account, town->ann->account->parent.id);
  host_save (town->ann, back);
  host_sync_well (town->ann);
  host_sync_well (town->ben);

  conflict = host_conflict (town->ben, ada);
  g_assert_nonnull (conflict);
  g_assert_null (conflict->theirs);
  host_sync_well (town->ann);
  chooser_assert_children (town->ann, 1, 0, 0);

  id = chooser_choose (town->ben, chat, HALL_CHOICE_MINE, NULL);
  of_ada = chooser_choose (town->ben, ada, HALL_CHOICE_THEIRS, NULL);
  chooser_assert_all_have (town, chat, "Ben's title");
  chooser_assert_children (town->ann, 1, 0, 0);
}

/* A chat that is removed and saved again has what was in it, and what came for it meanwhile. */
static void
test_saved_again (Town          *town,
                  gconstpointer  data)
{
  g_autoptr (HallChat)  other = town_share_chat (town, "other");
  g_autoptr (HallChat)  chat = town_share_chat (town, "pycon");
  g_autoptr (HallGuest) guest = scratch_guest (chat, "Grace");
  g_autoptr (HallGuest) own = scratch_guest (chat, "Only Ben's");
  g_autoptr (HallChat)  now = NULL;
  g_autoptr (GError)    trouble = NULL;

  host_save (town->ann, guest);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  host_save_text (town->ben, other, "title", "Sent first, and lost");
  host_save (town->ben, own);
  now = host_get (town->ben, &hall_chat_kind, chat->parent.id);
  host_remove (town->ben, now);
  town_sign_up (town, "pycon", "name=Bob&address=bob%40example.org&question=Why%3F");
  town_let_happen (town, LOSE_REQUEST, "PATCH");
  trouble = host_sync (town->ben, NULL);
  g_assert_nonnull (trouble);
  host_save (town->ben, now);
  town_assert_converged (town);
  chooser_assert_children (town->ben, 2, 1, 1);
}

/* Whoever asked is named again when they come back. */
static void
test_who_asked (Town          *town,
                gconstpointer  data)
{
  gboolean                 sent = GPOINTER_TO_INT (data);
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallAttendee) ada = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallQuestion) question = scratch_question (chat, ada, "What is next?");
  g_autoptr (HallQuestion) asked = NULL;
  g_autofree char         *id = NULL;

  host_save (town->ann, ada);
  host_save (town->ann, question);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  host_save_text (town->ann, ada, "name", "Ada, renamed");
  host_sync_well (town->ann);
  host_remove (town->ben, ada);
  if (sent)
    host_sync_well (town->ben);
  else
    town_let_happen (town, LOSE_REQUEST, "PATCH");
  {
    g_autoptr (GError) trouble = host_sync (town->ben, NULL);
  }

  id = chooser_choose (town->ben, ada, HALL_CHOICE_THEIRS, NULL);
  asked = host_get (town->ben, &hall_question_kind, question->parent.id);
  g_assert_cmpstr (asked->attendee, ==, ada->parent.id);
  town_assert_converged (town);
  g_clear_pointer (&asked, hall_value_unref);
  asked = host_get (town->ann, &hall_question_kind, question->parent.id);
  g_assert_cmpstr (asked->attendee, ==, ada->parent.id);
}

/* What a post is called is in its text; and what only this machine knows stays. */
static void
test_post (Town          *town,
           gconstpointer  data)
{
  g_autoptr (HallPost) post = scratch_post (town->ann->account->parent.id, "---\ntitle: One\n---\nText\n");
  g_autoptr (HallPost) third = scratch_changed (post, "text", "---\ntitle: Third\n---\nText\n");
  g_autoptr (HallPost) now = NULL;
  g_autofree char     *id = NULL;
  g_autofree char     *second = NULL;

  host_save (town->ann, post);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  host_save_text (town->ann, post, "text", "---\ntitle: Ann's\n---\nText\n");
  host_save_text (town->ben, post, "text", "---\ntitle: Ben's\n---\nText\n");
  host_sync_well (town->ann);
  host_sync_well (town->ben);

  id = chooser_choose (town->ben, post, HALL_CHOICE_THEIRS, NULL);
  now = host_get (town->ben, &hall_post_kind, post->parent.id);
  g_assert_cmpstr (now->title, ==, "Ann's");
  g_assert_cmpstr (now->account, ==, town->ben->account->parent.id);
  chooser_undo (town->ben, id);
  second = chooser_choose (town->ben, post, HALL_CHOICE_EDITED, third);
  g_clear_pointer (&now, hall_value_unref);
  now = host_get (town->ben, &hall_post_kind, post->parent.id);
  g_assert_cmpstr (now->title, ==, "Third");
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM revisions WHERE text LIKE '%Ben''s%'"), >=, 1);
  town_assert_converged (town);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/choices/mine", test_mine, NULL);
  TOWN_TEST ("/sync/choices/theirs", test_theirs, NULL);
  TOWN_TEST ("/sync/choices/edited", test_edited, NULL);
  TOWN_TEST ("/sync/choices/edited-into-theirs", test_edited_into_theirs, NULL);
  TOWN_TEST ("/sync/choices/changed-again", test_changed_again, NULL);
  TOWN_TEST ("/sync/choices/changed-after", test_changed_after, NULL);
  TOWN_TEST ("/sync/choices/deleted-there/mine", test_deleted_there_mine, NULL);
  TOWN_TEST ("/sync/choices/deleted-there/theirs", test_deleted_there_theirs, NULL);
  TOWN_TEST ("/sync/choices/deleted-here/mine", test_deleted_here_mine, NULL);
  TOWN_TEST ("/sync/choices/deleted-here/theirs", test_deleted_here_theirs, NULL);
  TOWN_TEST ("/sync/choices/deleted-here/edited", test_deleted_here_edited, NULL);
  TOWN_TEST ("/sync/choices/child-of-removed", test_child_of_removed, NULL);
  TOWN_TEST ("/sync/choices/brought-back-there", test_brought_back_there, NULL);
  TOWN_TEST ("/sync/choices/brought-back-and-edited", test_brought_back_and_edited, NULL);
  TOWN_TEST ("/sync/choices/saved-again", test_saved_again, NULL);
  TOWN_TEST ("/sync/choices/who-asked/unsent", test_who_asked, GINT_TO_POINTER (FALSE));
  TOWN_TEST ("/sync/choices/who-asked/sent", test_who_asked, GINT_TO_POINTER (TRUE));
  TOWN_TEST ("/sync/choices/post", test_post, NULL);

  return g_test_run ();
}
