/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two hosts who come to disagree, and what they make of it. */
#include "chooser.h"

#include "scratch.h"

void
chooser_choose_by_id (Host          *host,
                      const char    *conflict,
                      HallChoice     choice,
                      gconstpointer  edited)
{
  g_autoptr (GError) error = NULL;

  scratch_begin (host->db);
  hall_choices_make (host->db, conflict, choice, edited, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  scratch_commit (host->db);
  host_assert_sound (host);
}

/* Returns the conflict's id. */
char *
chooser_choose (Host          *host,
                gconstpointer  row,
                HallChoice     choice,
                gconstpointer  edited)
{
  g_autoptr (HallConflict) conflict = host_conflict (host, row);
  g_autoptr (HallConflict) left = NULL;

  g_assert_nonnull (conflict);
  chooser_choose_by_id (host, conflict->id, choice, edited);
  left = host_conflict (host, row);
  g_assert_null (left);

  return g_strdup (conflict->id);
}

void
chooser_undo (Host       *host,
              const char *conflict)
{
  g_autoptr (GError) error = NULL;

  scratch_begin (host->db);
  hall_choices_undo (host->db, conflict, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  scratch_commit (host->db);
  host_assert_sound (host);
}

void
chooser_refuse_undo (Host       *host,
                     const char *conflict)
{
  g_autofree char   *before = host_dump (host);
  g_autofree char   *after = NULL;
  g_autoptr (GError) error = NULL;

  scratch_begin (host->db);
  g_assert_false (hall_choices_undo (host->db, conflict, &scratch_clock, &scratch_random, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  scratch_commit (host->db);
  after = host_dump (host);
  g_assert_cmpstr (after, ==, before);
}

/* Both rename it, Ann's exchange comes first: the conflict is Ben's. */
HallChat *
chooser_rename_on_both (Town *town)
{
  HallChat *chat = town_share_chat (town, "pycon");

  host_save_text (town->ann, chat, "title", "Ann's title");
  host_save_text (town->ben, chat, "title", "Ben's title");
  host_sync_well (town->ann);
  host_sync_well (town->ben);

  return chat;
}

void
chooser_assert_title (Host       *host,
                      const char *chat,
                      const char *title)
{
  g_autoptr (HallChat) row = host_get (host, &hall_chat_kind, chat);

  if (title == NULL) {
    g_assert_null (row);
    return;
  }
  g_assert_nonnull (row);
  g_assert_cmpstr (row->title, ==, title);
}

void
chooser_assert_all_have (Town           *town,
                         const HallChat *chat,
                         const char     *title)
{
  g_autofree char *at_desk = NULL;

  town_assert_converged (town);
  chooser_assert_title (town->ann, chat->parent.id, title);
  chooser_assert_title (town->ben, chat->parent.id, title);
  at_desk = town_dump_desk (town);
  if (title != NULL)
    g_assert_nonnull (strstr (at_desk, title));
  else
    g_assert_null (strstr (at_desk, chat->parent.id));
}

/* Ann deletes a chat that Ben renames, with everything in it. */
HallChat *
chooser_delete_there (Town *town)
{
  HallChat                *chat = town_share_chat (town, "pycon");
  g_autoptr (HallGuest)    guest = scratch_guest (chat, "Grace");
  g_autoptr (HallGuest)    own = scratch_guest (chat, "Only Ben's");
  g_autoptr (HallAttendee) ada = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallQuestion) question = scratch_question (chat, ada, "What is next?");

  host_save (town->ann, guest);
  host_save (town->ann, ada);
  host_save (town->ann, question);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  host_remove (town->ann, chat);
  host_save_text (town->ben, chat, "title", "Ben's title");
  host_save (town->ben, own);
  host_sync_well (town->ann);
  host_sync_well (town->ben);

  return chat;
}

/* Ben removes a chat that Ann renames; somebody signs up, Ben has a guest and an edit that nobody knows. */
HallChat *
chooser_delete_here (Town *town)
{
  HallChat                *chat = town_share_chat (town, "pycon");
  g_autoptr (HallGuest)    guest = scratch_guest (chat, "Grace");
  g_autoptr (HallGuest)    dropped = scratch_guest (chat, "Dropped");
  g_autoptr (HallGuest)    own = scratch_guest (chat, "Only Ben's");
  g_autoptr (HallAttendee) ada = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallQuestion) question = scratch_question (chat, ada, "What is next?");

  host_save (town->ann, guest);
  host_save (town->ann, dropped);
  host_save (town->ann, ada);
  host_save (town->ann, question);
  host_sync_well (town->ann);
  host_sync_well (town->ben);
  host_save_text (town->ben, guest, "bio", "Ben's words on Grace");
  host_save (town->ben, own);
  host_remove (town->ben, dropped);
  host_remove (town->ben, chat);
  host_save_text (town->ann, chat, "title", "Ann's title");
  host_sync_well (town->ann);
  town_sign_up (town, "pycon", "name=Bob&address=bob%40example.org&question=Why%3F");
  host_sync_well (town->ben);

  return chat;
}

void
chooser_assert_children (Host *host,
                         gint64 guests,
                         gint64 attendees,
                         gint64 questions)
{
  g_assert_cmpint (scratch_ask (host->db, "SELECT count(*) FROM guests"), ==, guests);
  g_assert_cmpint (scratch_ask (host->db, "SELECT count(*) FROM attendees"), ==, attendees);
  g_assert_cmpint (scratch_ask (host->db, "SELECT count(*) FROM questions WHERE attendee IS NOT NULL"), ==, questions);
}
