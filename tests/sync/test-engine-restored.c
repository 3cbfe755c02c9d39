/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desk comes back from a backup. What it has forgotten it is told again, by whoever knows, and nobody's edit is
 * lost for that. */
#include "town.h"

#include "scratch.h"
#include "sync/hall-sync-error.h"

static void
assert_field (Host          *host,
              gconstpointer  value,
              const char    *field,
              const char    *expected)
{
  const HallValue      *self = value;
  g_autoptr (HallValue) now = host_get (host, self->kind, self->id);

  g_assert_nonnull (now);
  g_assert_cmpstr (hall_value_get_text (now, hall_kind_find_field (self->kind, field)), ==, expected);
}

static void
assert_gone (Host          *host,
             gconstpointer  value)
{
  const HallValue      *self = value;
  g_autoptr (HallValue) now = host_get (host, self->kind, self->id);

  g_assert_null (now);
}

static void
assert_no_conflicts (Town *town)
{
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM conflicts"), ==, 0);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM conflicts"), ==, 0);
}

/* A row, a change, a removal and a chat with all that hangs on it, known to both; then the desk forgets them. Who
 * comes first makes no difference, nor whether anything else was written since. */
static void
test_offered_again (Town          *town,
                    gconstpointer  data)
{
  gboolean                 ben_first = GPOINTER_TO_INT (data) & 1;
  gboolean                 goes_on = GPOINTER_TO_INT (data) & 2;
  const char              *account = town->ann->account->parent.id;
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallPost)     removed = scratch_post (account, "Removed later");
  g_autoptr (HallPost)     added = scratch_post (account, "Added later");
  g_autoptr (HallPost)     other = scratch_post (account, "Written by somebody after all that");
  g_autoptr (HallChat)     late = scratch_chat (account, "late");
  g_autoptr (HallGuest)    guest = scratch_guest (late, "Grace");
  g_autoptr (HallAttendee) ada = scratch_attendee (late, "Ada", "ada@example.org");
  g_autoptr (HallQuestion) question = scratch_question (late, ada, "What?");
  g_autofree char         *before = NULL;
  g_autofree char         *after = NULL;

  host_save (town->ann, removed);
  town_assert_converged (town);
  town_back_up (town);

  host_save_text (town->ann, chat, "title", "Ann's title");
  host_remove (town->ann, removed);
  host_save (town->ann, added);
  host_save (town->ann, late);
  host_save (town->ann, guest);
  host_save (town->ann, ada);
  host_save (town->ann, question);
  town_assert_converged (town);
  host_save_text (town->ben, chat, "recording", "https://example.org/watch");
  town_assert_converged (town);
  before = town_dump_desk (town);
  town_restore (town);

  if (goes_on)
    town_sign_up (town, "pycon", "name=Eve&address=eve%40example.org");
  host_sync_well (ben_first ? town->ben : town->ann);
  town_assert_converged (town);
  assert_no_conflicts (town);
  assert_gone (town->ann, removed);
  assert_field (town->ben, chat, "title", "Ann's title");
  assert_field (town->ben, question, "attendee", ada->parent.id);
  after = town_dump_desk (town);
  if (!goes_on)
    g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM chats"), ==, 2);
}

/* Ann's machine is gone for good: Ben, who only ever read what she wrote, tells it again. */
static void
test_by_somebody_else (Town          *town,
                       gconstpointer  data)
{
  g_autoptr (HallChat) chat = town_share_chat (town, "pycon");
  g_autoptr (HallPost) post = scratch_post (town->ann->account->parent.id, "Ann's post");
  g_autofree char     *at_desk = NULL;

  town_assert_converged (town);
  town_back_up (town);
  host_save_text (town->ann, chat, "title", "Ann's title");
  host_save (town->ann, post);
  town_assert_converged (town);
  town_restore (town);

  host_sync_well (town->ben);
  at_desk = town_dump_desk (town);
  g_assert_nonnull (strstr (at_desk, "Ann's title"));
  g_assert_nonnull (strstr (at_desk, "Ann's post"));
}

/* Ben is about to tell what he knows, when Ann has told what came after it. He has nothing to add. */
static void
test_offered_by_both (Town          *town,
                      gconstpointer  data)
{
  g_autoptr (HallPost) post = scratch_post (town->ann->account->parent.id, "First");
  g_autoptr (HallPost) other = scratch_post (town->ann->account->parent.id, "Removed for good");
  g_autoptr (GError)   cut = NULL;

  town_back_up (town);
  host_save (town->ann, post);
  host_save (town->ann, other);
  town_assert_converged (town);
  host_save_text (town->ann, post, "text", "Second");
  host_sync_well (town->ann);
  town_restore (town);

  town->is_limited = TRUE;
  town->n_left = 3;
  cut = host_sync (town->ben, NULL);
  g_assert_error (cut, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
  town->is_limited = FALSE;
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM outbox WHERE verb = 'create'"), ==, 2);

  host_sync_well (town->ann);
  host_remove (town->ann, other);
  town_assert_converged (town);
  assert_no_conflicts (town);
  assert_field (town->ben, post, "text", "Second");
}

/* The desk forgets what it has just taken, before it has told anybody; our cursor is as good as ever. */
static void
test_forgot_in_silence (Town          *town,
                        gconstpointer  data)
{
  const char          *account = town->ann->account->parent.id;
  g_autoptr (HallChat) chat = town_share_chat (town, "pycon");
  g_autoptr (HallPost) removed = scratch_post (account, "Removed later");
  g_autoptr (HallPost) added = scratch_post (account, "Added later");
  g_autoptr (GError)   cut = NULL;

  host_save (town->ann, removed);
  town_assert_converged (town);
  town_back_up (town);

  host_save_text (town->ann, chat, "title", "Ann's title");
  host_remove (town->ann, removed);
  host_save (town->ann, added);
  town->is_limited = TRUE;
  town->n_left = 5;
  cut = host_sync (town->ann, NULL);
  g_assert_error (cut, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM outbox"), ==, 0);
  town->is_limited = FALSE;
  town_restore (town);

  town_assert_converged (town);
  assert_no_conflicts (town);
  assert_gone (town->ben, removed);
  assert_field (town->ben, chat, "title", "Ann's title");
  assert_field (town->ben, added, "text", "Added later");
}

/* It forgets in the middle of an exchange, between two edits of the same row. */
static void
forget (gpointer data)
{
  town_restore (data);
}

static void
test_forgot_meanwhile (Town          *town,
                       gconstpointer  data)
{
  g_autoptr (HallChat)  chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat)  late = scratch_chat (town->ann->account->parent.id, "late");
  g_autoptr (HallGuest) guest = scratch_guest (late, "Grace");
  g_autoptr (HallPost)  post = scratch_post (town->ann->account->parent.id, "Post");

  town_assert_converged (town);
  town_back_up (town);
  host_save_text (town->ann, chat, "title", "Ann's title");
  host_sync_well (town->ann);

  /* The late chat is taken and forgotten at once, and then comes its guest. */
  host_save (town->ann, late);
  host_save (town->ann, guest);
  host_save (town->ann, post);
  town->meanwhile = forget;
  town->meanwhile_data = town;
  town_assert_converged (town);
  assert_no_conflicts (town);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM outbox"), ==, 0);
  assert_field (town->ben, chat, "title", "Ann's title");
  assert_field (town->ben, guest, "name", "Grace");
  assert_field (town->ben, post, "text", "Post");
}

/* Ben has not seen Ann's edit when the desk forgets it, and goes on from what it knows then. Both stay. */
static void
test_gone_on_from_there (Town          *town,
                         gconstpointer  data)
{
  g_autoptr (HallChat) chat = town_share_chat (town, "pycon");

  town_assert_converged (town);
  town_back_up (town);
  host_save_text (town->ann, chat, "title", "Ann's title");
  host_sync_well (town->ann);
  town_restore (town);

  host_save_text (town->ben, chat, "recording", "https://example.org/watch");
  host_sync_well (town->ben);
  town_assert_converged (town);
  assert_no_conflicts (town);
  assert_field (town->ben, chat, "title", "Ann's title");
  assert_field (town->ann, chat, "recording", "https://example.org/watch");
}

/* The same field: one of them has to choose, and both versions are there. */
static void
test_gone_on_otherwise (Town          *town,
                        gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallConflict) conflict = NULL;

  town_assert_converged (town);
  town_back_up (town);
  host_save_text (town->ann, chat, "title", "Ann's title");
  host_sync_well (town->ann);
  town_restore (town);

  host_save_text (town->ben, chat, "title", "Ben's title");
  host_sync_well (town->ben);
  host_sync_well (town->ann);
  conflict = host_conflict (town->ann, chat);
  g_assert_nonnull (conflict);
  g_assert_nonnull (strstr (conflict->mine, "Ann's title"));
  g_assert_nonnull (strstr (conflict->theirs, "Ben's title"));
  g_assert_nonnull (strstr (conflict->base, "Live from Day 1"));
}

/* What Ann has removed comes back with the backup; but Ben has edited it there since. */
static void
test_removed_and_gone_on (Town          *town,
                          gconstpointer  data)
{
  g_autoptr (HallPost)     post = scratch_post (town->ann->account->parent.id, "Text");
  g_autoptr (HallConflict) conflict = NULL;

  host_save (town->ann, post);
  town_assert_converged (town);
  town_back_up (town);
  host_remove (town->ann, post);
  host_sync_well (town->ann);
  town_restore (town);

  host_save_text (town->ben, post, "text", "Ben has gone on");
  host_sync_well (town->ben);
  host_sync_well (town->ann);
  conflict = host_conflict (town->ann, post);
  g_assert_nonnull (conflict);
  g_assert_null (conflict->mine);
  g_assert_nonnull (strstr (conflict->theirs, "Ben has gone on"));
}

/* Whatever waits when the desk comes back from its backup gets there, and once. */
static void
test_what_waits (Town          *town,
                 gconstpointer  data)
{
  Mishap               mishap = GPOINTER_TO_INT (data);
  const char          *account = town->ann->account->parent.id;
  g_autoptr (HallChat) chat = town_share_chat (town, "pycon");
  g_autoptr (HallPost) old = scratch_post (account, "Old");
  g_autoptr (HallPost) added = scratch_post (account, "Added");
  g_autoptr (HallPost) unsent = scratch_post (account, "Unsent");
  g_autoptr (GError)   lost = NULL;

  host_save (town->ann, old);
  town_assert_converged (town);
  town_back_up (town);

  host_save_text (town->ann, chat, "title", "Taken, then forgotten");
  host_save (town->ann, added);
  town_assert_converged (town);
  host_save_text (town->ann, chat, "title", "On its way");
  town_let_happen (town, mishap, "PATCH");
  lost = host_sync (town->ann, NULL);
  g_assert_nonnull (lost);
  host_save_text (town->ann, chat, "recording", "https://example.org/watch");
  host_save_text (town->ann, added, "text", "Edited, and never sent");
  host_save (town->ann, unsent);
  host_remove (town->ann, old);
  town_restore (town);

  town_assert_converged (town);
  assert_no_conflicts (town);
  assert_field (town->ben, chat, "title", "On its way");
  assert_field (town->ben, chat, "recording", "https://example.org/watch");
  assert_field (town->ben, added, "text", "Edited, and never sent");
  assert_field (town->ben, unsent, "text", "Unsent");
  assert_gone (town->ben, old);
}

/* The desk is another one altogether, and empty: it gets everything. */
static void
test_empty (Town          *town,
            gconstpointer  data)
{
  g_autoptr (HallChat) chat = NULL;
  g_autofree char     *before = NULL;
  g_autofree char     *after = NULL;

  town_back_up (town);
  chat = town_share_chat (town, "pycon");
  town_sign_up (town, "pycon", "name=Ada&address=ada%40example.org&question=What");
  town_assert_converged (town);
  before = town_dump_desk (town);
  town_restore (town);
  town_assert_converged (town);
  after = town_dump_desk (town);
  g_assert_cmpstr (after, ==, before);
  assert_no_conflicts (town);
}

/* The host is being asked about a row when the desk goes back to before it was theirs: the question stays as it was. */
static void
test_conflict_stays (Town          *town,
                     gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallConflict) before = NULL;
  g_autoptr (HallConflict) after = NULL;

  town_assert_converged (town);
  town_back_up (town);
  host_save_text (town->ben, chat, "title", "Ben's title");
  host_sync_well (town->ben);
  host_save_text (town->ann, chat, "title", "Ann's title");
  host_sync_well (town->ann);
  before = host_conflict (town->ann, chat);
  town_restore (town);
  host_sync_well (town->ann);
  after = host_conflict (town->ann, chat);
  g_assert_cmpstr (after->mine, ==, before->mine);
  g_assert_cmpstr (after->theirs, ==, before->theirs);

  /* Ben tells his once more. */
  host_sync_well (town->ben);
  host_sync_well (town->ann);
  g_clear_pointer (&after, hall_conflict_free);
  after = host_conflict (town->ann, chat);
  g_assert_nonnull (strstr (after->mine, "Ann's title"));
  g_assert_nonnull (strstr (after->theirs, "Ben's title"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/engine-restored/offered-again/ann", test_offered_again, GINT_TO_POINTER (0));
  TOWN_TEST ("/sync/engine-restored/offered-again/ben", test_offered_again, GINT_TO_POINTER (1));
  TOWN_TEST ("/sync/engine-restored/offered-again/ann-after-others", test_offered_again, GINT_TO_POINTER (2));
  TOWN_TEST ("/sync/engine-restored/offered-again/ben-after-others", test_offered_again, GINT_TO_POINTER (3));
  TOWN_TEST ("/sync/engine-restored/by-somebody-else", test_by_somebody_else, NULL);
  TOWN_TEST ("/sync/engine-restored/offered-by-both", test_offered_by_both, NULL);
  TOWN_TEST ("/sync/engine-restored/forgot-in-silence", test_forgot_in_silence, NULL);
  TOWN_TEST ("/sync/engine-restored/forgot-meanwhile", test_forgot_meanwhile, NULL);
  TOWN_TEST ("/sync/engine-restored/gone-on-from-there", test_gone_on_from_there, NULL);
  TOWN_TEST ("/sync/engine-restored/gone-on-otherwise", test_gone_on_otherwise, NULL);
  TOWN_TEST ("/sync/engine-restored/removed-and-gone-on", test_removed_and_gone_on, NULL);
  TOWN_TEST ("/sync/engine-restored/what-waits/not-delivered", test_what_waits, GINT_TO_POINTER (LOSE_REQUEST));
  TOWN_TEST ("/sync/engine-restored/what-waits/delivered", test_what_waits, GINT_TO_POINTER (LOSE_REPLY));
  TOWN_TEST ("/sync/engine-restored/empty", test_empty, NULL);
  TOWN_TEST ("/sync/engine-restored/conflict-stays", test_conflict_stays, NULL);

  return g_test_run ();
}
