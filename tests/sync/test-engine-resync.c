/* SPDX-License-Identifier: GPL-3.0-or-later
 * A host who was away for so long that the desk has forgotten how far it had told them: the whole comes, beside the
 * library first, and what waits to be sent is brought together with it. */
#include "town.h"

#include "scratch.h"
#include "sync/hall-remote-hallway.h"
#include "sync/hall-sync-error.h"

/* What Ann and Ben both have before Ben goes away. */
typedef struct {
  HallChat *chat;
  HallPost *doomed;
  HallPost *edited;
} Shared;

static void
clear_shared (Shared *shared)
{
  g_clear_pointer (&shared->chat, hall_value_unref);
  g_clear_pointer (&shared->doomed, hall_value_unref);
  g_clear_pointer (&shared->edited, hall_value_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shared, clear_shared)

static void
share (Town   *town,
       Shared *shared)
{
  const char *account = town->ann->account->parent.id;

  shared->chat = town_share_chat (town, "pycon");
  shared->doomed = scratch_post (account, "Doomed");
  shared->edited = scratch_post (account, "Edited");
  host_save (town->ann, shared->doomed);
  host_save (town->ann, shared->edited);
  town_assert_converged (town);
}

/* What happens while Ben is away: something of everything. */
static void
live_on (Town   *town,
         Shared *shared)
{
  g_autoptr (HallPost) more = scratch_post (town->ann->account->parent.id, "More");

  town_sign_up (town, "pycon", "name=Ada&address=ada%40example.org&question=What");
  town_sign_up (town, "pycon", "name=Bob&address=bob%40example.org");
  host_save (town->ann, more);
  host_save_text (town->ann, shared->edited, "text", "Edited by Ann");
  host_save_text (town->ann, shared->chat, "title", "Ann's title");
  host_remove (town->ann, shared->doomed);
  host_sync_well (town->ann);
  town_prune (town);
}

static void
test_whole (Town          *town,
            gconstpointer  data)
{
  g_auto (Shared)          shared = { 0 };
  g_autoptr (HallPost)     mine = scratch_post (town->ben->account->parent.id, "Ben's, never sent");
  g_autoptr (HallPost)     lone = scratch_post (NULL, "Ben's, and nobody's business");
  g_autoptr (HallChat)     at_ann = NULL;
  g_autoptr (HallPost)     still = NULL;
  g_autoptr (HallPost)     gone = NULL;
  g_autoptr (HallConflict) conflict = NULL;

  share (town, &shared);
  host_save (town->ben, mine);
  host_save (town->ben, lone);
  host_save_text (town->ben, shared.chat, "recording", "https://example.org/watch");
  live_on (town, &shared);
  host_sync_well (town->ben);

  gone = host_get (town->ben, &hall_post_kind, shared.doomed->parent.id);
  g_assert_null (gone);
  conflict = host_conflict (town->ben, shared.chat);
  g_assert_null (conflict);
  still = host_get (town->ben, &hall_post_kind, lone->parent.id);
  g_assert_nonnull (still);

  host_remove (town->ben, lone);
  town_assert_converged (town);
  at_ann = host_get (town->ann, &hall_chat_kind, shared.chat->parent.id);
  g_assert_cmpstr (at_ann->title, ==, "Ann's title");
  g_assert_cmpstr (at_ann->recording, ==, "https://example.org/watch");
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM posts"), ==, 3);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM posts WHERE text LIKE '%Ann' AND edited_at > 0"), ==, 1);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM attendees WHERE person IS NOT NULL"), ==, 2);
}

/* What was deleted while Ben edited it is for him to decide, and what both changed too. */
static void
test_conflicts (Town          *town,
                gconstpointer  data)
{
  g_auto (Shared)          shared = { 0 };
  g_autoptr (HallConflict) on_post = NULL;
  g_autoptr (HallConflict) on_chat = NULL;
  g_autoptr (HallPost)     still = NULL;

  share (town, &shared);
  host_save_text (town->ben, shared.doomed, "text", "Not doomed, says Ben");
  host_save_text (town->ben, shared.chat, "title", "Ben's title");
  live_on (town, &shared);
  host_sync_well (town->ben);

  on_post = host_conflict (town->ben, shared.doomed);
  g_assert_nonnull (strstr (on_post->mine, "Not doomed"));
  g_assert_null (on_post->theirs);
  still = host_get (town->ben, &hall_post_kind, shared.doomed->parent.id);
  g_assert_cmpstr (still->text, ==, "Not doomed, says Ben");

  on_chat = host_conflict (town->ben, shared.chat);
  g_assert_nonnull (strstr (on_chat->mine, "Ben's title"));
  g_assert_nonnull (strstr (on_chat->theirs, "Ann's title"));
  g_assert_nonnull (strstr (on_chat->base, "Live from Day 1"));
}

/* What Ben removed goes, unless somebody has gone on with it. */
static void
test_removals (Town          *town,
               gconstpointer  data)
{
  g_auto (Shared)          shared = { 0 };
  g_autoptr (HallPost)     untouched = scratch_post (town->ann->account->parent.id, "Untouched");
  g_autoptr (HallConflict) conflict = NULL;

  share (town, &shared);
  host_save (town->ann, untouched);
  town_assert_converged (town);
  host_remove (town->ben, untouched);
  host_remove (town->ben, shared.edited);
  host_remove (town->ben, shared.doomed);
  live_on (town, &shared);
  host_sync_well (town->ben);

  conflict = host_conflict (town->ben, shared.edited);
  g_assert_null (conflict->mine);
  g_assert_nonnull (strstr (conflict->theirs, "Edited by Ann"));
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM outbox"), ==, 1);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM posts"), ==, 2);
}

/* Nobody knows what came of an edit when the whole arrives. */
static void
test_unanswered (Town          *town,
                 gconstpointer  data)
{
  Mishap               mishap = GPOINTER_TO_INT (data);
  g_auto (Shared)      shared = { 0 };
  g_autoptr (GError)   lost = NULL;
  g_autoptr (HallChat) at_ann = NULL;

  share (town, &shared);
  host_save_text (town->ben, shared.chat, "recording", "https://example.org/watch");
  town_let_happen (town, mishap, "PATCH");
  lost = host_sync (town->ben, NULL);
  g_assert_error (lost, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);

  host_sync_well (town->ann);
  live_on (town, &shared);
  town_assert_converged (town);
  at_ann = host_get (town->ann, &hall_chat_kind, shared.chat->parent.id);
  g_assert_cmpstr (at_ann->recording, ==, "https://example.org/watch");
}

/* The network goes, and the program with it, after every single request in turn. Until all is there nothing of the
 * library has changed; and it never begins again from the start. */
static void
test_cut_off (Town          *town,
              gconstpointer  data)
{
  g_auto (Shared)  shared = { 0 };
  g_autofree char *before = NULL;
  guint            n_cuts = 0;
  gint64           n_staged = 0;

  share (town, &shared);
  host_save_text (town->ben, shared.chat, "recording", "https://example.org/watch");
  live_on (town, &shared);
  before = host_dump (town->ben);
  town->in_small_pages = TRUE;
  town->is_limited = TRUE;

  while (TRUE) {
    g_autoptr (GError) trouble = NULL;
    g_autofree char   *after = NULL;
    gint64             n;

    /* The session and one page; the first time also the answer that the whole is needed. */
    town->n_left = n_cuts == 0 ? 3 : 2;
    trouble = host_sync (town->ben, NULL);
    host_reopen (town->ben);
    if (scratch_ask (town->ben->db, "SELECT count(*) FROM resyncs") == 0)
      break;

    g_assert_error (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
    after = host_dump (town->ben);
    g_assert_cmpstr (after, ==, before);
    n = scratch_ask (town->ben->db, "SELECT count(*) FROM staged");
    g_assert_cmpint (n, ==, n_staged + 1);
    n_staged = n;
    n_cuts++;
  }

  g_assert_cmpuint (n_cuts, ==, 6);
  town->is_limited = FALSE;
  town->in_small_pages = FALSE;
  town_assert_converged (town);
}

/* While the whole comes, others go on: what they do is part of what is swapped in. */
static void
test_others_go_on (Town          *town,
                   gconstpointer  data)
{
  g_auto (Shared)      shared = { 0 };
  g_autoptr (HallPost) newest = scratch_post (town->ann->account->parent.id, "Newest");
  g_autoptr (GError)   cut = NULL;
  g_autoptr (HallPost) at_ben = NULL;

  share (town, &shared);
  live_on (town, &shared);
  town->in_small_pages = TRUE;
  town->is_limited = TRUE;
  town->n_left = 5;
  cut = host_sync (town->ben, NULL);
  g_assert_error (cut, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM staged"), ==, 3);

  town->is_limited = FALSE;
  town->in_small_pages = FALSE;
  host_save (town->ann, newest);
  host_save_text (town->ann, shared.chat, "title", "Ann's second title");
  host_remove (town->ann, shared.edited);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  at_ben = host_get (town->ben, &hall_post_kind, newest->parent.id);
  g_assert_nonnull (at_ben);
  town_assert_converged (town);
}

/* The whole itself is too old by the time Ben goes on with it. */
static void
test_too_late_again (Town          *town,
                     gconstpointer  data)
{
  g_auto (Shared)    shared = { 0 };
  g_autoptr (GError) cut = NULL;

  share (town, &shared);
  live_on (town, &shared);
  town->in_small_pages = TRUE;
  town->is_limited = TRUE;
  town->n_left = 4;
  cut = host_sync (town->ben, NULL);
  g_assert_nonnull (cut);

  town->is_limited = FALSE;
  host_save_text (town->ann, shared.chat, "title", "One more");
  host_sync_well (town->ann);
  host_save_text (town->ann, shared.chat, "title", "And one more");
  host_remove (town->ann, shared.edited);
  host_sync_well (town->ann);
  town_prune (town);
  host_sync_well (town->ben);
  town->in_small_pages = FALSE;
  town_assert_converged (town);
}

/* How far it has come is told throughout, also by an exchange that goes on with the whole of another. */
static void
test_progress (Town          *town,
               gconstpointer  data)
{
  g_auto (Shared)        shared = { 0 };
  g_autoptr (GError)     cut = NULL;
  g_autoptr (HallEngine) engine = NULL;
  guint                  was_done = 0;

  share (town, &shared);
  live_on (town, &shared);
  town->in_small_pages = TRUE;
  town->is_limited = TRUE;
  town->n_left = 5;
  cut = host_sync (town->ben, NULL);
  town->is_limited = FALSE;

  engine = hall_engine_new (town->ben->account->parent.id, &hall_remote_hallway, &town->ben->clock, &scratch_random);
  for (guint i = 0; i < 4; i++) {
    g_autoptr (HallRequest) request = NULL;
    g_autoptr (HallReply)   reply = NULL;
    g_autoptr (GError)      error = NULL;
    HallSyncPhase           phase;
    guint                   done, total;

    scratch_begin (town->ben->db);
    g_assert_true (hall_engine_next (engine, town->ben->db, &request, &error));
    reply = town_ask (town, request);
    g_assert_true (hall_engine_take (engine, town->ben->db, reply, NULL, &error));
    scratch_commit (town->ben->db);

    phase = hall_engine_get_phase (engine, &done, &total);
    if (i == 0)
      continue;
    g_assert_cmpint (phase, ==, HALL_SYNC_RECEIVING);
    g_assert_cmpuint (done, ==, 3 + i);
    g_assert_cmpuint (total, ==, 6);
    g_assert_cmpuint (done, >, was_done);
    was_done = done;
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/engine-resync/whole", test_whole, NULL);
  TOWN_TEST ("/sync/engine-resync/conflicts", test_conflicts, NULL);
  TOWN_TEST ("/sync/engine-resync/removals", test_removals, NULL);
  TOWN_TEST ("/sync/engine-resync/unanswered/not-delivered", test_unanswered, GINT_TO_POINTER (LOSE_REQUEST));
  TOWN_TEST ("/sync/engine-resync/unanswered/delivered", test_unanswered, GINT_TO_POINTER (LOSE_REPLY));
  TOWN_TEST ("/sync/engine-resync/cut-off", test_cut_off, NULL);
  TOWN_TEST ("/sync/engine-resync/others-go-on", test_others_go_on, NULL);
  TOWN_TEST ("/sync/engine-resync/too-late-again", test_too_late_again, NULL);
  TOWN_TEST ("/sync/engine-resync/progress", test_progress, NULL);

  return g_test_run ();
}
