/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a saved row leaves behind: history, revisions, and its place in the outbox. */
#include "store/hall-edits.h"

#include "format/hall-wire.h"
#include "scratch-library.h"
#include "store/hall-conflicts.h"
#include "store/hall-outbox.h"
#include "store/hall-revisions.h"
#include "store/hall-rows.h"

typedef struct {
  HallDatabase *db;
  HallAccount  *account;
  const char   *owner;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->db = scratch_library ();
  f->account = scratch_account ("Desk");
  f->owner = f->account->parent.id;
  scratch_put (f->db, f->account);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  hall_value_unref (f->account);
  hall_database_close (f->db);
}

static void
assert_outbox (Fixture    *f,
               const char *expected)
{
  g_autofree char *outbox = scratch_outbox (f->db);

  g_assert_cmpstr (outbox, ==, expected);
}

/* Brings the newest operation of the outbox into a state. */
static void
set_newest (Fixture    *f,
            const char *state,
            const char *reason)
{
  g_assert_true (hall_database_run (f->db, NULL,
                                    "UPDATE outbox SET state = ?, reason = ?, body = '{}', attempts = 1 "
                                    "WHERE number = (SELECT max(number) FROM outbox)",
                                    "tt", state, reason));
}

static char *
newest_id (Fixture *f)
{
  return hall_database_get_text (f->db, NULL, "SELECT operation FROM outbox ORDER BY number DESC LIMIT 1", "");
}

/* A chat the service has, as it says itself. */
static HallChat *
known_chat (Fixture *f)
{
  HallChat *chat = scratch_chat (f->owner, "pycon");

  scratch_put (f->db, chat);
  scratch_base (f->db, f->owner, chat);

  return chat;
}

static void
test_new (Fixture       *f,
          gconstpointer  data)
{
  g_autoptr (HallChat)     chat = scratch_chat (f->owner, "pycon");
  g_autoptr (HallGuest)    guest = scratch_guest (chat, "Ada");
  g_autoptr (HallQuestion) question = scratch_question (chat, NULL, "Why?");
  g_autoptr (HallPost)     post = scratch_post (f->owner, "Soon");

  scratch_save (f->db, chat);
  scratch_save (f->db, guest);
  scratch_save (f->db, question);
  scratch_save (f->db, post);
  assert_outbox (f, "create chat queued, create guest queued, create question queued, create post queued");
}

static void
test_ownerless (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (HallChat)   chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallGuest)  guest = scratch_guest (chat, "Ada");
  g_autoptr (HallPerson) person = scratch_person ("ada@example.org");

  scratch_save (f->db, chat);
  scratch_save (f->db, guest);
  scratch_save (f->db, person);
  scratch_remove (f->db, chat);
  assert_outbox (f, NULL);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM history"), ==, 5);
}

static void
test_nothing_changed (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr (HallChat) chat = known_chat (f);
  g_autoptr (HallChat) same = hall_value_copy (chat);

  g_strfreev (hall_database_take_changed (f->db));
  scratch_save (f->db, same);
  g_assert_null (hall_database_take_changed (f->db));
  assert_outbox (f, NULL);
}

/* The title of a post in lists is read from its text here: nothing for others. */
static void
test_only_local_changed (Fixture       *f,
                         gconstpointer  data)
{
  g_autoptr (HallPost) post = scratch_post (f->owner, "Soon");
  g_autoptr (HallPost) titled = scratch_changed (post, "title", "Soon");

  scratch_put (f->db, post);
  scratch_base (f->db, f->owner, post);
  scratch_save (f->db, titled);
  assert_outbox (f, NULL);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM history"), ==, 1);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM revisions"), ==, 0);
}

static void
test_change (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (HallChat) chat = known_chat (f);
  g_autoptr (HallChat) renamed = scratch_changed (chat, "title", "Day 2");
  g_autoptr (HallChat) again = scratch_changed (chat, "title", "Day 3");
  g_autofree char     *first_id = NULL;
  g_autofree char     *second_id = NULL;

  scratch_save (f->db, renamed);
  assert_outbox (f, "change chat queued");
  first_id = newest_id (f);

  /* Never attempted, so the next edit is part of it. */
  scratch_save (f->db, again);
  assert_outbox (f, "change chat queued");
  second_id = newest_id (f);
  g_assert_cmpstr (first_id, ==, second_id);
}

static void
test_after_attempt (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (HallChat) chat = known_chat (f);
  g_autoptr (HallChat) two = scratch_changed (chat, "title", "Day 2");
  g_autoptr (HallChat) three = scratch_changed (chat, "title", "Day 3");
  g_autoptr (HallChat) four = scratch_changed (chat, "title", "Day 4");

  scratch_save (f->db, two);
  set_newest (f, "sending", NULL);
  scratch_save (f->db, three);
  assert_outbox (f, "change chat sending, change chat queued");
  scratch_save (f->db, four);
  assert_outbox (f, "change chat sending, change chat queued");
}

static void
test_after_attempted_create (Fixture       *f,
                             gconstpointer  data)
{
  g_autoptr (HallChat) chat = scratch_chat (f->owner, "pycon");
  g_autoptr (HallChat) renamed = scratch_changed (chat, "title", "Day 2");

  scratch_save (f->db, chat);
  set_newest (f, "unknown", NULL);
  scratch_save (f->db, renamed);
  assert_outbox (f, "create chat unknown, change chat queued");
}

static void
test_after_refusal (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (HallChat) chat = known_chat (f);
  g_autoptr (HallChat) too_long = scratch_changed (chat, "title", "Day 2, which is long");
  g_autoptr (HallChat) better = scratch_changed (chat, "title", "Day 2");
  g_autofree char     *refused_id = NULL;
  g_autofree char     *renewed_id = NULL;

  scratch_save (f->db, too_long);
  set_newest (f, "parked", "The title is too long.");
  refused_id = newest_id (f);
  scratch_save (f->db, better);
  assert_outbox (f, "change chat queued");
  renewed_id = newest_id (f);
  g_assert_cmpstr (renewed_id, !=, refused_id);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM outbox WHERE body IS NULL AND attempts = 0"), ==, 1);
}

/* An edit must not carry over what the host has not seen. */
static void
test_in_conflict (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (HallChat)     chat = known_chat (f);
  g_autoptr (HallChat)     mine = scratch_changed (chat, "title", "Day 2");
  g_autoptr (HallChat)     later = scratch_changed (chat, "title", "Day 3");
  g_autoptr (HallConflict) conflict = NULL;
  g_autoptr (HallConflict) gone = NULL;
  g_autoptr (HallChat)     kept = NULL;

  scratch_save (f->db, mine);
  set_newest (f, "parked", "conflict");
  g_assert_true (hall_conflicts_add (f->db, f->owner, &hall_chat_kind, chat->parent.id, NULL, "{}", "{}",
                                     &scratch_clock, &scratch_random, NULL));
  scratch_save (f->db, later);
  assert_outbox (f, "change chat parked");

  conflict = hall_conflicts_find (f->db, &hall_chat_kind, chat->parent.id, NULL);
  kept = hall_wire_read (&hall_chat_kind, conflict->mine, -1, HALL_WIRE_ALL, NULL);
  g_assert_cmpstr (kept->title, ==, "Day 3");

  scratch_remove (f->db, later);
  assert_outbox (f, "remove chat parked");
  gone = hall_conflicts_find (f->db, &hall_chat_kind, chat->parent.id, NULL);
  g_assert_null (gone->mine);
}

static void
test_history (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (HallPost) post = scratch_post (NULL, "One");
  g_autoptr (HallPost) changed = scratch_changed (post, "title", "Two");
  g_autofree char     *before = hall_wire_write (post, HALL_WIRE_WITH_LOCAL);
  g_autofree char     *after = hall_wire_write (changed, HALL_WIRE_WITH_LOCAL);
  g_autofree char     *kept_before = NULL;
  g_autofree char     *kept_after = NULL;

  scratch_save (f->db, post);
  scratch_save (f->db, changed);
  scratch_remove (f->db, changed);

  kept_before = hall_database_get_text (f->db, NULL, "SELECT before FROM history WHERE number = 2", "");
  kept_after = hall_database_get_text (f->db, NULL, "SELECT after FROM history WHERE number = 2", "");
  g_assert_cmpstr (kept_before, ==, before);
  g_assert_cmpstr (kept_after, ==, after);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM history WHERE number = 1 AND before IS NULL "
                                       "AND origin = 'host' AND kind = 'post'"), ==, 1);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM history WHERE number = 3 AND after IS NULL"), ==, 1);
  g_assert_cmpint (scratch_ask (f->db, "SELECT max(made_at) FROM history"), ==, SCRATCH_NOW);
}

static void
test_revisions (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (HallPost)  post = scratch_post (NULL, "One");
  g_autoptr (HallPost)  renamed = scratch_changed (post, "file_name", "other.markdown");
  g_autoptr (HallPost)  rewritten = scratch_changed (renamed, "text", "Two");
  g_autoptr (GPtrArray) revisions = NULL;
  const HallRevision   *newest;
  const HallRevision   *oldest;

  scratch_save (f->db, post);
  scratch_save (f->db, renamed);
  scratch_save (f->db, rewritten);
  revisions = hall_revisions_list (f->db, post->parent.id, NULL);
  g_assert_cmpint (revisions->len, ==, 2);
  newest = revisions->pdata[0];
  oldest = revisions->pdata[1];
  g_assert_cmpstr (newest->text, ==, "Two");
  g_assert_cmpstr (oldest->text, ==, "One");
  g_assert_cmpint (newest->made_at, ==, SCRATCH_NOW);
  g_assert_cmpint (newest->number, >, oldest->number);
}

/* One part of it fails, and nothing of it is there, while the rest of the transaction is. */
static void
test_all_or_nothing (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (HallChat)     chat = scratch_chat (f->owner, "pycon");
  g_autoptr (HallAttendee) ada = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallAttendee) twin = scratch_attendee (chat, "Ada L.", "ada@example.org");
  g_autoptr (HallPost)     post = scratch_post (f->owner, "Soon");
  g_autoptr (GError)       error = NULL;

  scratch_run (f->db, "CREATE TRIGGER no_posts BEFORE INSERT ON outbox WHEN new.kind = 'post' "
                      "BEGIN SELECT raise (ABORT, 'no posts'); END");
  scratch_begin (f->db);
  g_assert_true (hall_edits_save (f->db, chat, &scratch_clock, &scratch_random, &error));
  g_assert_true (hall_edits_save (f->db, ada, &scratch_clock, &scratch_random, &error));
  g_assert_false (hall_edits_save (f->db, twin, &scratch_clock, &scratch_random, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (hall_edits_save (f->db, post, &scratch_clock, &scratch_random, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  scratch_commit (f->db);

  assert_outbox (f, "create chat queued, create attendee queued");
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM history"), ==, 2);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM posts"), ==, 0);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM revisions"), ==, 0);
}

/* A chat that was kept to oneself and is given to an account takes along what hangs on it. */
static void
test_given_to_account (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr (HallChat)  chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallGuest) guest = scratch_guest (chat, "Ada");
  g_autoptr (HallChat)  given = scratch_changed (chat, "account", f->owner);

  scratch_save (f->db, chat);
  scratch_save (f->db, guest);
  scratch_save (f->db, given);
  assert_outbox (f, "create chat queued, create guest queued");
}

static void
test_stays_with_account (Fixture       *f,
                         gconstpointer  data)
{
  g_autoptr (HallAccount) other = scratch_account ("Other");
  g_autoptr (HallChat)    chat = known_chat (f);
  g_autoptr (HallChat)    moved = scratch_changed (chat, "account", other->parent.id);
  g_autoptr (HallChat)    freed = scratch_changed (chat, "account", NULL);
  g_autoptr (GError)      error = NULL;

  scratch_put (f->db, other);
  scratch_begin (f->db);
  g_assert_false (hall_edits_save (f->db, moved, &scratch_clock, &scratch_random, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
  g_assert_false (hall_edits_save (f->db, freed, &scratch_clock, &scratch_random, NULL));
  scratch_commit (f->db);
  g_assert_cmpint (scratch_ask (f->db, "SELECT count(*) FROM history"), ==, 0);
}

#define TEST(path, function) g_test_add ("/store/edits/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TEST ("new", test_new);
  TEST ("ownerless", test_ownerless);
  TEST ("nothing-changed", test_nothing_changed);
  TEST ("only-local-changed", test_only_local_changed);
  TEST ("change", test_change);
  TEST ("after-attempt", test_after_attempt);
  TEST ("after-attempted-create", test_after_attempted_create);
  TEST ("after-refusal", test_after_refusal);
  TEST ("in-conflict", test_in_conflict);
  TEST ("history", test_history);
  TEST ("revisions", test_revisions);
  TEST ("all-or-nothing", test_all_or_nothing);
  TEST ("given-to-account", test_given_to_account);
  TEST ("stays-with-account", test_stays_with_account);

  return g_test_run ();
}
