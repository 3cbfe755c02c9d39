/* SPDX-License-Identifier: GPL-3.0-or-later
 * Answers that come late, and refusals of what others wait for: what the host did meanwhile counts. */
#include "town.h"

#include "sync/hall-sync-error.h"

/* The answer to Ann's edit is lost, and once more the service is ill when she asks for it: so that news may come first. */
static void
lose_answer (Town       *town,
             const char *method)
{
  g_autoptr (GError) lost = NULL;

  town_let_happen (town, LOSE_REPLY, method);
  lost = host_sync (town->ann, NULL);
  g_assert_error (lost, HALL_SYNC_ERROR, HALL_SYNC_ERROR_OFFLINE);
}

static void
get_news_only (Town       *town,
               const char *method)
{
  g_autoptr (GError) ill = NULL;

  town_let_happen (town, ANSWER_ILL, method);
  ill = host_sync (town->ann, NULL);
  g_assert_error (ill, HALL_SYNC_ERROR, HALL_SYNC_ERROR_RETRY_LATER);
}

static void
edit_as_ben (Town          *town,
             gconstpointer  value,
             const char    *field,
             const char    *text)
{
  host_sync_well (town->ben);
  host_save_text (town->ben, value, field, text);
  host_sync_well (town->ben);
}

static void
assert_title (Town           *town,
              const HallChat *chat,
              const char     *title)
{
  g_autoptr (HallChat) at_ann = host_get (town->ann, &hall_chat_kind, chat->parent.id);

  g_assert_cmpstr (at_ann->title, ==, title);
}

/* Ann has seen Ben's title and puts her own back; that it is also the one she created the chat with is chance. */
static void
test_created_and_edited_back (Town          *town,
                              gconstpointer  data)
{
  g_autoptr (HallChat)     chat = scratch_chat (town->ann->account->parent.id, "pycon");
  g_autoptr (HallConflict) conflict = NULL;

  host_save (town->ann, chat);
  lose_answer (town, "PUT");
  edit_as_ben (town, chat, "title", "Ben's title");
  get_news_only (town, "PUT");
  assert_title (town, chat, "Ben's title");

  host_save_text (town->ann, chat, "title", "Live from Day 1");
  town_assert_converged (town);
  assert_title (town, chat, "Live from Day 1");
  conflict = host_conflict (town->ann, chat);
  g_assert_null (conflict);
}

/* What Ben takes back comes to Ann, although it is what she once sent. */
static void
test_created_and_taken_back (Town          *town,
                             gconstpointer  data)
{
  g_autoptr (HallChat) chat = scratch_chat (town->ann->account->parent.id, "pycon");

  host_save (town->ann, chat);
  lose_answer (town, "PUT");
  edit_as_ben (town, chat, "title", "Ben's title");
  get_news_only (town, "PUT");
  edit_as_ben (town, chat, "title", "Live from Day 1");
  get_news_only (town, "PUT");

  town_assert_converged (town);
  assert_title (town, chat, "Live from Day 1");
}

/* Ann has seen Ben's line and takes it out again. That must not be read as never having seen it. */
static void
test_text_edited_back (Town          *town,
                       gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat)     seen = NULL;
  g_autoptr (HallChat)     after = NULL;
  g_autoptr (HallConflict) conflict = NULL;

  host_save_text (town->ann, chat, "summary", "one\n\ntwo\n");
  town_assert_converged (town);
  host_save_text (town->ann, chat, "summary", "ONE\n\ntwo\n");
  lose_answer (town, "PATCH");
  edit_as_ben (town, chat, "summary", "ONE\n\nTWO\n");
  get_news_only (town, "PATCH");
  seen = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (seen->summary, ==, "ONE\n\nTWO\n");

  host_save_text (town->ann, chat, "summary", "ONE\n\ntwo\n");
  host_sync_well (town->ann);
  after = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (after->summary, ==, "ONE\n\ntwo\n");
  conflict = host_conflict (town->ann, chat);
  g_assert_nonnull (conflict);
}

typedef struct {
  Town     *town;
  HallChat *chat;
} Haste;

static void
give_another_slug (gpointer data)
{
  Haste *haste = data;

  host_save_text (haste->town->ann, haste->chat, "slug", "pycon-2");
}

/* The chat is refused while Ann is mending it; its guest waits until it has come through. */
static void
test_refused_while_mended (Town          *town,
                           gconstpointer  data)
{
  g_autoptr (HallChat)  other = town_share_chat (town, "pycon");
  g_autoptr (HallChat)  chat = scratch_chat (town->ann->account->parent.id, "pycon");
  g_autoptr (HallGuest) guest = scratch_guest (chat, "Grace");
  Haste                 haste = { town, chat };

  host_save (town->ann, chat);
  host_save (town->ann, guest);
  town->meanwhile = give_another_slug;
  town->meanwhile_data = &haste;
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM guests"), ==, 1);
}

/* A guest on the way, whose chat is removed at both ends: there is nothing left that anybody could decide. */
static void
test_refused_without_row (Town          *town,
                          gconstpointer  data)
{
  g_autoptr (HallChat)  chat = town_share_chat (town, "pycon");
  g_autoptr (HallGuest) guest = scratch_guest (chat, "Grace");
  g_autoptr (GError)    lost = NULL;

  host_save (town->ann, guest);
  town_let_happen (town, LOSE_REQUEST, "PUT");
  lost = host_sync (town->ann, NULL);
  g_assert_nonnull (lost);

  host_remove (town->ben, chat);
  host_sync_well (town->ben);
  host_remove (town->ann, chat);
  town_assert_converged (town);
}

/* Ada is checked in as somebody added at the door, while an edit of the row that turns out to be hers is on its way. */
static void
test_check_in_handed_to_busy_row (Town          *town,
                                  gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallAttendee) ada = scratch_attendee (chat, "Ada", "ada@old.example");
  g_autoptr (HallAttendee) door = scratch_attendee (chat, "Ada at the door", "ada@example.org");
  g_autoptr (HallAttendee) moved = NULL;

  host_save (town->ann, ada);
  town_assert_converged (town);
  host_save_text (town->ann, ada, "name", "Ada L.");
  lose_answer (town, "PATCH");

  host_sync_well (town->ben);
  moved = hall_value_copy (ada);
  g_set_str (&moved->name, "Ada L.");
  g_set_str (&moved->address, "ada@example.org");
  g_set_str (&moved->address_key, "ada@example.org");
  host_save (town->ben, moved);
  host_sync_well (town->ben);

  door->attended = TRUE;
  host_save (town->ann, door);
  get_news_only (town, "PATCH");
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM attendees WHERE attended"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/engine-answers/created-and-edited-back", test_created_and_edited_back, NULL);
  TOWN_TEST ("/sync/engine-answers/created-and-taken-back", test_created_and_taken_back, NULL);
  TOWN_TEST ("/sync/engine-answers/text-edited-back", test_text_edited_back, NULL);
  TOWN_TEST ("/sync/engine-answers/refused-while-mended", test_refused_while_mended, NULL);
  TOWN_TEST ("/sync/engine-answers/refused-without-row", test_refused_without_row, NULL);
  TOWN_TEST ("/sync/engine-answers/check-in-handed-to-busy-row", test_check_in_handed_to_busy_row, NULL);

  return g_test_run ();
}
