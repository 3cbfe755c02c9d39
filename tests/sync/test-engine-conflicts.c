/* SPDX-License-Identifier: GPL-3.0-or-later
 * A conflict that is open while both sides go on: what the host has typed stays until they choose, or agree. */
#include "town.h"

#include "scratch.h"

static void
assert_side (Host          *host,
             gconstpointer  value,
             const char    *mine,
             const char    *theirs)
{
  g_autoptr (HallConflict) conflict = host_conflict (host, value);

  g_assert_nonnull (conflict);
  g_assert_nonnull (strstr (conflict->mine, mine));
  if (theirs != NULL)
    g_assert_nonnull (strstr (conflict->theirs, theirs));
  else
    g_assert_null (conflict->theirs);
}

/* Both have written a summary. Whatever Ben does to his, no line of Ann's goes. */
static void
test_long_text_goes_on (Town          *town,
                        gconstpointer  data)
{
  g_autoptr (HallChat) chat = town_share_chat (town, "pycon");
  g_autoptr (HallChat) after = NULL;

  host_save_text (town->ben, chat, "summary", "one\n\ntwo\n\nBen\n");
  host_sync_well (town->ben);
  host_save_text (town->ann, chat, "summary", "one\n\ntwo\n\nthree\n\nAnn\n");
  host_sync_well (town->ann);
  assert_side (town->ann, chat, "three", "Ben");

  host_save_text (town->ben, chat, "summary", "two\n\nBen\n");
  host_save_text (town->ben, chat, "recording", "https://example.org/watch");
  host_sync_well (town->ben);
  host_sync_well (town->ann);
  assert_side (town->ann, chat, "one\\n\\ntwo\\n\\nthree\\n\\nAnn", "\"two\\n\\nBen\\n\"");
  after = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (after->summary, ==, "one\n\ntwo\n\nthree\n\nAnn\n");
  g_assert_cmpstr (after->recording, ==, "https://example.org/watch");
}

/* Ann types an address that somebody signs up with. The row has to give it back; what she typed is kept through
 * everything that happens to the row, until she chooses. */
static void
test_address_given_back (Town          *town,
                         gconstpointer  data)
{
  g_autoptr (HallChat)     chat = town_share_chat (town, "pycon");
  g_autoptr (HallAttendee) ada = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallAttendee) at_ann = NULL;
  g_autoptr (HallAttendee) typed = NULL;

  host_save (town->ann, ada);
  town_assert_converged (town);
  at_ann = host_get (town->ann, &hall_attendee_kind, ada->parent.id);
  typed = hall_value_copy (at_ann);
  g_set_str (&typed->address, "countess@example.org");
  g_set_str (&typed->address_key, "countess@example.org");
  host_save (town->ann, typed);
  town_sign_up (town, "pycon", "name=Countess&address=countess%40example.org");
  host_sync_well (town->ann);
  assert_side (town->ann, ada, "countess@example.org", "ada@example.org");

  host_save_text (town->ben, ada, "name", "Ada L.");
  host_sync_well (town->ben);
  host_sync_well (town->ann);
  assert_side (town->ann, ada, "countess@example.org", "Ada L.");
  assert_side (town->ann, ada, "Ada L.", "Ada L.");

  host_save_text (town->ann, ada, "name", "Ada Lovelace");
  assert_side (town->ann, ada, "countess@example.org", "Ada L.");
  assert_side (town->ann, ada, "Ada Lovelace", "Ada L.");

  host_remove (town->ben, ada);
  host_sync_well (town->ben);
  host_sync_well (town->ann);
  assert_side (town->ann, ada, "countess@example.org", NULL);
  assert_side (town->ann, ada, "Ada Lovelace", NULL);
}

/* The host types what the service has: nothing is left to be chosen, and nothing waits. */
static void
test_host_agrees (Town          *town,
                  gconstpointer  data)
{
  g_autoptr (HallChat) chat = town_share_chat (town, "pycon");

  host_save_text (town->ben, chat, "title", "Ben's title");
  host_sync_well (town->ben);
  host_save_text (town->ann, chat, "title", "Ann's title");
  host_save_text (town->ann, chat, "recording", "https://example.org/watch");
  host_sync_well (town->ann);
  assert_side (town->ann, chat, "Ann's title", "Ben's title");

  host_save_text (town->ann, chat, "title", "Ben's title");
  assert_side (town->ann, chat, "watch", "Ben's title");
  host_save_text (town->ann, chat, "recording", NULL);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM conflicts"), ==, 0);
  town_assert_converged (town);
}

/* A chat is removed and brought back before the desk has heard of it, or while nobody knows whether it has. Who signed
 * up meanwhile comes too, as long as the desk has them. */
static void
test_brought_back_with_all (Town          *town,
                            gconstpointer  data)
{
  g_autoptr (HallChat)  chat = town_share_chat (town, "pycon");
  g_autoptr (HallGuest) guest = scratch_guest (chat, "Grace");
  g_autoptr (HallChat)  again = NULL;
  g_autoptr (GError)    lost = NULL;
  gboolean              is_asked = GPOINTER_TO_INT (data);

  host_save (town->ann, guest);
  town_assert_converged (town);
  again = host_get (town->ann, &hall_chat_kind, chat->parent.id);
  host_remove (town->ann, chat);
  town_sign_up (town, "pycon", "name=Ada&address=ada%40example.org&question=What");
  town_let_happen (town, LOSE_REQUEST, "DELETE");
  town->is_limited = town->in_small_pages = !is_asked;
  town->n_left = 2;
  lost = host_sync (town->ann, NULL);
  g_assert_nonnull (lost);
  town->is_limited = town->in_small_pages = FALSE;
  town->on_method = NULL;

  host_save (town->ann, again);
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM chats"), ==, 1);
  if (!is_asked)
    g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM attendees"), ==, 1);
}

/* A chat that came while its series was away names it again when the series is back, and that is no edit of the chat. */
static void
test_series_regained (Town          *town,
                      gconstpointer  data)
{
  g_autoptr (HallSeries) series = scratch_series (town->ann->account->parent.id);
  g_autoptr (HallChat)   chat = town_share_chat (town, "pycon");
  g_autoptr (HallSeries) at_ben = NULL;
  g_autoptr (HallChat)   after = NULL;
  g_autoptr (GError)     lost = NULL;

  host_save (town->ann, series);
  town_assert_converged (town);
  at_ben = host_get (town->ben, &hall_series_kind, series->parent.id);
  host_remove (town->ben, series);
  host_save_text (town->ann, chat, "series", series->parent.id);
  host_sync_well (town->ann);
  town->is_limited = town->in_small_pages = TRUE;
  town->n_left = 2;
  town_sign_up (town, "pycon", "name=Ada&address=ada%40example.org");
  lost = host_sync (town->ben, NULL);
  g_assert_nonnull (lost);
  town->is_limited = town->in_small_pages = FALSE;

  host_save (town->ben, at_ben);
  after = host_get (town->ben, &hall_chat_kind, chat->parent.id);
  g_assert_cmpstr (after->series, ==, series->parent.id);
  host_save_text (town->ben, chat, "title", "Ben's title");
  town_assert_converged (town);
  g_assert_cmpint (scratch_ask (town->db, "SELECT count(*) FROM chats WHERE series IS NOT NULL AND title = 'Ben''s title'"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/engine-conflicts/long-text-goes-on", test_long_text_goes_on, NULL);
  TOWN_TEST ("/sync/engine-conflicts/address-given-back", test_address_given_back, NULL);
  TOWN_TEST ("/sync/engine-conflicts/host-agrees", test_host_agrees, NULL);
  TOWN_TEST ("/sync/engine-conflicts/brought-back-with-all/not-asked", test_brought_back_with_all, GINT_TO_POINTER (FALSE));
  TOWN_TEST ("/sync/engine-conflicts/brought-back-with-all/asked", test_brought_back_with_all, GINT_TO_POINTER (TRUE));
  TOWN_TEST ("/sync/engine-conflicts/series-regained", test_series_regained, NULL);

  return g_test_run ();
}
